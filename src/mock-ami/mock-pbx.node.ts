import { readFileSync } from 'node:fs';
import { PacedClock } from '../ami/paced-clock.ts';
import { nodeRuntime } from '../ami/runtime.node.ts';
import type { Clock, Runtime } from '../ami/runtime.ts';
import { SeededRandom } from '../ami/seeded-random.ts';
import { libraryScenario } from '../scenarios/library.ts';
import { type ParsedScenario, parseScenario } from '../scenarios/parse-scenario.ts';
import type { StagePbx } from '../scenarios/stage.ts';
import type { Scenario } from '../scenarios/types.ts';
import type { ExpectedHeaders } from './action-expectations.ts';
import type { ActionJournal, JournalEntry } from './actions/journal.ts';
import type { JournalBounds } from './actions/journal-bounds.ts';
import type { AsteriskProfile } from './catalog/asterisk-profile.ts';
import { loadConfig } from './config/load-config.node.ts';
import type { ConfigOverlay } from './config/overlay.ts';
import type { ConfigFiles } from './config/pbx-config.ts';
import { smallOffice } from './config/small-office.ts';
import type { ControlListener, ControlListenerOptions } from './control/control-server.node.ts';
import type { GivenValues } from './faults/fault-values.ts';
import type { Faults } from './faults/faults.ts';
import { MockOperator } from './mock-operator.ts';
import { MockPhone } from './mock-phone.ts';
import { type AmiListener, listenAmi } from './server/ami-listener.node.ts';
import { createStage, type SimulatedStage, type StageSnapshot } from './simulated-stage.ts';

export interface MockPbxOptions {
  /** Of the manager interface; 0, the default, for any free one. */
  readonly port?: number;
  /** `127.0.0.1` by default. */
  readonly host?: string;
  /** A folder with Asterisk's configuration files, or the files by name; the built-in small office by default. */
  readonly config?: string | ConfigFiles;
  /** Laid over the configuration: `{'manager.conf': {general: {timestampevents: 'yes'}}}`. */
  readonly changes?: ConfigOverlay;
  /** Of chance; 1 by default. The same seed and the same commands give the same bytes. */
  readonly seed?: number;
  /** Which Asterisk it is; 22 by default. */
  readonly profile?: AsteriskProfile;
  /** Time; real by default. */
  readonly clock?: Clock;
  /** How many times as fast as `clock` the PBX's time runs; 1 by default; 0: it stands until it is moved. */
  readonly speed?: number;
  /** Phones that are registered at the start; all that can register by default. */
  readonly registered?: readonly string[];
  /** New messages in each mailbox at the start, by `1003@default`. */
  readonly mailboxes?: Readonly<Record<string, number>>;
  /** Faults that are there from the start, by name, with values of their parameters: `{'delay-writes': {by: '50ms'}}`. */
  readonly faults?: Readonly<Record<string, GivenValues>>;
  /** How much {@link MockPbx.journal} keeps; 100,000 actions and 64 MiB of them by default. */
  readonly journal?: Partial<JournalBounds>;
  /** Serve the control API too: HTTP, and the phones over WebSocket. */
  readonly control?: ControlListenerOptions;
}

export interface MockPlayOptions {
  /** In place of the scenario's own `with`. */
  readonly values?: Readonly<Record<string, string>>;
}

/** A simulated Asterisk that listens for AMI over TCP. */
export class MockPbx implements AsyncDisposable {
  /** The simulation itself, for what this class does not show. */
  readonly stage: SimulatedStage;
  readonly host: string;
  readonly port: number;
  /** Absent unless it was asked for. */
  readonly control: ControlListener | undefined;
  readonly #operator: MockOperator;
  readonly #listener: AmiListener;
  readonly #options: MockPbxOptions;

  private constructor(parts: {
    readonly operator: MockOperator;
    readonly listener: AmiListener;
    readonly control: ControlListener | undefined;
    readonly options: MockPbxOptions;
  }) {
    this.stage = parts.operator.stage;
    this.host = parts.listener.host;
    this.port = parts.listener.port;
    this.control = parts.control;
    this.#operator = parts.operator;
    this.#listener = parts.listener;
    this.#options = parts.options;
  }

  /**
   * Starts a PBX and opens its port.
   * @throws ConfigError where the folder can't be read; AmiError `AMI_LISTEN_FAILED`; ControlError `CONTROL_NEEDS_TOKEN`
   */
  static async listen(options: MockPbxOptions = {}): Promise<MockPbx> {
    const operator = createOperator(options);
    const { stage } = operator;
    let listener: AmiListener | undefined;
    try {
      for (const [name, values] of Object.entries(options.faults ?? {})) stage.faults.set(name, values);
      const { port = 0, host } = options;
      listener = await listenAmi(stage.server, { port, ...(host === undefined ? {} : { host }) });
      const control = await listenForControl(operator, listener, options);
      return new MockPbx({ operator, listener, control, options });
    } catch (error) {
      await listener?.close();
      operator.close();
      throw error;
    }
  }

  /** Every action received, by whom, and how it was answered; the newest of them, where they were very many. */
  get journal(): ActionJournal {
    return this.stage.server.journal;
  }

  /** The power switch, and the configuration. */
  get power(): StagePbx {
    return this.stage.pbx;
  }

  /** What goes wrong on the way between clients and the PBX: `pbx.faults.set('delay-writes', { by: '50ms' })`. */
  get faults(): Faults {
    return this.stage.faults;
  }

