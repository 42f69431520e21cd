import { addToBridge } from '../join-channels.ts';
import type { Pbx } from '../pbx.ts';
import type { Channel } from '../state.ts';
import { handle, type TaskHandler, task } from '../task.ts';
import { assignSpace, lotBridge } from './parking-lot.ts';
import type { ParkingRequest } from './parking-request.ts';
import { findLot } from './parking-state.ts';

const enterLot = task<{ channel: string; lot: string }>('bridge.enterLot');
const ENTER_MS = 0.2;

/** Puts a channel that is prepared for it into its lot, wherever it is; whom it talks to is left alone. Source: `manager_park`, res/parking/parking_manager.c. */
export function parkByManager(pbx: Pbx, channel: Channel): void {
  const request = channel.extra['parking'] as ParkingRequest | undefined;
  if (request === undefined) return;
  assignSpace(pbx, channel);
  pbx.after(ENTER_MS, enterLot, { channel: channel.uniqueid, lot: request.lot });
}

export const parkByManagerTasks: readonly TaskHandler[] = [
  handle(enterLot, (pbx, { channel: uniqueid, lot: name }) => {
    const channel = pbx.channel(uniqueid);
    const lot = findLot(pbx, name);
    if (channel !== undefined && lot !== undefined) addToBridge(pbx, lotBridge(pbx, lot), channel, false);
  }),
];
