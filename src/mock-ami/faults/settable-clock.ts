import type { Clock, Timer } from '../../ami/runtime.ts';

/** A clock whose time can be set, as a computer's can; how long a timer takes stays the same. */
export class SettableClock implements Clock {
  readonly #clock: Clock;
  #offsetMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now() + this.#offsetMs;
  }

  setTimer(delayMs: number, callback: () => void): Timer {
    return this.#clock.setTimer(delayMs, callback);
  }

  /** From now on it shows a time that is `ms` later, or earlier. */
  jump(ms: number): void {
    this.#offsetMs += ms;
  }
}
