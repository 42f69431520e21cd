import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fidelityPage, isExact, type Reasons } from './fidelity/fidelity-page.ts';
import { type Measured, measure, recordedScenarios } from './fidelity/library-fidelity.ts';
import { better, fallen, readReachedScores } from './fidelity/reached-scores.ts';
import reasons from './fidelity/reasons.json' with { type: 'json' };

/** Logins and plain calls with all they can meet: what every user of the simulation builds upon. */
const FOUNDATION =
  /^(?:banner-login-logoff|login-md5-challenge|ping|unknown-action|call-(?!forward-302).*|hold-.*|register-.*|trunk-call-.*|two-calls-at-once)$/;

const measured = new Map<string, Measured>();
function measuredOnce(name: string): Measured {
  const known = measured.get(name) ?? measure(name);
  measured.set(name, known);
  return known;
}

describe('a plain call is told as the recorded Asterisk told it', () => {
  const names = recordedScenarios().filter((name) => FOUNDATION.test(name));

  it.each(names)('%s: at least 0.98, in a recorded order', (name) => {
    const { score, order, near, missing, extra, failure } = measuredOnce(name);
    expect(failure).toBeUndefined();
    expect(order).toEqual([]);
    expect(score, JSON.stringify({ near, missing, extra }, null, 1)).toBeGreaterThanOrEqual(0.98);
  });

  it('on the whole: at least 0.995', () => {
    const scores = names.map((name) => measuredOnce(name).score);
    expect(names.length).toBeGreaterThan(30);
    expect(scores.reduce((sum, score) => sum + score, 0) / scores.length).toBeGreaterThanOrEqual(0.995);
  });
});

describe('what the simulation has reached', () => {
  it('does not fall, in any scenario', () => {
    expect(fallen(recordedScenarios().map(measuredOnce), readReachedScores())).toEqual([]);
    // All are played here: a minute, where the machine has other things to do.
  }, 120_000);

  it('is known of every recorded scenario', () => {
    expect(Object.keys(readReachedScores())).toEqual([...recordedScenarios()]);
  });

  it('stands in docs/fidelity.md: run `npm run fidelity`', () => {
    const page = readFileSync(new URL('../docs/fidelity.md', import.meta.url), 'utf8');
    expect(page).toBe(fidelityPage(recordedScenarios().map(measuredOnce), reasons as Reasons));
  });

  it('has a reason for each that falls short, and for no other', () => {
    const short = recordedScenarios().filter((name) => !isExact(measuredOnce(name)));
    expect(Object.keys(reasons)).toEqual(short);
  });
});

describe('the table of reached scores', () => {
  const result = {
    scenario: 'a',
    score: 0.97,
    golden: 1,
    candidate: 1,
    exact: 1,
    near: [],
    missing: [],
    extra: [],
    order: ['x'],
  };

  it('names each figure that is worse than before', () => {
    expect(fallen([result], { a: { score: 0.98, orderFaults: 0 } })).toEqual([
      'a: score 0.97, was 0.98',
      'a: 1 order faults, were 0',
    ]);
    expect(fallen([result], { a: { score: 0.97, orderFaults: 1 } })).toEqual([]);
  });

  it('keeps the better of each figure', () => {
    expect(better({ score: 0.9, orderFaults: 0 }, { score: 1, orderFaults: 2 })).toEqual({ score: 1, orderFaults: 0 });
  });
});
