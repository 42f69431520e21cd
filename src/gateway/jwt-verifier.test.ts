import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTHeaderParameters, SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { ManualClock } from '../ami/manual-clock.ts';
import { type JwtOptions, JwtVerifier } from './jwt-verifier.node.ts';
import { Office } from './office.test-support.ts';

const issuer = 'https://login.example.org';
const audience = 'asterclick';
const clock = new ManualClock();
const secondsNow = Math.floor(clock.now() / 1000);
const secret = new TextEncoder().encode('a secret of more than 32 bytes, shared with nobody else');

const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
const jwk = { ...(await exportJWK(publicKey)), kid: 'k1' };
const jwks = { keys: [jwk] };

function verifier(keys: JwtOptions['keys'] = { jwks }, more: Partial<JwtOptions> = {}): JwtVerifier {
  return new JwtVerifier({ keys, issuer, audience, ...more }, clock);
}

/** A good token, but for what `change` does to it. */
function token(
  change: (jwt: SignJWT) => SignJWT = (jwt) => jwt,
  claims: Record<string, unknown> = {},
  header: JWTHeaderParameters = { alg: 'ES256', kid: 'k1' },
): SignJWT {
  const jwt = new SignJWT({ role: 'agent', extension: '1001', ...claims })
    .setProtectedHeader(header)
    .setSubject('tina')
    .setIssuer(issuer)
    .setAudience(audience)
    .setExpirationTime(secondsNow + 600);
  return change(jwt);
}

const tina = { user: 'tina', roles: ['agent'], extension: '1001', expiresMs: (secondsNow + 600) * 1000 };