  /** The PBX's time: `pbx.clock.speed = 20`, `pbx.clock.advance(30_000)`. */
  get clock(): PacedClock {
    return this.#operator.clock;
  }

  /** Of chance. */
  get seed(): number {
    return this.#operator.seed;
  }

  /** @throws StageError `STAGE_UNKNOWN_PHONE` */
  phone(name: string): MockPhone {
    return new MockPhone(this.stage.phone(name));
  }

  /**
   * Plays a scenario: a name of the library, a YAML file, or one that was built; resolves when it has ended.
   * @throws ScenarioError where there is none, it is wrong, or a step fails; MockError `MOCK_SCENARIO_NEEDS_START`
   */
  async play(scenario: string | Scenario, options: MockPlayOptions = {}): Promise<void> {
    const played = typeof scenario === 'string' ? scenarioNamed(scenario) : scenario;
    await this.#operator.play(played, options.values).done;
  }

  /**
   * Does what sentences of the scenario language say, one after the other: `await pbx.perform('1001 dials 1002', 'wait 1s')`.
   * @throws ScenarioError where one is wrong, or could not be done
   */
  async perform(...sentences: readonly string[]): Promise<void> {
    await this.#operator.perform(sentences).done;
  }

  /**
   * Resolves with the first such action that no other expectation has taken, come already or to come.
   * @throws MockError `MOCK_ACTION_MISSING` where it does not come within 5 s, with the action that came nearest
   */
  expectAction(
    action: string,
    headers?: ExpectedHeaders,
    options?: { readonly within?: number },
  ): Promise<JournalEntry> {
    return this.#operator.expectations.expect(action, headers, options);
  }

  /**
   * Says whether every expected action came, and no other that changes the PBX.
   * @throws MockError `MOCK_ACTION_MISSING`, `MOCK_ACTION_UNEXPECTED`
   */
  assertDone(): void {
    this.#operator.expectations.assertDone();
  }

  /**
   * Lets time pass at once until no call is up and no scenario plays.
   * @param atMostMs of the PBX's time; an hour by default
   * @returns false where that was not enough
   */
  runUntilIdle(atMostMs = 3_600_000): boolean {
    return this.#operator.runUntilIdle(atMostMs);
  }

  /**
   * The PBX as it is now, calls and all, for {@link restore} and {@link fork}.
   * @throws StageError `STAGE_NOT_POSSIBLE` while the PBX is down or on its way
   */
  snapshot(): StageSnapshot {
    return this.#operator.snapshot();
  }

  /**
   * Goes on from a snapshot: its state, time and seed. AMI connections are cut, scenarios stopped, faults ended; journal and
   * expectations are forgotten.
   */
  restore(snapshot: StageSnapshot): void {
    this.#operator.restore(snapshot);
  }

  /** As it was when it came up, or would have been with another seed; see {@link restore} for what ends. The ports stay. */
  reset(options: { readonly seed?: number } = {}): void {
    this.#operator.reset(options);
  }

  /**
   * Another PBX on a port of its own that goes on from here, or from a snapshot of this one.
   * @throws as {@link listen} and {@link snapshot} do
   */
  async fork(snapshot: StageSnapshot = this.snapshot()): Promise<MockPbx> {
    return forkOf(this.#options, snapshot);
  }

  /** Cuts every connection and closes the ports. */
  async close(): Promise<void> {
    this.#operator.close();
    await this.control?.close();
    await this.#listener.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

function createOperator(options: MockPbxOptions): MockOperator {
  const {
    clock: wall = nodeRuntime().clock,
    speed,
    seed = 1,
    profile,
    config,
    changes,
    registered,
    mailboxes,
    journal,
  } = options;
  const clock = new PacedClock(wall, speed);
  const runtime: Runtime = nodeRuntime({ random: new SeededRandom(seed), clock });
  const stage = createStage({
    runtime,
    files: filesOf(config),
    seed,
    ...(profile === undefined ? {} : { profile }),
    ...(changes === undefined ? {} : { config: changes }),
    ...(registered === undefined ? {} : { registered }),
    ...(mailboxes === undefined ? {} : { mailboxes }),
    ...(journal === undefined ? {} : { journal }),
  });
  return new MockOperator({ stage, clock, wall, runtime });
}

async function listenForControl(
  operator: MockOperator,
  ami: AmiListener,
  options: MockPbxOptions,
): Promise<ControlListener | undefined> {
  if (options.control === undefined) return undefined;
  // Only where it is wanted: a suite that starts a PBX should not wait for what checks requests.
  const [{ ControlApi }, { ControlServer }, { listenControl }] = await Promise.all([
    import('./control/api/control-api.ts'),
    import('./control/control-server.ts'),
    import('./control/control-server.node.ts'),
  ]);
  const api = new ControlApi({
    operator,
    wall: options.clock ?? nodeRuntime().clock,
    ami,
    fork: (snapshot) => forkOf(options, snapshot),
  });
  return await listenControl({ phones: new ControlServer(operator.stage, api), api }, options.control);
}

async function forkOf(options: MockPbxOptions, snapshot: StageSnapshot): Promise<MockPbx> {
  const { control: _control, port: _port, faults: _faults, ...others } = options;
  const fork = await MockPbx.listen(others);
  fork.restore(snapshot);
  return fork;
}

function filesOf(config: string | ConfigFiles = smallOffice): ConfigFiles {
  return typeof config === 'string' ? loadConfig(config) : config;
}

function scenarioNamed(name: string): ParsedScenario {
  return /\.ya?ml$/.test(name) ? parseScenario(readFileSync(name, 'utf8'), name) : libraryScenario(name);
}
