import type { Clock, Timer } from './runtime.ts';
import { TimerQueue } from './timer-queue.ts';

/** What real time needs of its platform. */
export interface Platform {
  /** Milliseconds since the epoch, with fractions, never going back. */
  now(): number;
  /**
   * Calls back once, after `delayMs` or a little off; 0: in a turn of its own, as soon as what already waits is done.
   * Gives what calls it off.
   */
  wake(delayMs: number, callback: () => void): () => void;
}

/**
 * Real time. Keeps its own queue: timers run strictly by the time they are due, however coarse the platform's timers are, and each
 * in a turn of its own, so that promises settled by one have gone on before the next runs.
 */
export class PlatformClock implements Clock {
  readonly #platform: Platform;
  readonly #timers = new TimerQueue();
  /** When the wake that is asked for comes. */
  #wakeAt = Number.POSITIVE_INFINITY;
  #callOff: () => void = () => {};

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  now(): number {
    return this.#platform.now();
  }

  setTimer(delayMs: number, callback: () => void): Timer {
    const timer = this.#timers.add(this.now() + Math.max(0, delayMs), callback);
    this.#arrange();
    return {
      cancel: () => {
        timer.cancel();
        if (this.#timers.size === 0) this.#disarm();
      },
    };
  }

  #arrange(): void {
    const next = this.#timers.nextDueAt;
    if (next === undefined || next >= this.#wakeAt) return;
    this.#disarm();
    this.#wakeAt = next;
    this.#callOff = this.#platform.wake(Math.max(0, Math.ceil(next - this.now())), () => this.#runOne());
  }

  /** A wake left over would keep a process from ending. */
  #disarm(): void {
    this.#callOff();
    this.#wakeAt = Number.POSITIVE_INFINITY;
  }

  #runOne(): void {
    this.#wakeAt = Number.POSITIVE_INFINITY;
    const callback = this.#timers.takeDue(this.now());
    this.#arrange();
    callback?.();
  }
}
