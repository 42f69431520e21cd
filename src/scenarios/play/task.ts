import type { Clock } from '../../ami/runtime.ts';

/**
 * Work that waits now and then, as a generator: what it yields starts a wait and gets a function that ends it. Unlike promises
 * it goes on in the very call that ends the wait, so that a hand-moved clock plays it without a turn of any event loop.
 */
export type Task<Result = void> = Generator<Wait, Result, void>;

/** Starts waiting; `resume` is called at most once. Returns what calls the wait off. */
export type Wait = (resume: () => void) => () => void;

/** Runs a task to its end; the result stops it where it waits. */
export function runTask(task: Task, ended: (error?: unknown) => void): () => void {
  let callOff: (() => void) | undefined;
  let state: 'running' | 'waiting' | 'over' = 'waiting';
  const finish = (error?: unknown): void => {
    state = 'over';
    ended(error);
  };
  /** Starts the wait; tells whether it ended at once. */
  const endsAtOnce = (wait: Wait): boolean => {
    let starting = true;
    let ends = false;
    const cancel = wait(() => {
      callOff = undefined;
      if (starting) ends = true;
      else goOn();
    });
    starting = false;
    if (!ends) callOff = cancel;
    return ends;
  };
  const goOn = (): void => {
    if (state === 'over') return;
    state = 'running';
    try {
      for (let next = task.next(); ; next = task.next()) {
        if (isOver()) return;
        if (next.done === true) {
          finish();
          return;
        }
        state = 'waiting';
        if (!endsAtOnce(next.value)) return;
        state = 'running';
      }
    } catch (error) {
      if (!isOver()) finish(error);
    }
  };
  const isOver = (): boolean => state === 'over';
  goOn();
  return () => {
    if (state === 'over') return;
    const idle = state === 'waiting';
    state = 'over';
    callOff?.();
    if (idle) task.return();
  };
}

/** Something that happened; those who wait look whether it is what they wait for. */
export class Signal {
  readonly #waiting = new Set<() => void>();

  notify(): void {
    for (const resume of [...this.#waiting]) resume();
  }

  wait(resume: () => void): () => void {
    const once = (): void => {
      this.#waiting.delete(once);
      resume();
    };
    this.#waiting.add(once);
    return () => this.#waiting.delete(once);
  }
}

export function* pause(clock: Clock, ms: number): Task {
  yield (resume) => {
    const timer = clock.setTimer(ms, resume);
    return () => timer.cancel();
  };
}

/**
 * Waits until `test` is true, for `limitMs` at most; tells whether it is. Looks whenever the signal tells, and every `everyMs` where
 * nothing tells of a change.
 */
export function* until(
  test: () => boolean,
  { clock, signal, limitMs, everyMs }: { clock: Clock; signal: Signal; limitMs: number; everyMs?: number },
): Task<boolean> {
  const endMs = clock.now() + limitMs;
  while (!test()) {
    const leftMs = endMs - clock.now();
    if (leftMs <= 0) return false;
    yield (resume) => {
      const timer = clock.setTimer(Math.min(leftMs, everyMs ?? leftMs), () => {
        cancel();
        resume();
      });
      const cancel = signal.wait(() => {
        timer.cancel();
        resume();
      });
      return () => {
        timer.cancel();
        cancel();
      };
    };
  }
  return true;
}

/** All begin now; ends when the last has ended, or fails as soon as one fails. */
export function* together(tasks: readonly Task[]): Task {
  const failures: unknown[] = [];
  let running = tasks.length;
  const signal = new Signal();
  const stops = tasks.map((task) =>
    runTask(task, (error) => {
      running--;
      if (error !== undefined) failures.push(error);
      signal.notify();
    }),
  );
  try {
    while (running > 0 && failures.length === 0) yield (resume) => signal.wait(resume);
  } finally {
    for (const stop of stops) stop();
  }
  if (failures.length > 0) throw failures[0];
}
