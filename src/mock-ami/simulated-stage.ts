import type { Link } from '../ami/link.ts';
import { memoryLinks } from '../ami/memory-link.ts';
import type { Clock, Runtime } from '../ami/runtime.ts';
import {
  type ConfigChanges,
  type Stage,
  type StageAction,
  StageError,
  type StagePbx,
  type StagePhone,
} from '../scenarios/stage.ts';
import type { Past } from '../scenarios/types.ts';
import type { JournalBounds } from './actions/journal-bounds.ts';
import type { AsteriskProfile } from './catalog/asterisk-profile.ts';
import type { ConfigWarning } from './config/config-warning.ts';
import { overlayFiles } from './config/overlay.ts';
import { type PbxConfig, readPbxConfig } from './config/pbx-config.ts';
import { copyOf } from './copy-of.ts';
import type { Dialplan } from './dialplan/dialplan.ts';
import { Faults } from './faults/faults.ts';
import { SettableClock } from './faults/settable-clock.ts';
import { createPbx } from './pbx/create-pbx.ts';
import { own } from './pbx/own.ts';
import type { Pbx } from './pbx/pbx.ts';
import { Power } from './pbx/power.ts';
import type { PbxState } from './pbx/state.ts';
import { SimulatedPhone } from './phones/simulated-phone.ts';
import { AmiServer } from './server/ami-server.ts';

export interface StageOptions {
  readonly runtime: Runtime;
  /** Asterisk's configuration files by name: `extensions.conf`, `pjsip.conf` ... */
  readonly files: ReadonlyMap<string, string>;
  /** Of chance; the same seed and the same commands give the same bytes. */
  readonly seed?: number;
  /** Which Asterisk it is; 22 by default. */
  readonly profile?: AsteriskProfile;
  /** Phones that are registered at the start; absent: all that can register. */
  readonly registered?: readonly string[];
  /** New messages in each mailbox at the start, by `1003@default`. */
  readonly mailboxes?: Readonly<Record<string, number>>;
  readonly past?: Past;
  /** How much the journal of actions keeps; 100,000 actions and 64 MiB by default. */
  readonly journal?: Partial<JournalBounds>;
  /** Laid over the files before the start. */
  readonly config?: Readonly<Record<string, ConfigChanges>>;
}

/**
 * The simulated PBX as a stage for scenarios: its phones, its AMI, its power switch.
 * @throws ConfigError where a file cannot be read, with file and line.
 */
export function createStage(options: StageOptions): SimulatedStage {
  const files = new Map(overlayFiles(options.files, options.config ?? {}));
  const { config, warnings } = readPbxConfig(files);
  const clock = new SettableClock(options.runtime.clock);
  const pbx = createPbx({
    runtime: { ...options.runtime, clock },
    config,
    seed: options.seed ?? 1,
    ...(options.registered === undefined ? {} : { registered: options.registered }),
    ...(options.mailboxes === undefined ? {} : { mailboxes: options.mailboxes }),
    ...(options.past === undefined ? {} : { past: options.past }),
  });
  return new SimulatedStage(pbx, { files, warnings, clock, options });
}

/** A PBX at one moment. What is not plain data in it (the configuration) is never changed in place. */
export interface StageSnapshot {
  /** Of the stage's clock. */
  readonly atMs: number;
  readonly state: PbxState;
  readonly config: PbxConfig;
  readonly dialplan: Dialplan;
  readonly files: ReadonlyMap<string, string>;
  /** How far the PBX's clock is ahead of the stage's. */
  readonly clockAheadMs: number;
  readonly seed: number;
}

/** Starts with so many seeds are kept; another one is made anew. */
const MAX_STARTS = 10;

/** See {@link createStage}. */
export class SimulatedStage implements Stage {
  readonly clock: Clock;
  readonly pbx: StagePbx;
  /** The simulation itself, for those who build upon it: the AMI server, the control API, tests. */
  readonly simulation: Pbx;
  readonly server: AmiServer;
  /** What goes wrong between clients and the PBX. */
  readonly faults: Faults;
  /** What of the configuration was not understood. */
  readonly warnings: readonly ConfigWarning[];
  readonly #phones = new Map<string, SimulatedPhone>();
  readonly #power: Power;
  readonly #files: Map<string, string>;
  readonly #pbxClock: SettableClock;
  readonly #options: StageOptions;
  readonly #start: Pick<StageSnapshot, 'atMs' | 'files' | 'config' | 'seed'>;
  readonly #starts = new Map<number, StageSnapshot>();

