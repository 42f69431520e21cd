import { randomBytes } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeRuntime } from '../../ami/runtime.node.ts';
import type { TlsFiles } from '../../gateway/gateway-server.node.ts';
import { hashSecret } from '../../gateway/secret-hash.ts';
import type { TokenVerifier } from '../../gateway/token-verifier.ts';
import type { UsersFile } from '../../gateway/users.ts';
import { readUsersFile } from '../../gateway/users-file.node.ts';
import { CliError } from '../../mock-ami/command/cli-error.ts';
import type { HostPort } from '../../mock-ami/command/options.node.ts';
import type { LoadedSettings } from './load-settings.node.ts';
import { NamedFiles } from './named-files.node.ts';
import { authority, certificate } from './read-certificate.node.ts';
import { tokenVerifier } from './read-tokens.node.ts';
import type { PbxSettings } from './settings.ts';

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
const LOOPBACK = /^(?:127\.|::1$|localhost$)/;

/**
 * Reads everything that the settings name.
 * @param passing the user of before, where there is one already
 * @throws CliError `CLI_NO_FILE`, `CLI_BAD_SETTING`; GatewayError `GATEWAY_USERS_INVALID`, `GATEWAY_TOKENS_INVALID`
 */
export async function readParts(loaded: LoadedSettings, passing?: Passing): Promise<GatewayParts> {
  const { settings } = loaded;
  const notes: string[] = [];
  const read = new NamedFiles(loaded.origins, notes);
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

function ticketKey(path: string, read: NamedFiles): Uint8Array {
  const key = read.secret(path, 'ticketKeyFile');
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
