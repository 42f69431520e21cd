import type { Random } from './runtime.ts';

/**
 * Chance from a seed: the same seed gives the same numbers everywhere (mulberry32). Not for secrets.
 * Its whole state is one number, so it can be kept, copied and set back with the rest of a simulation.
 */
export class SeededRandom implements Random {
  /** Unsigned 32 bit; a new `SeededRandom(state)` goes on from here. */
  #state: number;

  constructor(seed: number | string) {
    this.#state = (typeof seed === 'string' ? hash(seed) : seed) >>> 0;
  }

  get state(): number {
    return this.#state;
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}

/** FNV-1a over UTF-16 units. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value >>> 0;
}
