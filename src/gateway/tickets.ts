import type { Runtime } from '../ami/runtime.ts';
import { fromHex, toHex } from './hex.ts';

const KEY_BYTES = 32;
const DEFAULT_LIFE_MS = 12 * 3600 * 1000;
const FORM = /^1\.([0-9a-f]{2,3800})\.(\d{1,16})\.([0-9a-f]{64})$/;

/**
 * Resume tickets: they log a user in again without the secret, so that a thousand browsers that come back at once cost no
 * hashing. Signed with a key that never leaves this process, unless it is given one to share with others.
 */
export class Tickets {
  readonly #runtime: Runtime;
  readonly #key: Uint8Array;
  readonly #lifeMs: number;

  constructor(runtime: Runtime, options: { readonly key?: Uint8Array; readonly lifeMs?: number } = {}) {
    this.#runtime = runtime;
    this.#key = options.key ?? runtime.digest.secureRandomBytes(KEY_BYTES);
    this.#lifeMs = options.lifeMs ?? DEFAULT_LIFE_MS;
  }

  /** @param stamp what must still hold when the ticket is shown; it is signed, and not in the ticket */
  issue(user: string, stamp: string): string {
    const name = toHex(this.#runtime.text.encode(user));
    const expires = String(Math.ceil(this.#runtime.clock.now() + this.#lifeMs));
    return `1.${name}.${expires}.${toHex(this.#sign(name, expires, stamp))}`;
  }

  /** The user that it was issued to, if it is good. */
  verify(ticket: string, stampOf: (user: string) => string): string | undefined {
    const [, name = '', expires = '', signature = ''] = FORM.exec(ticket) ?? [];
    const shown = fromHex(signature);
    const nameBytes = fromHex(name);
    if (shown === undefined || shown.length === 0 || nameBytes === undefined) return undefined;
    const user = this.#runtime.text.decode(nameBytes).text;
    if (!this.#runtime.digest.equal(shown, this.#sign(name, expires, stampOf(user)))) return undefined;
    return Number(expires) > this.#runtime.clock.now() ? user : undefined;
  }

  #sign(name: string, expires: string, stamp: string): Uint8Array {
    return this.#runtime.digest.hmacSha256(this.#key, `asterclick ticket 1\n${name}\n${expires}\n${stamp}`);
  }
}
