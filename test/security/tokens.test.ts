/** Proofs that are none: of who one is, and of who one was. */
import { createHmac } from 'node:crypto';
import { exportJWK, exportSPKI, generateKeyPair, type JWTHeaderParameters, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ManualClock } from '../../src/ami/manual-clock.ts';
import { JwtVerifier } from '../../src/gateway/jwt-verifier.node.ts';
import { CLOSE, COMPACT_PROTOCOL, JSON_PROTOCOL } from '../../src/gateway/wire/protocol.ts';
import { AttackRig, rigUsers } from './attack-rig.ts';
import type { Attacker } from './attacker.ts';
import { written } from './written.ts';

const REFUSED = 'GATEWAY_LOGIN_REFUSED';
const issuer = 'https://login.example.org';
const audience = 'asterclick';
const nowS = Math.floor(new ManualClock().now() / 1000);

const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
const stranger = await generateKeyPair('RS256', { extractable: true });
const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'ours' }] };

let rig: AttackRig;
beforeAll(async () => {
  const clock = new ManualClock();
  rig = await AttackRig.open({ gateway: { tokens: new JwtVerifier({ keys: { jwks }, issuer, audience }, clock) } });
}, 30_000);
afterAll(() => rig[Symbol.asyncDispose]());

const eve = { sub: 'eve', role: 'operator', iss: issuer, aud: audience, exp: nowS + 600 };
const rs256 = { alg: 'RS256', kid: 'ours' };

function token(claims: Record<string, unknown> = {}, header: JWTHeaderParameters = rs256, key = privateKey) {
  return new SignJWT({ ...eve, ...claims }).setProtectedHeader(header).sign(key);
}

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Another body under the signature of a good one. */
async function rewritten(claims: Record<string, unknown>): Promise<string> {
  const [head, , signature] = (await token()).split('.');
  return `${head}.${base64({ ...eve, ...claims })}.${signature}`;
}

function withUnknownPart(): Promise<string> {
  const jwt = new SignJWT(eve).setProtectedHeader({ ...rs256, crit: ['x'], x: 1 });
  return jwt.sign(privateKey, { crit: { x: true } });
}

/** Signed by the public key, as if that were a shared secret. */
async function byPublicKey(): Promise<string> {
  const signed = `${base64({ alg: 'HS256', kid: 'ours' })}.${base64(eve)}`;
  return `${signed}.${createHmac('sha256', await exportSPKI(publicKey))
    .update(signed)
    .digest('base64url')}`;
}

async function ticketOf(user: string, change: (ticket: string) => string = (same) => same): Promise<string> {
  const somebody = await rig.attacker();
  somebody.say(written(JSON_PROTOCOL, { type: 'hello', user, secret: user }));
  const { ticket } = await somebody.first(({ type }) => type === 'welcome');
  return change(String(ticket));
}

const hex = (text: string) => Buffer.from(text).toString('hex');

const codeFor = (hello: object, protocol: string = JSON_PROTOCOL) => rig.helloCode(hello, protocol);

