import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { userCommand } from './user.node.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'asterclick-users-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** What the command prints; the secret comes over standard input. */
async function user(...args: readonly string[]): Promise<string> {
  const out: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
  vi.spyOn(process, 'stdin', 'get').mockReturnValue(Readable.from([Buffer.from('a good secret\n')]) as never);
  await userCommand().parseAsync([...args, '--users', join(folder, 'users.json')], { from: 'user' });
  return out.join('');
}

describe('asterclick user', () => {
  it('adds a user with an extension of one of several PBXs, and lists whose it is', async () => {
    expect(await user('add', 'sue', '--role', 'agent', '--extension', '1001', '--pbx', 'south')).toMatch(/^added sue/);
    expect(await user('add', 'ann', '--role', 'agent', '--extension', '1002')).toMatch(/^added ann/);
    expect(await user('add', 'bo')).toMatch(/^added bo \(operator\)/);
    expect(await user('list')).toBe('sue  agent     1001 on south\nann  agent     1002\nbo   operator\n');
    expect(JSON.parse(await user('list', '--json'))).toEqual([
      { name: 'sue', role: 'agent', extension: '1001', pbx: 'south' },
      { name: 'ann', role: 'agent', extension: '1002' },
      { name: 'bo', role: 'operator' },
    ]);
  });

  it('changes a user of that name, PBX and secret too, and never writes the secret itself', async () => {
    await user('add', 'sue', '--role', 'agent', '--extension', '1001', '--pbx', 'south');
    const before = readFileSync(join(folder, 'users.json'), 'utf8');
    expect(await user('add', 'sue', '--role', 'viewer')).toMatch(/^changed sue/);
    expect(JSON.parse(await user('list', '--json'))).toEqual([{ name: 'sue', role: 'viewer' }]);
    const after = readFileSync(join(folder, 'users.json'), 'utf8');
    for (const text of [before, after]) expect(text).not.toContain('good secret');
    expect(/scrypt:[^"]+/.exec(after)).not.toEqual(/scrypt:[^"]+/.exec(before));
  });

  it.each([
    [['add', 'sue', '--role', 'boss'], 'there are viewer, agent, operator'],
    [['add', 'two words'], 'must be 1 to 64 characters without spaces'],
    [['add', 'sue', '--extension', '1001&1002'], 'must be a number of the dialplan'],
  ])('refuses %j, and says what would be right', async (args, words) => {
    await expect(user(...args)).rejects.toThrow(words);
  });

  it('removes a user, and says where there is none', async () => {
    await user('add', 'sue');
    expect(await user('remove', 'sue')).toMatch(/^removed sue/);
    await expect(user('remove', 'sue')).rejects.toThrow('there is no user "sue"');
    expect(await user('list')).toBe('');
  });
});
