import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const page = readFileSync('docs/asterisk-ami-test-server.md', 'utf8');

function block(language: string): string {
  return new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? '';
}

it('the page on asterisk-ami-test-server shows code that runs as it stands, under CommonJS, and prints what it says', async () => {
  mkdirSync('test-results', { recursive: true });
  writeFileSync('test-results/test-server.cjs', block('js'));
  const { stdout } = await promisify(execFile)(process.execPath, ['test-results/test-server.cjs'], { timeout: 20_000 });
  expect(stdout).toBe(block('text'));
  expect(stdout).toContain('1 client');
});
