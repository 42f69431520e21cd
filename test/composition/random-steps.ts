import { wait } from '../../src/scenarios/builder.ts';
import type { Step } from '../../src/scenarios/types.ts';
import { Dice } from './dice.ts';
import { ManagerSteps } from './manager-steps.ts';
import type { Office } from './office.ts';
import { PhoneSteps } from './phone-steps.ts';
import { story } from './stories.ts';

const ALL_PHONES = ['1001', '1002', '1003', '1004', '1005', '1006'] as const;
/** From within one event's delay of another to the time in which everything times out. */
const WAITS = [0, 1, 2, 3, 5, 20, 100, 500, 1000, 1000, 2000, 4500, 12_000, 35_000] as const;

const MOST_PAUSE_MS = 150;

/** Chooses steps that a person could do now. The same seed and office give the same steps. */
export class RandomSteps {
  readonly #dice: Dice;
  readonly #phones: PhoneSteps;
  readonly #managers: ManagerSteps;
  /** The rest of a story that has begun. */
  #story: Step[] = [];

  constructor(seed: number, { most = false }: { readonly most?: boolean } = {}) {
    this.#dice = new Dice(`composition ${seed}`);
    const count = most ? ALL_PHONES.length : 2 + this.#dice.below(ALL_PHONES.length - 1);
    this.#phones = new PhoneSteps(this.#dice, ALL_PHONES.slice(0, count));
    this.#managers = new ManagerSteps(this.#dice, this.#phones);
  }

  /** How many steps the composition has. */
  length(): number {
    return 4 + this.#dice.below(36);
  }

  next(office: Office): Step {
    const dice = this.#dice.throw();
    if (dice < 0.3) return wait(this.#dice.one(WAITS));
    if (dice < 0.4) return this.#managers.next(office);
    if (dice < 0.7) return this.#goOn(office);
    return this.#phones.next(office);
  }

  /** Something that somebody does; no wait. */
  act(office: Office): Step {
    return this.#dice.chance(0.15) ? this.#managers.next(office) : this.#phones.next(office);
  }

  /** A short wait. */
  pause(): Step {
    return wait(1 + this.#dice.below(MOST_PAUSE_MS));
  }

  #goOn(office: Office): Step {
    if (this.#story.length === 0) this.#story = story(this.#dice, this.#phones);
    return this.#story.shift() ?? this.#phones.next(office);
  }
}
