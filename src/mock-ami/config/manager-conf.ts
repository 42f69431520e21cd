import { type AclRule, readAclRules } from './acl.ts';
import type { ConfCategory, ConfEntry, ConfFile } from './conf-file.ts';
import { ConfValues, splitList, valuesOf } from './conf-values.ts';
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
}

export interface ManagerUser {
  readonly name: string;
  readonly secret: string;
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
  /** Set on channels that the user originates. */
  readonly setVar: readonly (readonly [name: string, value: string])[];
}

export interface ManagerConf {
  readonly general: ManagerGeneral;
  readonly users: ReadonlyMap<string, ManagerUser>;
}

/** manager.conf. Source: main/manager.c, __init_manager. */
export function readManagerConf(conf: ConfFile, warn: WarningSink): ManagerConf {
  const general = readGeneral(valuesOf(conf, 'general'));
  const users = conf.categories
    .filter((category) => !category.template && category.name.toLowerCase() !== 'general')
    .map((category) => readUser(category, general, warn));
  return { general, users: new Map(users.map((user) => [user.name, user])) };
}

function readGeneral(values: ConfValues): ManagerGeneral {
  return {
    enabled: values.flag('enabled', false),
    port: values.integer('port', 5038),
    bindAddress: values.text('bindaddr') ?? '0.0.0.0',
    webEnabled: values.flag('webenabled', false),
    displayConnects: values.flag('displayconnects', true),
    allowMultipleLogin: values.flag('allowmultiplelogin', true),
    timestampEvents: values.flag('timestampevents', false),
    brokenEventsAction: values.flag('brokeneventsaction', false),
    httpTimeoutS: values.integer('httptimeout', 60),
    authTimeoutS: values.integer('authtimeout', 30),
    authLimit: values.integer('authlimit', 50),
    channelvars: values.list('channelvars'),
    disabledEvents: values.list('disabledevents'),
  };
}

function readUser(category: ConfCategory, general: ManagerGeneral, warn: WarningSink): ManagerUser {
  const values = new ConfValues(category);
  const secret = values.text('secret', 'password');
  if (secret === undefined) {
    const message = `user [${category.name}] has no secret, so that an empty one logs in; add secret = ...`;
    warn({ file: category.file, line: category.line, severity: 'warning', message });
  }
  return {
    name: category.name,
    secret: secret ?? '',
    read: readClasses(category, 'read', warn),
    write: readClasses(category, 'write', warn),
    acl: readAclRules(values),
    namedAcls: values.list('acl'),
    writeTimeoutMs: Math.max(values.integer('writetimeout', 100), 100),
    displayConnects: values.flag('displayconnects', general.displayConnects),
    allowMultipleLogin: values.flag('allowmultiplelogin', general.allowMultipleLogin),
    eventFilters: category.entries.flatMap((entry) => readFilter(entry, warn)),
    setVar: values.all('setvar').flatMap(readVariable),
  };
}

function readClasses(category: ConfCategory, name: 'read' | 'write', warn: WarningSink): readonly AmiClass[] {
  const entry = category.entries.findLast((candidate) => candidate.name.toLowerCase() === name);
  const words = splitList(entry?.value ?? '').map((word) => word.toLowerCase());
  for (const word of words) {
    if (entry === undefined || ['all', 'none', ...amiClasses].includes(word)) continue;
    const message = `"${word}" is no class of ${name}; there are all, ${amiClasses.join(', ')}`;
    warn({ file: entry.file, line: entry.line, severity: 'warning', message });
  }
  return words.includes('all') ? amiClasses : amiClasses.filter((known) => words.includes(known));
}

/** `eventfilter = regex`, or `eventfilter(name(Hold)) =`. */
function readFilter(entry: ConfEntry, warn: WarningSink): readonly EventFilter[] {
  const match = /^eventfilter(?:\((.*)\))?$/i.exec(entry.name);
  if (match === null) return [];
  const filter = match[1] === undefined ? parseLegacyFilter(entry.value) : parseFilter(match[1], entry.value);
  if (!('fault' in filter)) return [filter];
  const message = `the event filter is left out: ${filter.reason}; write eventfilter(name(Hold)) = or eventfilter = Event: Hold`;
  warn({ file: entry.file, line: entry.line, severity: 'warning', message });
  return [];
}

function readVariable(text: string): readonly (readonly [string, string])[] {
  const equals = text.indexOf('=');
  return equals > 0 ? [[text.slice(0, equals).trim(), text.slice(equals + 1).trim()]] : [];
}
