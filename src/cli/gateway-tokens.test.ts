import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { SignJWT } from 'jose';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { addTokenOptions, type TokenOptions, tokenVerifier } from './gateway-tokens.node.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'asterclick-tokens-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(text: string): string {
  const path = join(folder, 'file');
  writeFileSync(path, text);
  return path;
}

function made(...args: string[]) {
  const command = addTokenOptions(new Command()).exitOverride().parse(args, { from: 'user' });
  return tokenVerifier(command.opts<TokenOptions>());
}

const whose = ['--jwt-issuer', 'us', '--jwt-audience', 'asterclick'];
const SECRET = 'a secret of more than thirty-two bytes';

it('takes no tokens where nothing is said of them', () => {
  expect(made()).toBeUndefined();
});

it('checks tokens by the secret in the file, and reads the claims that are named', async () => {
  const verifier = made('--jwt-secret-file', write(`${SECRET}\n`), ...whose, '--jwt-claim', 'user=login');
  const token = await new SignJWT({ login: 'ann', role: 'agent' })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer('us')
    .setAudience('asterclick')
    .setExpirationTime('1m')
    .sign(new TextEncoder().encode(SECRET));
  expect(await verifier?.verify(token)).toMatchObject({ user: 'ann', roles: ['agent'] });
});

it.each([
  ['no issuer', () => ['--jwt-secret-file', write(SECRET)], /need --jwt-issuer/],
  ['a short secret', () => ['--jwt-secret-file', write('short'), ...whose], /has 32 bytes at least/],
  ['keys that are no JSON', () => ['--jwks', write('{'), ...whose], /is no JSON; --jwks wants a JWK set/],
  ['keys that are no JWK set', () => ['--jwks', write('{}'), ...whose], /no JWK set/],
  ['keys that are not there', () => ['--jwks', 'nowhere', ...whose], /cannot read nowhere, which --jwks names/],
  ['both kinds', () => ['--jwks', 'x', '--jwt-secret-file', 'y', ...whose], /not by both/],
  ['a claim for nothing', () => ['--jwt-claim', 'secret=x'], /it is written user=CLAIM/],
])('says what is wrong with %s', (_, args, message) => {
  expect(() => made(...args())).toThrow(message);
});
