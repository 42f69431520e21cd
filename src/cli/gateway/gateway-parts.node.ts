import { createPrivateKey, randomBytes, X509Certificate } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeRuntime } from '../../ami/runtime.node.ts';
import type { TlsFiles } from '../../gateway/gateway-server.node.ts';
import { type JwtKeys, JwtVerifier } from '../../gateway/jwt-verifier.node.ts';
import { hashSecret } from '../../gateway/secret-hash.ts';
import type { TokenVerifier } from '../../gateway/token-verifier.ts';
import type { UsersFile } from '../../gateway/users.ts';
import { readUsersFile } from '../../gateway/users-file.node.ts';
import { CliError } from '../../mock-ami/command/cli-error.ts';
import type { HostPort } from '../../mock-ami/command/options.node.ts';
import type { LoadedSettings } from './load-settings.node.ts';
import type { PbxSettings, TokenSettings } from './settings.ts';

/** One PBX, with everything that is needed to log in there. */
export interface PbxParts {
  readonly name: string;
  readonly ami: HostPort;
  readonly user: string;
  readonly secret: string;
  /** Where that secret stands, for messages. */
  readonly secretFile: string;
  readonly tls?: { readonly ca?: string; readonly name?: string };
  readonly context?: string;
}

/** What the settings name, read and found good. */
export interface GatewayParts {
  readonly pbxs: readonly PbxParts[];
  readonly users: UsersFile;
  readonly tokens?: TokenVerifier;
  readonly tls?: TlsFiles;
  readonly ticketKey?: Uint8Array;
  readonly metricsToken?: string;
  readonly staticFolder?: string;
  /** Nothing was said of users: there is one, until the process ends. */
  readonly passing?: Passing;
  /** What an operator should know, though it is no fault. */
  readonly notes: readonly string[];
}

const PANEL_FOLDER = fileURLToPath(new URL('../../../dist/panel/', import.meta.url));
const PASSING_USER = 'operator';
const DEFAULT_PBX_NAME = 'pbx';
const MIN_KEY_BYTES = 32;
const SOON_MS = 14 * 24 * 3_600_000;
const LOOPBACK = /^(?:127\.|::1$|localhost$)/;

/**
 * Reads everything that the settings name.
 * @param passing the user of before, where there is one already
 * @throws CliError `CLI_NO_FILE`, `CLI_BAD_SETTING`; GatewayError `GATEWAY_USERS_INVALID`, `GATEWAY_TOKENS_INVALID`
 */
export async function readParts(loaded: LoadedSettings, passing?: Passing): Promise<GatewayParts> {
  const { settings } = loaded;
  const read = new NamedFiles(loaded.origins);
  const notes: string[] = [];
  const tokens = settings.tokens === undefined ? undefined : tokenVerifier(settings.tokens, read);
  const tls = settings.tls === undefined ? undefined : certificate(settings.tls, read, notes);
  const metricsToken = metricsTokenOf(loaded, read);
  const staticFolder = folderOfPages(settings.static, read);
  const key = settings.ticketKeyFile === undefined ? undefined : ticketKey(settings.ticketKeyFile, read);
  const pbxs = Object.entries(settings.pbxs ?? { [DEFAULT_PBX_NAME]: settings.pbx as PbxSettings }).map(([name, pbx]) =>
    pbxParts(name, pbx, settings.pbxs === undefined ? 'pbx' : `pbxs.${name}`, read),
  );
  const isForNobody = settings.users === undefined && tokens === undefined;
  const one = isForNobody ? (passing ?? (await passingUser())) : undefined;
  const users = one?.file ?? (settings.users === undefined ? NO_USERS : await readUsersFile(settings.users));
  return {
    pbxs,
    users,
    notes,
    ...(tokens && { tokens }),
    ...(tls && { tls }),
    ...(key && { ticketKey: key }),
    ...(metricsToken !== undefined && { metricsToken }),
    ...(staticFolder !== undefined && { staticFolder }),
    ...(one && { passing: one }),
  };
}

/** A user who is there without having been made. */
export interface Passing {
  readonly user: string;
  readonly secret: string;
  readonly file: UsersFile;
}

/** Everybody comes with a token. */
const NO_USERS: UsersFile = { version: 1, users: [] };

async function passingUser(): Promise<Passing> {
  const secret = randomBytes(12).toString('base64url');
  const hash = await hashSecret(secret, nodeRuntime().digest);
  return {
    user: PASSING_USER,
    secret,
    file: { version: 1, users: [{ name: PASSING_USER, secret: hash, role: 'operator' }] },
  };
}

function pbxParts(
  name: string,
  { ami, user, secretFile, tls, context }: PbxSettings,
  at: string,
  read: NamedFiles,
): PbxParts {
  const names = typeof tls === 'object' ? tls : {};
  const ca = names.ca === undefined ? undefined : authority(names.ca, `${at}.tls.ca`, read);
  return {
    name,
    ami,
    user,
    secret: read.line(secretFile, `${at}.secretFile`, 'a file with the AMI secret, and nothing else'),
    secretFile,
    ...(tls !== false && {
      tls: { ...(ca !== undefined && { ca }), ...(names.name !== undefined && { name: names.name }) },
    }),
    ...(context !== undefined && { context }),
  };
}

function authority(path: string, at: string, read: NamedFiles): string {
  const text = read.text(path, at);
  try {
    new X509Certificate(text);
    return text;
  } catch (cause) {
    throw read.bad(path, at, 'holds no certificate (PEM)', cause);
  }
}

