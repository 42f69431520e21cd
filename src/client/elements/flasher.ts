import type { LampColour } from '../live/lamp.ts';

/**
 * Keeps the lamps of one colour blinking together, as one relay does in a switchboard. A lamp that joins starts a new period for
 * all, so that it is lit from its first moment.
 */
export class Flasher {
  readonly #lamps = new Set<Element>();
  #frame = 0;

  join(lamp: Element): void {
    this.#lamps.add(lamp);
    this.#frame ||= requestAnimationFrame(() => this.#restart());
  }

  leave(lamp: Element): void {
    this.#lamps.delete(lamp);
  }

  #restart(): void {
    this.#frame = 0;
    const now = document.timeline.currentTime;
    for (const lamp of this.#lamps) {
      for (const animation of lamp.getAnimations({ subtree: true })) animation.startTime = now;
    }
  }
}

const FLASHERS: ReadonlyMap<LampColour | undefined, Flasher> = new Map([
  ['ringing', new Flasher()],
  ['held', new Flasher()],
]);

/** `undefined` for lamps that do not blink. */
export function flasherOf(lamp: LampColour | undefined): Flasher | undefined {
  return FLASHERS.get(lamp);
}
