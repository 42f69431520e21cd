import type { Pbx } from './pbx.ts';
import type { Channel } from './state.ts';

/**
 * How a dialplan application leaves the channel: `next` goes on at the next priority, `jump` at the place it has set,
 * `hangup` ends the run, and `wait` means that it goes on later by `applicationDone`.
 */
export type ApplicationResult = 'next' | 'jump' | 'hangup' | 'wait';

/** A dialplan application; `args` is what stood between its parentheses, substituted. */
export type Application = (pbx: Pbx, channel: Channel, args: string) => ApplicationResult;
