import type { Link } from '../../ami/link.ts';
import type { Clock, Timer } from '../../ami/runtime.ts';
import { SeededRandom } from '../../ami/seeded-random.ts';
import type { StageFaults, StagePbx } from '../../scenarios/stage.ts';
import type { Door, Entrance } from '../server/door.ts';
import type { FaultSource } from './fault-source.ts';
import { FAULTS, type FaultDescription, type FaultName, type FaultValues } from './fault-table.ts';
import { faultValues, type GivenValue, type GivenValues, knownFault } from './fault-values.ts';
import { SpoiledLink } from './spoiled-link.ts';
import { SpoiledOutput } from './spoiled-output.ts';

/** A fault that is set. Plain data. */
export interface ActiveFault {
  readonly name: FaultName;
  /** Of all its parameters; times in ms. */
  readonly values: Readonly<Record<string, GivenValue>>;
  /** Of the stage's clock. */
  readonly sinceMs: number;
  /** How often it has struck, where that can be counted. */
  readonly struck: number;
}

export interface FaultsParts {
  readonly clock: Clock;
  /** Of chance: the same faults at the same times strike the same. */
  readonly seed: number;
  readonly power: Pick<StagePbx, 'restart' | 'kill' | 'start'> & { readonly down: boolean };
  /** Closes the port, or opens it again. */
  readonly shutPort: (shut: boolean) => void;
  /** Sets the PBX's clock. */
  readonly jumpClock: (ms: number) => void;
}

interface Connection {
  readonly link: SpoiledLink;
  output: SpoiledOutput | undefined;
}

type Active = { -readonly [Key in keyof ActiveFault]: ActiveFault[Key] } & { timer: Timer | undefined };

/** What goes wrong between clients and the PBX, by name; any number at a time. The simulation itself knows nothing of it. */
export class Faults implements Door, FaultSource, StageFaults {
  /** Every fault there is, as data. */
  readonly known: readonly FaultDescription[] = FAULTS;
  readonly #parts: FaultsParts;
  #seed: number;
  readonly #active = new Map<FaultName, Active>();
  readonly #connections = new Set<Connection>();
  readonly #timers = new Set<Timer>();
  #entered = 0;

  constructor(parts: FaultsParts) {
    this.#parts = parts;
    this.#seed = parts.seed;
  }

  get calm(): boolean {
    return this.#active.size === 0;
  }

  /** Those that are set, in the order in which they were. */
  get active(): readonly ActiveFault[] {
    return [...this.#active.values()].map(({ timer: _timer, ...fault }) => ({ ...fault }));
  }

  /**
   * Sets a fault, in place of what it was; one that happens `once` happens now.
   * @param given values of its parameters, as numbers or as text with units; the default where one is left out
   * @throws StageError `STAGE_UNKNOWN_FAULT`, `STAGE_WRONG_FAULT`; `STAGE_NOT_POSSIBLE` where the PBX can't restart, as it is down
   */
  set(name: string, given: GivenValues = {}): void {
    const fault = knownFault(name);
    const values = faultValues(fault, given);
    if (fault.kind === 'once') {
      this.#happen(fault.name, values);
      return;
    }
    this.#forget(fault.name);
    const active: Active = { name: fault.name, values, sinceMs: this.#parts.clock.now(), struck: 0, timer: undefined };
    this.#active.set(fault.name, active);
    const { for: lastsMs = 0 } = values;
    if (Number(lastsMs) > 0) active.timer = this.#parts.clock.setTimer(Number(lastsMs), () => this.clear(fault.name));
    this.#changed();
  }

  /**
   * Ends a fault, or all of them; one that is not set is no mistake.
   * @throws StageError `STAGE_UNKNOWN_FAULT`
   */
  clear(name?: string): void {
    for (const one of name === undefined ? [...this.#active.keys()] : [knownFault(name).name]) this.#forget(one);
    this.#changed();
  }

  get<Name extends FaultName>(name: Name): FaultValues<Name> | undefined {
    return this.#active.get(name)?.values as FaultValues<Name> | undefined;
  }

  struck(name: FaultName): void {
    const fault = this.#active.get(name);
    if (fault === undefined) return;
    fault.struck += 1;
    const { times } = fault.values;
    if (fault.struck === times) this.clear(name);
  }

  enter(link: Link): Entrance | undefined {
    const refuse = this.get('refuse-connections');
    if (refuse !== undefined) {
      this.struck('refuse-connections');
      link.attach({ data: () => {}, end: () => {}, close: () => {} });
      if (refuse.how === 'reset') link.destroy();
      else link.end();
      return undefined;
    }
    const { clock } = this.#parts;
    const parts = { clock, random: new SeededRandom(`${this.#seed} connection ${++this.#entered}`), faults: this };
    const onClose = (): void => {
      connection.output?.discard();
      this.#connections.delete(connection);
    };
    const connection: Connection = { link: new SpoiledLink(link, { ...parts, onClose }), output: undefined };
    this.#connections.add(connection);
    return {
      link: connection.link,
      outputTo: (output) => {
        connection.output = new SpoiledOutput(output, parts);
        return connection.output;
      },
    };
  }

  login(): { readonly delayMs: number; readonly refused: boolean } {
    const slow = this.get('slow-logins');
    const refused = this.get('refuse-logins') !== undefined;
    if (slow !== undefined) this.struck('slow-logins');
    if (refused) this.struck('refuse-logins');
    return { delayMs: slow?.by ?? 0, refused };
  }

  /** As at the start: no fault, and connections counted anew. */
  reset(seed: number): void {
    this.dispose();
    this.#seed = seed;
    this.#entered = 0;
  }

  /** Ends all faults, and sends what they still hold: no timer is left. */
  dispose(): void {
    this.clear();
    for (const timer of this.#timers) timer.cancel();
    this.#timers.clear();
    for (const { link, output } of [...this.#connections]) {
      output?.flush();
      link.release();
    }
  }

  #happen(name: FaultName, { down, direction, by }: Readonly<Record<string, GivenValue>>): void {
    const { power, jumpClock } = this.#parts;
    switch (name) {
      case 'reset-connections':
        for (const { link } of [...this.#connections]) link.reset();
        break;
      case 'restart':
        power.restart();
        break;
      case 'crash':
        power.kill();
        this.#later(Number(down), () => {
          if (power.down) power.start();
        });
        break;
      case 'clock-jump':
        jumpClock(direction === 'back' ? -Number(by) : Number(by));
        break;
    }
  }

  #later(delayMs: number, what: () => void): void {
    const timer = this.#parts.clock.setTimer(delayMs, () => {
      this.#timers.delete(timer);
      what();
    });
    this.#timers.add(timer);
  }

  #forget(name: FaultName): void {
    this.#active.get(name)?.timer?.cancel();
    this.#active.delete(name);
  }

  #changed(): void {
    this.#parts.shutPort(this.get('refuse-connections')?.how === 'refused');
    for (const { link, output } of [...this.#connections]) {
      output?.faultsChanged();
      link.faultsChanged();
    }
  }
}
