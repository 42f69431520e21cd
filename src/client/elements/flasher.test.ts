import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Flasher } from './flasher.ts';

class Lamp {
  dark = false;

  toggleAttribute(_name: 'dark', force: boolean): void {
    this.dark = force;
  }
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('Flasher', () => {
  it('blinks all its lamps together', () => {
    const flasher = new Flasher(100, 50);
    const lamps = [new Lamp(), new Lamp()];
    for (const lamp of lamps) flasher.join(lamp);
    const seen = [0, 99, 1, 49, 1].map((ms) => {
      vi.advanceTimersByTime(ms);
      return lamps.map(({ dark }) => dark);
    });
    expect(seen).toEqual([
      [false, false],
      [false, false],
      [true, true],
      [true, true],
      [false, false],
    ]);
  });

  it('lights all when a lamp joins in the dark part, so that the new one is lit at once', () => {
    const flasher = new Flasher(100, 50);
    const [first, second] = [new Lamp(), new Lamp()];
    flasher.join(first);
    vi.advanceTimersByTime(120);
    flasher.join(second);
    expect([first.dark, second.dark]).toEqual([false, false]);
    vi.advanceTimersByTime(100);
    expect([first.dark, second.dark]).toEqual([true, true]);
  });

  it('leaves a lamp lit and alone that has left, and stops with the last', () => {
    const flasher = new Flasher(100, 50);
    const lamp = new Lamp();
    flasher.join(lamp);
    vi.advanceTimersByTime(100);
    flasher.leave(lamp);
    expect(lamp.dark).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });
});
