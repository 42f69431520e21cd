import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const COMMAND = fileURLToPath(new URL('../src/mock-ami/dist/mock-ami/command/main.node.js', import.meta.url));

/** How long the command net-mock-ami, as it is built, takes until it says that it listens, in milliseconds. */
export function msToListening(): Promise<number> {
  return timed([COMMAND, '--port', '0', '--json'], async (child) => {
    const [line] = await once(child.stdout ?? child, 'data');
    if (!(JSON.parse(String(line)).amiPort > 0)) throw new Error(`net-mock-ami said ${line}`);
  });
}

/** How long a Node program that does nothing takes, in milliseconds. */
export function msOfEmptyProgram(): Promise<number> {
  return timed(['--eval', ''], (child) => once(child, 'exit'));
}

async function timed(args: readonly string[], until: (child: ChildProcess) => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  await until(child);
  const ms = performance.now() - startedMs;
  child.kill();
  await ended;
  return ms;
}
