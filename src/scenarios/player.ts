import type { Runtime } from '../ami/runtime.ts';
import type { ParsedScenario } from './parse-scenario.ts';
import { leave, logInAs } from './play/play-client-step.ts';
import { PlayContext } from './play/play-context.ts';
import { playSteps, type StepWatcher } from './play/play-steps.ts';
import { pause, runTask, type Task } from './play/task.ts';
import type { Stage } from './stage.ts';
import type { TraceRecorder } from './trace-recorder.ts';
import type { Scenario, Step } from './types.ts';

/** The client that is there unless the scenario says otherwise: all events on. */
const ADMIN = 'admin';
const BEFORE_LOGOFF_MS = 1000;
const BETWEEN_LOGOFFS_MS = 150;

export interface PlayOptions {
  readonly runtime: Pick<Runtime, 'digest' | 'text'>;
  /** In place of the scenario's own `with`. */
  readonly values?: Readonly<Record<string, string>>;
  /** Hears all sessions, and is told the steps. */
  readonly recorder?: TraceRecorder;
  /** Called as each step begins that is no wait. */
  readonly onStep?: (step: Step, description: string) => void;
  /** Where the scenario was read from, so that failures tell the line. */
  readonly parsed?: Pick<ParsedScenario, 'file' | 'positionOf'>;
}

/** A scenario being played. */
export interface Play {
  readonly ended: boolean;
  /** Why it ended before its time: a ScenarioError `SCENARIO_FAILED`, or a fault of the program. */
  readonly failure: unknown;
  /** Ends it now: connections are cut, what the phones do stays as it is. */
  stop(): void;
  /** Settles when it has ended; rejects with `failure`. */
  readonly done: Promise<void>;
}

/**
 * Plays a scenario on a stage, on the stage's clock. `admin` logs in before the first step unless the scenario says how it
 * connects or that it stays away (after the PBX went down in the scenario that is a second login). One second after the last
 * step whoever is still connected leaves, one after the other, with a Logoff where it had logged in.
 */
export function playScenario(scenario: Scenario, stage: Stage, options: PlayOptions): Play {
  const context = new PlayContext(stage, scenario, {
    runtime: options.runtime,
    ...(options.values === undefined ? {} : { values: options.values }),
    ...(options.recorder === undefined ? {} : { recorder: options.recorder }),
  });
  const play = { ended: false, failure: undefined as unknown };
  let settle: () => void = () => undefined;
  const done = new Promise<void>((resolve, reject) => {
    settle = () => (play.failure === undefined ? resolve() : reject(play.failure));
  });
  // Who looks at `failure` need not look at `done` too.
  done.catch(() => undefined);
  const end = (failure?: unknown): void => {
    play.ended = true;
    play.failure = failure;
    if (failure !== undefined) for (const client of context.clients.values()) client.drop();
    settle();
  };
  const cancel = runTask(performance(scenario, context, watcherOf(options)), end);
  return {
    get ended() {
      return play.ended;
    },
    get failure() {
      return play.failure;
    },
    stop: () => {
      if (play.ended) return;
      cancel();
      for (const client of context.clients.values()) client.drop();
      end();
    },
    done,
  };
}

function* performance(scenario: Scenario, context: PlayContext, watcher: StepWatcher): Task {
  if (adminLogsInFirst(scenario.steps)) yield* logInAs(context.client(ADMIN), ADMIN, context);
  yield* playSteps(scenario.steps, context, watcher);
  yield* leaveAll(context);
}

/** Whoever is still there goes, in the order in which they came. */
function* leaveAll(context: PlayContext): Task {
  let waitMs = BEFORE_LOGOFF_MS;
  for (const client of context.clients.values()) {
    if (!client.open) continue;
    yield* pause(context.clock, waitMs);
    if (client.open) yield* leave(client, context);
    waitMs = BETWEEN_LOGOFFS_MS;
  }
}

/** Whether the scenario leaves it to the player to log `admin` in. */
export function adminLogsInFirst(steps: readonly Step[]): boolean {
  for (const step of flattened(steps)) {
    if (step.do === 'pbx-restarts' || step.do === 'pbx-stops' || step.do === 'pbx-is-killed') return true;
    if ('client' in step && step.client === ADMIN) {
      return step.do !== 'client-connects' && step.do !== 'stays-away' && step.do !== 'log-in';
    }
  }
  return true;
}

function* flattened(steps: readonly Step[]): Generator<Step> {
  for (const step of steps) {
    yield step;
    if ('steps' in step) yield* flattened(step.steps);
  }
}

function watcherOf(options: PlayOptions): StepWatcher {
  return {
    began: (step, description) => {
      if (!('client' in step)) options.recorder?.noteStep(description);
      options.onStep?.(step, description);
    },
    placeOf: (step) => {
      const at = options.parsed?.positionOf(step);
      return {
        ...(options.parsed === undefined ? {} : { file: options.parsed.file }),
        ...(at === undefined ? {} : { at }),
      };
    },
  };
}
