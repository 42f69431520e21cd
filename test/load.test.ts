import { expect, it } from 'vitest';
import { playForTime } from './composition/composition.ts';

const A_MINUTE_MS = 60_000;

it.each([1, 2, 3])(
  'a minute in which six people do something every few dozen milliseconds leaves nothing over (seed %d)',
  (seed) => {
    const { faults, steps, heard } = playForTime(seed, A_MINUTE_MS);
    expect(faults).toEqual([]);
    expect(steps.length).toBeGreaterThan(1000);
    expect(heard[0]?.match(/^Event: Newchannel/gm)?.length).toBeGreaterThan(100);
  },
  60_000,
);
