import { AmiError } from './ami-error.ts';
import type { Clock, Timer } from './runtime.ts';
import { TimerQueue } from './timer-queue.ts';

/** 2026-01-01T00:00:00Z */
const DEFAULT_START_MS = 1_767_225_600_000;
const DEFAULT_IDLE_TURNS = 100;

/** A clock that stands still until it is moved by hand. */
export class ManualClock implements Clock {
  readonly #timers = new TimerQueue();
  #now: number;

  /** @param startMs milliseconds since the Unix epoch; the start of 2026 by default */
  constructor(startMs: number = DEFAULT_START_MS) {
    this.#now = startMs;
  }

  now(): number {
    return this.#now;
  }

  setTimer(delayMs: number, callback: () => void): Timer {
    return this.#timers.add(this.#now + Math.max(0, delayMs), callback);
  }

  /** Timers that wait. */
  get pending(): number {
    return this.#timers.size;
  }

  /** When the next timer is due, in ms since the epoch; `undefined` where none waits. */
  get nextDueAt(): number | undefined {
    return this.#timers.nextDueAt;
  }

  /** Moves on by `ms`, running on the way what becomes due, also what is set on the way. */
  advance(ms: number): void {
    const until = this.#now + ms;
    for (let due = this.nextDueAt; due !== undefined && due <= until; due = this.nextDueAt) this.runNext();
    this.#now = Math.max(this.#now, until);
  }

  /** Moves to the next timer and runs it, that one only. False where none waits. */
  runNext(): boolean {
    const due = this.nextDueAt;
    if (due === undefined) return false;
    this.#now = Math.max(this.#now, due);
    this.#timers.takeDue(this.#now)?.();
    return true;
  }

  /**
   * Runs timers, one at a time and each only after everything that the last one set in motion has come to rest, until `promise`
   * settles; gives what it gives.
   * @param settle waits until the platform has nothing else to do (a macrotask: `setImmediate`, a `MessageChannel`)
   * @param options.idleTurns how often to settle in vain, with no timer left, before giving up: work outside the clock (sockets, digests) may take some
   * @throws AmiError `AMI_CLOCK_STUCK` where no timer is left and the promise still waits
   */
  async runUntil<Result>(
    promise: PromiseLike<Result>,
    settle: () => Promise<void>,
    options: { readonly idleTurns?: number } = {},
  ): Promise<Result> {
    let settled = false;
    const done = () => {
      settled = true;
    };
    promise.then(done, done);
    let idleTurns = options.idleTurns ?? DEFAULT_IDLE_TURNS;
    for (await settle(); !settled; await settle()) {
      if (this.runNext()) continue;
      if (idleTurns-- <= 0)
        throw new AmiError('AMI_CLOCK_STUCK', 'Nothing is left on the clock that could bring about what is waited for');
    }
    return promise;
  }
}
