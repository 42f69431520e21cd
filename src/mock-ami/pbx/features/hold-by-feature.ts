import { holdPasses } from '../bridge-hold.ts';
import { emitShown } from '../channel.ts';
import type { Pbx } from '../pbx.ts';
import type { Channel } from '../state.ts';

/** A feature puts the others of the bridge on hold, as the channel's phone would. Source: `ast_bridge_channel_write_hold`. */
export function holdOthers(pbx: Pbx, channel: Channel): void {
  emitShown(pbx, channel, 'Hold');
  holdPasses(pbx, channel, true, '');
}

export function resumeOthers(pbx: Pbx, channel: Channel): void {
  emitShown(pbx, channel, 'Unhold');
  holdPasses(pbx, channel, false, '');
}
