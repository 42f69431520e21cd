/**
 * Writes the types of all AMI events and actions (`src/client/events/ami-events.ts`, `ami-actions.ts`) from the catalogue and the recordings
 * in `fixtures`. A header is required where every recorded event of that name has it; what was never recorded is as documented, all optional.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

interface Catalog {
  readonly asteriskVersion: string;
  readonly events: readonly {
    readonly name: string;
    readonly fields: readonly string[];
    readonly privilege: string | null;
  }[];
  readonly actions: readonly {
    readonly name: string;
    readonly params: readonly { readonly name: string; readonly required: boolean }[];
  }[];
}

/** How often an event was recorded, and each of its headers; `repeated`: twice or more in one event. */
interface Seen {
  count: number;
  readonly headers: Map<string, { count: number; repeated: boolean }>;
}

const catalog: Catalog = JSON.parse(readFileSync('fixtures/catalog/ami-catalog.json', 'utf8'));
const CHANNEL = ['Channel', 'ChannelState', 'ChannelStateDesc', 'CallerIDNum', 'CallerIDName', 'ConnectedLineNum', 'ConnectedLineName', 'Language',
  'AccountCode', 'Context', 'Exten', 'Priority', 'Uniqueid', 'Linkedid']; // biome-ignore format: a table
const NOT_OF_THE_EVENT = new Set(['Event', 'Privilege', 'ActionID', 'Timestamp', 'SequenceNumber', '']);

function recordedEvents(): ReadonlyMap<string, Seen> {
  const seen = new Map<string, Seen>();
  for (const file of readdirSync('fixtures/traces')) {
    const lines = gunzipSync(readFileSync(`fixtures/traces/${file}`))
      .toString('utf8')
      .split('\n');
    for (const line of lines) {
      const raw: unknown = line === '' ? undefined : JSON.parse(line).raw;
      if (typeof raw === 'string' && raw.startsWith('Event: ')) note(seen, raw);
    }
  }
  return seen;
}

function note(seen: Map<string, Seen>, raw: string): void {
  const rows = raw
    .split('\r\n')
    .map((row) => [row.slice(0, Math.max(0, row.indexOf(':'))), row.slice(row.indexOf(':') + 2)] as const);
  const name = rows[0]?.[1] ?? '';
  const event = seen.get(name) ?? { count: 0, headers: new Map() };
  seen.set(name, event);
  event.count++;
  const names = rows.map(([header]) => header).filter((header) => !NOT_OF_THE_EVENT.has(header));
  for (const header of new Set(names)) {
    const known = event.headers.get(header) ?? { count: 0, repeated: false };
    event.headers.set(header, known);
    known.count++;
    known.repeated ||= names.filter((other) => other === header).length > 1;
  }
}

/** Its headers are whatever its sender wrote. */
const USER_EVENT =
  'Partial<ChannelHeaders> & { readonly UserEvent: string; readonly [header: string]: string | readonly string[] | undefined }';

function quoted(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : `'${name}'`;
}

/** `ChannelHeaders & Second<'Dest'> & { ... }`: whole channels by their group, the rest one by one. */
function eventType(fields: readonly string[], seen: Seen | undefined): string {
  const isRequired = (header: string): boolean => seen !== undefined && seen.headers.get(header)?.count === seen.count;
  const names = new Set([...(seen?.headers.keys() ?? []), ...(seen === undefined ? fields : [])]);
  const prefixes = [...names]
    .filter((name) => name.endsWith('ChannelStateDesc'))
    .map((name) => name.slice(0, -'ChannelStateDesc'.length));
  const groups: string[] = [];
  for (const prefix of prefixes) {
    const group = CHANNEL.map((name) => `${prefix}${name}`);
    if (!group.every((name) => names.has(name))) continue;
    const type = prefix === '' ? 'ChannelHeaders' : `Second<'${prefix}'>`;
    groups.push(group.every(isRequired) ? type : `Partial<${type}>`);
    for (const name of group) names.delete(name);
  }
  const own = [...names]
    .filter((name) => /^[\w-]+$/.test(name))
    .map((name) => {
      const key = quoted(name);
      const type = seen?.headers.get(name)?.repeated ? 'string | readonly string[]' : 'string';
      return `readonly ${key}${isRequired(name) ? '' : '?'}: ${type}`;
    });
  if (own.length > 0) groups.push(`{ ${own.join('; ')} }`);
  return groups.length === 0 ? 'object' : groups.join(' & ');
}

const recorded = recordedEvents();
const documented = new Map(
  catalog.events.map((event) => [event.name === 'NewExten' ? 'Newexten' : event.name, event.fields]),
);
const eventNames = [...new Set([...documented.keys(), ...recorded.keys()])]
  .filter((name) => /^[\w-]+$/.test(name))
  .sort();

const head = '/** Made by `npm run catalog`: change the catalogue in `fixtures`, not this file. */';
const events = `import type { ChannelHeaders, Second } from './header-groups.ts';

${head}

/** The headers of every event of Asterisk ${catalog.asteriskVersion}, by its name. */
export interface AmiEvents {
${eventNames.map((name) => `  ${quoted(name)}: ${name === 'UserEvent' ? USER_EVENT : eventType(documented.get(name) ?? [], recorded.get(name))};`).join('\n')}
}
`;
const actions = `${head}

/** The headers of every action of Asterisk ${catalog.asteriskVersion}, by its name; a list repeats a header. */
export interface AmiActions {
${catalog.actions
  .map(({ name, params }) => {
    const fields = params
      .filter((param) => param.name !== 'ActionID' && /^[\w-]+$/.test(param.name))
      .map((param) => `readonly ${quoted(param.name)}${param.required ? '' : '?'}: string | readonly string[]`);
    return `  ${name}: ${fields.length === 0 ? 'object' : `{ ${fields.join('; ')} }`};`;
  })
  .join('\n')}
}
`;
const targets = { 'src/client/events/ami-events.ts': events, 'src/client/events/ami-actions.ts': actions };
for (const [target, text] of Object.entries(targets)) writeFileSync(target, text);
execFileSync(
  process.execPath,
  ['node_modules/@biomejs/biome/bin/biome', 'format', '--write', ...Object.keys(targets)],
  { stdio: 'inherit' },
);
