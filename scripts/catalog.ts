/**
 * Writes what the simulated PBX knows of an Asterisk version (`src/mock-ami/catalog/asterisk-22.ts`) from the catalogue and a recorded
 * answer to ListCommands in `fixtures`: a new version is a new catalogue and a new recording.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

interface CatalogAction {
  readonly name: string;
  readonly privilege: string | null;
  readonly module: string;
  readonly loaded: boolean;
}

interface Catalog {
  readonly asteriskVersion: string;
  readonly amiVersion: string;
  readonly actions: readonly CatalogAction[];
}

const catalog: Catalog = JSON.parse(readFileSync('fixtures/catalog/ami-catalog.json', 'utf8'));
const commands = recordedCommands('list-commands');
const [major] = catalog.asteriskVersion.split('.');
const target = `src/mock-ami/catalog/asterisk-${major}.ts`;
/** What the recorded endpoint was given, with what it would show otherwise; the others of its fields are defaults. */
const CONFIGURED: Readonly<Record<string, string>> = {
  Accountcode: '',
  Aors: '',
  Auth: '',
  Bind: '',
  CallGroup: '',
  Callerid: '<unknown>',
  Context: 'default',
  DirectMedia: 'true',
  Mailboxes: '',
  Password: '',
  PickupGroup: '',
  QualifyFrequency: '0',
  RemoveExisting: 'false',
  MaxContacts: '0',
  RtpSymmetric: 'false',
  SubscribeContext: '',
  Transport: '',
  Username: '',
};

const fieldsTarget = 'src/mock-ami/catalog/pjsip-fields.ts';
writeFileSync(target, moduleText());
writeFileSync(fieldsTarget, pjsipFieldsText());
execFileSync(process.execPath, ['node_modules/@biomejs/biome/bin/biome', 'check', '--write', target, fieldsTarget], {
  stdio: 'inherit',
});

/** What the CLI says of the version, `Asterisk 22.10.1 built by ...`. */
function recordedVersion(): string {
  const raws = recordedRaws('command-action');
  return raws.flatMap((raw) => /^Output: (Asterisk .* built by .*)\r$/m.exec(raw)?.[1] ?? [])[0] ?? '';
}

function recordedRaws(trace: string): string[] {
  const lines = gunzipSync(readFileSync(`fixtures/traces/${trace}.jsonl.gz`))
    .toString('utf8')
    .split('\n')
    .slice(1);
  return lines.filter((line) => line !== '').map((line): string => JSON.parse(line).raw ?? '');
}

/** What ListCommands said, by action: in the order in which Asterisk lists them. */
function recordedCommands(trace: string): ReadonlyMap<string, { synopsis: string; privilege: string }> {
  const lines = gunzipSync(readFileSync(`fixtures/traces/${trace}.jsonl.gz`))
    .toString('utf8')
    .split('\n')
    .slice(1);
  const raws = lines.filter((line) => line !== '').map((line): string => JSON.parse(line).raw ?? '');
  const answer = raws.find((raw) => raw.includes('\r\nListCommands: ')) ?? '';
  const rows = answer.split('\r\n').flatMap((row) => {
    const [, name, synopsis = '', privilege = ''] = /^(\w+): (.*) {2}\(Priv: (.*)\)$/.exec(row) ?? [];
    return name === undefined ? [] : ([[name, { synopsis, privilege }]] as const);
  });
  return new Map(rows);
}

function moduleText(): string {
  const listed = [...commands].map(([name, { synopsis, privilege }]) => {
    const module = catalog.actions.find((action) => action.name === name)?.module ?? 'builtin';
    return `    { name: ${JSON.stringify(name)}, privilege: ${JSON.stringify(privilege)}, module: ${JSON.stringify(module)}, synopsis: ${JSON.stringify(synopsis)} },`;
  });
  const absent = catalog.actions.filter(({ name }) => !commands.has(name));
  const missing = absent.map(
    ({ name, module }) => `    { name: ${JSON.stringify(name)}, module: ${JSON.stringify(module)} },`,
  );
  return `import type { AsteriskProfile } from './asterisk-profile.ts';

/** Made by \`npm run catalog\`: change the catalogue in \`fixtures\`, not this file. */
export const asterisk${major}: AsteriskProfile = {
  version: '${catalog.asteriskVersion}',
  amiVersion: '${catalog.amiVersion}',
  versionText: ${JSON.stringify(recordedVersion())},
  actions: [
${listed.join('\n')}
  ],
  unloadedActions: [
${missing.join('\n')}
  ],
};
`;
}

function pjsipFieldsText(): string {
  const raws = recordedRaws('pjsip-lists').filter(
    (raw) => raw.includes('ObjectName: 1090') || raw.startsWith('Event: TransportDetail'),
  );
  const fields = (event: string, until: string): string => {
    const rows = (raws.find((raw) => raw.startsWith(`Event: ${event}\r\n`)) ?? '').split('\r\n').slice(4);
    const end = rows.findIndex((row) => row.startsWith(`${until}:`));
    const pairs = rows
      .slice(0, end)
      .map((row) => [row.slice(0, row.indexOf(':')), row.slice(row.indexOf(':') + 2)] as const);
    return pairs.map(([name, value]) => `['${name}', ${JSON.stringify(CONFIGURED[name] ?? value)}]`).join(',\n');
  };
  return `/** Headers of PJSIP objects in the order in which the manager shows them, with their defaults. Made by \`npm run catalog\`. */
export const pjsipFields: Readonly<Record<'endpoint' | 'auth' | 'transport' | 'aor', readonly (readonly [header: string, value: string])[]>> = {
  endpoint: [${fields('EndpointDetail', 'DeviceState')}],
  auth: [${fields('AuthDetail', 'EndpointName')}],
  transport: [${fields('TransportDetail', 'EndpointName')}],
  aor: [${fields('AorDetail', 'TotalContacts')}],
};
`;
}
