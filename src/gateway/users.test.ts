import { describe, expect, test } from 'vitest';
import { ManualClock } from '../ami/manual-clock.ts';
import { nodeRuntime } from '../ami/runtime.node.ts';
import { hashSecret, isSecret, isSecretHash, SECRET_COST } from './secret-hash.ts';
import { Tickets } from './tickets.ts';
import { parseUsersFile, Users } from './users.ts';

const { digest } = nodeRuntime();
const CHEAP = { cost: 2, blockSize: 1, parallelization: 1, keyBytes: 16 };
const HASH = 'scrypt:2:1:1:00000000000000000000000000000000:00000000000000000000000000000000';

describe('a hashed secret', () => {
  test('fits its own secret only, and no two hashes are the same', async () => {
    const [one, other] = [await hashSecret('opens it', digest, CHEAP), await hashSecret('opens it', digest, CHEAP)];
    expect(one).not.toBe(other);
    expect(one).not.toContain('opens');
    expect(await isSecret('opens it', one, digest)).toBe(true);
    for (const wrong of ['Opens it', 'opens it ', '']) expect(await isSecret(wrong, one, digest)).toBe(false);
  });

  test('fits the same letters, however a keyboard composes them', async () => {
    expect(await isSecret('Mu\u0308ller', await hashSecret('M\u00fcller', digest, CHEAP), digest)).toBe(true);
  });

  test('is scrypt as RFC 7914 has it', async () => {
    const vector = 'scrypt:1024:8:16:4e61436c4e61436c:';
    const key =
      'fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640';
    // The vector's salt is "NaCl"; ours repeats it, as the form wants eight bytes at least.
    const salted = await digest.scrypt('password', new TextEncoder().encode('NaCl'), {
      cost: 1024,
      blockSize: 8,
      parallelization: 16,
      keyBytes: 64,
    });
    expect(Buffer.from(salted).toString('hex')).toBe(key);
    expect(isSecretHash(vector + key)).toBe(true);
  });

  test.each([
    ['nothing', ''],
    ['a plain secret', 'hunter2'],
    ['another hash', '$2b$10$abcdefghijklmnopqrstuv'],
    ['a cost that is no power of two', HASH.replace('scrypt:2', 'scrypt:3')],
    ['a cost of one', HASH.replace('scrypt:2', 'scrypt:1')],
    ['a cost that would stop the gateway', HASH.replace('scrypt:2:1', 'scrypt:1048576:8')],
    ['no blocks', HASH.replace('scrypt:2:1', 'scrypt:2:0')],
    ['a short salt', HASH.replace(/:0{32}:/, ':0000:')],
    ['half a byte', `${HASH}0`],
    ['letters that are not hex', HASH.replace(/0$/, 'g')],
  ])('is not %s', async (_, text) => {
    expect(isSecretHash(text)).toBe(false);
    expect(await isSecret('', text, digest)).toBe(false);
  });

  test('costs what an attacker should pay', () => {
    expect(128 * SECRET_COST.cost * SECRET_COST.blockSize).toBeGreaterThanOrEqual(32 * 1024 * 1024);
  });
});

