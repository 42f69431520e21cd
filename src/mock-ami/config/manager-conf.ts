import { splitAssignment } from '../dialplan/split-assignment.ts';
import { classBits } from '../server/event-class.ts';
import { type AclRule, readAclRules } from './acl.ts';
import type { ConfCategory, ConfEntry, ConfFile } from './conf-file.ts';
import { ConfValues, valuesOf } from './conf-values.ts';
import type { WarningSink } from './config-warning.ts';
import { type EventFilter, parseFilter, parseLegacyFilter } from './event-filter.ts';

/** Classes of events and actions, in the order of Asterisk's bits. */
export const amiClasses = [
  'system',
  'call',
  'log',
  'verbose',
  'command',
  'agent',
  'user',
  'config',
  'dtmf',
  'reporting',
  'cdr',
  'dialplan',
  'originate',
  'agi',
  'cc',
  'aoc',
  'test',
  'security',
  'message',
] as const;
export type AmiClass = (typeof amiClasses)[number];

export interface ManagerGeneral {
  readonly enabled: boolean;
  readonly port: number;
  readonly bindAddress: string;
  /** Served over HTTP too, if http.conf is on. */
  readonly webEnabled: boolean;
  readonly displayConnects: boolean;
  readonly allowMultipleLogin: boolean;
  readonly timestampEvents: boolean;
  readonly brokenEventsAction: boolean;
  readonly httpTimeoutS: number;
  readonly authTimeoutS: number;
  /** How many may be connected and not logged in. */
  readonly authLimit: number;
  /** Variables and functions shown with every event of a channel. */
  readonly channelvars: readonly string[];
  /** Names of events that nobody gets. */
  readonly disabledEvents: readonly string[];
  /** Names of the lines that stand in the file, in lower case. */
  readonly lines: ReadonlySet<string>;
}

export interface ManagerUser {
  readonly name: string;
  /** Absent: nobody logs in as this user. */
  readonly secret?: string;
  /** Classes of events that the user gets. */
  readonly read: readonly AmiClass[];
  /** Classes of actions that the user may send. */
  readonly write: readonly AmiClass[];
  readonly acl: readonly AclRule[];
  /** Lists of acl.conf that must all let the address in. */
  readonly namedAcls: readonly string[];
  /** How long a write to a reader that does not read may block. */
  readonly writeTimeoutMs: number;
  readonly displayConnects: boolean;
  readonly allowMultipleLogin: boolean;
  readonly eventFilters: readonly EventFilter[];
  /** Names of the lines that stand in the file, in lower case: what a reload finds no line for stays as it was. */
  readonly lines: ReadonlySet<string>;
  /** Set on channels that the user originates. */
  readonly setVar: readonly (readonly [name: string, value: string])[];
}

export interface ManagerConf {
  readonly general: ManagerGeneral;
  readonly users: ReadonlyMap<string, ManagerUser>;
}

/** manager.conf. Source: main/manager.c, __init_manager. */
export function readManagerConf(conf: ConfFile, warn: WarningSink): ManagerConf {
  const general = readGeneral(valuesOf(conf, 'general'), warn);
  const users = conf.categories
    .filter((category) => !category.template && category.name.toLowerCase() !== 'general')
    .map((category) => readUser(category, general, warn));
  return { general, users: new Map(users.map((user) => [user.name, user])) };
}

function readGeneral(values: ConfValues, warn: WarningSink): ManagerGeneral {
  return {
    enabled: values.flag('enabled', false),
    port: values.integer('port', 5038),
    bindAddress: values.text('bindaddr') ?? '0.0.0.0',
    webEnabled: values.flag('webenabled', false),
    displayConnects: values.flag('displayconnects', true),
    allowMultipleLogin: values.flag('allowmultiplelogin', true),
    timestampEvents: values.flag('timestampevents', false),
    brokenEventsAction: values.flag('brokeneventsaction', false),
    httpTimeoutS: positive(values, 'httptimeout', { least: 1, fallback: 60 }, warn),
    authTimeoutS: positive(values, 'authtimeout', { least: 1, fallback: 30 }, warn),
    authLimit: positive(values, 'authlimit', { least: 1, fallback: 50 }, warn),
    channelvars: values.list('channelvars'),
    disabledEvents: values.list('disabledevents'),
    lines: linesOf(values.category),
  };
}

