import { fork } from 'node:child_process';
import { once } from 'node:events';

/** A program of `servers/` in a process of its own, which is asked by messages and answers each with one. */
export interface Child extends AsyncDisposable {
  ask(question: object): Promise<Record<string, number>>;
}

/** Starts one; it may call the garbage collector. */
export function startChild(file: string, ...args: readonly string[]): Child {
  const program = new URL(`servers/${file}`, import.meta.url);
  const child = fork(program, args, { execArgv: ['--import', 'tsx', '--expose-gc'] });
  return {
    async ask(question) {
      const answered = new AbortController();
      const { signal } = answered;
      const answer = once(child, 'message', { signal });
      const ended = once(child, 'exit', { signal }).then(([status]) => {
        throw new Error(`${file} ended with ${status}`);
      });
      child.send(question);
      try {
        const [reply] = await Promise.race([answer, ended]);
        return reply as Record<string, number>;
      } finally {
        answered.abort();
        await Promise.allSettled([answer, ended]);
      }
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null) return;
      child.kill();
      await once(child, 'exit');
    },
  };
}
