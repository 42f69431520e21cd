import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { AmiError } from '../ami/ami-error.ts';
import { nodeRuntime } from '../ami/runtime.node.ts';
import { connectTcp } from '../ami/tcp-link.node.ts';
import { AuditFile } from '../gateway/audit-file.node.ts';
import { Gateway, type GatewayOptions } from '../gateway/gateway.ts';
import { GatewayServer } from '../gateway/gateway-server.node.ts';
import type { Log } from '../gateway/log.ts';
import { hashSecret } from '../gateway/secret-hash.ts';
import type { UsersFile } from '../gateway/users.ts';
import { readUsersFile } from '../gateway/users-file.node.ts';
import { CliError } from './cli-error.ts';
import { errorReport } from './error-report.ts';
import { addTokenOptions, type TokenOptions, tokenVerifier } from './gateway-tokens.node.ts';
import { lineLog } from './line-log.ts';
import { listenError } from './listen-error.ts';
import { type HostPort, hostPortOption, listOption } from './options.ts';
import { untilStopped } from './until-stopped.node.ts';

interface GatewayCommandOptions extends TokenOptions {
  readonly ami: HostPort;
  readonly user: string;
  readonly secretFile: string;
  readonly listen: HostPort;
  readonly users?: string;
  readonly static?: string;
  readonly context?: string;
  readonly origin: readonly string[];
  readonly audit?: string;
  readonly wait?: true;
  readonly verbose?: true;
  readonly json?: true;
}

const PANEL_FOLDER = fileURLToPath(new URL('../../dist/panel/', import.meta.url));
const PASSING_USER = 'operator';
/** Everybody comes with a token. */
const NO_USERS: UsersFile = { version: 1, users: [] };

/** `asterclick gateway`: shows a PBX to browsers. */
export function gatewayCommand(): Command {
  return addTokenOptions(new Command('gateway'))
    .summary('shows a PBX to browsers')
    .description(
      'Logs in to AMI and shows the PBX to browsers, over WebSocket and with the panel as a page, until Ctrl-C. Browsers never see the AMI secret: they log in as users of the gateway (see "asterclick user").',
    )
    .requiredOption('--ami <host:port>', 'where the PBX listens for AMI', hostPortOption(5038))
    .requiredOption('--user <name>', 'its AMI user, as in manager.conf')
    .requiredOption('--secret-file <file>', 'file that holds the secret of that user, and nothing else')
    .option(
      '--listen <host:port>',
      'for browsers; port 0: any free one',
      hostPortOption(8088),
      hostPortOption(8088)('127.0.0.1'),
    )
    .option('--users <file>', 'who may log in; without it there is one user, whose secret is printed')
    .option('--static <folder>', 'pages to serve; the panel by default')
    .option('--context <name>', 'dialplan context for numbers that users dial; that of their phone by default')
    .option('--origin <url>', 'a page from there may connect too; may be given several times', listOption, [])
    .option('--audit <file>', 'adds a line of JSON for every command: who, what, and what came of it')
    .option('--wait', 'start also where the PBX is not there yet, and go on trying')
    .option('--verbose', 'tell about logins and commands too, not only about trouble')
    .option('--json', 'the addresses as JSON')
    .action(gateway);
}

async function gateway(options: GatewayCommandOptions): Promise<void> {
  const tokens = tokenVerifier(options);
  const passing = options.users === undefined && tokens === undefined ? await passingUser() : undefined;
  const users = passing?.file ?? (options.users === undefined ? NO_USERS : await readUsersFile(options.users));
  const log = lineLog((line) => process.stderr.write(line), { verbose: options.verbose === true });
  const secret = readSecret(options.secretFile);
  const audit = options.audit === undefined ? undefined : openAudit(options.audit, log);
  const running = makeGateway(options, secret, {
    users,
    log,
    ...(tokens && { tokens }),
    ...(audit && { audit: audit.write }),
  });
  const server = await listen(running, options);
  try {
    const opened = running.open().catch((error: unknown) => Promise.reject(explained(error, options)));
    if (options.wait)
      opened.catch((error: unknown) => process.stderr.write(`${errorReport(error).text}; trying again\n`));
    else await opened;
    process.stdout.write(greeting(server, options, passing?.secret));
    await untilStopped();
  } finally {
    await server.close();
    audit?.close();
  }
}

