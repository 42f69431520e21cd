import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../dist/cli/main.node.js', import.meta.url));
const PATIENCE_MS = 20_000;

/** A running `asterclick demo`. */
export interface Demo {
  /** Where the page is. */
  readonly url: string;
  /** Presses Ctrl-C; gives the exit status. */
  stop(): Promise<number | null>;
}

/** Starts the command that was built, on free ports; without `--quiet` the office would press keys too. */
export async function startDemo(...options: readonly string[]): Promise<Demo> {
  const child = spawn(process.execPath, [MAIN, 'demo', ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  const complaints: string[] = [];
  child.stderr.on('data', (chunk) => complaints.push(String(chunk)));
  const url = await firstUrl(child).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw new Error(`the demo did not start: ${complaints.join('')}`, { cause: error });
  });
  return { url, stop: () => stop(child) };
}

async function firstUrl(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('it has no output');
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const url = /https?:\/\/\S+/.exec(line)?.[0];
      if (url !== undefined) return url;
    }
  } finally {
    clearTimeout(timer);
  }
  throw new Error('it ended without an address');
}

async function stop(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null) {
    const exit = once(child, 'exit');
    child.kill('SIGINT');
    const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    await exit;
    clearTimeout(timer);
  }
  return child.exitCode;
}
