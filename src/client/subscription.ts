import type { SubscriptionRule as AnyRule } from '../gateway/wire/protocol.ts';
import type { EventName } from './events/known-events.ts';

/**
 * Part of what a user may see. What a rule names has to fit all at once, of a list any; `*` stands for any part of a name:
 * `{ extensions: ['1001'] }`, `{ queues: ['sup*'] }`, `{ events: ['Hold', 'Unhold'], extensions: ['10*'] }`.
 */
export interface SubscriptionRule extends AnyRule {
  /** AMI's names, as on the wire. */
  readonly events?: readonly EventName[];
}
