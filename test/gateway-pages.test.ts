import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { metricsTable, optionsTable, schemaFile } from '../scripts/gateway-pages.ts';
import { settingsSchema } from '../src/cli/gateway/settings.ts';

it('the published schema of the configuration is that which is checked by (npm run readme writes it)', () => {
  expect(readFileSync('docs/gateway.schema.json', 'utf8')).toBe(schemaFile());
});

it('the guide lists every option and variable, the page of metrics every metric', () => {
  expect(readFileSync('docs/gateway.md', 'utf8')).toContain(optionsTable());
  expect(readFileSync('docs/metrics.md', 'utf8')).toContain(metricsTable());
});

it.each(['docs/gateway.md', 'deploy/gateway.yaml'])('the configuration in %s is a good one', (page) => {
  const text = readFileSync(page, 'utf8');
  const blocks = page.endsWith('.md')
    ? [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, each]) => each ?? '')
    : [text];
  expect(blocks.length).toBeGreaterThan(0);
  for (const block of blocks) expect(settingsSchema.safeParse(parse(block)).error?.issues).toBeUndefined();
});
