import { describe, expect, it } from 'vitest';
import { parseScenario } from '../src/scenarios/parse-scenario.ts';
import { asScenario, logins, shrink } from './composition/as-scenario.ts';
import { playAgain, playRandomly } from './composition/composition.ts';

/** `npm run compositions -- FIRST COUNT` plays more of them. `COMPOSITIONS=5000 npx vitest run test/composition.test.ts` too, from `COMPOSITION_SEED`. */
const COUNT = Number(process.env['COMPOSITIONS'] ?? 120);
const FIRST = Number(process.env['COMPOSITION_SEED'] ?? 1);
const BATCH = 50;
const seeds = (count: number, from: number): number[] => Array.from({ length: count }, (_, place) => from + place);

describe('whatever people do at their phones, in any order', () => {
  const batches = seeds(Math.ceil(COUNT / BATCH), 0).map((batch) => FIRST + batch * BATCH);

  it.each(batches)(
    'what is told is in pairs, what is listed is what was told, and nothing is left over (from seed %d)',
    (from) => {
      for (const seed of seeds(Math.min(BATCH, FIRST + COUNT - from), from)) {
        const played = playRandomly(seed);
        if (played.faults.length > 0) expect.fail(asScenario(shrink(played)));
      }
    },
    120_000,
  );

  it('three programs hear the same bytes when it happens again', () => {
    for (const seed of seeds(15, FIRST)) {
      const [one, other] = [playRandomly(seed), playRandomly(seed)];
      expect(one.heard).toHaveLength(3);
      expect(one.heard.every((heard) => heard.length > 100)).toBe(true);
      expect(other.heard, `seed ${seed}`).toEqual(one.heard);
    }
  });

  it('another seed is another story', () => {
    expect(playRandomly(1).heard).not.toEqual(playRandomly(2).heard);
  });
});

describe('a composition', () => {
  it('plays again from its steps', () => {
    const played = playRandomly(FIRST);
    expect(playAgain(FIRST, played.steps).heard).toEqual(played.heard);
  });

  it('is printed as a scenario that can be played', () => {
    for (const seed of seeds(10, 1)) {
      const played = playRandomly(seed);
      expect(parseScenario(asScenario(played)).scenario.steps).toEqual([...logins(played.steps), ...played.steps]);
    }
  });

  it('is shrunk to the steps that matter', () => {
    const steps = playRandomly(3).steps;
    const wrong = { seed: 3, steps, faults: ['never seen'], heard: [] };
    expect(shrink(wrong).steps).toEqual(steps);
  });
});
