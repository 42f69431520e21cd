import type { Pbx } from './pbx.ts';
import type { Channel } from './state.ts';
import { wakeUp } from './wake.ts';

const NORMAL_CLEARING = 16;

/**
 * A manager wants the channel gone: what runs on it notices and ends. Nothing tells of the wish itself.
 * @param cause Q.850; 0: an ordinary end
 * Source: `ast_channel_softhangup_withcause_locked`, main/channel.c; recording `hangup-action`.
 */
export function requestHangup(pbx: Pbx, channel: Channel, cause: number): void {
  channel.hangupCause = cause > 0 ? cause : NORMAL_CLEARING;
  channel.hangupRequested = true;
  wakeUp(pbx, channel);
}
