import { describe, expect, it } from 'vitest';
import { libraryNames, libraryScenario } from '../src/scenarios/library.ts';
import { canBeFollowed, playVaried } from './variations/play-varied.ts';
import { VARIATIONS, varied, variedFiles } from './variations/vary.ts';

/** `npm run variations` plays the whole library in every form. */
const EVERY = 12;

describe('a scenario of the library in another form', () => {
  const names = libraryNames().filter((name) => canBeFollowed(libraryScenario(name).scenario));
  const drawn = names.filter((_, index) => index % EVERY === 5);

  it.each(drawn)('is told in pairs, listed as told, and leaves nothing: %s', (name) => {
    const { scenario } = libraryScenario(name);
    for (const variation of VARIATIONS) expect(playVaried(scenario, variation).faults, variation.name).toEqual([]);
  });
});

describe('a variation', () => {
  const [half, , others] = VARIATIONS;
  const { scenario } = libraryScenario('ring-group');

  it('changes waits and delays, and who plays the parts, in the scenario and in the configuration', () => {
    if (half === undefined || others === undefined) return expect.fail('there are no variations');
    const waits = (story: typeof scenario): unknown[] =>
      story.steps.flatMap((step) => (step.do === 'wait' ? [step.for] : []));
    expect(waits(varied(scenario, half))).toEqual(waits(scenario).map((ms) => Math.round(Number(ms) / 2)));
    expect(JSON.stringify(varied(scenario, others).steps)).not.toMatch(/"1003"/);
    const files = new Map([
      ['extensions.conf', 'exten => 600,1,Dial(PJSIP/1002&PJSIP/1004,20)'],
      ['pjsip.conf', '[1002]'],
    ]);
    expect([...variedFiles(files, others).values()]).toEqual([
      'exten => 600,1,Dial(PJSIP/1005&PJSIP/1001,20)',
      '[1002]',
    ]);
  });
});
