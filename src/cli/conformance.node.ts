import { Command } from 'commander';
import { nodeRuntime } from '../ami/runtime.node.ts';
import { connectTcp } from '../ami/tcp-link.node.ts';
import { type HostPort, hostPortOption } from '../mock-ami/command/options.node.ts';
import { CONFORMANCE_CASES } from './conformance/cases.ts';
import { type CaseResult, runCase } from './conformance/run-case.ts';
import { readSecret } from './read-secret.node.ts';

interface ConformanceOptions {
  readonly ami: HostPort;
  readonly user: string;
  readonly secretFile: string;
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
    .option('--no-failed-logins', 'leave out logins that are to fail, which a server may ban an address for')
    .option('--json', 'the result as JSON')
    .action(conformance);
}

async function conformance({ ami, user, secretFile, failedLogins, json }: ConformanceOptions): Promise<void> {
  const runtime = nodeRuntime();
  const tested = {
    connect: () => connectTcp({ ...ami, clock: runtime.clock }),
    runtime,
    user,
    secret: readSecret(secretFile),
    timeoutMs: TIMEOUT_MS,
  };
  const results: CaseResult[] = [];
  for (const one of CONFORMANCE_CASES.filter((each) => failedLogins || each.failsToLogIn !== true)) {
    const result = await runCase(one, tested);
    results.push(result);
    if (json !== true) process.stdout.write(lines(result));
  }
  const count = (outcome: CaseResult['outcome']): number => results.filter((each) => each.outcome === outcome).length;
  if (json === true) process.stdout.write(`${JSON.stringify(results, null, 1)}\n`);
  else process.stdout.write(`${count('passed')} passed, ${count('differs')} differ, ${count('skipped')} skipped\n`);
  if (count('differs') > 0) process.exitCode = 1;
}

function lines({ name, rule, source, outcome, expected, got }: CaseResult): string {
  if (outcome === 'passed') return `passed   ${name}\n`;
  if (outcome === 'skipped') return `skipped  ${name}: the user may not do that, or the server has no such action\n`;
  const shown = (texts: readonly string[]): string => texts.map((text) => `    ${printable(text)}\n`).join('');
  return `differs  ${name}: ${rule} (${source})\n  expected\n${shown(expected)}  got\n${shown(got)}`;
}

/** On one line, not too long, nothing in it that a terminal would act on. */
function printable(text: string): string {
  const plain = JSON.stringify(text).slice(1, -1);
  return plain.length > 300 ? `${plain.slice(0, 300)}...` : plain;
}