describe.each([JSON_PROTOCOL, COMPACT_PROTOCOL])('in %s', (protocol) => {
  test('a token that is good comes in', async () => {
    const attacker = await rig.attacker(protocol);
    attacker.say(written(protocol, { type: 'hello', token: await token() }));
    expect(await attacker.first(({ type }) => type === 'welcome')).toMatchObject({ user: 'eve' });
  });

  test.each<readonly [string, () => string | Promise<string>]>([
    ['has expired', () => token({ exp: nowS - 60 })],
    ['never ends', () => token({ exp: undefined })],
    ['is not yet good', () => token({ nbf: nowS + 600 })],
    ['ends at no time', () => token({ exp: 'never' as never })],
    ['another key has signed', () => token({}, rs256, stranger.privateKey)],
    ['another key has signed, that names none', () => token({}, { alg: 'RS256' }, stranger.privateKey)],
    [
      'brings its own key along',
      async () => token({}, { alg: 'RS256', jwk: await exportJWK(stranger.publicKey) }, stranger.privateKey),
    ],
    [
      'says where its key is',
      () => token({}, { alg: 'RS256', jku: 'http://127.0.0.1:9/keys', kid: 'theirs' }, stranger.privateKey),
    ],
    ['names a key that is none', () => token({}, { alg: 'RS256', kid: '../../dev/null' }, stranger.privateKey)],
    ['is signed by the public key as a secret', byPublicKey],
    ['has alg none', () => new UnsecuredJWT(eve).encode()],
    [
      'has alg none and a signature',
      async () => `${base64({ alg: 'none' })}.${(await token()).split('.').slice(1).join('.')}`,
    ],
    ['has alg None, in other letters', () => `${base64({ alg: 'nOnE' })}.${base64(eve)}.`],
    ['has no signature', async () => (await token()).replace(/\.[^.]*$/, '.')],
    ['was rewritten for another user', () => rewritten({ sub: 'olga' })],
    ['was rewritten for another role', () => rewritten({ role: 'admin' })],
    ['has a part that must be understood', withUnknownPart],
    ['is for another service', () => token({ aud: 'mail' })],
    ['is for no service', () => token({ aud: undefined })],
    ['is of another issuer', () => token({ iss: 'https://evil.example' })],
    ['has a role that is none', () => token({ role: 'root' })],
    ['has a role by the prototype', () => token({ role: '__proto__' })],
    ['has a role by the constructor', () => token({ role: 'constructor' })],
    ['has no role', () => token({ role: undefined })],
    ['names nobody', () => token({ sub: undefined })],
    ['names nobody that one could see', () => token({ sub: ' eve' })],
    ['names its user by an object', () => token({ sub: { toString: 'olga' } as never })],
    ['has an extension that is none', () => token({ extension: '1001&PJSIP/1002' })],
    ['is limited to no PBX', () => token({ pbx: [] })],
    ['is limited to a PBX by an object', () => token({ pbx: { toString: 'pbx' } })],
    ['is no token', () => 'a.b.c'],
    ['is empty', () => ''],
    ['is one of many parts', () => '.'.repeat(10_000)],
  ])('a token that %s is refused', async (_, make) => {
    expect(await codeFor({ token: await make() }, protocol)).toEqual([REFUSED, CLOSE.refused]);
    await rig.nothingReachedThePbx();
  });

  test('a token that is limited to another PBX is refused', async () => {
    for (const pbx of ['north', 'constructor', '*', 'PBX'])
      expect(await codeFor({ token: await token({ pbx }) }, protocol)).toEqual(['GATEWAY_NO_SUCH_PBX', CLOSE.refused]);
    await rig.nothingReachedThePbx();
  });

  test.each<readonly [string, () => string | Promise<string>]>([
    [
      'rewritten for another user',
      () => ticketOf('ann', (ticket) => ticket.replace(/^1\.[0-9a-f]+/, `1.${hex('olga')}`)),
    ],
    ['with a longer life', () => ticketOf('ann', (ticket) => ticket.replace(/\.\d+\./, '.9999999999999.'))],
    ['of another version', () => ticketOf('ann', (ticket) => ticket.replace(/^1/, '2'))],
    ['without its signature', () => ticketOf('ann', (ticket) => ticket.replace(/[0-9a-f]+$/, ''))],
    ['with half a signature', () => ticketOf('ann', (ticket) => ticket.slice(0, -32))],
    [
      'with a letter changed',
      () => ticketOf('ann', (ticket) => ticket.slice(0, -1) + (ticket.endsWith('0') ? '1' : '0')),
    ],
    [
      'that claims a token',
      () =>
        ticketOf('ann', (ticket) =>
          ticket.replace(/^1\.[0-9a-f]+/, `1.${hex(' {"user":"olga","roles":["operator"],"expiresMs":9e15}')}`),
        ),
    ],
    ['of nobody', () => `1.${hex('nobody')}.9999999999999.${'0'.repeat(64)}`],
    ['by the prototype', () => `1.${hex('__proto__')}.9999999999999.${'0'.repeat(64)}`],
    ['that is a signed token', () => token()],
    ['that is empty', () => ''],
  ])('a ticket %s is refused', async (_, make) => {
    expect(await codeFor({ ticket: await make() }, protocol)).toEqual([REFUSED, CLOSE.refused]);
    await rig.nothingReachedThePbx();
  });
});

