import type { Clock, Timer } from '../../ami/runtime.ts';

/** A clock whose time can be set, as a computer's can; how long a timer takes stays the same. */
export class SettableClock implements Clock {
  readonly #clock: Clock;
  /** How much later it is than the clock that it is made from. */
  aheadMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now() + this.aheadMs;
  }

  setTimer(delayMs: number, callback: () => void): Timer {
    return this.#clock.setTimer(delayMs, callback);
  }

  /** From now on it shows a time that is `ms` later, or earlier. */
  jump(ms: number): void {
    this.aheadMs += ms;
  }
}
