import { readFileSync } from 'node:fs';
import { nodeRuntime } from '../ami/runtime.node.ts';
import type { Clock, Runtime } from '../ami/runtime.ts';
import { scaledClock } from '../ami/scaled-clock.ts';
import { SeededRandom } from '../ami/seeded-random.ts';
import { libraryScenario } from '../scenarios/library.ts';
import { type ParsedScenario, parseScenario } from '../scenarios/parse-scenario.ts';
import { playScenario } from '../scenarios/player.ts';
import type { StagePbx, StagePhone } from '../scenarios/stage.ts';
import type { Scenario } from '../scenarios/types.ts';
import { ActionExpectations, type ExpectedHeaders } from './action-expectations.ts';
import type { ActionJournal, JournalEntry } from './actions/journal.ts';
import { loadConfig } from './config/load-config.node.ts';
import type { ConfigOverlay } from './config/overlay.ts';
import type { ConfigFiles } from './config/pbx-config.ts';
import { smallOffice } from './config/small-office.ts';
import { type ControlListener, type ControlListenerOptions, listenControl } from './control/control-server.node.ts';
import { ControlServer } from './control/control-server.ts';
import type { GivenValues } from './faults/fault-values.ts';
import type { Faults } from './faults/faults.ts';
import { MockError } from './mock-error.ts';
import { type AmiListener, listenAmi } from './server/ami-listener.node.ts';
import { createStage, type SimulatedStage } from './simulated-stage.ts';

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
  /** Time; real by default. */
  readonly clock?: Clock;
  /** How many times as fast as `clock` the PBX's time runs; 1 by default. */
  readonly speed?: number;
  /** Phones that are registered at the start; all that can register by default. */
  readonly registered?: readonly string[];
  /** New messages in each mailbox at the start, by `1003@default`. */
  readonly mailboxes?: Readonly<Record<string, number>>;
  /** Faults that are there from the start, by name, with values of their parameters: `{'delay-writes': {by: '50ms'}}`. */
  readonly faults?: Readonly<Record<string, GivenValues>>;
  /** Serve the phones over WebSocket too. */
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
  readonly #runtime: Runtime;
  readonly #listener: AmiListener;
  readonly #expectations: ActionExpectations;

  private constructor(parts: {
    readonly stage: SimulatedStage;
    readonly runtime: Runtime;
    readonly listener: AmiListener;
    readonly control: ControlListener | undefined;
  }) {
    this.stage = parts.stage;
    this.host = parts.listener.host;
    this.port = parts.listener.port;
    this.control = parts.control;
    this.#runtime = parts.runtime;
    this.#listener = parts.listener;
    this.#expectations = new ActionExpectations(parts.stage.server.journal, parts.runtime.clock);
  }

  /**
   * Starts a PBX and opens its port.
   * @throws ConfigError where the folder can't be read; AmiError `AMI_LISTEN_FAILED`
   */
  static async listen(options: MockPbxOptions = {}): Promise<MockPbx> {
    const runtime = runtimeFor(options);
    const stage = createStage({
      runtime,
      files: filesOf(options.config),
      ...(options.seed === undefined ? {} : { seed: options.seed }),
      ...(options.changes === undefined ? {} : { config: options.changes }),
      ...(options.registered === undefined ? {} : { registered: options.registered }),
      ...(options.mailboxes === undefined ? {} : { mailboxes: options.mailboxes }),
    });
    let listener: AmiListener | undefined;
    try {
      for (const [name, values] of Object.entries(options.faults ?? {})) stage.faults.set(name, values);
      const { port = 0, host } = options;
      listener = await listenAmi(stage.server, { port, ...(host === undefined ? {} : { host }) });
      const control =
        options.control === undefined ? undefined : await listenControl(new ControlServer(stage), options.control);
      return new MockPbx({ stage, runtime, listener, control });
    } catch (error) {
      await listener?.close();
      stage.dispose();
      throw error;
    }
  }

  /** Every action received, by whom, and how it was answered. */
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

  /** @throws StageError `STAGE_UNKNOWN_PHONE` */
  phone(name: string): StagePhone {
    return this.stage.phone(name);
  }

  /**
   * Plays a scenario: a name of the library, a YAML file, or one that was built; resolves when it has ended.
   * @throws ScenarioError where there is none, it is wrong, or a step fails; MockError `MOCK_SCENARIO_NEEDS_START`
   */
  async play(scenario: string | Scenario, options: MockPlayOptions = {}): Promise<void> {
    const parsed = typeof scenario === 'string' ? scenarioNamed(scenario) : undefined;
    const played = parsed?.scenario ?? (scenario as Scenario);
    if (played.config !== undefined || played.given?.mailboxes !== undefined) {
      const message = `scenario ${played.scenario} changes the configuration or mailboxes before the start; give MockPbx.listen 'changes' or 'mailboxes' and leave them out of the scenario`;
      throw new MockError('MOCK_SCENARIO_NEEDS_START', message);
    }
    await playScenario(played, this.stage, {
      runtime: this.#runtime,
      ...(options.values === undefined ? {} : { values: options.values }),
      ...(parsed === undefined ? {} : { parsed }),
    }).done;
  }

  /**
   * Resolves with the first such action that no other expectation has taken, come already or to come.
   * @throws MockError `MOCK_ACTION_MISSING` where it does not come within 5 s
   */
  expectAction(
    action: string,
    headers?: ExpectedHeaders,
    options?: { readonly within?: number },
  ): Promise<JournalEntry> {
    return this.#expectations.expect(action, headers, options);
  }

  /**
   * Says whether every expected action came, and no other that changes the PBX.
   * @throws MockError `MOCK_ACTION_MISSING`, `MOCK_ACTION_UNEXPECTED`
   */
  assertDone(): void {
    this.#expectations.assertDone();
  }

  /** Cuts every connection and closes the ports. */
  async close(): Promise<void> {
    this.stage.dispose();
    await this.control?.close();
    await this.#listener.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

function runtimeFor({ clock, speed, seed = 1 }: MockPbxOptions): Runtime {
  const runtime = nodeRuntime({ random: new SeededRandom(seed), ...(clock === undefined ? {} : { clock }) });
  return speed === undefined ? runtime : { ...runtime, clock: scaledClock(runtime.clock, speed) };
}

function filesOf(config: string | ConfigFiles = smallOffice): ConfigFiles {
  return typeof config === 'string' ? loadConfig(config) : config;
}

function scenarioNamed(name: string): ParsedScenario {
  return /\.ya?ml$/.test(name) ? parseScenario(readFileSync(name, 'utf8'), name) : libraryScenario(name);
}
