import { SeededRandom } from '../../src/ami/seeded-random.ts';

/** Choices from a seed. */
export class Dice {
  readonly #random: SeededRandom;

  constructor(seed: string) {
    this.#random = new SeededRandom(seed);
  }

  /** In [0, 1). */
  throw(): number {
    return this.#random.next();
  }

  chance(share: number): boolean {
    return this.throw() < share;
  }

  below(limit: number): number {
    return Math.floor(this.throw() * limit);
  }

  one<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)] as Item;
  }
}
