import { describe, expect, it } from 'vitest';
import { ManualClock } from './manual-clock.ts';
import { PacedClock } from './paced-clock.ts';

function setUp(speed?: number) {
  const base = new ManualClock(1000);
  const clock = new PacedClock(base, speed);
  const ran: [string, number][] = [];
  const timer = (name: string, delayMs: number) => clock.setTimer(delayMs, () => ran.push([name, clock.now()]));
  return { base, clock, ran, timer };
}

describe('PacedClock', () => {
  it('runs as its base does, and timers with it', () => {
    const { base, clock, ran, timer } = setUp();
    timer('a', 50);
    base.advance(49);
    expect([clock.now(), ran]).toEqual([1049, []]);
    base.advance(1);
    expect(ran).toEqual([['a', 1050]]);
  });

  it('goes on at another speed from the time it shows, also for timers that are set', () => {
    const { base, clock, ran, timer } = setUp();
    timer('a', 1000);
    base.advance(500);
    clock.speed = 10;
    base.advance(49);
    expect([clock.now(), ran]).toEqual([1990, []]);
    base.advance(1);
    expect(ran).toEqual([['a', 2000]]);
  });

  it('stands at speed 0, and goes on from there', () => {
    const { base, clock, ran, timer } = setUp();
    timer('a', 100);
    clock.speed = 0;
    base.advance(5000);
    expect([clock.now(), ran]).toEqual([1000, []]);
    clock.speed = 1;
    base.advance(100);
    expect(ran).toEqual([['a', 1100]]);
  });

  it('is moved by hand, running timers in their order and at their time, those set on the way too', () => {
    const { base, clock, ran, timer } = setUp(0);
    timer('b', 200);
    clock.setTimer(100, () => timer('a', 50));
    clock.advance(250);
    expect(ran).toEqual([
      ['a', 1150],
      ['b', 1200],
    ]);
    expect([clock.now(), base.now()]).toEqual([1250, 1000]);
  });

  it('runs until something is so, or a bound is reached', () => {
    const { clock, ran, timer } = setUp(0);
    timer('a', 100);
    timer('b', 200);
    expect(clock.runUntil(() => ran.length === 1, 10_000)).toBe(true);
    expect(clock.now()).toBe(1100);
    expect(clock.runUntil(() => ran.length === 3, 10_000)).toBe(false);
    expect([clock.now(), ran.length]).toEqual([11_100, 2]);
  });

  it('can be set back', () => {
    const { base, clock, ran, timer } = setUp();
    base.advance(500);
    clock.set(1000);
    timer('a', 10);
    base.advance(10);
    expect(ran).toEqual([['a', 1010]]);
  });

  it('forgets a timer that is cancelled', () => {
    const { base, ran, timer } = setUp();
    timer('a', 10).cancel();
    base.advance(100);
    expect(ran).toEqual([]);
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('refuses the speed %s', (speed) => {
    expect(() => new PacedClock(new ManualClock(), speed)).toThrow(RangeError);
    expect(() => {
      setUp().clock.speed = speed;
    }).toThrow(/0 or above/);
  });
});
