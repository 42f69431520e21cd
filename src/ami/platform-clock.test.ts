import { describe, expect, it } from 'vitest';
import { ManualClock } from './manual-clock.ts';
import { PlatformClock } from './platform-clock.ts';
import type { Timer } from './runtime.ts';
import { scaledClock } from './scaled-clock.ts';

/** A platform whose timers the test moves; as real ones are, they may be some ms late, or early. */
function platform(real = (delayMs: number) => delayMs) {
  const time = new ManualClock(0);
  const wakes: number[] = [];
  let waiting = 0;
  const clock = new PlatformClock({
    now: () => time.now(),
    wake(delayMs, callback) {
      wakes.push(delayMs);
      waiting += 1;
      const timer: Timer = time.setTimer(delayMs === 0 ? 0 : real(delayMs), () => {
        waiting -= 1;
        callback();
      });
      let called = false;
      return () => {
        if (!called) waiting -= 1;
        called = true;
        timer.cancel();
      };
    },
  });
  return { clock, time, wakes, waiting: () => waiting };
}

describe('PlatformClock', () => {
  it('asks for whole milliseconds, never too early', () => {
    const { clock, time, wakes } = platform();
    const ran: number[] = [];
    clock.setTimer(5.2, () => ran.push(time.now()));
    time.advance(100);
    expect([wakes, ran]).toEqual([[6], [6]]);
  });

  it('runs timers by the time they are due, though the platform is coarse', () => {
    const { clock, time } = platform((delayMs) => delayMs + 4);
    const ran: string[] = [];
    clock.setTimer(0.9, () => ran.push('later'));
    clock.setTimer(0.1, () => ran.push('sooner'));
    clock.setTimer(0.9, () => ran.push('later too'));
    time.advance(100);
    expect(ran).toEqual(['sooner', 'later', 'later too']);
  });

  it('runs each timer in a turn of its own', () => {
    const { clock, time } = platform();
    const ran: string[] = [];
    clock.setTimer(0, () => ran.push('a'));
    clock.setTimer(0, () => ran.push('b'));
    time.runNext();
    expect(ran).toEqual(['a']);
    time.runNext();
    expect(ran).toEqual(['a', 'b']);
  });

  it('goes on after a callback that throws', () => {
    const { clock, time } = platform();
    const ran: string[] = [];
    clock.setTimer(1, () => {
      throw new Error('oops');
    });
    clock.setTimer(2, () => ran.push('b'));
    expect(() => time.advance(10)).toThrow('oops');
    time.advance(10);
    expect(ran).toEqual(['b']);
  });

  it('asks for no more than one wake, and for none once nothing waits', () => {
    const { clock, time, waiting } = platform();
    const timers = [50, 10, 30].map((delay) => clock.setTimer(delay, () => {}));
    expect(waiting()).toBe(1);
    for (const timer of timers) timer.cancel();
    expect([waiting(), time.pending]).toEqual([0, 0]);
    clock.setTimer(5, () => {});
    expect(waiting()).toBe(1);
    time.advance(5);
    expect(waiting()).toBe(0);
  });

  it('wakes again where it was woken too early', () => {
    const { clock, time } = platform((delayMs) => Math.ceil(delayMs / 2));
    const ran: number[] = [];
    clock.setTimer(10, () => ran.push(time.now()));
    time.advance(9);
    expect(ran).toEqual([]);
    time.advance(5);
    expect(ran).toEqual([10]);
  });
});

describe('scaledClock', () => {
  it('runs so many times as fast, from the same start', () => {
    const time = new ManualClock(1000);
    const clock = scaledClock(time, 10);
    const ran: number[] = [];
    expect(clock.now()).toBe(1000);
    clock.setTimer(500, () => ran.push(clock.now()));
    time.advance(49);
    expect([clock.now(), ran]).toEqual([1490, []]);
    time.advance(1);
    expect(ran).toEqual([1500]);
  });

  it('may run slower, and can be cancelled', () => {
    const time = new ManualClock(0);
    const clock = scaledClock(time, 0.5);
    const ran: string[] = [];
    clock.setTimer(10, () => ran.push('a'));
    clock.setTimer(10, () => ran.push('b')).cancel();
    time.advance(20);
    expect([ran, clock.now()]).toEqual([['a'], 10]);
  });

  it('refuses a speed that is none', () => {
    for (const speed of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => scaledClock(new ManualClock(), speed)).toThrow(RangeError);
    }
  });
});
