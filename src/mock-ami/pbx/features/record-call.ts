import { peerOf } from '../bridge.ts';
import { mixMonitorsOf, startMixMonitor, stopMixMonitor } from '../mix-monitor.ts';
import type { Pbx } from '../pbx.ts';
import type { Channel } from '../state.ts';
import { getVariable, setVariable } from '../variables.ts';

/** Begins to record the call, or stops. Source: `feature_automixmonitor`, bridges/bridge_builtin_features.c. */
export function recordCall(pbx: Pbx, channel: Channel): void {
  const peer = peerOf(pbx, channel);
  if (peer === undefined) return;
  if (mixMonitorsOf(peer).length > 0) {
    stopMixMonitor(pbx, peer);
    return;
  }
  const file = fileName(pbx, channel, peer);
  startMixMonitor(pbx, peer, file, 'b');
  setVariable(pbx, channel, 'TOUCH_MIXMONITOR_OUTPUT', file);
  setVariable(pbx, peer, 'TOUCH_MIXMONITOR_OUTPUT', file);
}

/** `auto-1795387714-1002-1001.wav`, as variables of the channel may say otherwise. */
function fileName(pbx: Pbx, channel: Channel, peer: Channel): string {
  const chosen = (name: string): string => getVariable(pbx, channel, `TOUCH_MIXMONITOR${name}`) ?? '';
  const number = (party: Channel): string => party.caller.num || party.name;
  const who = chosen('') || `${number(channel)}-${number(peer)}`;
  const seconds = Math.floor(pbx.now / 1000);
  return `${chosen('_PREFIX') || 'auto'}-${seconds}-${who}.${chosen('_FORMAT') || 'wav'}`.replaceAll('/', '-');
}
