import type { z } from 'zod';
import { CliError } from '../../mock-ami/command/cli-error.ts';
import { nearest } from '../../scenarios/nearest.ts';
import { readConfigFile } from './read-config-file.node.ts';
import { type Settings, settingsJsonSchema, settingsSchema } from './settings.ts';
import { isTree, type Layer, layerOfEnvironment, layerOfOptions, merge, type Tree } from './settings-layers.ts';
import { CONFIG_VARIABLE, SETTING_OPTIONS } from './settings-sources.ts';

/** Settings that are good, and where each was said. */
export interface LoadedSettings {
  readonly settings: Settings;
  /** By path (`pbx.ami`): `gateway.yaml:3`, `ASTERCLICK_AMI`, `--ami`. What is not in it is as by default. */
  readonly origins: ReadonlyMap<string, string>;
  /** The configuration file. */
  readonly file?: string;
}

/**
 * What options, environment and file say, in this order of their weight.
 * @param options as commander gives them
 * @throws CliError `CLI_BAD_SETTING`, `CLI_NO_FILE`: one line with the place, and what would be right
 */
export function loadSettings(
  options: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
): LoadedSettings {
  const named = options['config'] ?? environment[CONFIG_VARIABLE];
  const file = typeof named === 'string' && named !== '' ? named : undefined;
  const inFile = file === undefined ? [] : [readConfigFile(file)];
  const said = merge([...inFile, layerOfEnvironment(environment), layerOfOptions(options)]);
  checkMix(said);
  const result = settingsSchema.safeParse(said.tree);
  if (!result.success) {
    const { issues } = result.error;
    // A key that is misspelt is also one that is missing.
    const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
    throw refusal(issue as z.core.$ZodIssue, said, file);
  }
  return { settings: result.data, origins: said.origins, ...(file !== undefined && { file }) };
}

/** What is said of "the" PBX fits none where there are several. */
function checkMix({ tree, origins }: Layer): void {
  if (!isTree(tree['pbxs']) || !isTree(tree['pbx'])) return;
  const key = Object.keys(tree['pbx'])[0] ?? '';
  throw new CliError(
    'CLI_BAD_SETTING',
    `${origins.get(`pbx.${key}`) ?? 'pbx'} says something of one PBX, but there are several (pbxs, ${origins.get('pbxs')}); say it there`,
  );
}

function refusal(issue: z.core.$ZodIssue, { tree, origins }: Layer, file: string | undefined): CliError {
  const { path, text } = explain(issue, tree);
  const key = path.join('.');
  const exact = origins.get(key);
  const above = path.map((_, index) => origins.get(path.slice(0, index).join('.'))).findLast((each) => each);
  const group = `${path.slice(0, -1).join('.')}.`;
  const beside = path.length < 2 ? undefined : [...origins].find(([each]) => each.startsWith(group))?.[1];
  const place = exact ?? above ?? beside ?? file ?? 'settings';
  const isNamedByPlace = exact?.startsWith('--') === true || exact?.startsWith('ASTERCLICK_') === true;
  return new CliError(
    'CLI_BAD_SETTING',
    key === '' ? `${place}: ${text}` : isNamedByPlace ? `${place} ${text}` : `${place}: ${key} ${text}`,
  );
}

interface Explanation {
  readonly path: readonly string[];
  /** Goes on after the name of the setting. */
  readonly text: string;
}

function explain(issue: z.core.$ZodIssue, tree: Tree): Explanation {
  const path = issue.path.map(String);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const [key = ''] = issue.keys;
      const known = keysAt(path);
      const meant = nearest(key, known);
      const hint = meant === undefined ? `there are ${known.join(', ')}` : `did you mean ${meant}?`;
      return { path: [...path, key], text: `is no setting; ${hint}` };
    }
    case 'invalid_union': {
      const inner = issue.errors
        .flat()
        .find(({ code, path: deeper }) => deeper.length > 0 || code === 'unrecognized_keys');
      return inner === undefined
        ? { path, text: 'is not of the kind that is needed there' }
        : explain({ ...inner, path: [...issue.path, ...inner.path] } as z.core.$ZodIssue, tree);
    }
    case 'invalid_key':
      return { path, text: issue.issues[0]?.message ?? issue.message };
    case 'invalid_value':
      return { path, text: `must be one of ${issue.values.join(', ')}` };
    case 'invalid_type':
      return { path, text: wrongType(issue.expected, valueAt(tree, path), path) };
    default:
      return { path, text: issue.message };
  }
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of settings (key: value)',
  record: 'a group by name',
};

function wrongType(expected: string, value: unknown, path: readonly string[]): string {
  if (value === undefined) return `is missing: ${aboutOf(path)}${optionFor(path)}`;
  if (expected === 'string' && typeof value !== 'object') return `must be text; write it in quotes`;
  return `must be ${KINDS[expected] ?? expected}`;
}

function optionFor(path: readonly string[]): string {
  const option = SETTING_OPTIONS.find((each) => each.path.join('.') === path.join('.'));
  return option === undefined ? '' : ` (${option.flag})`;
}

function valueAt(tree: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, key) => (at as Tree | undefined)?.[key], tree);
}

interface JsonSchema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly anyOf?: readonly JsonSchema[];
}

function keysAt(path: readonly string[]): readonly string[] {
  return Object.keys(schemaAt(path)?.properties ?? {}).filter((key) => key !== '$schema');
}

function aboutOf(path: readonly string[]): string {
  return schemaAt(path)?.description ?? 'it must be given';
}

function schemaAt(path: readonly string[]): JsonSchema | undefined {
  let at: JsonSchema | undefined = settingsJsonSchema();
  for (const key of path) {
    const group: JsonSchema | undefined = at?.anyOf?.find(({ properties }) => properties !== undefined) ?? at;
    const others: JsonSchema | boolean | undefined = group?.additionalProperties;
    at = group?.properties?.[key] ?? (typeof others === 'object' ? others : undefined);
  }
  return at?.anyOf?.find(({ properties }) => properties !== undefined) ?? at;
}
