import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';
import type { Clock } from '../ami/runtime.ts';
import { GatewayError } from './gateway-error.ts';
import type { TokenClaims, TokenVerifier } from './token-verifier.ts';
import { EXTENSION_FORM, USER_NAME_FORM } from './users.ts';

/** What tokens are checked by: public keys as a JWK set or where one is to be had, or a secret that is shared. */
export type JwtKeys =
  | { readonly jwks: JSONWebKeySet }
  | { readonly jwksUrl: string }
  /** As bytes; 32 at least. */
  | { readonly secret: Uint8Array };

export interface JwtOptions {
  readonly keys: JwtKeys;
  /** The `iss` that a token must have. */
  readonly issuer: string;
  /** The `aud` that a token must have: a token that was made for another service lets nobody in here. */
  readonly audience: string;
  /** Names of the claims to read. */
  readonly claims?: {
    /** `sub` by default. */
    readonly user?: string;
    /** A name or a list of names; `role` by default. */
    readonly role?: string;
    /** `extension` by default. */
    readonly extension?: string;
    /** A name or a list of names; `pbx` by default. */
    readonly pbx?: string;
  };
}

/** Never both kinds: else a public key could be used as the secret of a forged token. */
const PUBLIC_KEY_ALGORITHMS = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'];
const SECRET_ALGORITHMS = ['HS256', 'HS384', 'HS512'];
const MIN_SECRET_BYTES = 32;
const MAX_PBXS = 16;
const MAX_PBX_NAME = 64;
/** Clocks differ. */
const TOLERANCE_S = 5;

/** Checks JSON Web Tokens (RFC 7519). They must have an `exp`; `alg: none` is none of those taken. */
export class JwtVerifier implements TokenVerifier {
  readonly #options: JwtOptions;
  readonly #clock: Clock;
  readonly #key: Uint8Array | JWTVerifyGetKey;

  /** @throws GatewayError `GATEWAY_TOKENS_INVALID` where keys can't be used */
  constructor(options: JwtOptions, clock: Clock) {
    this.#options = options;
    this.#clock = clock;
    this.#key = keyOf(options.keys);
  }

  async verify(token: string): Promise<TokenClaims | undefined> {
    try {
      const { payload } = await this.#check(token);
      return this.#read(payload);
    } catch (error) {
      if (isKeyFetchFault(error) || !(error instanceof errors.JOSEError)) throw unavailable(error);
      return undefined;
    }
  }

  #check(token: string) {
    const { issuer, audience } = this.#options;
    const options = {
      issuer,
      audience,
      requiredClaims: ['exp'],
      currentDate: new Date(this.#clock.now()),
      clockTolerance: TOLERANCE_S,
    };
    const key = this.#key;
    return key instanceof Uint8Array
      ? jwtVerify(token, key, { ...options, algorithms: SECRET_ALGORITHMS })
      : jwtVerify(token, key, { ...options, algorithms: PUBLIC_KEY_ALGORITHMS });
  }

  #read(payload: JWTPayload): TokenClaims | undefined {
    const { user = 'sub', role = 'role', extension = 'extension', pbx = 'pbx' } = this.#options.claims ?? {};
    const name = own(payload, user);
    const roles = [own(payload, role)].flat().filter((each) => typeof each === 'string');
    const number = own(payload, extension);
    const pbxs = own(payload, pbx);
    if (typeof name !== 'string' || !USER_NAME_FORM.test(name)) return undefined;
    if (number !== undefined && (typeof number !== 'string' || !EXTENSION_FORM.test(number))) return undefined;
    if (pbxs !== undefined && !isListOfPbxs([pbxs].flat())) return undefined;
    const expiresMs = (payload.exp ?? 0) * 1000;
    return {
      user: name,
      roles,
      expiresMs,
      ...(number !== undefined && { extension: number }),
      ...(pbxs !== undefined && { pbxs: [pbxs].flat() as string[] }),
    };
  }
}

/** What is no such list is a bound that can't be kept, and so no token. */
function isListOfPbxs(names: readonly unknown[]): boolean {
  const isName = (name: unknown) => typeof name === 'string' && name !== '' && name.length <= MAX_PBX_NAME;
  return names.length > 0 && names.length <= MAX_PBXS && names.every(isName);
}

function own(payload: JWTPayload, claim: string): unknown {
  return Object.hasOwn(payload, claim) ? payload[claim] : undefined;
}

function keyOf(keys: JwtKeys): Uint8Array | JWTVerifyGetKey {
  try {
    if ('jwks' in keys) return createLocalJWKSet(keys.jwks);
    if ('jwksUrl' in keys) return createRemoteJWKSet(new URL(keys.jwksUrl));
  } catch (cause) {
    throw new GatewayError('GATEWAY_TOKENS_INVALID', 'The keys for tokens are no JWK set, nor the URL of one', {
      cause,
    });
  }
  if (keys.secret.length >= MIN_SECRET_BYTES) return keys.secret;
  throw new GatewayError('GATEWAY_TOKENS_INVALID', `A secret for tokens has ${MIN_SECRET_BYTES} bytes at least`);
}

/** The set of keys can't be had now; that is nobody's forgery. */
function isKeyFetchFault(error: unknown): boolean {
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return true;
  // What jose says of an answer other than 200; of a token it always says more.
  return error instanceof errors.JOSEError && error.code === 'ERR_JOSE_GENERIC';
}

function unavailable(cause: unknown): GatewayError {
  return new GatewayError('GATEWAY_TOKENS_UNAVAILABLE', 'Tokens can not be checked now; come back later', { cause });
}
