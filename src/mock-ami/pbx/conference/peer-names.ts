import { channelsIn } from '../bridge.ts';
import type { Pbx } from '../pbx.ts';
import type { Bridge } from '../state.ts';
import { storeVariable, tellVariable } from '../variables.ts';

/** BRIDGEPEER of everybody in a bridge of many: the names of all the others, internal ones first but the recorder. Source: recording `confbridge`. */
export function tellPeerNames(pbx: Pbx, bridge: Bridge): void {
  const [announcer, ...later] = bridge.unseen;
  const channels = channelsIn(pbx, bridge);
  for (const channel of channels) {
    const others = channels.filter((other) => other !== channel).map((other) => other.name);
    const value = [...(announcer === undefined ? [] : [announcer]), ...others, ...later].join(',');
    storeVariable(pbx, channel, 'BRIDGEPEER', value);
    tellVariable(pbx, channel, 'BRIDGEPEER', value);
  }
}
