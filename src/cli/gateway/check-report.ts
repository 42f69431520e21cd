import { formatDuration } from '../../scenarios/duration.ts';
import type { GatewayParts } from './gateway-parts.node.ts';
import type { LoadedSettings } from './load-settings.node.ts';
import { isTree } from './settings-layers.ts';

/** One setting as it will be used, and who says so. */
export interface UsedSetting {
  readonly setting: string;
  readonly value: unknown;
  /** `gateway.yaml:3`, `ASTERCLICK_LISTEN`, `--listen`, or `default`. */
  readonly from: string;
}

/** Every setting that a gateway would run with, defaults too. */
export function usedSettings({ settings, origins }: LoadedSettings): readonly UsedSetting[] {
  return leaves(settings, []).map(([path, value]) => ({
    setting: path.join('.'),
    value,
    from: originOf(path, origins),
  }));
}

/** The settings that a running gateway can't take over, of those that have changed. */
export function needingRestart(before: LoadedSettings, after: LoadedSettings): readonly string[] {
  const text = (loaded: LoadedSettings) =>
    new Map(usedSettings(loaded).map(({ setting, value }) => [setting, JSON.stringify(value)]));
  const [old, now] = [text(before), text(after)];
  const changed = [...new Set([...old.keys(), ...now.keys()])].filter(
    (setting) => old.get(setting) !== now.get(setting),
  );
  const hasTls = (loaded: LoadedSettings) => loaded.settings.tls !== undefined;
  const isTaken = (setting: string) =>
    RELOADED.test(setting) || (/^tls\./.test(setting) && hasTls(before) && hasTls(after)) || PBX_RELOADED.test(setting);
  const pbxsChanged = pbxNames(before) !== pbxNames(after) ? ['pbxs'] : [];
  return [...pbxsChanged, ...changed.filter((setting) => !isTaken(setting))];
}

/** What a reload takes over at once. */
const RELOADED = /^(?:users|tokens\..*|origins|hosts|limits\..*|log\.level|drain\..*|wait|\$schema)$/;
/** What a reload takes over at the next connection to a PBX. */
const PBX_RELOADED = /^(?:pbx|pbxs\.[^.]+(?:\..+)?)\.(?:ami|user|secretFile|tls(?:\..*)?)$/;

function pbxNames({ settings }: LoadedSettings): string {
  return Object.keys(settings.pbxs ?? { pbx: '' }).join(' ');
}

/** What "asterclick gateway --check" says to a person. */
export function checkText(loaded: LoadedSettings, { users, notes, tokens }: GatewayParts): string {
  const rows = usedSettings(loaded).map(({ setting, value, from }) => [setting, shown(setting, value), from] as const);
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const table = rows.map(
    ([setting, value, from]) => `${setting.padEnd(widths[0] ?? 0)}  ${value.padEnd(widths[1] ?? 0)}  ${from}`,
  );
  const logins = [
    ...(users.users.length > 0 ? [`${users.users.length} user${users.users.length > 1 ? 's' : ''}`] : []),
    ...(tokens ? ['signed tokens'] : []),
  ];
  return [
    ...table,
    ...notes.map((note) => `note: ${note}`),
    `All is good: ${logins.join(' and ') || 'nobody'} may log in.`,
    '',
  ].join('\n');
}

function leaves(
  value: unknown,
  path: readonly string[],
): readonly (readonly [path: readonly string[], value: unknown])[] {
  if (value === undefined) return [];
  if (!isTree(value) || isPlace(value)) return [[path, isPlace(value) ? place(value) : value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]));
}

function isPlace(value: unknown): value is { readonly host: string; readonly port: number } {
  return isTree(value) && typeof value['host'] === 'string' && typeof value['port'] === 'number';
}

function place({ host, port }: { readonly host: string; readonly port: number }): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Said of the setting itself, or of the whole group that it stands in. */
function originOf(path: readonly string[], origins: ReadonlyMap<string, string>): string {
  return origins.get(path.join('.')) ?? 'default';
}

const TIMES = /(?:keepAlive|ping|hello|spread|within)$/;

function shown(setting: string, value: unknown): string {
  if (TIMES.test(setting)) return value === 0 ? 'off' : formatDuration(Number(value));
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.join(' ') || '-' : String(value);
}
