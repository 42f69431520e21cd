import { destroyBridge, leaveBridge } from '../pbx/bridge.ts';
import type { Pbx } from '../pbx/pbx.ts';
import type { Bridge } from '../pbx/state.ts';
import type { ActionHandlers } from './action.ts';
import { findChannel } from './find-channel.ts';

/** What a manager takes apart. Source: main/manager_bridges.c; recording `core-show-channels-1`. */
export const bridgeEndActions: ActionHandlers = {
  BridgeKick: (request) => {
    const name = request.header('Channel');
    const uniqueid = request.header('BridgeUniqueid');
    if (name === '') return request.error('Channel must be provided');
    const channel = findChannel(request.pbx, name);
    if (channel === undefined) return request.error('Channel does not exist');
    const bridge = request.pbx.bridge(uniqueid === '' ? channel.bridge : uniqueid);
    if (bridge === undefined) return request.error(uniqueid === '' ? 'Channel is not in a bridge' : 'Bridge not found');
    if (channel.bridge !== bridge.uniqueid) return request.error('Channel kick from bridge failed');
    request.success('Channel has been kicked');
    leaveBridge(request.pbx, channel);
    return 'answered';
  },
  BridgeDestroy: (request) => {
    const uniqueid = request.header('BridgeUniqueid');
    if (uniqueid === '') return request.error('BridgeUniqueid must be provided');
    const bridge = request.pbx.bridge(uniqueid);
    if (bridge === undefined) return request.error('Specified BridgeUniqueid not found');
    request.success('Bridge has been destroyed');
    dissolve(request.pbx, bridge);
    return 'answered';
  },
};

/** All who are in it leave as after a hangup. */
function dissolve(pbx: Pbx, bridge: Bridge): void {
  const first = pbx.channel(bridge.channels[0] ?? '');
  bridge.dissolveOnHangup = true;
  if (first === undefined) destroyBridge(pbx, bridge);
  else leaveBridge(pbx, first);
}
