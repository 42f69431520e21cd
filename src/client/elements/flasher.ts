import type { LampColour } from '../live/lamp.ts';

/** What blinks: it has the attribute `dark` in the dark part of each period. */
export interface FlashingLamp {
  toggleAttribute(name: 'dark', force: boolean): unknown;
}

/**
 * Makes the lamps of one colour blink together, as one relay does in a switchboard. A lamp that joins starts a new period for
 * all, so that it is lit from its first moment. Where no lamp is, nothing runs.
 */
export class Flasher {
  readonly #litMs: number;
  readonly #darkMs: number;
  readonly #lamps = new Set<FlashingLamp>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(litMs: number, darkMs: number) {
    this.#litMs = litMs;
    this.#darkMs = darkMs;
  }

  join(lamp: FlashingLamp): void {
    this.#lamps.add(lamp);
    this.#turn(false);
  }

  leave(lamp: FlashingLamp): void {
    this.#lamps.delete(lamp);
    lamp.toggleAttribute('dark', false);
    if (this.#lamps.size === 0) clearTimeout(this.#timer);
  }

  #turn(dark: boolean): void {
    clearTimeout(this.#timer);
    for (const lamp of this.#lamps) lamp.toggleAttribute('dark', dark);
    this.#timer = setTimeout(() => this.#turn(!dark), dark ? this.#darkMs : this.#litMs);
  }
}

const FLASHERS: ReadonlyMap<LampColour | undefined, Flasher> = new Map([
  ['ringing', new Flasher(330, 270)],
  ['held', new Flasher(1_400, 200)],
]);

/** `undefined` for lamps that do not blink. */
export function flasherOf(lamp: LampColour | undefined): Flasher | undefined {
  return FLASHERS.get(lamp);
}
