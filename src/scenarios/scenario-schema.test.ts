import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { fromJSONSchema } from 'zod';
import { SCHEMA_FILE, schemaText } from '../../scripts/bundle-scenarios.ts';
import { libraryNames, libraryText } from './library.ts';
import { ALL_PHRASES } from './phrases/all-phrases.ts';
import { phrasePattern } from './scenario-schema.ts';

const schema = fromJSONSchema(JSON.parse(readFileSync(SCHEMA_FILE, 'utf8')));
const takes = (yaml: string): boolean => schema.safeParse(parse(yaml)).success;
const takesStep = (step: string): boolean => takes(`scenario: test\nsteps:\n  - ${step}\n`);

describe('the JSON Schema of scenarios', () => {
  it('stands in its file as it is made: run `npm run scenarios`', () => {
    expect(JSON.parse(readFileSync(SCHEMA_FILE, 'utf8'))).toEqual(JSON.parse(schemaText()));
  });

  it('takes every scenario of the library', () => {
    expect(libraryNames().filter((name) => !takes(libraryText(name) ?? ''))).toEqual([]);
  });

  it.each(ALL_PHRASES.map((phrase) => [phrase.example, phrase] as const))('knows %s', (example, phrase) => {
    const words = phrase.value === undefined ? example : example.replace(/:( .*)?$/, '').replace(/: .*$/, '');
    expect(words).toMatch(new RegExp(phrasePattern(phrase)));
  });

  it.each([
    '1002 will ring, then reject declined after 500ms',
    '1002 will ring after 120ms, then answer after 1500ms',
    `trunk calls 1001 from "Ann O'Neill" <+493012345>`,
    '1001 presses "#72" on 1003 by INFO',
    'wait ${talk}',
    '1003 dials ${parked.ParkingSpace}',
    'admin sends Ping without ActionID',
    'admin sends WaitEvent without waiting: {Timeout: 30}',
    'admin sends UserEvent: {Header1: [one, two], Empty: }',
    'reader logs in as admin with secret bad and events off',
    'admin sends raw byte by byte every 5ms: x',
    'wait for event ContactStatus within 15s: {ContactStatus: Unreachable}',
    'pbx changes manager.conf: {general: {enabled: no}, panel: remove}',
    'together: [1001 holds, [wait 1s, 1002 holds]]',
    'repeat ${times}: [1001 holds]',
  ])('takes %s', (step) => {
    expect(takesStep(step)).toBe(true);
  });

  it.each([
    '1001 dails 1002',
    'wait 600',
    '1001 presses',
    'expect lamp 1002 on',
    'admin sends raw',
    'pbx restarts: now',
    'admin sends Ping: [a]',
    '{1001 holds: x}',
    'together: 1001 holds',
  ])('refuses %s', (step) => {
    expect(takesStep(step)).toBe(false);
  });

  it('refuses unknown keys', () => {
    expect(takes('scenario: a\nsteps: []')).toBe(true);
    expect(takes('scenario: a\nsteps: []\nabuot: x')).toBe(false);
    expect(takes('scenario: a\nsteps: []\ngiven: {phone: [1]}')).toBe(false);
  });
});
