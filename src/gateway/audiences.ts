import { Audience, type AudienceOptions, type Stream } from './audience.ts';
import type { BusItem } from './bus.ts';
import { GatewayError } from './gateway-error.ts';
import { byEvent, byNumber, byQueue, type IndexKey, OF_ANY_QUEUE } from './subscription-rule.ts';
import type { View } from './view.ts';

/** Views that nobody uses any more and that are kept all the same, for who comes back soon: the last ones. */
const DESERTED_KEPT = 32;

interface Entry {
  readonly audience: Audience;
  readonly keys: readonly IndexKey[] | undefined;
}

/** All audiences of one PBX. A message goes only to those that it can be for: a thousand narrow views do not make it a thousand times as dear. */
export class Audiences {
  readonly #stream: Stream;
  readonly #entries = new Map<string, Entry>();
  readonly #deserted = new Set<string>();
  readonly #byKey = new Map<IndexKey, Set<Audience>>();
  /** Those that have to look at every event. */
  readonly #others = new Set<Audience>();
  /** The last message with a key, as far as it is kept. */
  readonly #lastSeqs = new Map<IndexKey, number>();
  #lastSeqOfAll = 0;
  /** How many there may be at once. */
  limit: number;

  constructor(stream: Stream, limit: number) {
    this.#stream = stream;
    this.limit = limit;
  }

  get size(): number {
    return this.#entries.size;
  }

  get all(): Iterable<Audience> {
    return [...this.#entries.values()].map(({ audience }) => audience);
  }

  /**
   * That of a view, in a dialect.
   * @param options for a new one
   * @throws GatewayError `GATEWAY_TOO_MANY_VIEWS`
   */
  of(dialect: string, view: View, options: () => AudienceOptions): Audience {
    const name = `${dialect}${view.key}`;
    const known = this.#entries.get(name);
    if (known !== undefined) return known.audience;
    this.#makeRoom();
    const { keys } = view;
    const audience = new Audience(this.#stream, view, {
      ...options(),
      upTo: this.#lastSeqWith(keys),
      onDeserted: (isDeserted) => this.#note(name, isDeserted),
    });
    this.#entries.set(name, { audience, keys });
    if (keys === undefined) this.#others.add(audience);
    for (const key of keys ?? []) this.#byKey.set(key, (this.#byKey.get(key) ?? new Set()).add(audience));
    this.#note(name, true);
    return audience;
  }

  deliver(item: BusItem): void {
    const keys = keysOf(item);
    if (keys === undefined) this.#lastSeqOfAll = item.seq;
    for (const key of keys ?? []) this.#lastSeqs.set(key, item.seq);
    this.#forgetOldSeqs();
    for (const audience of keys === undefined ? this.all : this.#concerned(keys)) audience.deliver(item);
  }

  deliverSnapshot(): void {
    for (const audience of this.all) audience.deliverSnapshot();
  }

  #concerned(keys: readonly IndexKey[]): Iterable<Audience> {
    if (this.#byKey.size === 0) return this.#others;
    const found = new Set(this.#others);
    for (const key of keys) for (const audience of this.#byKey.get(key) ?? []) found.add(audience);
    return found;
  }

  /** The last message that can be for a view with these keys. */
  #lastSeqWith(keys: readonly IndexKey[] | undefined): number {
    if (keys === undefined) return Number.POSITIVE_INFINITY;
    return keys.reduce((last, key) => Math.max(last, this.#lastSeqs.get(key) ?? 0), this.#lastSeqOfAll);
  }

  /** Numbers and names come from the PBX, without end. */
  #forgetOldSeqs(): void {
    const { position, keptAfter } = this.#stream.bus;
    if (this.#lastSeqs.size < 1_000 + 16 * (position.seq - keptAfter)) return;
    for (const [key, seq] of this.#lastSeqs) if (seq <= keptAfter) this.#lastSeqs.delete(key);
  }

  #note(name: string, isDeserted: boolean): void {
    this.#deserted.delete(name);
    if (!isDeserted || !this.#entries.has(name)) return;
    this.#deserted.add(name);
    if (this.#deserted.size > DESERTED_KEPT) this.#dropOldest();
  }

  #makeRoom(): void {
    while (this.#entries.size >= this.limit) if (!this.#dropOldest()) throw tooManyViews(this.limit);
  }

  /** False where nobody has left any. */
  #dropOldest(): boolean {
    const [name] = this.#deserted;
    const entry = name === undefined ? undefined : this.#entries.get(name);
    if (name === undefined || entry === undefined) return false;
    this.#deserted.delete(name);
    this.#entries.delete(name);
    this.#others.delete(entry.audience);
    for (const key of entry.keys ?? []) {
      const group = this.#byKey.get(key);
      group?.delete(entry.audience);
      if (group?.size === 0) this.#byKey.delete(key);
    }
    return true;
  }
}

/** What a message can be found by; `undefined`: it is for everybody. */
function keysOf({ body }: BusItem): readonly IndexKey[] | undefined {
  if (body.kind === 'pbx' || body.subjects === undefined) return undefined;
  const { touched, queues } = body.subjects;
  const ofQueues = queues.length === 0 ? [] : [OF_ANY_QUEUE, ...queues.map(byQueue)];
  return [byEvent(body.event.name), ...touched.map(byNumber), ...ofQueues];
}

function tooManyViews(limit: number): GatewayError {
  const message = `There are ${limit} different subscriptions already; subscribe to what others do, or come back later`;
  return new GatewayError('GATEWAY_TOO_MANY_VIEWS', message);
}
