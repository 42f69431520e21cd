import { expect, test } from 'vitest';
import { lineLog } from './line-log.ts';

function said(level: 'warn' | 'info'): string[] {
  const lines: string[] = [];
  const log = lineLog((line) => lines.push(line), level);
  log.info('A command was sent', { user: 'ann', do: 'dial' });
  log.warn('A login was refused', { from: '192.0.2.1', user: 'a\u001b[2Jb\u009bc', code: undefined, retryInMs: 5 });
  return lines;
}

test('trouble is said, in one line and without what could move a terminal', () => {
  expect(said('warn')).toEqual(['A login was refused: from=192.0.2.1 user="a\\u001b[2Jb?c" retryInMs=5\n']);
});

test('the rest is said where it is asked for', () => {
  expect(said('info')[0]).toBe('A command was sent: user=ann do=dial\n');
});

test('what is told can change while it runs', () => {
  const lines: string[] = [];
  const log = lineLog((line) => lines.push(line), 'error');
  log.warn('before');
  log.setLevel('warn');
  log.warn('after');
  expect(lines).toEqual(['after\n']);
});
