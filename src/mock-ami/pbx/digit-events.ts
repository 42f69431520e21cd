import { emitShown } from './channel.ts';
import type { Pbx } from './pbx.ts';
import type { Channel } from './state.ts';

type Direction = 'Received' | 'Sent';

/** A key goes down, seen from the PBX: by the channel's phone, or as it is passed on to it. */
export function tellDigitBegin(pbx: Pbx, channel: Channel, digit: string, direction: Direction): void {
  emitShown(pbx, channel, 'DTMFBegin', [
    ['Digit', digit],
    ['Direction', direction],
  ]);
}

/** The key is up again, after `ms` as the far end says. */
export function tellDigitEnd(pbx: Pbx, channel: Channel, digit: string, ms: number, direction: Direction): void {
  emitShown(pbx, channel, 'DTMFEnd', [
    ['Digit', digit],
    ['DurationMs', String(ms)],
    ['Direction', direction],
  ]);
}
