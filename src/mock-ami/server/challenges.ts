import { SeededRandom } from '../../ami/seeded-random.ts';

/** Makes the default seed, 1, begin with the recorded challenge, 184623171. Source: recording `login-md5-challenge`. */
const SALT = 0xb685aa75;

/** The numbers that MD5 logins have to prove with; they have a chance of their own, so that a login changes nothing else. */
export class Challenges {
  readonly #random: SeededRandom;

  constructor(seed: number) {
    this.#random = new SeededRandom(seed);
  }

  /** Below 2 to the power of 31, as `ast_random` gives them. */
  next(): string {
    return String(((this.#random.next() * 2 ** 32) ^ SALT) >>> 1);
  }
}
