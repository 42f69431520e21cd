import { CliError } from '../../mock-ami/command/cli-error.ts';
import { nearest } from '../../scenarios/nearest.ts';
import { CONFIG_VARIABLE, isOurs, SETTING_OPTIONS, type SettingOption, variableOf } from './settings-sources.ts';

/** What somebody said, not checked yet: keys and values as in a configuration file. */
export type Tree = { [key: string]: unknown };

/** A tree, and where each of its values was said, by path (`pbx.ami`). */
export interface Layer {
  readonly tree: Tree;
  readonly origins: ReadonlyMap<string, string>;
}

/** What options of the command line say. @param values as commander gives them, by name in camel case */
export function layerOfOptions(values: Readonly<Record<string, unknown>>): Layer {
  return layerOf(
    SETTING_OPTIONS.map((option) => [option, option.flag, values[camelCase(option.flag)]]),
    (value) => value,
  );
}

/**
 * What variables of the environment say: a list is separated by spaces, a switch is `yes` or `no`.
 * @throws CliError `CLI_BAD_SETTING` where one is called ASTERCLICK_ and there is no such setting
 */
export function layerOfEnvironment(environment: Readonly<Record<string, string | undefined>>): Layer {
  const names = SETTING_OPTIONS.map(({ flag }) => variableOf(flag));
  for (const name of Object.keys(environment)) {
    if (!isOurs(name) || names.includes(name) || name === CONFIG_VARIABLE) continue;
    const meant = nearest(name, [...names, CONFIG_VARIABLE]);
    throw new CliError(
      'CLI_BAD_SETTING',
      `the environment has ${name}, which sets nothing${meant === undefined ? '; "asterclick gateway --help" names what does' : `; did you mean ${meant}?`}`,
    );
  }
  return layerOf(
    SETTING_OPTIONS.map((option) => [option, variableOf(option.flag), environment[variableOf(option.flag)]]),
    readVariable,
  );
}

/** Later layers win, key by key; lists are replaced as a whole. */
export function merge(layers: readonly Layer[]): Layer {
  const tree: Tree = {};
  const origins = new Map<string, string>();
  for (const layer of layers) {
    lay(tree, layer.tree);
    for (const [path, origin] of layer.origins) origins.set(path, origin);
  }
  return { tree, origins };
}

function layerOf(
  said: readonly (readonly [option: SettingOption, origin: string, value: unknown])[],
  read: (value: unknown, option: SettingOption, origin: string) => unknown,
): Layer {
  const tree: Tree = {};
  const origins = new Map<string, string>();
  for (const [option, origin, value] of said) {
    if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) continue;
    const path = option.path.join('.');
    const read1 = read(value, option, origin);
    lay(tree, nest(option.path, option.kind === 'pairs' ? pairs(read1, origin) : read1));
    origins.set(path, origin);
  }
  return { tree, origins };
}

function readVariable(value: unknown, { kind }: SettingOption, origin: string): unknown {
  const text = String(value);
  if (kind === 'list' || kind === 'pairs') return text.split(/\s+/).filter((each) => each !== '');
  if (kind === 'text') return text;
  if (/^(?:1|yes|true|on)$/i.test(text)) return true;
  if (/^(?:0|no|false|off)$/i.test(text)) return false;
  throw new CliError('CLI_BAD_SETTING', `${origin} is "${text}"; it is yes or no`);
}

function pairs(value: unknown, origin: string): Tree {
  const entries = [value].flat().map((text) => /^([^=]+)=(.+)$/.exec(String(text)) ?? []);
  if (entries.some(([, key]) => key === undefined))
    throw new CliError('CLI_BAD_SETTING', `${origin} is written user=CLAIM, role=CLAIM, extension=CLAIM or pbx=CLAIM`);
  return Object.fromEntries(entries.map(([, key, name]) => [key, name]));
}

function nest(path: readonly string[], value: unknown): Tree {
  const [key = '', ...rest] = path;
  return { [key]: rest.length === 0 ? value : nest(rest, value) };
}

function lay(onto: Tree, from: Tree): void {
  for (const [key, value] of Object.entries(from)) {
    if (!isTree(value)) {
      // A switch that is on already says no more than the details that are there.
      if (!(value === true && isTree(onto[key]))) onto[key] = value;
      continue;
    }
    const under = isTree(onto[key]) ? onto[key] : {};
    onto[key] = under;
    lay(under, value);
  }
}

export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function camelCase(flag: string): string {
  return flag.replace(/^--/, '').replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
