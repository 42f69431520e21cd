import { ClientError } from './client-error.ts';

/** Values pushed on one side, taken with `for await` on the other; bounded, so that a loop that stalls can't eat all memory. */
export class EventQueue<Value> implements AsyncIterableIterator<Value> {
  readonly #limit: number;
  readonly #values: Value[] = [];
  readonly #takers: ((result: IteratorResult<Value>) => void)[] = [];
  #ended = false;
  #overflowed = false;
  onEnd: () => void = () => {};

  constructor(limit: number) {
    this.#limit = limit;
  }

  push(value: Value): void {
    if (this.#ended) return;
    const taker = this.#takers.shift();
    if (taker) {
      taker({ value, done: false });
    } else if (this.#values.length < this.#limit) {
      this.#values.push(value);
    } else {
      this.#overflowed = true;
      this.end();
    }
  }

  /** What is queued can still be taken. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.onEnd();
    for (const taker of this.#takers.splice(0)) taker({ value: undefined, done: true });
  }

  /** @throws ClientError `CLIENT_TOO_SLOW` once, after the last value before the overflow. */
  async next(): Promise<IteratorResult<Value>> {
    const value = this.#values.shift();
    if (value !== undefined) return { value, done: false };
    if (this.#overflowed) {
      this.#overflowed = false;
      throw new ClientError('CLIENT_TOO_SLOW', `More than ${this.#limit} events waited; the rest was dropped.`);
    }
    if (this.#ended) return { value: undefined, done: true };
    return new Promise((resolve) => this.#takers.push(resolve));
  }

  async return(): Promise<IteratorResult<Value>> {
    this.#values.length = 0;
    this.end();
    return { value: undefined, done: true };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
