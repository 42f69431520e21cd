import { type Part, type Phrase, parsePattern, type ValueKind } from './phrase.ts';
import { ALL_PHRASES } from './phrases/all-phrases.ts';
import { SLOT_TYPES } from './slot-types.ts';

type Schema = { readonly [key: string]: unknown };

/** Editors read `0661` as a number and `no` as false; a scenario takes both as text. */
const TEXT: Schema = { type: ['string', 'number', 'boolean', 'null'] };
const TEXTS: Schema = { type: 'object', additionalProperties: TEXT };
const STEPS: Schema = { $ref: '#/$defs/steps' };
const CHANGES: Schema = {
  type: 'object',
  additionalProperties: {
    anyOf: [
      { const: 'remove' },
      { type: 'object', additionalProperties: { anyOf: [TEXT, { type: 'array', items: TEXT }] } },
    ],
  },
};

const PAST: Schema = {
  type: 'object',
  additionalProperties: false,
  description: 'What the PBX has been through: {up: 175s, calls: 22}',
  properties: {
    up: { ...TEXT, description: 'How long ago it started: 175s' },
    calls: { ...TEXT, description: 'Calls that it has processed.' },
    optimizations: { ...TEXT, description: 'Pairs of Local channels that have stepped aside.' },
    lots: { type: 'array', items: TEXT, description: 'Parking lots that have been used.' },
    devices: { ...TEXTS, description: 'Device states that it has told of: {Custom:lamp1: NOT_INUSE}' },
  },
};

const VALUES: Readonly<Record<ValueKind, Schema>> = {
  headers: { type: 'object', additionalProperties: { anyOf: [TEXT, { type: 'array', items: TEXT }] } },
  text: TEXT,
  steps: STEPS,
  changes: CHANGES,
};

/** JSON Schema (2020-12) of a scenario's YAML file, for editors. It takes what the parser takes, but for the words inside `${...}`. */
export function scenarioSchema(): Schema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A scenario of calls',
    type: 'object',
    required: ['scenario', 'steps'],
    additionalProperties: false,
    properties: {
      scenario: { type: 'string', pattern: '^\\w[\\w.-]*$', description: 'Its name.' },
      about: { ...TEXT, description: 'What happens, in a sentence.' },
      given: {
        type: 'object',
        additionalProperties: false,
        description: 'What is there before the start.',
        properties: {
          phones: { type: 'array', items: TEXT, description: 'The phones that are registered.' },
          mailboxes: { ...TEXTS, description: 'New messages in each mailbox: {1003@default: 1}' },
          past: PAST,
        },
      },
      config: {
        type: 'object',
        additionalProperties: CHANGES,
        description: 'Changes of configuration files: {manager.conf: {general: {timestampevents: yes}}}',
      },
      cast: { ...TEXTS, description: 'Names for phones and numbers: {caller: 1001}' },
      with: { ...TEXTS, description: 'Values for ${...}: {talk: 3s}' },
      steps: STEPS,
    },
    $defs: {
      steps: { type: 'array', items: { $ref: '#/$defs/step' } },
      step: { anyOf: [...ALL_PHRASES.filter(standsAlone).map(sentence), withValue(), STEPS] },
    },
  };
}

/** A regular expression for the sentences that are this phrase. */
export function phrasePattern(phrase: Phrase): string {
  return `^${sequence(parsePattern(phrase.pattern), '')}$`;
}

function standsAlone({ value }: Phrase): boolean {
  return value?.required !== true;
}

function sentence(phrase: Phrase): Schema {
  return {
    type: 'string',
    pattern: phrasePattern(phrase),
    examples: phrase.value === undefined ? [phrase.example] : [],
  };
}

function withValue(): Schema {
  const entries = ALL_PHRASES.flatMap((phrase) =>
    phrase.value === undefined ? [] : [[phrasePattern(phrase), VALUES[phrase.value.kind]] as const],
  );
  return {
    type: 'object',
    minProperties: 1,
    maxProperties: 1,
    patternProperties: Object.fromEntries(entries),
    additionalProperties: false,
  };
}

/** Parts one after the other, `blank` between the last word before them and the first. */
function sequence(parts: readonly Part[], blank: string): string {
  let pattern = '';
  for (const part of parts) {
    const gap = pattern === '' ? blank : '\\s+';
    if (part.kind === 'words') pattern += part.anyOf[0] === ',' ? '\\s*,' : `${gap}${either(part.anyOf)}`;
    else if (part.kind === 'slot') pattern += `${gap}${SLOT_TYPES[part.type].regex}`;
    else if (part.kind === 'optional') pattern += `(?:${sequence(part.parts, gap)})?`;
  }
  return pattern;
}

function either(words: readonly string[]): string {
  const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return escaped.length === 1 ? (escaped[0] ?? '') : `(?:${escaped.join('|')})`;
}
