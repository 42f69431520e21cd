import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../ami/manual-clock.ts';
import { pause, runTask, Signal, type Task, together, until } from './task.ts';

describe('a task', () => {
  it('goes on in the very call that ends its wait', () => {
    const clock = new ManualClock(0);
    const seen: string[] = [];
    function* work(): Task {
      yield* pause(clock, 10);
      seen.push('ten');
      yield* pause(clock, 0);
      seen.push('end');
    }
    runTask(work(), () => seen.push('over'));
    clock.advance(10);
    expect(seen).toEqual(['ten', 'end', 'over']);
  });

  it('does not grow the stack where waits end at once', () => {
    function* work(): Task {
      for (let i = 0; i < 100_000; i++) {
        yield (resume) => {
          resume();
          return () => undefined;
        };
      }
    }
    let ended = false;
    runTask(work(), (error) => {
      ended = error === undefined;
    });
    expect(ended).toBe(true);
  });

  it('hands its error over', () => {
    const clock = new ManualClock(0);
    function* work(): Task {
      yield* pause(clock, 1);
      throw new Error('broken');
    }
    let failure: unknown;
    runTask(work(), (error) => {
      failure = error;
    });
    clock.advance(1);
    expect(failure).toEqual(new Error('broken'));
  });

  it('leaves no timer and says nothing more once it is stopped', () => {
    const clock = new ManualClock(0);
    const seen: string[] = [];
    function* work(): Task {
      try {
        yield* pause(clock, 10);
      } finally {
        seen.push('cleaned');
      }
    }
    const stop = runTask(work(), () => seen.push('over'));
    stop();
    stop();
    expect(clock.pending).toBe(0);
    clock.advance(20);
    expect(seen).toEqual(['cleaned']);
  });
});

describe('until', () => {
  it('looks when the signal tells, and gives up at its limit', () => {
    const clock = new ManualClock(0);
    const signal = new Signal();
    let ready = false;
    const results: [boolean, number][] = [];
    function* work(): Task {
      results.push([yield* until(() => ready, { clock, signal, limitMs: 100 }), clock.now()]);
      ready = false;
      results.push([yield* until(() => ready, { clock, signal, limitMs: 100 }), clock.now()]);
    }
    runTask(work(), () => undefined);
    clock.advance(30);
    signal.notify();
    ready = true;
    signal.notify();
    clock.advance(200);
    expect(results).toEqual([
      [true, 30],
      [false, 130],
    ]);
    expect(clock.pending).toBe(0);
  });
});

describe('together', () => {
  it('stops the others where one fails', () => {
    const clock = new ManualClock(0);
    const seen: string[] = [];
    function* fails(): Task {
      yield* pause(clock, 5);
      throw new Error('one');
    }
    function* goesOn(): Task {
      yield* pause(clock, 10);
      seen.push('went on');
    }
    let failure: unknown;
    runTask(together([fails(), goesOn()]), (error) => {
      failure = error;
    });
    clock.advance(20);
    expect(failure).toEqual(new Error('one'));
    expect(seen).toEqual([]);
  });
});
