import { parseDuration } from './duration.ts';
import { nearest } from './nearest.ts';
import { parseChanges } from './parse-changes.ts';
import { type ParseContext, parseText } from './parse-context.ts';
import { parseSteps } from './parse-steps.ts';
import { type Position, type Problem, ScenarioError } from './scenario-error.ts';
import type { ConfigChanges } from './stage.ts';
import type { Given, Past, Scenario, Step } from './types.ts';
import { type MapSource, readYaml, type Source } from './yaml-source.ts';

export interface ParsedScenario {
  readonly scenario: Scenario;
  readonly file: string;
  /** Where a step of this scenario stands in the file. */
  positionOf(step: Step): Position | undefined;
}

const KEYS = ['scenario', 'about', 'given', 'config', 'cast', 'with', 'steps'] as const;
type Key = (typeof KEYS)[number];

/**
 * Reads a scenario from YAML; `file` is its name in errors.
 * @throws ScenarioError `SCENARIO_YAML` or `SCENARIO_WRONG`, with every problem found
 */
export function parseScenario(text: string, file = 'scenario'): ParsedScenario {
  const source = readYaml(text, file);
  const problems: Problem[] = [];
  const positions = new Map<Step, Position>();
  const context: ParseContext = {
    lines: text.split('\n'),
    wrong: (message, at) => problems.push({ message, at }),
    place: (step, at) => positions.set(step, at),
  };
  const scenario = readScenario(source, context);
  if (problems.length > 0) throw new ScenarioError('SCENARIO_WRONG', problems, { file });
  return { scenario, file, positionOf: (step) => positions.get(step) };
}

function readScenario(source: Source, context: ParseContext): Scenario {
  const found = topLevel(source, context);
  const name = parseText(found.get('scenario'), 'scenario', context) ?? '';
  if (!found.has('scenario')) context.wrong("the key 'scenario', its name, is missing", source.at);
  else if (!/^[\w][\w.-]*$/.test(name)) {
    context.wrong(`'${name}' is no name of a scenario: letters, digits, - _ . only, as in hold-unhold`, source.at);
  }
  if (!found.has('steps')) context.wrong("the key 'steps' is missing", source.at);
  const about = parseText(found.get('about'), 'about', context);
  const given = found.get('given');
  const config = found.get('config');
  const cast = found.get('cast');
  const values = found.get('with');
  const steps = found.get('steps');
  return {
    scenario: name,
    ...(about === undefined ? {} : { about }),
    ...(given === undefined ? {} : { given: readGiven(given, context) }),
    ...(config === undefined ? {} : { config: readConfig(config, context) }),
    ...(cast === undefined ? {} : { cast: texts(cast, 'cast', context) }),
    ...(values === undefined ? {} : { with: texts(values, 'with', context) }),
    steps: steps === undefined ? [] : parseSteps(steps, context),
  };
}

function topLevel(source: Source, context: ParseContext): Map<Key, Source> {
  const found = new Map<Key, Source>();
  if (source.kind !== 'map') {
    context.wrong(`a scenario is a map with the keys ${KEYS.join(', ')}`, source.at);
    return found;
  }
  for (const { key, value } of source.entries) {
    if ((KEYS as readonly string[]).includes(key.text)) {
      found.set(key.text as Key, value ?? { kind: 'text', text: '', quoted: false, at: key.at });
    } else context.wrong(unknownKey(key.text, KEYS), key.at);
  }
  return found;
}

/** A map of texts; keys keep their order. */
function texts(source: Source, what: string, context: ParseContext): Record<string, string> {
  const found: [string, string][] = [];
  for (const { key, value } of entriesOf(source, what, context)) {
    found.push([key.text, parseText(value, `${what}.${key.text}`, context) ?? '']);
  }
  return Object.fromEntries(found);
}

function readGiven(source: Source, context: ParseContext): Given {
  let given: Given = {};
  for (const { key, value } of entriesOf(source, 'given', context)) {
    if (key.text === 'phones') given = { ...given, phones: textList(value, 'phones: [1001, 1002]', key.at, context) };
    else if (key.text === 'mailboxes') given = { ...given, mailboxes: mailboxes(value, key.at, context) };
    else if (key.text === 'past') given = { ...given, past: readPast(value, key.at, context) };
    else context.wrong(unknownKey(key.text, ['phones', 'mailboxes', 'past']), key.at);
  }
  return given;
}

function textList(source: Source | undefined, example: string, at: Position, context: ParseContext): string[] {
  const name = example.replace(/:.*/, '');
  if (source?.kind === 'list') return source.items.map((item) => parseText(item, `each of ${name}`, context) ?? '');
  context.wrong(`${name} is a list: ${example}`, at);
  return [];
}

function mailboxes(source: Source | undefined, at: Position, context: ParseContext): Record<string, number> {
  if (source === undefined) {
    context.wrong('mailboxes is a map: mailboxes: {1003@default: 1}', at);
    return {};
  }
  const found = Object.entries(texts(source, 'mailboxes', context));
  for (const [mailbox, count] of found) {
    if (!/^\d+$/.test(count)) context.wrong(`${mailbox}: '${count}' is no number of messages`, source.at);
  }
  return Object.fromEntries(found.map(([mailbox, count]) => [mailbox, Number(count)]));
}

function readPast(source: Source | undefined, at: Position, context: ParseContext): Past {
  let past: Past = {};
  const text = (value: Source | undefined): string => parseText(value, 'what has been', context) ?? '';
  const count = (key: string, written: string, place: Position): number => {
    if (!/^\d+$/.test(written)) context.wrong(`${key}: '${written}' is no number`, place);
    return Number(written);
  };
  for (const { key, value } of source === undefined ? [] : entriesOf(source, 'past', context)) {
    if (key.text === 'up') {
      const upMs = parseDuration(text(value));
      if (upMs === undefined) context.wrong(`up: '${text(value)}' is no time such as 175s`, key.at);
      past = { ...past, upS: (upMs ?? 0) / 1000 };
    } else if (key.text === 'calls') past = { ...past, calls: count('calls', text(value), key.at) };
    else if (key.text === 'optimizations')
      past = { ...past, optimizations: count('optimizations', text(value), key.at) };
    else if (key.text === 'lots') past = { ...past, lots: textList(value, 'lots: [default]', key.at, context) };
    else if (key.text === 'devices' && value !== undefined)
      past = { ...past, devices: texts(value, 'devices', context) };
    else context.wrong(unknownKey(key.text, ['up', 'calls', 'optimizations', 'lots', 'devices']), key.at);
  }
  if (source === undefined) context.wrong('past is a map: past: {up: 175s, calls: 22}', at);
  return past;
}

function readConfig(source: Source, context: ParseContext): Record<string, ConfigChanges> {
  const files = entriesOf(source, 'config', context);
  return Object.fromEntries(files.map(({ key, value }) => [key.text, parseChanges(value, key.at, context)]));
}

function entriesOf(source: Source, what: string, context: ParseContext): MapSource['entries'] {
  if (source.kind === 'map') return source.entries;
  context.wrong(`${what} is a map, as in ${what}: {name: value}`, source.at);
  return [];
}

function unknownKey(key: string, known: readonly string[]): string {
  const guess = nearest(key, known);
  return `'${key}' is no key here${guess === undefined ? `; there are ${known.join(', ')}` : `; did you mean '${guess}'?`}`;
}
