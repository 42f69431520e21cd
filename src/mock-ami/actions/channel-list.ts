import { CHANNEL_TABLE, hashOrder } from '../config/hash-order.ts';
import type { Pbx } from '../pbx/pbx.ts';
import type { Channel } from '../pbx/state.ts';

/** The channels that events tell of, in the order in which Asterisk lists them. */
export function listedChannels(pbx: Pbx): Channel[] {
  const told = pbx.channels().filter((channel) => channel.published !== undefined);
  return hashOrder(told, CHANNEL_TABLE, (channel) => channel.name);
}
