import { settingsJsonSchema } from '../src/cli/gateway/settings.ts';
import { SETTING_OPTIONS, variableOf } from '../src/cli/gateway/settings-sources.ts';
import { METRICS } from '../src/gateway/metrics.node.ts';

/** `docs/gateway.schema.json`. */
export function schemaFile(): string {
  return `${JSON.stringify(settingsJsonSchema(), undefined, 2)}\n`;
}

/** The table of `docs/metrics.md`. */
export function metricsTable(): string {
  return table(
    ['metric', 'type', 'labels', 'what it tells'],
    METRICS.map(({ name, type, labels, help }) => [`\`${name}\``, type, labels.join(', '), help]),
  );
}

/** The table of settings that need no file, in `docs/gateway.md`. */
export function optionsTable(): string {
  return table(
    ['key in the file', 'option', 'variable'],
    SETTING_OPTIONS.map(({ flag, value, path }) => [
      `\`${path.join('.')}\``,
      `\`${[flag, value].join(' ').trim()}\``,
      `\`${variableOf(flag)}\``,
    ]),
  );
}

/** The table with that first row, wherever it stands in a page. */
export function withTable(page: string, fresh: string): string {
  const [head = ''] = fresh.split('\n');
  const at = page.indexOf(head);
  if (at < 0) throw new Error(`there is no table "${head}" to bring up to date`);
  const end = /\n(?!\|)/.exec(page.slice(at))?.index ?? page.length - at;
  return page.slice(0, at) + fresh + page.slice(at + end);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [row(head), `|${'---|'.repeat(head.length)}`, ...rows.map(row)].join('\n');
}