describe('a users file', () => {
  const user = { name: 'ann', secret: HASH, role: 'agent', extension: '1001' };
  const text = (users: readonly object[], more: object = {}) => JSON.stringify({ version: 1, users, ...more });

  test('gives users their roles, its own and those that are there anyway', () => {
    const clerk = {
      events: ['Queue*'],
      hiddenHeaders: ['CallerIDNum'],
      commands: ['dial'],
      channels: 'own',
      actions: {},
    };
    const users = new Users(
      parseUsersFile(text([user, { ...user, name: 'bob', role: 'clerk' }], { roles: { clerk } }), 'f'),
      digest,
    );
    expect(users.find('ann')).toMatchObject({ name: 'ann', extension: '1001', role: { channels: 'own' } });
    expect(users.find('bob')?.role).toEqual(clerk);
    expect(users.find('eve')).toBeUndefined();
  });

  test('gives a role that says nothing no rights', () => {
    const file = parseUsersFile(text([{ ...user, role: 'r' }], { roles: { r: {} } }), 'f');
    expect(file.roles?.['r']).toEqual({ events: ['*'], hiddenHeaders: [], commands: [], channels: 'own', actions: {} });
  });

  test.each([
    ['no JSON', '{', /^f is no JSON/],
    ['no version', '{"users":[]}', /^f: version/],
    ['a version of the future', '{"version":2,"users":[]}', /^f: version/],
    ['an unknown key', text([{ ...user, admin: true }]), /^f: users.0: .*admin/],
    [
      'a secret in clear',
      text([{ ...user, secret: 'hunter2' }]),
      /^f: users.0.secret: is not what "asterclick user add" writes/,
    ],
    ['a name with a line end', text([{ ...user, name: 'a\nb' }]), /^f: users.0.name/],
    ['no name', text([{ ...user, name: '' }]), /^f: users.0.name/],
    ['a number that is more than that', text([{ ...user, extension: '1001@x' }]), /^f: users.0.extension/],
    ['the same user twice', text([user, user]), /^f: user "ann" is there twice/],
    [
      'a role that nobody defines',
      text([{ ...user, role: 'boss' }]),
      /^f: user "ann" has the unknown role "boss"; there are viewer, agent, operator/,
    ],
    [
      'a role with a command that is none',
      text([user], { roles: { r: { commands: ['shell'] } } }),
      /^f: roles.r.commands.0/,
    ],
  ])('with %s is refused, with the place', (_, content, message) => {
    expect(() => parseUsersFile(content, 'f')).toThrow(
      expect.objectContaining({ code: 'GATEWAY_USERS_INVALID', message: expect.stringMatching(message) }),
    );
    expect(() => parseUsersFile(content, 'f')).not.toThrow(/hunter2/);
  });

  test('knows no user by the name of something that every object has', async () => {
    const users = new Users(parseUsersFile(text([user]), 'f'), digest);
    for (const name of ['__proto__', 'constructor', 'toString', '']) {
      expect(users.find(name)).toBeUndefined();
      expect(await users.verify(name, '')).toBeUndefined();
    }
  });
});

describe('a ticket', () => {
  const clock = new ManualClock(1_700_000_000_000);
  const runtime = nodeRuntime({ clock });
  const tickets = new Tickets(runtime, { key: new Uint8Array(32).fill(7), lifeMs: 1000 });
  const stamp = (name: string) => `stamp of ${name}`;
  const ticket = tickets.issue('ann', stamp('ann'));

  test('names its user until it expires', () => {
    expect(tickets.verify(ticket, stamp)).toBe('ann');
    expect(tickets.verify(tickets.issue('Jörg 木', stamp('Jörg 木')), stamp)).toBe('Jörg 木');
    const old = tickets.issue('ann', stamp('ann'));
    clock.advance(1000);
    expect(tickets.verify(old, stamp)).toBeUndefined();
    expect(tickets.verify(tickets.issue('ann', stamp('ann')), stamp)).toBe('ann');
  });

  test('is worth nothing once what it was issued under has changed', () => {
    const fresh = tickets.issue('ann', stamp('ann'));
    expect(tickets.verify(fresh, () => 'other')).toBeUndefined();
    expect(tickets.verify(fresh, stamp)).toBe('ann');
  });

  test.each([
    ['of another user', (text: string) => text.replace(/^1\.[0-9a-f]+/, `1.${Buffer.from('bob').toString('hex')}`)],
    ['with a longer life', (text: string) => text.replace(/\.\d+\./, '.9999999999999.')],
    ['with another signature', (text: string) => text.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'))],
    ['without a signature', (text: string) => text.replace(/[0-9a-f]{64}$/, '')],
    ['with a signature of another length', (text: string) => text.slice(0, -2)],
    ['of another version', (text: string) => text.replace(/^1/, '2')],
    ['with something after it', (text: string) => `${text} `],
    ['in capitals', (text: string) => text.toUpperCase()],
  ])('%s is refused', (_, forge) => {
    const fresh = tickets.issue('ann', stamp('ann'));
    expect(forge(fresh)).not.toBe(fresh);
    expect(tickets.verify(forge(fresh), stamp)).toBeUndefined();
  });

  test('of another gateway is refused, unless they share the key', () => {
    const fresh = tickets.issue('ann', stamp('ann'));
    expect(new Tickets(runtime).verify(fresh, stamp)).toBeUndefined();
    expect(new Tickets(runtime, { key: new Uint8Array(32).fill(7) }).verify(fresh, stamp)).toBe('ann');
  });

  test('holds no secret', () => {
    expect(ticket).not.toContain(Buffer.from('stamp').toString('hex'));
  });
});
