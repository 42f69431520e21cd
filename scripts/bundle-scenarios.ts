/**
 * Writes `src/scenarios/library/library-texts.ts` from the YAML files beside it, so that the library is there in a browser
 * tab too, and the JSON Schema from the phrases that steps are. Run it after a change of either: `npm run scenarios`.
 * Tests find it forgotten.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { scenarioSchema } from '../src/scenarios/scenario-schema.ts';

const folder = new URL('../src/scenarios/library/', import.meta.url);
export const BUNDLE = new URL('library-texts.ts', folder);

export const SCHEMA_FILE = new URL('../scenario.schema.json', folder);

/** The module's text as it should be. */
export function bundledScenarios(): string {
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
  const entries = files.sort().map((file) => {
    const text = readFileSync(new URL(file, folder), 'utf8');
    return `  ${key(file.slice(0, -'.yaml'.length))}: \`${text.replace(/[\\`]|\$(?=\{)/g, '\\$&')}\`,\n`;
  });
  return `/** Made by scripts/bundle-scenarios.ts: change the YAML files. */
export const LIBRARY_TEXTS: Readonly<Record<string, string>> = {\n${entries.join('')}};\n`;
}

export function schemaText(): string {
  return `${JSON.stringify(scenarioSchema(), null, 2)}\n`;
}

function key(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : `'${name}'`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(BUNDLE, bundledScenarios());
  writeFileSync(SCHEMA_FILE, schemaText());
}
