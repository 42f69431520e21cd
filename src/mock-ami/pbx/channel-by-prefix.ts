import type { Pbx } from './pbx.ts';
import type { Channel } from './state.ts';

/** The first channel whose name begins so, without regard to case. Source: `ast_channel_get_by_name_prefix`, main/channel.c. */
export function channelByPrefix(pbx: Pbx, prefix: string): Channel | undefined {
  const wanted = prefix.toLowerCase();
  return pbx.channels().find(({ name }) => name.toLowerCase().startsWith(wanted));
}
