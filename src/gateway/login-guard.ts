import type { Clock } from '../ami/runtime.ts';
import { GatewayError } from './gateway-error.ts';

/** When guessing begins to cost time. */
interface Rule {
  /** Failures that cost nothing: people mistype. */
  readonly free: number;
  /** The longest wait, ms. */
  readonly maxMs: number;
}

/** One user from one address; one address with any users; one user from any addresses, which never waits so long that a stranger could keep them out. */
const RULES = {
  pair: { free: 5, maxMs: 300_000 },
  address: { free: 30, maxMs: 300_000 },
  user: { free: 50, maxMs: 15_000 },
} as const satisfies Record<string, Rule>;

const FIRST_WAIT_MS = 1_000;
/** Failures are forgotten after so long without another. */
const FORGOTTEN_AFTER_MS = 900_000;
/** Of users and addresses; the ones that failed longest ago go first, so that made-up names cost bounded memory. */
const MAX_REMEMBERED = 30_000;

interface Failures {
  readonly count: number;
  readonly lastMs: number;
  readonly untilMs: number;
}

/**
 * Makes guessing secrets slow: after some failures each further one doubles the wait before the next attempt is even looked at.
 * A user that does not exist is treated like one that does.
 */
export class LoginGuard {
  readonly #clock: Clock;
  #uncounted: ReadonlySet<string>;
  readonly #failures = new Map<string, Failures>();
  /** Attempts of one user from one address are looked at one after the other: many at once give no more guesses. */
  readonly #underWay = new Map<string, Promise<unknown>>();

  /** @param uncountedAddresses that stand for many, such as a reverse proxy: their failures count for the user alone */
  constructor(clock: Clock, uncountedAddresses: readonly string[] = []) {
    this.#clock = clock;
    this.#uncounted = new Set(uncountedAddresses);
  }

  /** Other addresses that stand for many. */
  renew(uncountedAddresses: readonly string[]): void {
    this.#uncounted = new Set(uncountedAddresses);
  }

  /**
   * Makes an attempt, and remembers how it went.
   * @param user as given, known or not; `undefined` where the proof names none
   * @param check gives `undefined` where the proof is not good
   * @throws GatewayError `GATEWAY_LOGIN_BACK_OFF` where it is too early for another attempt; then `check` is not called
   */
  async attempt<Result>(
    user: string | undefined,
    address: string,
    check: () => Result | undefined | Promise<Result | undefined>,
  ): Promise<Result | undefined> {
    const keys = this.#keys(user, address);
    const pair = keys[0]?.[0] ?? '';
    const before = user === undefined ? undefined : this.#underWay.get(pair);
    const turn = (async () => {
      await before?.catch(() => {});
      this.#refuseEarly(keys);
      const result = await check();
      if (result === undefined) for (const [key, rule] of keys) this.#fail(key, rule);
      else for (const [key, rule] of keys) if (rule !== RULES.address) this.#failures.delete(key);
      return result;
    })();
    if (user === undefined) return turn;
    this.#underWay.set(pair, turn);
    try {
      return await turn;
    } finally {
      if (this.#underWay.get(pair) === turn) this.#underWay.delete(pair);
    }
  }

  /** Users and addresses that failures are remembered of. */
  get remembered(): number {
    return this.#failures.size;
  }

  #keys(user: string | undefined, address: string): readonly (readonly [key: string, rule: Rule])[] {
    const keys: (readonly [string, Rule])[] = [];
    if (user !== undefined) keys.push([`pair ${address} ${user}`, RULES.pair], [`user ${user}`, RULES.user]);
    if (!this.#uncounted.has(address)) keys.push([`address ${address}`, RULES.address]);
    return keys;
  }

  #refuseEarly(keys: readonly (readonly [key: string, rule: Rule])[]): void {
    const now = this.#clock.now();
    const untilMs = Math.max(...keys.map(([key]) => this.#failures.get(key)?.untilMs ?? 0), 0);
    if (untilMs <= now) return;
    const seconds = Math.ceil((untilMs - now) / 1000);
    throw new GatewayError('GATEWAY_LOGIN_BACK_OFF', `Too many failed logins; the next one may come in ${seconds} s`);
  }

  #fail(key: string, { free, maxMs }: Rule): void {
    const now = this.#clock.now();
    const before = this.#failures.get(key);
    const count = before !== undefined && before.lastMs + FORGOTTEN_AFTER_MS > now ? before.count + 1 : 1;
    const waitMs = count < free ? 0 : Math.min(maxMs, FIRST_WAIT_MS * 2 ** Math.min(count - free, 30));
    this.#failures.delete(key);
    this.#failures.set(key, { count, lastMs: now, untilMs: now + waitMs });
    for (const oldest of this.#failures.keys()) {
      if (this.#failures.size <= MAX_REMEMBERED) break;
      this.#failures.delete(oldest);
    }
  }
}