describe('a signed token', () => {
  test.each(['RS256', 'RS512', 'ES256', 'ES384', 'EdDSA'])('by %s is good where its key is in the set', async (alg) => {
    const pair = await generateKeyPair(alg, { extractable: true });
    const keys = { jwks: { keys: [jwk, { ...(await exportJWK(pair.publicKey)), kid: 'k2' }] } };
    const signed = await token(undefined, {}, { alg, kid: 'k2' }).sign(pair.privateKey);
    expect(await verifier(keys).verify(signed)).toEqual(tina);
  });

  test.each(['HS256', 'HS512'])('by %s is good where the secret is shared', async (alg) => {
    const signed = await token(undefined, {}, { alg }).sign(secret);
    expect(await verifier({ secret }).verify(signed)).toEqual(tina);
  });

  test('is checked by keys from a URL; where they are not to be had, that is no forgery', async () => {
    let up = true;
    const server = createServer((_, response) => response.writeHead(up ? 200 : 500).end(JSON.stringify(jwks)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`;
    const signed = await token().sign(privateKey);
    expect(await verifier({ jwksUrl }).verify(signed)).toEqual(tina);
    up = false;
    await expect(verifier({ jwksUrl }).verify(signed)).rejects.toMatchObject({ code: 'GATEWAY_TOKENS_UNAVAILABLE' });
    await new Promise((resolve) => server.close(resolve));
    await expect(verifier({ jwksUrl }).verify(signed)).rejects.toMatchObject({ code: 'GATEWAY_TOKENS_UNAVAILABLE' });
  });

  test.each([
    ['south', ['south']],
    [
      ['south', 'north'],
      ['south', 'north'],
    ],
  ])('may be limited to PBXs: %j', async (pbx, pbxs) => {
    expect(await verifier().verify(await token(undefined, { pbx }).sign(privateKey))).toEqual({ ...tina, pbxs });
    const named = verifier({ jwks }, { claims: { pbx: 'sites' } });
    expect(await named.verify(await token(undefined, { sites: pbx }).sign(privateKey))).toEqual({ ...tina, pbxs });
  });

  test('names user, roles and extension by the claims that the operator says', async () => {
    const claims = { preferred_username: 'tom', groups: ['staff', 'viewer'], phone: '1002' };
    const signed = await token(undefined, claims).sign(privateKey);
    const named = verifier({ jwks }, { claims: { user: 'preferred_username', role: 'groups', extension: 'phone' } });
    expect(await named.verify(signed)).toMatchObject({ user: 'tom', roles: ['staff', 'viewer'], extension: '1002' });
  });
});

const stranger = await generateKeyPair('ES256');

describe('is no token to come in by:', () => {
  const publicKeyAsSecret = new TextEncoder().encode(JSON.stringify(jwk));
  test.each<[string, () => Promise<string> | string]>([
    ['one that has expired', () => token((jwt) => jwt.setExpirationTime(secondsNow - 6)).sign(privateKey)],
    [
      'one without an end',
      () =>
        new SignJWT({ role: 'agent' })
          .setProtectedHeader({ alg: 'ES256' })
          .setSubject('tina')
          .setIssuer(issuer)
          .setAudience(audience)
          .sign(privateKey),
    ],
    ['one that is not good yet', () => token((jwt) => jwt.setNotBefore(secondsNow + 60)).sign(privateKey)],
    ['one for another service', () => token((jwt) => jwt.setAudience('mail')).sign(privateKey)],
    ['one by another issuer', () => token((jwt) => jwt.setIssuer('https://evil.example')).sign(privateKey)],
    ['one signed by a stranger', () => token().sign(stranger.privateKey)],
    [
      'one signed by nobody (alg: none)',
      () =>
        new UnsecuredJWT({ role: 'operator' })
          .setSubject('tina')
          .setIssuer(issuer)
          .setAudience(audience)
          .setExpirationTime(secondsNow + 600)
          .encode(),
    ],
    [
      'one signed with the public key as the secret',
      () => token(undefined, {}, { alg: 'HS256', kid: 'k1' }).sign(publicKeyAsSecret),
    ],
    [
      'one with another role put in',
      async () => {
        const [head, , signature] = (await token().sign(privateKey)).split('.');
        const [, body] = (await token(undefined, { role: 'operator' }).sign(privateKey)).split('.');
        return `${head}.${body}.${signature}`;
      },
    ],
    ['one whose user is no name', () => token((jwt) => jwt.setSubject('a\r\nb')).sign(privateKey)],
    ['one without a user', () => token((jwt) => jwt.setSubject('')).sign(privateKey)],
    ['one whose extension is more than that', () => token(undefined, { extension: '1@x' }).sign(privateKey)],
    ...[[], '', {}, 7, null, ['south', 7], ['a'.repeat(65)], Array(17).fill('a')].map(
      (pbx) =>
        [
          `one limited to what is no list of PBXs: ${JSON.stringify(pbx).slice(0, 20)}`,
          () => token(undefined, { pbx }).sign(privateKey),
        ] as [string, () => Promise<string>],
    ),
    ['no token at all', () => 'abc'],
    ['an empty one', () => ''],
  ])('%s', async (_, make) => {
    expect(await verifier().verify(await make())).toBeUndefined();
  });

  test('a token by a short secret is never taken: the gateway does not start with one', () => {
    expect(() => verifier({ secret: secret.slice(0, 31) })).toThrow(
      expect.objectContaining({ code: 'GATEWAY_TOKENS_INVALID' }),
    );
  });
});

describe('a user with a token', () => {
  async function office() {
    const opened = await Office.open({ tokens: { verify: (text) => verifier().verify(text) } });
    const enter = async (proof: object) => {
      const browser = opened.connect();
      browser.says(JSON.stringify({ type: 'hello', ...proof }));
      await opened.until(() => browser.messages.length > 0);
      return browser;
    };
    return { office: opened, enter };
  }

  test('comes in, has the rights of the role, and comes back with a ticket until the token ends', async () => {
    const { office: opened, enter } = await office();
    const welcome = (await enter({ token: await token().sign(privateKey) })).last('welcome');
    expect(welcome).toMatchObject({ user: 'tina', rights: ['dial', 'hangUp', 'transfer', 'redirect', 'action'] });
    const again = (await enter({ ticket: welcome.ticket })).last('welcome');
    expect(again).toMatchObject({ user: 'tina' });
    opened.clock.advance(600_001);
    for (const { ticket } of [welcome, again])
      expect((await enter({ ticket })).last('error').code).toBe('GATEWAY_LOGIN_REFUSED');
  });

  test('with a role that nobody defines is refused', async () => {
    const { enter } = await office();
    const browser = await enter({ token: await token(undefined, { role: 'constructor' }).sign(privateKey) });
    expect(browser.last('error').code).toBe('GATEWAY_LOGIN_REFUSED');
  });

  test('is not the user of the users file with that name, nor does their secret matter', async () => {
    const { enter } = await office();
    const signed = await token((jwt) => jwt.setSubject('olga'), { role: 'viewer' }).sign(privateKey);
    const { ticket, rights } = (await enter({ token: signed })).last('welcome');
    expect(rights).toEqual([]);
    expect((await enter({ ticket })).last('welcome').rights).toEqual([]);
  });
});
