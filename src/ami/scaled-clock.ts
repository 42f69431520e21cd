import type { Clock } from './runtime.ts';

/** A clock that runs `speed` times as fast as `clock`, and shows the same time as it when made. */
export function scaledClock(clock: Clock, speed: number): Clock {
  if (!(speed > 0 && speed < Number.POSITIVE_INFINITY))
    throw new RangeError(`A clock's speed is a number above 0, not ${speed}`);
  const start = clock.now();
  return {
    now: () => start + (clock.now() - start) * speed,
    setTimer: (delayMs, callback) => clock.setTimer(delayMs / speed, callback),
  };
}
