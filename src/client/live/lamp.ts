import type { LegView } from './leg-view.ts';

/** What the light beside an extension shows. */
export type LampColour = 'idle' | 'ringing' | 'up' | 'held' | 'busy' | 'unavailable' | 'unknown';

/** Which side of a hold an extension is on: it put the other party on hold, or hears the music itself. */
export type HoldSide = 'none' | 'holding' | 'held';

/** Bits of ExtensionStatus. Source: recording `extension-state-hints`. */
const IN_USE = 1;
const BUSY = 2;
const UNAVAILABLE = 4;
const RINGING = 8;
const ON_HOLD = 16;

/**
 * The lamp of an extension, from its status and its ends of calls.
 * Asterisk says "on hold" only of the party that hears music. A person who looks at the lamps wants to see that a call is on
 * hold at both ends, as on the phone whose hold key was pressed: so the end that holds shows it too, while it has no other call.
 */
export function lampColour(status: number, legs: readonly LegView[]): LampColour {
  if (status < 0) return 'unknown';
  if (status & RINGING) return 'ringing';
  if (status & UNAVAILABLE) return 'unavailable';
  if (status & BUSY) return 'busy';
  const talksElsewhere = legs.some((leg) => leg.state !== 'ringing' && !leg.holding && !leg.held);
  if (status & ON_HOLD && status & IN_USE) return talksElsewhere ? 'up' : 'held';
  if (status & ON_HOLD) return 'held';
  if (status & IN_USE) return holdSide(status, legs) === 'holding' && !talksElsewhere ? 'held' : 'up';
  return 'idle';
}

export function holdSide(status: number, legs: readonly LegView[]): HoldSide {
  if (legs.some((leg) => leg.holding)) return 'holding';
  return status > 0 && status & ON_HOLD ? 'held' : 'none';
}
