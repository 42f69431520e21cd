import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type AuditEntry, audited } from './audit.ts';
import { AuditFile } from './audit-file.node.ts';
import { SILENT } from './log.ts';
import { Office } from './office.test-support.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

test('every command leaves an entry: who, from where, what, and what came of it', async () => {
  const entries: AuditEntry[] = [];
  const office = await Office.open({ audit: (entry) => entries.push(entry) });
  office.pbx.answers.set('QueueStatus', ['Response: Success']);
  const [olga, victor] = [await office.browser('olga'), await office.browser('victor')];
  olga.says({ type: 'command', id: 1, do: 'action', name: 'QueueStatus', headers: { Queue: 'sales' } });
  victor.says({ type: 'command', id: 2, do: 'dial', from: '1001', to: '1002' });
  olga.says({ type: 'command', id: 3, do: 'hangUp', channel: 'a\r\nb' });
  await office.until(() => entries.length === 3);
  const from = '192.0.2.1';
  expect(entries).toHaveLength(3);
  expect(entries).toEqual(
    expect.arrayContaining([
      {
        atMs: expect.any(Number),
        user: 'olga',
        from,
        command: { do: 'action', name: 'QueueStatus', headers: [['Queue', 'sales']] },
        ok: true,
      },
      {
        atMs: expect.any(Number),
        user: 'victor',
        from,
        command: { do: 'dial', from: '1001', to: '1002' },
        ok: false,
        code: 'GATEWAY_FORBIDDEN',
      },
      { atMs: expect.any(Number), user: 'olga', from, ok: false, code: 'GATEWAY_BAD_MESSAGE' },
    ]),
  );
});

test.each(['Secret', 'Password', 'AuthSecret', 'Pin', 'MD5Key'])('the value of %s is not kept', (name) => {
  expect(JSON.stringify(audited({ type: 'command', id: 1, headers: [[name, 'hunter2']] }))).not.toContain('hunter2');
});

test('where a new file of its name can not be opened it goes on in the old one', () => {
  const folder = mkdtempSync(join(tmpdir(), 'asterclick-audit-'));
  folders.push(folder);
  const path = join(folder, 'audit.jsonl');
  const file = new AuditFile(path, SILENT);
  renameSync(path, `${path}.1`);
  mkdirSync(path);
  expect(() => file.reopen()).toThrow();
  file.write({ atMs: 0, user: 'ann', from: 'a', ok: true });
  file.close();
  expect(readFileSync(`${path}.1`, 'utf8')).toContain('"user":"ann"');
});

test('the file has a line for each, only its owner reads it, and it goes on under its name once it was moved', () => {
  const folder = mkdtempSync(join(tmpdir(), 'asterclick-audit-'));
  folders.push(folder);
  const path = join(folder, 'audit.jsonl');
  const file = new AuditFile(path, SILENT);
  const entry = { atMs: 0, user: 'ann\n{}', from: 'a', ok: true };
  file.write(entry);
  file.write(entry);
  renameSync(path, `${path}.1`);
  file.reopen();
  file.write(entry);
  file.close();
  expect(() => file.write(entry)).not.toThrow();
  const lines = (name: string) => readFileSync(name, 'utf8').trimEnd().split('\n');
  expect(lines(`${path}.1`)).toHaveLength(2);
  expect(lines(path).map((line) => JSON.parse(line))).toEqual([
    { at: '1970-01-01T00:00:00.000Z', user: 'ann\n{}', from: 'a', ok: true },
  ]);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});
