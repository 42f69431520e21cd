import type { Random, Timer } from '../ami/runtime.ts';
import { SeededRandom } from '../ami/seeded-random.ts';
import { OfficeLife } from '../scenarios/office/office-life.ts';
import type { OutsideCaller } from '../scenarios/office/office-people.ts';
import type { ConfigFiles } from './config/pbx-config.ts';
import { officeConfig } from './config/small-office.ts';
import type { SimulatedStage } from './simulated-stage.ts';

/** The most calls at once: there are 999 numbers for three phones a call. */
export const MAX_BUSY_CALLS = 300;

const TRUNK = 'trunk';
const PHONES_A_CALL = 3;
const CALLERS = 50;

/** An office large enough for so many calls at once. */
export function busyOffice(calls: number, seed: number): ConfigFiles {
  const name = names(new SeededRandom(`${seed} workers`));
  const workers = Math.max(8, PHONES_A_CALL * calls);
  return officeConfig(Array.from({ length: workers }, (_, at): [string, string] => [String(1001 + at), name()]));
}

export interface BusyHourStatistics {
  /** Calls and meetings that were begun. */
  readonly begun: number;
  /** Under way now. */
  readonly running: number;
  readonly channels: number;
  /** Events of the PBX since the start, whoever sees them. */
  readonly events: number;
  /** Actions received since the start. */
  readonly actions: number;
  /** Manager sessions now. */
  readonly sessions: number;
}

/**
 * So many calls at a time, one after the other, from a seed: talks, holds, consultations, transfers, calls from outside, queues, meetings.
 * To stress whoever listens.
 */
export class BusyHour {
  readonly #stage: SimulatedStage;
  readonly #life: OfficeLife;
  readonly #stopCounting: () => void;
  readonly #actionsBefore: number;
  #events = 0;
  #report: Timer | undefined;

  /** @param options.services numbers of a queue and a meeting, where the dialplan has them */
  constructor(
    stage: SimulatedStage,
    options: {
      readonly calls: number;
      readonly seed: number;
      readonly services?: { readonly queue: string; readonly meeting: string };
    },
  ) {
    this.#stage = stage;
    const name = names(new SeededRandom(`${options.seed} callers`));
    const callers = Array.from(
      { length: CALLERS },
      (_, at): OutsideCaller => ({ name: name(), number: `+1212555${String(100 + at).padStart(4, '0')}` }),
    );
    this.#life = new OfficeLife({
      stage,
      random: new SeededRandom(`${options.seed} busy hour`),
      phones: stage.phoneNames.filter((name) => name !== TRUNK),
      trunk: TRUNK,
      callers,
      callsAtOnce: options.calls,
      ...(options.services === undefined ? {} : { services: options.services }),
    });
    this.#actionsBefore = stage.server.journal.last;
    this.#stopCounting = stage.simulation.onEvent(() => {
      this.#events++;
    });
  }

  /** @param report hears how it goes, every `everyMs` of the PBX's time and at the end */
  start(everyMs: number, report: (statistics: BusyHourStatistics) => void): void {
    this.#life.start();
    const again = (): void => {
      this.#report = this.#stage.clock.setTimer(everyMs, () => {
        report(this.statistics);
        again();
      });
    };
    again();
  }

  get statistics(): BusyHourStatistics {
    const { simulation, server } = this.#stage;
    return {
      begun: this.#life.begun,
      running: this.#life.running,
      channels: simulation.channels().length,
      events: this.#events,
      actions: server.journal.last - this.#actionsBefore,
      sessions: server.sessions.size,
    };
  }

  /** Everybody hangs up. */
  stop(): void {
    this.#report?.cancel();
    this.#life.stop();
    this.#stopCounting();
  }
}

const FIRST_NAMES = 'Ada Ben Cleo Dora Emil Fay Gus Hana Ivo Jana Kai Lea Max Nia Otto Pia Rolf Sara Tom Una'.split(
  ' ',
);
const LAST_NAMES = 'Adler Berg Costa Dahl Egger Frost Grau Holm Iversen Jung Kraus Lind Moor Novak Olin Prahl'.split(
  ' ',
);

/** Invented names, one a call. */
function names(random: Random): () => string {
  const one = (list: readonly string[]): string => list[Math.floor(random.next() * list.length)] ?? '';
  return () => `${one(FIRST_NAMES)} ${one(LAST_NAMES)}`;
}
