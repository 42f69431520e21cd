import { createBridge, destroyBridge } from '../bridge.ts';
import type { Pbx } from '../pbx.ts';
import type { Bridge } from '../state.ts';

const CREATOR = 'BridgeWait';

/** The bridge of that name where channels wait; made when it is first needed. Source: `get_wait_bridge_wrapper`, apps/app_bridgewait.c. */
export function waitingBridge(pbx: Pbx, name: string): Bridge {
  const known = Object.values(pbx.state.bridges).find((bridge) => bridge.creator === CREATOR && bridge.name === name);
  if (known !== undefined) return known;
  return createBridge(pbx, {
    type: 'base',
    technology: 'holding_bridge',
    creator: CREATOR,
    name,
    dissolveOnHangup: false,
  });
}

/** It is gone with the last who waits in it. */
export function leaveWaitingBridge(pbx: Pbx, bridge: Bridge): void {
  if (bridge.channels.length === 0) destroyBridge(pbx, bridge);
}
