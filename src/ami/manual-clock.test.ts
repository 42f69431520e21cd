import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ManualClock } from './manual-clock.ts';

const settle = () =>
  new Promise<void>((resolve) => {
    setImmediate(resolve);
  });

describe('ManualClock', () => {
  it('stands still until it is moved', () => {
    const clock = new ManualClock(5000);
    expect(clock.now()).toBe(5000);
    clock.advance(1.5);
    expect(clock.now()).toBe(5001.5);
  });

  it('runs what is due on the way, at the time it is due', () => {
    const clock = new ManualClock(0);
    const ran: string[] = [];
    const at = (name: string) => () => ran.push(`${name}@${clock.now()}`);
    clock.setTimer(30, at('c'));
    clock.setTimer(10, at('a'));
    clock.setTimer(20, at('b'));
    clock.advance(20);
    expect([ran, clock.now(), clock.pending, clock.nextDueAt]).toEqual([['a@10', 'b@20'], 20, 1, 30]);
    clock.advance(9);
    expect(ran).toHaveLength(2);
    clock.advance(1);
    expect([ran.at(-1), clock.pending, clock.nextDueAt]).toEqual(['c@30', 0, undefined]);
  });

  it('runs what is due at the same time in the order it was set', () => {
    const clock = new ManualClock(0);
    const ran: string[] = [];
    clock.setTimer(10, () => ran.push('first'));
    clock.advance(5);
    clock.setTimer(5, () => ran.push('second'));
    clock.setTimer(0, () => ran.push('now'));
    clock.setTimer(5, () => ran.push('third'));
    clock.advance(5);
    expect(ran).toEqual(['now', 'first', 'second', 'third']);
  });

  it('runs what is set on the way too', () => {
    const clock = new ManualClock(0);
    const ran: number[] = [];
    const again = () => {
      ran.push(clock.now());
      if (ran.length < 5) clock.setTimer(10, again);
    };
    clock.setTimer(10, again);
    clock.advance(40);
    expect(ran).toEqual([10, 20, 30, 40]);
  });

  it('does not run what was cancelled, also on the way', () => {
    const clock = new ManualClock(0);
    const ran: string[] = [];
    const never = clock.setTimer(10, () => ran.push('never'));
    clock.setTimer(5, () => never.cancel());
    const once = clock.setTimer(7, () => ran.push('once'));
    clock.advance(20);
    once.cancel();
    never.cancel();
    expect([ran, clock.pending]).toEqual([['once'], 0]);
  });

  it('runs one timer at a time when asked to', () => {
    const clock = new ManualClock(0);
    const ran: string[] = [];
    clock.setTimer(10, () => ran.push('a'));
    clock.setTimer(10, () => ran.push('b'));
    expect([clock.runNext(), ran, clock.now()]).toEqual([true, ['a'], 10]);
    expect([clock.runNext(), clock.runNext(), ran]).toEqual([true, false, ['a', 'b']]);
  });

  it('takes a delay below 0 for none', () => {
    const clock = new ManualClock(100);
    clock.setTimer(-50, () => {});
    expect(clock.nextDueAt).toBe(100);
  });

  it('runs any timers in order of time, then of setting, whichever are cancelled', () => {
    const timers = fc.array(fc.record({ delayMs: fc.integer({ min: 0, max: 20 }), cancelled: fc.boolean() }), {
      maxLength: 200,
      size: 'max',
    });
    fc.assert(
      fc.property(timers, (given) => {
        const clock = new ManualClock(0);
        const ran: number[] = [];
        const set = given.map(({ delayMs }, index) => clock.setTimer(delayMs, () => ran.push(index)));
        for (const [index, timer] of set.entries()) if (given[index]?.cancelled) timer.cancel();
        const left = given.map((timer, index) => ({ ...timer, index })).filter(({ cancelled }) => !cancelled);
        expect(clock.pending).toBe(left.length);
        clock.advance(20);
        expect(ran).toEqual(left.sort((a, b) => a.delayMs - b.delayMs || a.index - b.index).map(({ index }) => index));
      }),
      { seed: 11, numRuns: 200 },
    );
  });
});

describe('ManualClock.runUntil', () => {
  it('moves time just as far as a promise needs, and gives what it gives', async () => {
    const clock = new ManualClock(0);
    const wait = (ms: number) =>
      new Promise<void>((resolve) => {
        clock.setTimer(ms, resolve);
      });
    clock.setTimer(60_000, () => {});
    const work = async () => {
      await wait(1000);
      await wait(500);
      return clock.now();
    };
    expect(await clock.runUntil(work(), settle)).toBe(1500);
    expect([clock.now(), clock.pending]).toEqual([1500, 1]);
  });

  it('lets everything come to rest between two timers, also those due at the same time', async () => {
    const clock = new ManualClock(0);
    const ran: string[] = [];
    clock.setTimer(10, async () => {
      ran.push('first');
      for (let turn = 0; turn < 50; turn++) await undefined;
      ran.push('its promises');
    });
    const second = new Promise<void>((resolve) => {
      clock.setTimer(10, () => {
        ran.push('second');
        resolve();
      });
    });
    await clock.runUntil(second, settle);
    expect(ran).toEqual(['first', 'its promises', 'second']);
  });

  it('runs nothing for a promise that is settled already', async () => {
    const clock = new ManualClock(0);
    clock.setTimer(0, () => {});
    expect(await clock.runUntil(Promise.resolve(7), settle)).toBe(7);
    expect(clock.pending).toBe(1);
  });

  it('passes a rejection on', async () => {
    const clock = new ManualClock(0);
    await expect(clock.runUntil(Promise.reject(new Error('no')), settle)).rejects.toThrow('no');
  });

  it('waits for work outside the clock', async () => {
    const clock = new ManualClock(0);
    const elsewhere = settle()
      .then(settle)
      .then(settle)
      .then(() => 'done');
    expect(await clock.runUntil(elsewhere, settle)).toBe('done');
  });

  it('gives up where nothing could bring the promise about', async () => {
    const clock = new ManualClock(0);
    let turns = 0;
    const counting = () => {
      turns += 1;
      return settle();
    };
    const stuck = clock.runUntil(new Promise(() => {}), counting, { idleTurns: 3 });
    await expect(stuck).rejects.toMatchObject({ name: 'AmiError', code: 'AMI_CLOCK_STUCK' });
    expect(turns).toBe(4);
  });
});
