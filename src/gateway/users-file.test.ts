import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { putUser, readUsersFile, readUsersFileOrNone, removeUser } from './users-file.node.ts';

const HASH = 'scrypt:2:1:1:00000000000000000000000000000000:00000000000000000000000000000000';
const ann = { name: 'ann', secret: HASH, role: 'agent', extension: '1001' };

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'asterclick-users-'));
  file = join(folder, 'users.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a user is added, changed and removed, and what else is in the file stays', async () => {
  const roles = { clerk: { events: ['Hold'], hiddenHeaders: [], commands: [], channels: 'own', actions: {} } };
  writeFileSync(file, JSON.stringify({ version: 1, roles, users: [] }), { mode: 0o644 });
  expect(await putUser(file, ann)).toBe('added');
  expect(await putUser(file, { ...ann, name: 'bob', role: 'clerk' })).toBe('added');
  expect(await putUser(file, { ...ann, role: 'viewer' })).toBe('changed');
  expect((await readUsersFile(file)).users.map(({ name, role }) => [name, role])).toEqual([
    ['bob', 'clerk'],
    ['ann', 'viewer'],
  ]);
  expect(JSON.parse(readFileSync(file, 'utf8')).roles).toEqual(roles);
  expect(await removeUser(file, 'ann')).toBe(true);
  expect(await removeUser(file, 'ann')).toBe(false);
  expect((await readUsersFile(file)).users).toHaveLength(1);
});

test('only its owner can read the file, and nothing else is left beside it', async () => {
  await putUser(file, ann);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['users.json']);
});

test('a user that makes no sense is not written', async () => {
  await putUser(file, ann);
  await expect(putUser(file, { ...ann, name: 'bob', role: 'boss' })).rejects.toMatchObject({
    code: 'GATEWAY_USERS_INVALID',
  });
  expect((await readUsersFile(file)).users).toEqual([ann]);
});

test('a file that is not there, or that cannot be written, is told by its name', async () => {
  await expect(readUsersFile(file)).rejects.toMatchObject({
    code: 'GATEWAY_USERS_INVALID',
    message: `Cannot read the users file ${file}: there is no such file`,
  });
  expect(await readUsersFileOrNone(file)).toEqual({ version: 1, users: [] });
  const nowhere = join(folder, 'none', 'users.json');
  await expect(putUser(nowhere, ann)).rejects.toMatchObject({ message: expect.stringContaining('ENOENT') });
});
