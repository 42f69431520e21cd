import type { Random } from '../ami/runtime.ts';

export interface BackOffOptions {
  /** Before the first new attempt, ms. */
  readonly firstMs: number;
  /** No wait is longer, ms. */
  readonly maxMs: number;
}

/** Waits that double from one attempt to the next, each cut by chance to between half and all of it, so that many don't come back in step. */
export class BackOff {
  readonly #options: BackOffOptions;
  readonly #random: Random;
  #attempts = 0;

  constructor(options: BackOffOptions, random: Random) {
    this.#options = options;
    this.#random = random;
  }

  /** Milliseconds to wait before the next attempt. */
  nextMs(): number {
    const { firstMs, maxMs } = this.#options;
    const full = Math.min(maxMs, firstMs * 2 ** Math.min(this.#attempts, 30));
    this.#attempts += 1;
    return full * (0.5 + this.#random.next() / 2);
  }

  /** It worked: the next failure waits shortly again. */
  reset(): void {
    this.#attempts = 0;
  }
}
