import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const readme = readFileSync('README.md', 'utf8');

/** The first block of code in that language. */
function block(language: string): string {
  return new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(readme)?.[1] ?? '';
}

describe('the README', () => {
  it('shows code that runs as it stands, on the packages as they are built, and prints what it says', async () => {
    expect(block('js')).toContain("from 'net-mock-ami'");
    mkdirSync('test-results', { recursive: true });
    writeFileSync('test-results/readme.mjs', block('js'));
    const { stdout } = await promisify(execFile)(process.execPath, ['test-results/readme.mjs'], { timeout: 20_000 });
    expect(stdout).toBe(block('text'));
  });

  it('gives the figures of the benchmark as they were measured', () => {
    const { rows } = JSON.parse(readFileSync('benchmarks/results/wire-bytes.json', 'utf8'));
    const shown = [...readme.matchAll(/^\| ((?:WebSocket|AJAM)[^|(]*?)(?: \([^)]*\))? \| ([\d,]+) \| ([\d,]+) \|$/gm)];
    expect(shown.length).toBeGreaterThan(3);
    for (const [, way, idle, hold] of shown) {
      const row = rows.find((each: { way: string }) => each.way === way);
      const both = (what: string): string => (row[`${what} sent`] + row[`${what} received`]).toLocaleString('en-US');
      expect([way, idle, hold]).toEqual([row.way, both('idle 60 s'), both('hold')]);
    }
  });

  it('links files that are there', () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map((match) => match[1] ?? '');
    expect(links).toContain('src/mock-ami/pbx/pbx.ts');
    for (const link of links) expect(() => readFileSync(link)).not.toThrow(/ENOENT/);
  });
});
