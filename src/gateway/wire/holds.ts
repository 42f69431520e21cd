import type { Model } from './model.ts';

/** One party on hold: who holds, and the channels that wait for it. */
export interface HoldState {
  /** Uniqueid of the channel whose party pressed hold. */
  readonly holding: string;
  /** Uniqueids of the others in its bridge; none in an application such as Echo. */
  readonly held: readonly string[];
}

/** Every hold that is on now. */
export function holds(model: Model): readonly HoldState[] {
  return [...model.channels.values()]
    .filter((channel) => channel.holding)
    .map((channel) => ({
      holding: channel.uniqueid,
      held: (model.bridges.get(channel.bridge)?.channels ?? []).filter((other) => other !== channel.uniqueid),
    }));
}

/** Somebody in this channel's bridge has put it on hold. */
export function isHeld(model: Model, uniqueid: string): boolean {
  return holds(model).some((hold) => hold.held.includes(uniqueid));
}
