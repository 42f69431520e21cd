import { phone, wait } from '../../src/scenarios/builder.ts';
import type { Step } from '../../src/scenarios/types.ts';
import { CallRecords } from './call-records.ts';
import { deviceFaults } from './device-faults.ts';
import { doStep } from './do-step.ts';
import { Episodes } from './episodes.ts';
import { learnStates, listFaults } from './lists.ts';
import { type Office, openOffice } from './office.ts';
import { Pairs } from './pairs.ts';
import { RandomSteps } from './random-steps.ts';
import { stateFaults } from './state-faults.ts';
import { ToldModel } from './told-model.ts';

export interface Composition {
  readonly seed: number;
  /** What was done, to the point where something was wrong. */
  readonly steps: readonly Step[];
  /** Empty where all was right. */
  readonly faults: readonly string[];
  /** What each program at the manager interface heard, one character a byte. */
  readonly heard: readonly string[];
}

/** Everything stands still for so long before lists are compared, which takes its time. */
const QUIET_MS = 100;
const TICK_MS = 10;
const MOST_TICKS = 20;
/** Longer than any ring, wait, queue or parking of the lab lasts. */
const END_MS = 400_000;

/** Plays random steps, chosen by the seed. */
export function playRandomly(seed: number): Composition {
  const random = new RandomSteps(seed);
  let left = random.length();
  return play(seed, (office) => (left-- > 0 ? random.next(office) : undefined));
}

/** Plays random steps, at most a few dozen ms apart, for so long. */
export function playForTime(seed: number, ms: number): Composition {
  const random = new RandomSteps(seed, { most: true });
  let pause = false;
  let until = Number.POSITIVE_INFINITY;
  return play(
    seed,
    (office) => {
      const now = office.clock.now();
      until = Math.min(until, now + ms);
      pause = !pause;
      if (now >= until) return undefined;
      return pause ? random.pause() : random.act(office);
    },
    false,
  );
}

/** Plays these steps; those that nobody could do are left out. */
export function playAgain(seed: number, steps: readonly Step[]): Composition {
  const queue = [...steps];
  return play(seed, () => queue.shift());
}

/** `waits`: until nothing is about to happen, to compare lists after each step. */
function play(seed: number, next: (office: Office) => Step | undefined, waits = true): Composition {
  const office = openOffice(seed);
  const done: Step[] = [];
  const watch = new Watch(office);
  const result = (faults: readonly string[]): Composition => {
    office.stage.dispose();
    return { seed, steps: done, faults, heard: office.clients.map(({ heard }) => heard) };
  };
  try {
    for (let step = next(office); step !== undefined; step = next(office)) {
      done.push(step);
      if (!doStep(office, step)) {
        done.pop();
        continue;
      }
      if (step.do === 'die') watch.died.add(step.phone);
      const faults = watch.look(waits);
      if (faults.length > 0) return result(faults);
    }
    return result(watch.end());
  } catch (error) {
    return result([
      `threw ${error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 6).join('\n') : String(error)}`,
    ]);
  }
}

/** Follows an office by what is told, and compares it with what the office says of itself. */
export class Watch {
  readonly #office: Office;
  readonly #told = new ToldModel();
  readonly #pairs = new Pairs();
  readonly #records = new CallRecords();
  readonly #episodes = new Episodes();
  /** Kinds of tasks that wait while nobody does anything. */
  readonly #idleTasks: ReadonlySet<string>;
  readonly #bridges: number;
  /** Phones that were switched off, during a call perhaps. */
  readonly died = new Set<string>();

  constructor(office: Office) {
    this.#office = office;
    const { state } = office.stage.simulation;
    learnStates(office, this.#told);
    this.#idleTasks = new Set([...state.tasks.map(({ task }) => task), 'registrar.expired']);
    this.#bridges = this.#countBridges();
    office.admin.onMessage((message) => {
      if (message.event === 'OriginateResponse') this.#episodes.hear(message);
      if (message.event === undefined || message.get('ActionID') !== undefined) return;
      this.#episodes.hear(message);
      this.#records.hear(message);
      this.#told.hear(message);
      this.#pairs.hear(message);
    });
  }

  look(waits: boolean): readonly string[] {
    const faults = [...this.#pairs.faults, ...this.#records.faults, ...this.#episodes.faults];
    if (faults.length > 0 || !this.#isQuiet(waits ? MOST_TICKS : 0)) return faults;
    return [
      ...listFaults(this.#office, this.#told),
      ...this.#deviceFaults(),
      ...stateFaults(this.#office.stage.simulation, this.died, this.#told.deserted),
    ];
  }

  /** Everybody hangs up, and time passes. */
  end(): readonly string[] {
    const { stage, clock } = this.#office;
    for (let round = 0; round < 3; round++) {
      for (const name of stage.phoneNames) {
        doStep(this.#office, phone(name).will.doNothingSpecial());
        doStep(this.#office, phone(name).hangsUpAll());
      }
      doStep(this.#office, wait(2000));
    }
    clock.advance(END_MS);
    if (this.died.size > 0 || this.#onlyLocals()) {
      // A phone that died never hangs up; nor do Local channels that a transfer joined with each other.
      this.#office.admin.send('Hangup', [['Channel', '/./']]);
      clock.advance(END_MS);
    }
    const faults = [
      ...this.#pairs.leftOver(),
      ...this.#records.leftOver(),
      ...this.#episodes.leftOver(),
      ...this.#leftOver(),
    ];
    if (!this.#isQuiet()) return [...faults, 'it does not come to rest'];
    return [...faults, ...listFaults(this.#office, this.#told), ...this.#deviceFaults()];
  }

  #leftOver(): string[] {
    const { state } = this.#office.stage.simulation;
    const tasks = state.tasks.filter(({ task }) => !this.#idleTasks.has(task));
    const calls = Object.values(state.phones).flatMap(({ name, calls }) =>
      calls.map(({ other }) => `${name} with ${other}`),
    );
    return [
      ...Object.values(state.channels).map(
        ({ name, activity }) => `channel ${name} is left over (${activity?.name ?? 'idle'})`,
      ),
      ...(this.#countBridges() === this.#bridges ? [] : ['a bridge is left over']),
      ...tasks.map(({ task }) => `task ${task} is left over`),
      ...calls.map((call) => `the call of ${call} is left over`),
      ...(state.dirtyDevices.length === 0 ? [] : ['a device is left over to be looked at']),
    ];
  }

  #onlyLocals(): boolean {
    return Object.values(this.#office.stage.simulation.state.channels).every(({ tech }) => tech === 'Local');
  }

  /** Holding bridges stay once they are there: of parking lots, of the agents. */
  #countBridges(): number {
    const bridges = Object.values(this.#office.stage.simulation.state.bridges);
    return bridges.filter(({ technology }) => technology !== 'holding_bridge').length;
  }

  #deviceFaults(): string[] {
    return deviceFaults(this.#told, (uniqueid) => this.#pairs.hearsMusic(uniqueid));
  }

  /** Nothing is about to happen; waits for it a little. */
  #isQuiet(ticks = MOST_TICKS): boolean {
    const { stage, clock } = this.#office;
    for (let left = ticks; left >= 0; left--) {
      const [next] = stage.simulation.state.tasks;
      if (next === undefined || next.dueMs > clock.now() + QUIET_MS) return true;
      if (left > 0) clock.advance(TICK_MS);
    }
    return false;
  }
}
