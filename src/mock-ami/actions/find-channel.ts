import type { Pbx } from '../pbx/pbx.ts';
import type { Channel } from '../pbx/state.ts';

/** The channel of that name, without regard to case, or of that uniqueid. Source: `ast_channel_get_by_name`, main/channel.c. */
export function findChannel(pbx: Pbx, nameOrId: string): Channel | undefined {
  const wanted = nameOrId.toLowerCase();
  return pbx.channels().find((channel) => channel.name.toLowerCase() === wanted) ?? pbx.channel(nameOrId);
}
