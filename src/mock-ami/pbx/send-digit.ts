import type { ActivityHandler } from './activity.ts';
import { tellDigitBegin, tellDigitEnd } from './digit-events.ts';
import { otherHalf } from './local-pair.ts';
import type { Pbx } from './pbx.ts';
import type { Channel } from './state.ts';

/**
 * A key goes out to a channel; what goes out to one half of a Local channel comes in at the other.
 * Source: `ast_write`, main/channel.c; `ast_unreal_digit_begin`, main/core_unreal.c.
 */
export function sendDigitBegin(pbx: Pbx, channel: Channel, digit: string): void {
  tellDigitBegin(pbx, channel, digit, 'Sent');
  const other = otherHalf(pbx, channel);
  if (other === undefined) return;
  tellDigitBegin(pbx, other, digit, 'Received');
  activityOf(pbx, other)?.digitBegins?.(pbx, other, digit);
}

/** The key is up again after `ms`. */
export function sendDigitEnd(pbx: Pbx, channel: Channel, digit: string, ms: number): void {
  tellDigitEnd(pbx, channel, digit, ms, 'Sent');
  const other = otherHalf(pbx, channel);
  if (other === undefined) return;
  tellDigitEnd(pbx, other, digit, ms, 'Received');
  activityOf(pbx, other)?.digit?.(pbx, other, digit, ms);
}

function activityOf(pbx: Pbx, channel: Channel): ActivityHandler | undefined {
  return channel.activity === undefined ? undefined : pbx.machinery.activities.get(channel.activity.name);
}