function makeGateway(
  { ami, user, context }: GatewayCommandOptions,
  secret: string,
  parts: Pick<GatewayOptions, 'users' | 'tokens' | 'audit' | 'log'>,
): Gateway {
  const runtime = nodeRuntime();
  return new Gateway({
    runtime,
    pbx: {
      connect: () => connectTcp({ ...ami, clock: runtime.clock }),
      credentials: { username: user, secret },
    },
    ...parts,
    ...(context !== undefined && { context }),
  });
}

function openAudit(path: string, log: Log): AuditFile {
  try {
    return new AuditFile(path, log);
  } catch (cause) {
    throw new CliError('CLI_NO_FILE', `cannot write ${path}, which --audit names`, { cause });
  }
}

async function listen(gateway: Gateway, options: GatewayCommandOptions): Promise<GatewayServer> {
  const { host, port } = options.listen;
  const staticFolder = options.static ?? (existsSync(join(PANEL_FOLDER, 'index.html')) ? PANEL_FOLDER : undefined);
  if (staticFolder !== undefined && !existsSync(staticFolder))
    throw new CliError('CLI_NO_FILE', `there is no folder ${staticFolder}; --static wants one with pages`);
  try {
    const { origin: origins } = options;
    return await GatewayServer.listen({
      gateway,
      host,
      port,
      origins,
      ...(staticFolder !== undefined && { staticFolder }),
    });
  } catch (error) {
    throw listenError(error, 'browsers', port, '--listen');
  }
}

/** The only user of a gateway that was given none; gone when it ends. */
async function passingUser(): Promise<{ readonly secret: string; readonly file: UsersFile }> {
  const secret = randomBytes(12).toString('base64url');
  const hash = await hashSecret(secret, nodeRuntime().digest);
  return { secret, file: { version: 1, users: [{ name: PASSING_USER, secret: hash, role: 'operator' }] } };
}

function readSecret(path: string): string {
  const secret = readText(path).replace(/\r?\n$/, '');
  if (secret === '' || /[\r\n]/.test(secret))
    throw new CliError(
      'CLI_BAD_OPTION',
      `${path} does not hold one line; --secret-file wants a file with the AMI secret, and nothing else`,
    );
  return secret;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new CliError('CLI_NO_FILE', `cannot read ${path}; --secret-file wants a file with the AMI secret`, { cause });
  }
}

/** What the first attempt failed of, and what would be right. */
function explained(error: unknown, { ami, user, secretFile }: GatewayCommandOptions): unknown {
  if (!(error instanceof AmiError)) return error;
  const hint = HINTS[error.code];
  if (hint === undefined) return error;
  const place = `${ami.host}:${ami.port}`;
  const message = `${error.message}; ${hint.replace('PLACE', place).replace('USER', user).replace('FILE', secretFile)}`;
  return new AmiError(error.code, message, { cause: error });
}

const UNREACHABLE = 'is the PBX up, and --ami right? (--wait goes on trying)';

const HINTS: Partial<Record<AmiError['code'], string>> = {
  AMI_LOGIN_REFUSED:
    'the PBX at PLACE wants user USER and the secret in FILE as its manager.conf has them, from an address that it permits',
  AMI_CONNECT_FAILED: UNREACHABLE,
  AMI_CONNECT_TIMEOUT: UNREACHABLE,
  AMI_BAD_BANNER: 'is PLACE the port of AMI (5038 in most cases)?',
  AMI_LINK_LOST: 'PLACE closed the connection; is it the port of AMI (5038 in most cases), and not one for TLS?',
  AMI_TIMEOUT: 'PLACE does not answer as AMI does; is it the port of AMI (5038 in most cases)?',
};

function greeting(server: GatewayServer, { json }: GatewayCommandOptions, secret: string | undefined): string {
  const { url, webSocketUrl } = server;
  const login = secret === undefined ? undefined : { user: PASSING_USER, secret };
  if (json) return `${JSON.stringify({ url, webSocketUrl, ...login })}\n`;
  const lines = [`Open ${url}; programs connect to ${webSocketUrl}. Ctrl-C ends it.`];
  if (login !== undefined) lines.push(`Until then log in as ${login.user} with secret ${login.secret}.`);
  return `${lines.join('\n')}\n`;
}
