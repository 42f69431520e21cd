import { hold, unhold } from './bridge-hold.ts';
import type { Pbx } from './pbx.ts';
import { sendDigitBegin, sendDigitEnd } from './send-digit.ts';
import type { Channel } from './state.ts';

/**
 * A caller that is answered already, such as one who was transferred, can hold and press keys while Dial calls others for it: all of them
 * hear of it. Source: `wait_for_answer`, apps/app_dial.c.
 */
export function holdLegs(pbx: Pbx, legs: readonly Channel[], holding: boolean, musicClass: string): void {
  for (const leg of legs) {
    if (holding) hold(pbx, leg, musicClass);
    else if (leg.heldByPeer) unhold(pbx, leg);
  }
}

export function beginKeyAtLegs(pbx: Pbx, legs: readonly Channel[], digit: string): void {
  for (const leg of legs) sendDigitBegin(pbx, leg, digit);
}

export function endKeyAtLegs(pbx: Pbx, legs: readonly Channel[], digit: string, ms: number): void {
  for (const leg of legs) sendDigitEnd(pbx, leg, digit, ms);
}

/** What of a code has been pressed with this key: the whole code, its beginning, or nothing. Source: `detect_disconnect`, apps/app_dial.c. */
export function keysTowards(code: string, before: string, digit: string): string {
  const keys = before + digit;
  return code.startsWith(keys) ? keys : '';
}
