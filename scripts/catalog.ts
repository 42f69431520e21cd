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
writeFileSync(target, moduleText());
execFileSync(process.execPath, ['node_modules/@biomejs/biome/bin/biome', 'check', '--write', target], {
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
