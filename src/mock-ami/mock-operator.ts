import type { PacedClock } from '../ami/paced-clock.ts';
import type { Clock, Runtime } from '../ami/runtime.ts';
import { type ParsedScenario, parseScenario } from '../scenarios/parse-scenario.ts';
import { type Play, playScenario } from '../scenarios/player.ts';
import type { Scenario, Step } from '../scenarios/types.ts';
import { ActionExpectations } from './action-expectations.ts';
import { MockError } from './mock-error.ts';
import type { SimulatedStage, StageSnapshot } from './simulated-stage.ts';

/** A scenario that was started here. */
export interface StartedPlay extends Play {
  /** Counts from 1. */
  readonly id: number;
  readonly scenario: string;
  /** True where {@link Play.stop} ended it. */
  readonly stopped: boolean;
}

/** What a suite, or a control API, does with a simulated PBX: play, expect, move time, go back. */
export class MockOperator {
  readonly stage: SimulatedStage;
  readonly clock: PacedClock;
  readonly expectations: ActionExpectations;
  readonly #runtime: Pick<Runtime, 'digest' | 'text'>;
  readonly #restoreListeners = new Set<() => void>();
  #plays: StartedPlay[] = [];
  #lastPlay = 0;
  #seed: number;

  /** @param parts.wall what expectations wait by: time that goes on while the PBX's stands */
  constructor(parts: {
    readonly stage: SimulatedStage;
    readonly clock: PacedClock;
    readonly wall: Clock;
    readonly runtime: Pick<Runtime, 'digest' | 'text'>;
  }) {
    this.stage = parts.stage;
    this.clock = parts.clock;
    this.expectations = new ActionExpectations(parts.stage.server.journal, parts.wall);
    this.#runtime = parts.runtime;
    this.#seed = parts.stage.start().seed;
  }

  get seed(): number {
    return this.#seed;
  }

  /** The scenarios that were started since the last reset, oldest first: the newest 1,000, and any that still play. */
  get plays(): readonly StartedPlay[] {
    return this.#plays;
  }

  /**
   * Starts a scenario on the PBX as it is.
   * @param values in place of the scenario's own `with`
   * @throws MockError `MOCK_SCENARIO_NEEDS_START`
   */
  play(played: Scenario | ParsedScenario, values?: Readonly<Record<string, string>>): StartedPlay {
    const parsed = 'positionOf' in played ? played : undefined;
    const scenario = parsed?.scenario ?? (played as Scenario);
    if (scenario.config !== undefined || scenario.given?.mailboxes !== undefined) {
      const message = `scenario ${scenario.scenario} changes the configuration or mailboxes before the start; start the PBX with those ('changes', 'mailboxes') and leave them out of the scenario`;
      throw new MockError('MOCK_SCENARIO_NEEDS_START', message);
    }
    const play = playScenario(scenario, this.stage, {
      runtime: this.#runtime,
      ...(values === undefined ? {} : { values }),
      ...(parsed === undefined ? {} : { parsed }),
    });
    const started = startedPlay(play, ++this.#lastPlay, scenario.scenario);
    this.#plays.push(started);
    if (this.#plays.length > MAX_PLAYS) this.#forgetOldest();
    return started;
  }

  /**
   * Does what sentences of the scenario language say, one after the other; nobody logs in for it.
   * @throws ScenarioError where one is wrong
   */
  perform(sentences: readonly string[]): StartedPlay {
    const lines = sentences.map((sentence) => `  - ${sentence.replace(/[\r\n]+/g, ' ')}\n`);
    const parsed = parseScenario(`steps:\n${lines.join('')}scenario: steps\n`, 'steps');
    const { scenario, positionOf } = parsed;
    const steps = scenario.steps.some(isOfClient) ? scenario.steps : [AWAY, ...scenario.steps];
    return this.play({ ...parsed, scenario: { ...scenario, steps }, positionOf });
  }

  /**
   * Lets time pass at once until no call is up and no scenario plays.
   * @returns false where that is not so within `atMostMs` of the PBX's time
   */
  runUntilIdle(atMostMs: number): boolean {
    const isIdle = (): boolean =>
      this.stage.simulation.channels().length === 0 && this.#plays.every(({ ended }) => ended);
    return this.clock.runUntil(isIdle, atMostMs);
  }

  /** Called when the PBX has gone back: a restore, a reset. Returns how to stop that. */
  onRestored(listener: () => void): () => void {
    this.#restoreListeners.add(listener);
    return () => this.#restoreListeners.delete(listener);
  }

  /** @throws StageError `STAGE_NOT_POSSIBLE` while the PBX is down or on its way */
  snapshot(): StageSnapshot {
    return this.stage.snapshot();
  }

  /**
   * Goes on from a snapshot, its time and its seed too. Scenarios are stopped, AMI connections cut, faults ended, journal and
   * expectations forgotten.
   */
  restore(snapshot: StageSnapshot): void {
    for (const play of this.#plays) play.stop();
    this.#plays = [];
    this.#lastPlay = 0;
    this.expectations.clear();
    this.clock.set(snapshot.atMs);
    this.stage.restore(snapshot);
    this.#seed = snapshot.seed;
    for (const listener of this.#restoreListeners) listener();
  }

  /** As it was when it came up, or would have been with another seed. */
  reset(options: { readonly seed?: number } = {}): void {
    this.restore(this.stage.start(options.seed));
  }

  /** Stops what plays, and ends the simulation. */
  close(): void {
    for (const play of this.#plays) play.stop();
    this.expectations.clear();
    this.#restoreListeners.clear();
    this.stage.dispose();
  }

  #forgetOldest(): void {
    const oldest = this.#plays.findIndex(({ ended }) => ended);
    if (oldest >= 0) this.#plays.splice(oldest, 1);
  }
}

const MAX_PLAYS = 1000;

const AWAY: Step = { do: 'stays-away', client: 'admin' };

function isOfClient(step: Step): boolean {
  return 'client' in step || ('steps' in step && step.steps.some(isOfClient));
}

/** Lets go of the play, and all that its clients have heard, when it has ended. */
function startedPlay(play: Play, id: number, scenario: string): StartedPlay {
  let running: Play | undefined = play;
  let failure: unknown;
  let stopped = false;
  const { done } = play;
  const end = (): void => {
    failure = running?.failure;
    running = undefined;
  };
  done.then(end, end);
  return {
    id,
    scenario,
    done,
    get ended() {
      return running?.ended ?? true;
    },
    get failure() {
      return running?.failure ?? failure;
    },
    get stopped() {
      return stopped;
    },
    stop() {
      if (running === undefined || running.ended) return;
      stopped = true;
      running.stop();
    },
  };
}
