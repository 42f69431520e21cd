import { describe, expect, it } from 'vitest';
import { describeStep } from './describe-step.ts';
import { parseScenario } from './parse-scenario.ts';
import { ALL_PHRASES } from './phrases/all-phrases.ts';

const VALUES = { headers: '{A: b}', text: '"x"', steps: '[wait 1s]', changes: '{general: {enabled: no}}' };

describe('a step in words', () => {
  const rows = [
    ...ALL_PHRASES.map(({ example }) => example),
    '1002 will ring after 120ms, then answer after 1500ms',
    '1002 will ring, then reject 603 after 2s',
    'trunk calls 1001 from "Ann \'O" <+49>',
    'trunk calls 1001 from "Ann \\"O\\" \\\\"',
    '1001 presses "#72" on 1003 by INFO',
    '1003 registers for 60s with wrong password',
    'admin sends "" as x without ActionID without waiting',
    'admin logs in as "a b" with secret "c d" with events call,hud',
    'admin sends raw latin1 byte by byte every 1.5s: x',
    'wait for event A as b within 3s: {C: d}',
    "1001 dials ${'y' x 3}",
  ];

  it.each(rows)('says %s so that the parser makes the same of it', (row) => {
    const step = one(row);
    const kind = ALL_PHRASES.find((phrase) => phrase.example === row)?.value?.kind;
    const value = row.includes(': ') || row.endsWith(':') ? (/: (.*)$/.exec(row)?.[1] ?? VALUES.steps) : undefined;
    const said = `${describeStep(step)}${value === undefined ? '' : `: ${value}`}`;
    expect(one(kind === 'steps' ? `${describeStep(step)}: ${VALUES.steps}` : said)).toEqual(step);
  });
});

function one(row: string) {
  const whole = row.endsWith(':') ? `${row} ${VALUES.steps}` : row;
  const [step] = parseScenario(`scenario: a\nsteps:\n  - ${whole}\n`).scenario.steps;
  if (step === undefined) throw new Error('no step');
  return step;
}
