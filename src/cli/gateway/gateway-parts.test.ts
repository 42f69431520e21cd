import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { TEST_CERTIFICATE, TEST_KEY } from '../../ami/tls.test-support.ts';
import { readParts } from './gateway-parts.node.ts';
import { loadSettings } from './load-settings.node.ts';

let folder = '';
let ami: Record<string, unknown> = {};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'asterclick-parts-'));
  ami = { ami: '127.0.0.1', user: 'gw', secretFile: write('ami-secret', 'x\n') };
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

const made = (options: Readonly<Record<string, unknown>>) => readParts(loadSettings({ ...ami, ...options }, {}));

const whose = { jwtIssuer: 'us', jwtAudience: 'asterclick' };
const SECRET = 'a secret of more than thirty-two bytes';

it('takes no tokens where nothing is said of them, and makes a user that passes with the process', async () => {
  const parts = await made({});
  expect(parts.tokens).toBeUndefined();
  expect(parts.users.users).toMatchObject([{ name: parts.passing?.user, role: 'operator' }]);
});

it('checks tokens by the secret in the file, and reads the claims that are named', async () => {
  const { tokens } = await made({ jwtSecretFile: write('jwt', `${SECRET}\n`), ...whose, jwtClaim: ['user=login'] });
  const token = await new SignJWT({ login: 'ann', role: 'agent' })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer('us')
    .setAudience('asterclick')
    .setExpirationTime('1m')
    .sign(new TextEncoder().encode(SECRET));
  expect(await tokens?.verify(token)).toMatchObject({ user: 'ann', roles: ['agent'] });
});

it('notes secrets that everybody on the machine can read', async () => {
  const key = write('key', TEST_KEY);
  chmodSync(key, 0o644);
  const parts = await made({ tlsCert: write('cert', TEST_CERTIFICATE), tlsKey: key });
  expect(parts.notes).toEqual([`${key} holds a secret, and everybody on this machine can read it (chmod 600)`]);
});

it('takes a certificate with its key', async () => {
  const parts = await made({ tlsCert: write('cert', TEST_CERTIFICATE), tlsKey: write('key', TEST_KEY) });
  expect(parts.tls).toEqual({ cert: TEST_CERTIFICATE, key: TEST_KEY });
  expect(parts.notes).toEqual([]);
});

const cert = () => write('cert', TEST_CERTIFICATE);
const OTHER_KEY = `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
-----END PRIVATE KEY-----
`;

it.each<[string, () => Record<string, unknown>, RegExp]>([
  [
    'tokens for nobody',
    () => ({ jwtSecretFile: write('jwt', SECRET) }),
    /^--jwt-secret-file: tokens.issuer is missing/,
  ],
  ['a short secret for tokens', () => ({ jwtSecretFile: write('jwt', 'short'), ...whose }), /has 32 bytes at least/],
  [
    'keys that are no JSON',
    () => ({ jwks: write('jwks', '{'), ...whose }),
    /which --jwks names, is no JSON; a JWK set/,
  ],
  ['keys that are no JWK set', () => ({ jwks: write('jwks', '{}'), ...whose }), /no JWK set/],
  [
    'keys that are not there',
    () => ({ jwks: 'nowhere', ...whose }),
    /^cannot read nowhere, which --jwks names: there is no such file/,
  ],
  ['both kinds of keys', () => ({ jwks: 'x', jwtSecretFile: 'y', ...whose }), /one of them, not both/],
  [
    'a claim for nothing',
    () => ({ ...whose, jwks: 'x', jwtClaim: ['secret=x'] }),
    /secret is no setting; there are user, role/,
  ],
  ['a claim without a name', () => ({ ...whose, jwks: 'x', jwtClaim: ['user'] }), /^--jwt-claim is written user=CLAIM/],
  [
    'a certificate that is none',
    () => ({ tlsCert: write('cert', 'x'), tlsKey: write('key', TEST_KEY) }),
    /which --tls-cert names, holds no certificate/,
  ],
  ['a key that is none', () => ({ tlsCert: cert(), tlsKey: write('key', 'x') }), /which --tls-key names, holds no key/],
  [
    'the key of another',
    () => ({ tlsCert: cert(), tlsKey: write('key', OTHER_KEY) }),
    /is not the key of the certificate in/,
  ],
  ['a certificate without a key', () => ({ tlsCert: cert() }), /^--tls-cert: tls.key is missing: its key/],
  ['an authority that is none', () => ({ amiCa: write('ca', 'x') }), /which --ami-ca names, holds no certificate/],
  ['a key for tickets that is too short', () => ({ ticketKeyFile: write('key', 'x') }), /holds 1 bytes; 32 are wanted/],
  ['a folder in place of a file', () => ({ secretFile: folder }), /which --secret-file names: it is a folder/],
  [
    'metrics that others could read',
    () => ({ metrics: '0.0.0.0:9464' }),
    /^--metrics: metrics on 0.0.0.0 could be read by others; give/,
  ],
])('says what is wrong with %s', async (_, options, message) => {
  await expect(async () => made(options())).rejects.toThrow(message);
});
