import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';

/** Ctrl-C as a terminal sends it, to the whole group; and as a supervisor does, to npm alone. */
it.each([
  ['at Ctrl-C', -1],
  ['when npm alone is told', 1],
])('npm start prints one address, and ends with status 0 %s', async (_when, sign) => {
  const child = spawn('npm', ['start', '--silent'], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
  let printed = '';
  child.stdout.on('data', (chunk) => {
    printed += String(chunk);
  });
  while (!printed.includes('Ctrl-C')) await once(child.stdout, 'data');
  expect(printed.match(/https?:\/\/\S+/g)).toHaveLength(1);
  process.kill(sign * (child.pid ?? Number.NaN), 'SIGINT');
  expect(await once(child, 'exit')).toEqual([0, null]);
});