  constructor(
    pbx: Pbx,
    parts: {
      readonly files: Map<string, string>;
      readonly warnings: readonly ConfigWarning[];
      /** The PBX's own, which faults set. */
      readonly clock: SettableClock;
      readonly options: StageOptions;
    },
  ) {
    const { files, warnings, clock, options } = parts;
    const { runtime, seed = 1, profile, journal } = options;
    this.simulation = pbx;
    this.clock = runtime.clock;
    this.warnings = warnings;
    this.server = new AmiServer({
      pbx,
      runtime: { ...runtime, clock },
      seed,
      journal,
      ...(profile === undefined ? {} : { profile }),
    });
    this.#files = files;
    this.#power = new Power(pbx, this.server, files);
    this.server.administration = { files, power: this.#power };
    this.pbx = this.#power;
    this.faults = new Faults({
      clock: runtime.clock,
      seed,
      power: this.#power,
      shutPort: (shut) => this.server.setShut(shut),
      jumpClock: (ms) => {
        clock.jump(ms);
        pbx.clockWasSet();
      },
    });
    this.server.door = this.faults;
    this.#pbxClock = clock;
    this.#options = options;
    this.#start = { atMs: pbx.now, files: new Map(files), config: pbx.config, seed };
  }

  /** Names of all phones, in the order of pjsip.conf. */
  get phoneNames(): readonly string[] {
    return Object.keys(this.simulation.state.phones);
  }

  get actions(): readonly StageAction[] {
    return this.server.journal.entries;
  }

  phone(name: string): StagePhone {
    if (!Object.hasOwn(this.simulation.state.phones, name)) {
      throw new StageError(
        'STAGE_UNKNOWN_PHONE',
        `there is no phone ${name}; pjsip.conf has ${this.phoneNames.join(', ')}`,
      );
    }
    const known = this.#phones.get(name) ?? new SimulatedPhone(this.simulation, name);
    this.#phones.set(name, known);
    return known;
  }

  /** @param user whom the client has proven to be elsewhere, so that it need not log in */
  connect(user?: string): Link | undefined {
    if (!this.#power.listening) return undefined;
    const [near, far] = memoryLinks(this.clock);
    this.server.accept(far, user);
    return near;
  }

  newestChannelOf(phone: string): string | undefined {
    return own(this.simulation.state.newestChannel, phone);
  }

  managerSecret(user: string): string | undefined {
    return this.simulation.config.manager.users.get(user)?.secret;
  }

  /**
   * The PBX as it is now, as plain data. AMI sessions, faults and the journal are no part of it.
   * @throws StageError `STAGE_NOT_POSSIBLE` while the PBX is down or on its way
   */
  snapshot(): StageSnapshot {
    const { simulation: pbx } = this;
    if (!this.#power.running || pbx.shuttingDown || !pbx.state.fullyBooted)
      throw new StageError('STAGE_NOT_POSSIBLE', 'a snapshot is of a PBX that is up; it is down, or on its way');
    return {
      atMs: this.clock.now(),
      state: copyOf(pbx.state),
      config: pbx.config,
      dialplan: pbx.dialplan,
      files: new Map(this.#files),
      clockAheadMs: this.#pbxClock.aheadMs,
      seed: this.#start.seed,
    };
  }

  /** The PBX as it was when it came up, or would have been with that seed. */
  start(seed = this.#start.seed): StageSnapshot {
    const known = this.#starts.get(seed);
    if (known !== undefined) return known;
    const { atMs, files, config } = this.#start;
    const clock: Clock = { now: () => atMs, setTimer: () => ({ cancel: () => {} }) };
    const { state, dialplan } = createPbx({
      ...this.#options,
      runtime: { ...this.#options.runtime, clock },
      config,
      seed,
    });
    const start = { atMs, state, config, dialplan, files, clockAheadMs: 0, seed };
    if (this.#starts.size >= MAX_STARTS) this.#starts.clear();
    this.#starts.set(seed, start);
    return start;
  }

  /**
   * Goes on from a snapshot, of this stage or of one with the same configuration. AMI connections are cut, faults end and the journal
   * is emptied. The stage's clock must show the snapshot's time: the state is full of times.
   */
  restore({ state, config, dialplan, files, clockAheadMs, seed }: StageSnapshot): void {
    const { simulation: pbx } = this;
    this.faults.reset(seed);
    this.#power.reset();
    this.#files.clear();
    for (const [name, text] of files) this.#files.set(name, text);
    pbx.config = config;
    pbx.dialplan = dialplan;
    pbx.state = copyOf(state);
    this.#pbxClock.aheadMs = clockAheadMs;
    this.server.reset(seed);
    pbx.perform('restore', () => undefined);
  }

  /** Ends the simulation: every connection is cut and no timer is left. */
  dispose(): void {
    this.faults.dispose();
    this.server.close();
    this.#power.dispose();
  }
}
