import { describe, expect, it } from 'vitest';
import { SeededRandom } from './seeded-random.ts';

const take = (random: SeededRandom, count: number) => Array.from({ length: count }, () => random.next());

describe('SeededRandom', () => {
  it('gives the numbers of mulberry32, the same everywhere and for ever', () => {
    expect(take(new SeededRandom(1), 3)).toEqual([0.6270739405881613, 0.002735721180215478, 0.5274470399599522]);
  });

  it('gives the same numbers for the same seed, others for another', () => {
    expect(take(new SeededRandom('office'), 5)).toEqual(take(new SeededRandom('office'), 5));
    expect(take(new SeededRandom('office'), 5)).not.toEqual(take(new SeededRandom('offices'), 5));
    expect(take(new SeededRandom(7), 5)).not.toEqual(take(new SeededRandom(8), 5));
  });

  it('goes on from a state that was kept', () => {
    const random = new SeededRandom('office');
    take(random, 10);
    const { state } = random;
    const onward = take(random, 5);
    expect(take(new SeededRandom(state), 5)).toEqual(onward);
  });

  it('spreads its numbers evenly over [0, 1)', () => {
    const buckets = new Array<number>(10).fill(0);
    for (const number of take(new SeededRandom(42), 100_000)) {
      const bucket = Math.floor(number * 10);
      buckets[bucket] = (buckets[bucket] ?? Number.NaN) + 1;
    }
    expect(buckets).toHaveLength(10);
    for (const count of buckets) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });
});
