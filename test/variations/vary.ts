import type { Scenario, Step } from '../../src/scenarios/types.ts';

/** How a scenario is played otherwise than it is written, in ways that its story does not mind. */
export interface Variation {
  readonly name: string;
  /** Every wait, and every delay of a standing order, times this. */
  readonly slower: number;
  /** Other phones in the roles. */
  readonly phones: boolean;
  readonly seed: number;
}

export const AS_WRITTEN: Variation = { name: 'as it is written', slower: 1, phones: false, seed: 1 };

export const VARIATIONS: readonly Variation[] = [
  { name: 'in half the time', slower: 0.5, phones: false, seed: 1 },
  { name: 'in three times the time', slower: 3, phones: false, seed: 1 },
  { name: 'with other phones', slower: 1, phones: true, seed: 1 },
  { name: 'with another seed', slower: 1, phones: false, seed: 7 },
  { name: 'with other phones, slowly, and another seed', slower: 1.7, phones: true, seed: 23 },
];

/** Who plays whose part: all of the lab's phones are alike but for names and ports. */
const ROLES: Readonly<Record<string, string>> = { 1: '4', 4: '1', 2: '5', 5: '2', 3: '6', 6: '3' };

/** Files in which phones are named that have a part by configuration: members of queues, of ring groups. */
const CAST_BY_CONFIG = ['queues.conf', 'extensions.conf'];

export function varied(scenario: Scenario, { slower, phones }: Variation): Scenario {
  const cast = (text: string): string => (phones ? otherPhones(text) : text);
  const change = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return cast(value);
    if (typeof value === 'number')
      return ['for', 'after', 'ringAfter'].includes(key) ? Math.round(value * slower) : value;
    if (Array.isArray(value)) return value.map((one) => change(one, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [cast(name), change(one, name)]));
  };
  const { steps, given, with: values, ...rest } = scenario;
  return {
    ...rest,
    ...(given === undefined ? {} : { given: change(given, 'given') as typeof given }),
    ...(values === undefined ? {} : { with: change(values, 'with') as typeof values }),
    steps: steps.map((step) => change(step, 'step') as Step),
  };
}

/** The configuration in which those phones have the parts. */
export function variedFiles(files: ReadonlyMap<string, string>, { phones }: Variation): ReadonlyMap<string, string> {
  if (!phones) return files;
  return new Map([...files].map(([file, text]) => [file, CAST_BY_CONFIG.includes(file) ? otherPhones(text) : text]));
}

/** `1002` becomes `1005`, and so do the numbers that reach it in other ways: `1302`, `1802`. */
function otherPhones(text: string): string {
  return text.replace(/(?<!\d)(1[0-8]0)([1-6])(?!\d)/g, (_whole, begin: string, last: string) => begin + ROLES[last]);
}