/** A certificate that a server could show, and its own key. */
function certificate({ cert, key }: { cert: string; key: string }, read: NamedFiles, notes: string[]): TlsFiles {
  const texts = { cert: read.text(cert, 'tls.cert'), key: read.text(key, 'tls.key') };
  const shown = attempt(
    () => new X509Certificate(texts.cert),
    (cause) => read.bad(cert, 'tls.cert', 'holds no certificate (PEM)', cause),
  );
  const secret = attempt(
    () => createPrivateKey(texts.key),
    (cause) => read.bad(key, 'tls.key', 'holds no key that can be read without a passphrase (PEM)', cause),
  );
  if (!shown.checkPrivateKey(secret)) throw read.bad(key, 'tls.key', `is not the key of the certificate in ${cert}`);
  const endsMs = Date.parse(shown.validTo);
  if (endsMs < Date.now()) notes.push(`the certificate in ${cert} ended on ${shown.validTo}`);
  else if (endsMs < Date.now() + SOON_MS) notes.push(`the certificate in ${cert} ends on ${shown.validTo}`);
  return texts;
}

function attempt<Result>(make: () => Result, refuse: (cause: unknown) => Error): Result {
  try {
    return make();
  } catch (cause) {
    throw refuse(cause);
  }
}

function tokenVerifier({ issuer, audience, claims, ...keys }: TokenSettings, read: NamedFiles): TokenVerifier {
  const known = Object.fromEntries(Object.entries(claims).filter(([, claim]) => claim !== undefined));
  return new JwtVerifier({ keys: keysOf(keys, read), issuer, audience, claims: known }, nodeRuntime().clock);
}

function keysOf({ jwks = '', secretFile }: Pick<TokenSettings, 'jwks' | 'secretFile'>, read: NamedFiles): JwtKeys {
  if (secretFile !== undefined)
    return { secret: new TextEncoder().encode(read.text(secretFile, 'tokens.secretFile').replace(/\r?\n$/, '')) };
  if (/^https?:\/\//.test(jwks)) return { jwksUrl: jwks };
  const text = read.text(jwks, 'tokens.jwks');
  return {
    jwks: attempt(
      () => JSON.parse(text),
      (cause) => read.bad(jwks, 'tokens.jwks', 'is no JSON; a JWK set is wanted', cause),
    ),
  };
}

function ticketKey(path: string, read: NamedFiles): Uint8Array {
  const key = read.bytes(path, 'ticketKeyFile');
  if (key.length < MIN_KEY_BYTES)
    throw read.bad(path, 'ticketKeyFile', `holds ${key.length} bytes; ${MIN_KEY_BYTES} are wanted at least`);
  return key;
}

function metricsTokenOf({ settings: { metrics }, origins }: LoadedSettings, read: NamedFiles): string | undefined {
  if (metrics === undefined) return undefined;
  if (metrics.tokenFile !== undefined)
    return read.line(metrics.tokenFile, 'metrics.tokenFile', 'a file with the token for metrics');
  if (LOOPBACK.test(metrics.listen.host)) return undefined;
  throw new CliError(
    'CLI_BAD_SETTING',
    `${origins.get('metrics.listen') ?? 'metrics.listen'}: metrics on ${metrics.listen.host} could be read by others; give metrics.tokenFile (--metrics-token-file), or listen on 127.0.0.1`,
  );
}

function folderOfPages(given: string | undefined, read: NamedFiles): string | undefined {
  if (given === undefined) return existsSync(join(PANEL_FOLDER, 'index.html')) ? PANEL_FOLDER : undefined;
  if (statSync(given, { throwIfNoEntry: false })?.isDirectory() === true) return given;
  throw new CliError(
    'CLI_NO_FILE',
    `there is no folder ${given}, which ${read.namer('static')} names; it wants one with pages`,
  );
}

/** Reads files that settings name, and says of what can't be read who named it. */
class NamedFiles {
  readonly #origins: ReadonlyMap<string, string>;

  constructor(origins: ReadonlyMap<string, string>) {
    this.#origins = origins;
  }

  bytes(path: string, setting: string): Buffer {
    try {
      return readFileSync(path);
    } catch (cause) {
      throw new CliError('CLI_NO_FILE', `cannot read ${path}, which ${this.namer(setting)} names: ${whyNot(cause)}`, {
        cause,
      });
    }
  }

  text(path: string, setting: string): string {
    return this.bytes(path, setting).toString('utf8');
  }

  /** The only line of a file. */
  line(path: string, setting: string, what: string): string {
    const text = this.text(path, setting).replace(/\r?\n$/, '');
    if (text !== '' && !/[\r\n\0]/.test(text)) return text;
    throw this.bad(path, setting, `does not hold one line; it wants ${what}`);
  }

  bad(path: string, setting: string, what: string, cause?: unknown): CliError {
    return new CliError('CLI_BAD_SETTING', `${path}, which ${this.namer(setting)} names, ${what}`, { cause });
  }

  /** `--secret-file`, or `pbx.secretFile in gateway.yaml:4`. */
  namer(setting: string): string {
    const origin = this.#origins.get(setting) ?? setting;
    return /^(?:--|ASTERCLICK_)/.test(origin) || origin === setting ? origin : `${setting} (${origin})`;
  }
}

function whyNot(cause: unknown): string {
  const { code } = cause as { code?: string };
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EACCES') return 'its rights do not allow it';
  if (code === 'EISDIR') return 'it is a folder';
  return code ?? String(cause);
}
