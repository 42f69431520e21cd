import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { BenchOptions, Question, Row } from '../question.ts';

const PROGRAM = fileURLToPath(new URL('../servers/idle-watch.node.ts', import.meta.url));

export const question: Question = {
  asks: 'What goes over the wire to 100 clients while nothing happens?',
  method: [
    'A hundred clients at once, logged in and at rest, watched one way after the other; PBX, gateway and AJAM server in one process, the AMI',
    'link in memory. Counted at the loopback interface of a network namespace in which nothing else runs, TCP and IP headers and bare',
    'acknowledgements included; where no namespace may be made ("not counted"), at the sockets alone. Bytes at the sockets of AJAM are',
    'those of the polls that ended within the time. The gateway looks for dead browsers by TCP keepalive after 300 s, its default;',
    'the second row shows what that costs, at 20 s so that a minute sees it.',
  ].join('\n'),
  answer,
};

/** Where it is permitted, in a network namespace, else as it is. */
async function answer({ seconds }: BenchOptions): Promise<readonly Row[]> {
  const inNamespace = ['--net', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh', ...program(seconds, 'interface')];
  if (await succeeds('unshare', ['--net', 'sh', '-c', 'ip link set lo up'])) return rowsOf('unshare', inNamespace);
  process.stderr.write('No network namespace may be made here: counted at the sockets alone.\n');
  const [command = '', ...args] = program(seconds, 'sockets');
  return rowsOf(command, args);
}

function program(seconds: number, counted: 'interface' | 'sockets'): readonly string[] {
  return [process.execPath, '--import', 'tsx', PROGRAM, String(seconds), counted];
}

async function succeeds(command: string, args: readonly string[]): Promise<boolean> {
  const child = spawn(command, args, { stdio: 'ignore' });
  const [status] = await Promise.race([once(child, 'exit'), once(child, 'error')]).catch(() => [1]);
  return status === 0;
}

async function rowsOf(command: string, args: readonly string[]): Promise<readonly Row[]> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += chunk;
  });
  const [status] = await once(child, 'close');
  if (status !== 0) throw new Error(`The watch ended with ${status}`);
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);
}