describe('once the operator has changed who may what', () => {
  /** What came of a hello: a code, or the welcome's rights. */
  async function outcome(hello: object): Promise<unknown> {
    const attacker = await rig.attacker();
    attacker.say(written(JSON_PROTOCOL, { type: 'hello', ...hello }));
    const heard = await attacker.first(({ type }) => type === 'welcome' || type === 'error');
    return heard['code'] ?? heard['rights'];
  }

  async function during(change: Parameters<typeof rig.gateway.renew>[0], act: () => Promise<void>): Promise<void> {
    const limits = { connectionsPerUser: 10_000, messageBurst: 100_000 };
    rig.gateway.renew({ limits, ...change });
    try {
      await act();
    } finally {
      const tokens = new JwtVerifier({ keys: { jwks }, issuer, audience }, rig.clock);
      rig.gateway.renew({ users: await rigUsers(), tokens, limits });
    }
    await rig.nothingReachedThePbx();
  }

  test('the ticket of a user who is gone is refused, and so is their session', async () => {
    const file = await rigUsers();
    const [ticket, session] = [await ticketOf('ann'), await rig.loggedIn('ann')];
    await during({ users: { ...file, users: file.users.filter(({ name }) => name !== 'ann') } }, async () => {
      expect(await outcome({ ticket })).toBe(REFUSED);
      expect(await session.closed).toEqual({ code: CLOSE.refused, reason: REFUSED });
    });
    expect(await outcome({ ticket })).toContain('dial');
  });

  test('a ticket under the old secret is refused', async () => {
    const file = await rigUsers();
    const ticket = await ticketOf('ann');
    const other = file.users.find(({ name }) => name === 'olga')?.secret ?? '';
    const users = file.users.map((user) => (user.name === 'ann' ? { ...user, secret: other } : user));
    await during({ users: { ...file, users } }, async () => expect(await outcome({ ticket })).toBe(REFUSED));
  });

  test('a ticket from the time of more rights brings the rights of now', async () => {
    const file = await rigUsers();
    const ticket = await ticketOf('ann');
    const users = file.users.map((user) => (user.name === 'ann' ? { ...user, role: 'viewer' } : user));
    await during({ users: { ...file, users } }, async () => {
      expect(await outcome({ ticket })).toEqual([]);
      const session = await rig.loggedIn('ann');
      session.say(written(JSON_PROTOCOL, { type: 'command', id: 1, do: 'dial', from: '1001', to: '1002' }));
      expect(await session.answer()).toBe('GATEWAY_FORBIDDEN');
    });
  });

  test('the ticket of somebody with a token is refused where tokens are no longer taken, and so is the token', async () => {
    const attacker = await rig.attacker();
    attacker.say(written(JSON_PROTOCOL, { type: 'hello', token: await token() }));
    const { ticket } = await attacker.first(({ type }) => type === 'welcome');
    await during({ users: await rigUsers() }, async () => {
      expect(await outcome({ ticket })).toBe(REFUSED);
      expect(await outcome({ token: await token() })).toBe(REFUSED);
      expect((await attacker.closed).code).toBe(CLOSE.refused);
    });
  });
});

test('a ticket of a token is refused once the token has ended, and any ticket after half a day', async () => {
  const attacker: Attacker = await rig.attacker();
  attacker.say(written(JSON_PROTOCOL, { type: 'hello', token: await token() }));
  const { ticket } = await attacker.first(({ type }) => type === 'welcome');
  const anns = await ticketOf('ann');
  rig.clock.advance(601_000);
  expect(await codeFor({ ticket })).toEqual([REFUSED, CLOSE.refused]);
  rig.clock.advance(12 * 3_600_000);
  expect(await codeFor({ ticket: anns })).toEqual([REFUSED, CLOSE.refused]);
});
