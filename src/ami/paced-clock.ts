import type { Clock, Timer } from './runtime.ts';
import { TimerQueue } from './timer-queue.ts';

/**
 * A clock whose pace can be changed while it runs: as fast as the one it is made from, faster, slower, or standing; and it can be
 * moved by hand at any time. Timers are due in its own time.
 */
export class PacedClock implements Clock {
  readonly #base: Clock;
  readonly #timers = new TimerQueue();
  #speed: number;
  /** The time it showed when its pace last changed, and that of the base then. */
  #from: { readonly ownMs: number; readonly baseMs: number };
  /** While timers are run by hand: the time it shows. */
  #byHandMs: number | undefined;
  #wake: Timer | undefined;

  /** @param speed how many times as fast as `base`; 0: it stands */
  constructor(base: Clock, speed = 1) {
    this.#base = base;
    this.#speed = checked(speed);
    this.#from = { ownMs: base.now(), baseMs: base.now() };
  }

  get speed(): number {
    return this.#speed;
  }

  /** 0: it stands until it gets another speed, or is moved by hand. */
  set speed(speed: number) {
    this.#goOnFrom(this.now(), checked(speed));
  }

  now(): number {
    if (this.#byHandMs !== undefined) return this.#byHandMs;
    return this.#from.ownMs + (this.#base.now() - this.#from.baseMs) * this.#speed;
  }

  setTimer(delayMs: number, callback: () => void): Timer {
    const before = this.#timers.nextDueAt;
    const timer = this.#timers.add(this.now() + Math.max(0, delayMs), callback);
    if (this.#timers.nextDueAt !== before) this.#arm();
    return {
      cancel: () => {
        timer.cancel();
        // nothing may keep a program alive that has nothing left to wait for
        if (this.#timers.size === 0) this.#arm();
      },
    };
  }

  /** Moves on by `ms` at once, running on the way what becomes due, also what is set on the way. */
  advance(ms: number): void {
    const until = this.now() + ms;
    this.#runByHand(until, () => false);
    this.#goOnFrom(until, this.#speed);
  }

  /**
   * Runs timers at once, one after the other, until `isDone`, but no further than `atMostMs` from now.
   * @returns whether it is done
   */
  runUntil(isDone: () => boolean, atMostMs: number): boolean {
    const reachedMs = this.#runByHand(this.now() + atMostMs, isDone);
    this.#goOnFrom(reachedMs, this.#speed);
    return isDone();
  }

  /** Shows another time from now on; timers that are set stay due when they were. */
  set(nowMs: number): void {
    this.#goOnFrom(nowMs, this.#speed);
  }

  /** The time at which it stopped. */
  #runByHand(untilMs: number, isDone: () => boolean): number {
    let nowMs = this.now();
    try {
      while (!isDone()) {
        const dueAt = this.#timers.nextDueAt;
        if (dueAt === undefined || dueAt > untilMs) return untilMs;
        nowMs = Math.max(nowMs, dueAt);
        this.#byHandMs = nowMs;
        this.#timers.takeDue(nowMs)?.();
      }
      return nowMs;
    } finally {
      this.#byHandMs = undefined;
    }
  }

  #goOnFrom(ownMs: number, speed: number): void {
    this.#from = { ownMs, baseMs: this.#base.now() };
    this.#speed = speed;
    this.#arm();
  }

  #arm(): void {
    this.#wake?.cancel();
    this.#wake = undefined;
    const dueAt = this.#timers.nextDueAt;
    if (dueAt === undefined || this.#speed === 0 || this.#byHandMs !== undefined) return;
    this.#wake = this.#base.setTimer(Math.max(0, (dueAt - this.now()) / this.#speed), () => this.#runDue());
  }

  #runDue(): void {
    try {
      for (let run = this.#timers.takeDue(this.now()); run !== undefined; run = this.#timers.takeDue(this.now())) run();
    } finally {
      this.#arm();
    }
  }
}

function checked(speed: number): number {
  if (speed >= 0 && speed < Number.POSITIVE_INFINITY) return speed;
  throw new RangeError(`A clock's speed is a number, 0 or above, not ${speed}`);
}
