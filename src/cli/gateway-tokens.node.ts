import { readFileSync } from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import { nodeRuntime } from '../ami/runtime.node.ts';
import { type JwtKeys, type JwtOptions, JwtVerifier } from '../gateway/jwt-verifier.node.ts';
import type { TokenVerifier } from '../gateway/token-verifier.ts';
import { CliError } from './cli-error.ts';

export interface TokenOptions {
  readonly jwks?: string;
  readonly jwtSecretFile?: string;
  readonly jwtIssuer?: string;
  readonly jwtAudience?: string;
  readonly jwtClaim: NonNullable<JwtOptions['claims']>;
}

/** Options about signed tokens. */
export function addTokenOptions(command: Command): Command {
  return command
    .option('--jwks <file or url>', 'public keys by which signed tokens (JWT) are checked')
    .option('--jwt-secret-file <file>', 'the secret by which they are, instead')
    .option('--jwt-issuer <text>', 'the "iss" that a token must have')
    .option('--jwt-audience <text>', 'the "aud" that a token must have')
    .option('--jwt-claim <what=name>', 'where a token names user, role or extension', claimOption, {});
}

/** @throws CliError `CLI_BAD_OPTION`, `CLI_NO_FILE`; GatewayError `GATEWAY_TOKENS_INVALID` */
export function tokenVerifier(options: TokenOptions): TokenVerifier | undefined {
  const { jwtIssuer: issuer, jwtAudience: audience, jwtClaim: claims } = options;
  const keys = keysOf(options);
  if (keys === undefined) return undefined;
  if (issuer === undefined || audience === undefined)
    throw new CliError(
      'CLI_BAD_OPTION',
      'tokens need --jwt-issuer and --jwt-audience: else one made for another service would open this one',
    );
  return new JwtVerifier({ keys, issuer, audience, claims }, nodeRuntime().clock);
}

function keysOf({ jwks, jwtSecretFile }: TokenOptions): JwtKeys | undefined {
  if (jwks !== undefined && jwtSecretFile !== undefined)
    throw new CliError('CLI_BAD_OPTION', 'tokens are checked by --jwks or by --jwt-secret-file, not by both');
  if (jwtSecretFile !== undefined)
    return { secret: new TextEncoder().encode(read(jwtSecretFile, '--jwt-secret-file').replace(/\r?\n$/, '')) };
  if (jwks === undefined) return undefined;
  return /^https?:\/\//.test(jwks) ? { jwksUrl: jwks } : { jwks: parseKeys(read(jwks, '--jwks'), jwks) };
}

function parseKeys(text: string, path: string) {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CliError('CLI_BAD_OPTION', `${path} is no JSON; --jwks wants a JWK set`, { cause });
  }
}

function read(path: string, option: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new CliError('CLI_NO_FILE', `cannot read ${path}, which ${option} names`, { cause });
  }
}

function claimOption(text: string, before: object): object {
  const [, what, name] = /^(user|role|extension)=(.+)$/.exec(text) ?? [];
  if (what === undefined || name === undefined)
    throw new InvalidArgumentError('it is written user=CLAIM, role=CLAIM or extension=CLAIM.');
  return { ...before, [what]: name };
}