function linesOf(category: ConfCategory | undefined): ReadonlySet<string> {
  return new Set(category?.entries.map(({ name }) => name.toLowerCase()));
}

/** A number of at least that much; what is less, or none, is as if it were not there. */
function positive(
  values: ConfValues,
  name: string,
  { least, fallback }: { least: number; fallback: number },
  warn: WarningSink,
): number {
  const entry = values.category?.entries.findLast((candidate) => candidate.name.toLowerCase() === name);
  const value = values.integer(name, 0);
  if (entry === undefined || value >= least) return entry === undefined ? fallback : value;
  const message = `${name} = ${entry.value} is less than ${least}, so that it stays at ${fallback}`;
  warn({ file: entry.file, line: entry.line, severity: 'warning', message });
  return fallback;
}

function readUser(category: ConfCategory, general: ManagerGeneral, warn: WarningSink): ManagerUser {
  const values = new ConfValues(category);
  const secret = values.text('secret');
  if (secret === undefined) {
    const message = `user [${category.name}] has no secret, so that nobody can log in; add secret = ...`;
    warn({ file: category.file, line: category.line, severity: 'warning', message });
  }
  return {
    name: category.name,
    ...(secret === undefined ? {} : { secret }),
    read: readClasses(category, 'read', warn),
    write: readClasses(category, 'write', warn),
    acl: readAclRules(values),
    namedAcls: values.list('acl'),
    writeTimeoutMs: positive(values, 'writetimeout', { least: 100, fallback: 100 }, warn),
    displayConnects: values.flag('displayconnects', general.displayConnects),
    allowMultipleLogin: values.flag('allowmultiplelogin', general.allowMultipleLogin),
    eventFilters: category.entries.flatMap((entry) => readFilter(entry, warn)),
    lines: linesOf(category),
    setVar: values.all('setvar').flatMap(readVariable),
  };
}

/**
 * A list of classes as Asterisk reads it: words are compared whole and as they are, so that a blank behind a comma, or a capital
 * letter, makes a word unknown.
 */
function readClasses(category: ConfCategory, name: 'read' | 'write', warn: WarningSink): readonly AmiClass[] {
  const entry = category.entries.findLast((candidate) => candidate.name.toLowerCase() === name);
  for (const word of (entry?.value ?? '').split(',')) {
    if (entry === undefined || ['', 'all', 'none', 'hookresponse', ...amiClasses].includes(word)) continue;
    const hint = word.trim() === word ? '' : ' (nothing but a comma may stand between two)';
    const message = `"${word}" is no class of ${name}; there are all, ${amiClasses.join(', ')}${hint}`;
    warn({ file: entry.file, line: entry.line, severity: 'warning', message });
  }
  const bits = classBits(entry?.value ?? '');
  return amiClasses.filter((known) => (bits & classBits(known)) !== 0);
}

/** `eventfilter = regex`, or `eventfilter(name(Hold)) =`. */
function readFilter(entry: ConfEntry, warn: WarningSink): readonly EventFilter[] {
  if (!entry.name.startsWith('eventfilter')) return [];
  const open = entry.name.indexOf('(');
  const isWhole = open < 0 || entry.name.endsWith(')');
  const filter = isWhole
    ? open < 0
      ? parseLegacyFilter(entry.value)
      : parseFilter(entry.name.slice(open + 1), entry.value)
    : { fault: 'format', reason: 'its last bracket is missing' };
  if (!('fault' in filter)) return [filter];
  const message = `the event filter is left out: ${filter.reason}; write eventfilter(name(Hold)) = or eventfilter = Event: Hold`;
  warn({ file: entry.file, line: entry.line, severity: 'warning', message });
  return [];
}

function readVariable(text: string): readonly (readonly [string, string])[] {
  const assignment = splitAssignment(text);
  return assignment === undefined ? [] : [[assignment[0].trim(), assignment[1].trim()]];
}
