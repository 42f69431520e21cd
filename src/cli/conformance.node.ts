import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { AmiError } from '../ami/ami-error.ts';
import type { Link } from '../ami/link.ts';
import { nodeRuntime } from '../ami/runtime.node.ts';
import { connectTcp } from '../ami/tcp-link.node.ts';
import { CliError } from '../mock-ami/command/cli-error.ts';
import { type HostPort, hostPortOption } from '../mock-ami/command/options.node.ts';
import { CaseClient } from './conformance/case-client.ts';
import { CONFORMANCE_THEMES } from './conformance/conformance-themes.ts';
import { reportOf, summaryOf } from './conformance/report.ts';
import { type CaseResult, runCase, type Tested } from './conformance/run-case.ts';
import { readSecret } from './read-secret.node.ts';
import { type TlsFault, tlsFaultOf } from './tls-fault.ts';

interface ConformanceOptions {
  readonly ami: HostPort;
  readonly user: string;
  readonly secretFile: string;
  readonly tls?: true;
  readonly ca?: string;
  readonly tlsName?: string;
  readonly insecure?: true;
  readonly failedLogins: boolean;
  readonly json?: true;
}

/** How long an answer may take. */
const TIMEOUT_MS = 5000;

/** `asterclick conformance`: whether a manager interface speaks the protocol as the recorded Asterisk does. */
export function conformanceCommand(): Command {
  return new Command('conformance')
    .summary('compares any manager interface with what Asterisk was recorded to say')
    .description(
      'Plays the cases of the protocol against an AMI server, a real Asterisk too, and reports where it answers otherwise. Nothing that it sends changes the server. The status is 1 where something differs.',
    )
    .requiredOption('--ami <host:port>', 'the manager interface', hostPortOption(5038))
    .requiredOption('--user <name>', 'of manager.conf')
    .requiredOption('--secret-file <file>', 'file that holds the secret of that user, and nothing else')
    .option('--tls', 'AMI over TLS (port 5039 in most cases); the certificate is checked')
    .option('--ca <file>', "certificates that vouch for the server's, with --tls; those of the system by default")
    .option('--tls-name <name>', 'the name that its certificate must have, with --tls; the host by default')
    .option('--insecure', 'takes any certificate, with --tls')
    .option('--no-failed-logins', 'leave out logins that are to fail, which a server may ban an address for')
    .option('--json', 'the result as JSON')
    .action(conformance);
}

async function conformance(options: ConformanceOptions): Promise<void> {
  const { ami, user, secretFile, failedLogins, json } = options;
  const runtime = nodeRuntime();
  const tls = tlsOf(options);
  const connect = (): Promise<Link> => connectTcp({ ...ami, clock: runtime.clock, ...(tls && { tls }) });
  const tested: Tested = { connect, runtime, user, secret: readSecret(secretFile), timeoutMs: TIMEOUT_MS };
  const banner = await bannerOf(tested).catch((error: unknown) => Promise.reject(withHint(error)));
  const results: (CaseResult & { readonly theme: string })[] = [];
  for (const [theme, cases] of CONFORMANCE_THEMES) {
    if (json !== true) process.stdout.write(`${theme}\n`);
    for (const one of cases.filter((each) => failedLogins || each.failsToLogIn !== true)) {
      const result = { theme, ...(await runCase(one, tested)) };
      results.push(result);
      if (json !== true) process.stdout.write(reportOf(result));
    }
    if (json !== true) process.stdout.write('\n');
  }
  const server = `${ami.host}:${ami.port}, ${banner}`;
  process.stdout.write(json === true ? `${JSON.stringify(results, null, 1)}\n` : summaryOf(results, server));
  if (results.some(({ outcome }) => outcome === 'differs')) process.exitCode = 1;
}

/** @throws CliError `CLI_BAD_OPTION`, `CLI_NO_FILE` */
function tlsOf({ tls, ca, tlsName, insecure }: ConformanceOptions) {
  const option = ca !== undefined ? '--ca' : tlsName !== undefined ? '--tls-name' : insecure && '--insecure';
  if (tls !== true && option) throw new CliError('CLI_BAD_OPTION', `${option} says something of TLS; give --tls too`);
  if (tls !== true) return undefined;
  return {
    ...(ca !== undefined && { ca: readCertificates(ca) }),
    ...(tlsName !== undefined && { servername: tlsName }),
    ...(insecure === true && { rejectUnauthorized: false }),
  };
}

function readCertificates(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new CliError('CLI_NO_FILE', `cannot read ${file}; --ca wants a file with certificates`, { cause });
  }
}

/** The first line that the server sends, for people. @throws AmiError where it can't be reached */
async function bannerOf({ connect, runtime, timeoutMs }: Tested): Promise<string> {
  const client = new CaseClient(await connect(), runtime);
  await client.until(() => client.banner !== undefined, timeoutMs);
  client.drop();
  return JSON.stringify(client.banner?.trim() ?? '(no banner)')
    .slice(1, -1)
    .slice(0, 80);
}

const HINTS: Readonly<Record<TlsFault, string>> = {
  untrusted: 'its certificate is vouched for by nobody that is known here; --ca names who does, --insecure takes any',
  expired: 'its certificate has ended; --insecure takes any',
  'other-name': 'its certificate is for another name; --tls-name says which is right',
  'no-tls': 'there is no TLS at that port; is it the one of tlsbindaddr (5039 in most cases)?',
};

function withHint(error: unknown): unknown {
  const fault = error instanceof AmiError ? tlsFaultOf(error) : undefined;
  if (fault === undefined || !(error instanceof AmiError)) return error;
  return new AmiError(error.code, `${error.message}; ${HINTS[fault]}`, { cause: error });
}
