import { nodeRuntime } from '../../ami/runtime.node.ts';
import { type JwtKeys, JwtVerifier } from '../../gateway/jwt-verifier.node.ts';
import type { TokenVerifier } from '../../gateway/token-verifier.ts';
import { attempt, type NamedFiles } from './named-files.node.ts';
import type { TokenSettings } from './settings.ts';

/** What checks tokens, by the keys that the settings name. */
export function tokenVerifier({ issuer, audience, claims, ...keys }: TokenSettings, read: NamedFiles): TokenVerifier {
  const known = Object.fromEntries(Object.entries(claims).filter(([, claim]) => claim !== undefined));
  return new JwtVerifier({ keys: keysOf(keys, read), issuer, audience, claims: known }, nodeRuntime().clock);
}

function keysOf({ jwks = '', secretFile }: Pick<TokenSettings, 'jwks' | 'secretFile'>, read: NamedFiles): JwtKeys {
  if (secretFile !== undefined)
    return {
      secret: new TextEncoder().encode(
        read
          .secret(secretFile, 'tokens.secretFile')
          .toString('utf8')
          .replace(/\r?\n$/, ''),
      ),
    };
  if (/^https?:\/\//.test(jwks)) return { jwksUrl: jwks };
  const text = read.text(jwks, 'tokens.jwks');
  return {
    jwks: attempt(
      () => JSON.parse(text),
      (cause) => read.bad(jwks, 'tokens.jwks', 'is no JSON; a JWK set is wanted', cause),
    ),
  };
}
