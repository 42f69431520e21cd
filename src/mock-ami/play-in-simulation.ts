import { ManualClock } from '../ami/manual-clock.ts';
import type { Runtime } from '../ami/runtime.ts';
import { SeededRandom } from '../ami/seeded-random.ts';
import type { ParsedScenario } from '../scenarios/parse-scenario.ts';
import { type Play, playScenario } from '../scenarios/player.ts';
import { ScenarioError } from '../scenarios/scenario-error.ts';
import type { Trace } from '../scenarios/trace.ts';
import { TraceRecorder } from '../scenarios/trace-recorder.ts';
import type { Scenario, Step } from '../scenarios/types.ts';
import type { AsteriskProfile } from './catalog/asterisk-profile.ts';
import { createStage, type SimulatedStage, type StageOptions } from './simulated-stage.ts';

export interface SimulationOptions {
  readonly runtime: Runtime;
  /** Asterisk's configuration files by name. */
  readonly files: ReadonlyMap<string, string>;
  /** 1 by default. */
  readonly seed?: number;
  /** Which Asterisk it is; 22 by default. */
  readonly profile?: AsteriskProfile;
  /** In place of the scenario's own `with`. */
  readonly values?: Readonly<Record<string, string>>;
  /** Called as each step begins that is no wait. */
  readonly onStep?: (description: string) => void;
}

export interface Performance {
  readonly stage: SimulatedStage;
  readonly play: Play;
  /** What was heard until now. */
  trace(): Trace;
}

type Played = Pick<ParsedScenario, 'scenario'> & Partial<Pick<ParsedScenario, 'file' | 'positionOf'>>;

/**
 * Sets up a simulated PBX as the scenario's `given` and `config` ask, plays the scenario on it and records all AMI sessions.
 * @throws ConfigError
 */
export function playInSimulation(played: Played, options: SimulationOptions): Performance {
  const { scenario, file, positionOf } = played;
  const { runtime } = options;
  const stage = stageFor(scenario, options);
  const recorder = new TraceRecorder(runtime.clock, runtime.text);
  const { onStep } = options;
  const play = playScenario(scenario, stage, {
    runtime,
    recorder,
    ...(options.values === undefined ? {} : { values: options.values }),
    ...(file === undefined || positionOf === undefined ? {} : { parsed: { file, positionOf } }),
    ...(onStep === undefined ? {} : { onStep: (_step: Step, description: string) => onStep(description) }),
  });
  const header = { scenario: scenario.scenario, description: scenario.about ?? '' };
  return { stage, play, trace: () => recorder.trace(header) };
}

export type InstantOptions = Omit<SimulationOptions, 'runtime'> & {
  readonly runtime: Pick<Runtime, 'digest' | 'text'>;
};

/**
 * The same, on a clock of its own that does not wait, to its end: the same scenario, files and seed give the same trace, byte
 * for byte. Where a step failed, `play.failure` says so, and the trace goes until then.
 */
export function playInstantly(played: Played, options: InstantOptions): Performance {
  const clock = new ManualClock();
  const { digest, text } = options.runtime;
  const runtime: Runtime = { clock, random: new SeededRandom(options.seed ?? 1), digest, text };
  const performance = playInSimulation(played, { ...options, runtime });
  while (!performance.play.ended) {
    if (!clock.runNext())
      throw new ScenarioError('SCENARIO_FAILED', [{ message: 'nothing is left that could happen' }]);
  }
  return performance;
}

/**
 * Where the scenario does not say which phones are registered, all are that can be, but for those whose first step it is to
 * register.
 */
export function stageFor(scenario: Scenario, { runtime, files, seed, profile }: SimulationOptions): SimulatedStage {
  const { given, config } = scenario;
  const options: StageOptions = {
    runtime,
    files,
    ...(seed === undefined ? {} : { seed }),
    ...(profile === undefined ? {} : { profile }),
    ...(config === undefined ? {} : { config }),
    ...(given?.phones === undefined ? {} : { registered: given.phones }),
    ...(given?.mailboxes === undefined ? {} : { mailboxes: given.mailboxes }),
    ...(given?.past === undefined ? {} : { past: given.past }),
  };
  const stage = createStage(options);
  const late = given?.phones === undefined ? phonesThatRegister(scenario.steps) : new Set<string>();
  if (late.size === 0) return stage;
  const registered = stage.phoneNames.filter((name) => stage.phone(name).registered && !late.has(name));
  return createStage({ ...options, registered });
}

/** Those whose first step is `registers` or `comes back`. */
function phonesThatRegister(steps: readonly Step[]): ReadonlySet<string> {
  const first = new Map<string, Step['do']>();
  const look = (list: readonly Step[]): void => {
    for (const step of list) {
      if ('steps' in step) look(step.steps);
      else if ('phone' in step && step.do !== 'expect-lamp' && !first.has(step.phone)) first.set(step.phone, step.do);
    }
  };
  look(steps);
  const registers = [...first].filter(([, kind]) => kind === 'register' || kind === 'come-back');
  return new Set(registers.map(([name]) => name));
}
