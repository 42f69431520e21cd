import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FAULTS_PAGE, withFaultTable } from '../../../scripts/fault-tables.ts';
import { parsePattern } from '../../scenarios/phrase.ts';
import { FAULT_PHRASES, SPOKEN_FAULTS } from '../../scenarios/phrases/fault-phrases.ts';
import { LASTING_FAULTS } from '../../scenarios/slot-types.ts';
import { describedFault, FAULTS } from './fault-table.ts';
import { faultValues, knownFault, parseFaultOption } from './fault-values.ts';

const values = (name: string, given: Parameters<typeof faultValues>[1]) => faultValues(knownFault(name), given);

describe('values of a fault', () => {
  it.each([
    ['delay-writes', {}, { by: 100, jitter: 0, for: 0 }],
    ['delay-writes', { by: '1.5s', for: '2min', jitter: 7 }, { by: 1500, jitter: 7, for: 120_000 }],
    [
      'lose-events',
      { chance: '20%', events: 'Hold, Unhold' },
      { events: ['hold', 'unhold'], chance: 0.2, times: 0, for: 0 },
    ],
    ['lose-events', { chance: 0.5, events: ['Hold'], times: '3' }, { events: ['hold'], chance: 0.5, times: 3, for: 0 }],
    ['refuse-connections', { how: 'reset', times: 2 }, { how: 'reset', times: 2, for: 0 }],
  ])('of %s are all there, in its units: %o', (name, given, expected) => {
    expect(values(name, given)).toEqual(expected);
  });

  it.each([
    [
      'delay-writes',
      { by: 'soon' },
      "delay-writes: by is a time such as 600ms or 3s, or a number of milliseconds, not 'soon'",
    ],
    ['delay-writes', { by: -1 }, /by is a time/],
    ['delay-writes', { by: Number.POSITIVE_INFINITY }, /by is a time/],
    ['delay-writes', { by: '' }, /by is a time/],
    ['split-writes', { longest: 0 }, "split-writes: longest is a whole number, 1 or more, not '0'"],
    ['split-writes', { longest: 1.5 }, /whole number/],
    ['lose-events', { chance: 1.1 }, /chance is a chance such as 0.2 or 20%/],
    ['lose-events', { chance: '' }, /chance is a chance/],
    ['lose-events', { events: 7 }, /events is a list of names/],
    ['refuse-connections', { how: 'loudly' }, /how is one of refused, reset, closed, not 'loudly'/],
    ['refuse-connections', { times: 2 }, /refused connections cannot be counted/],
    ['silence', { longest: 1 }, "fault silence has no parameter 'longest'; it has for"],
    ['silence', { toString: 1 }, /has no parameter 'toString'/],
  ])('of %s are refused where they make no sense: %o', (name, given, message) => {
    expect(() => values(name, given)).toThrow(message);
    expect(() => values(name, given)).toThrow(expect.objectContaining({ code: 'STAGE_WRONG_FAULT' }));
  });

  it('need a fault that there is', () => {
    const error = expect.objectContaining({ code: 'STAGE_UNKNOWN_FAULT', message: expect.stringContaining('silence') });
    expect(() => knownFault('noise')).toThrow(error);
    expect(() => knownFault('delay-writs')).toThrow("there is no fault 'delay-writs'; did you mean 'delay-writes'?");
  });
});

describe('a fault as an option', () => {
  it.each([
    ['silence', 'silence', {}],
    ['delay-writes=80ms', 'delay-writes', { by: '80ms' }],
    ['delay-writes=by:80ms,jitter:20ms', 'delay-writes', { by: '80ms', jitter: '20ms' }],
    ['lose-events=Hold+Unhold,chance:10%', 'lose-events', { events: 'Hold+Unhold', chance: '10%' }],
  ])('%s', (text, name, given) => {
    expect(parseFaultOption(text)).toEqual({ name, values: given });
  });

  it.each(['noise', 'delay-writes=x', 'delay-writes=y:1', 'reset-connections=1', ''])('%s is refused', (text) => {
    expect(() => parseFaultOption(text)).toThrow(expect.objectContaining({ name: 'StageError' }));
  });
});

describe('the table of faults', () => {
  it('has a sentence for each, and each sentence says parameters that there are', () => {
    const spoken = new Map(SPOKEN_FAULTS.map(({ fault, pattern }) => [fault, pattern]));
    expect([...spoken.keys(), 'restart'].sort()).toEqual(FAULTS.map(({ name }) => name).sort());
    for (const [fault, pattern] of spoken) {
      const slots = JSON.stringify(parsePattern(pattern)).matchAll(/"kind":"slot","name":"(\w+)"/g);
      const said = [...slots].map((found) => found[1]);
      expect([fault, ...said.toSorted()]).toEqual([
        fault,
        ...(describedFault(fault)?.parameters ?? []).map(({ name }) => name).toSorted(),
      ]);
    }
    expect(FAULT_PHRASES).toHaveLength(FAULTS.length);
  });

  it('knows those that last as scenarios do', () => {
    expect(LASTING_FAULTS).toEqual(FAULTS.filter(({ kind }) => kind === 'lasting').map(({ name }) => name));
  });

  it('stands on the page about faults as it is: run `npm run readme`', () => {
    const page = readFileSync(FAULTS_PAGE, 'utf8');
    expect(page).toBe(withFaultTable(page));
    expect(FAULTS.filter(({ name }) => !page.includes(`| \`${name}\``))).toEqual([]);
  });
});
