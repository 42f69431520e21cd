import type { Channel } from './state.ts';

/** Source: `DEFAULT_MAX_FORWARDS`, main/max_forwards.c. */
const MAX_FORWARDS = 20;
const LEFT = 'maxForwards';

/** How often the call of this channel may still be called on, so that phones which send calls to each other come to an end. */
export function forwardsLeft(channel: Channel): number {
  return (channel.extra[LEFT] as number | undefined) ?? MAX_FORWARDS;
}

/** A channel that is called for another one may do so once less. Source: `ast_max_forwards_decrement`. */
export function lessForwards(from: Channel, to: Channel): void {
  to.extra[LEFT] = forwardsLeft(from) - 1;
}

/** Both halves of a Local channel may do so as often. Source: `ast_unreal_call_setup`, main/core_unreal.c. */
export function sameForwards(from: Channel, to: Channel): void {
  to.extra[LEFT] = forwardsLeft(from);
}
