import type { Frame } from './frame.ts';
import type { Subjects } from './subjects.ts';
import type { WireEvent } from './wire/event.ts';
import type { PbxState, Position } from './wire/protocol.ts';

/** What a bus carries. Plain data, so that it could travel to another process as it stands. */
export type BusBody =
  | { readonly kind: 'event'; readonly event: WireEvent; readonly subjects?: Subjects }
  | { readonly kind: 'pbx'; readonly state: PbxState; readonly at: number; readonly reason?: string };

/** One message of a bus, with its place in the stream. */
export interface BusItem {
  readonly seq: number;
  readonly body: BusBody;
  /** About the memory that it takes, without what was made of it. */
  readonly bytes: number;
  /** What was made of it, by view: it is encoded once, and not again for who comes back. Filled by {@link Bus.keepFrames}. */
  readonly frames: Map<string, readonly Frame[]>;
}

export interface BusLimits {
  /** Messages kept for clients that come back. */
  readonly ringItems: number;
  /** Bytes kept for them; the older end goes first. */
  readonly ringBytes: number;
}

export const DEFAULT_BUS_LIMITS: BusLimits = { ringItems: 10_000, ringBytes: 16 * 1024 * 1024 };

/**
 * The stream of one PBX: everything about it in one order, numbered, and its last part kept.
 * Within an epoch the stream alone leads from any model to the next; a new epoch begins where it does not.
 */
export class Bus {
  readonly #limits: BusLimits;
  readonly #listeners = new Set<(item: BusItem) => void>();
  #ring: BusItem[] = [];
  /** Items before this one are gone from the ring; they leave the array by and by. */
  #first = 0;
  #bytes = 0;
  #epoch: string;
  #seq = 0;

  constructor(epoch: string, limits: BusLimits = DEFAULT_BUS_LIMITS) {
    this.#epoch = epoch;
    this.#limits = limits;
  }

  get position(): Position {
    return { epoch: this.#epoch, seq: this.#seq };
  }

  /** Bytes that the kept messages take. */
  get ringBytes(): number {
    return this.#bytes;
  }

  publish(body: BusBody): void {
    this.#seq += 1;
    const item = { seq: this.#seq, body, bytes: sizeOf(body), frames: new Map() };
    this.#keep(item);
    for (const listener of this.#listeners) listener(item);
  }

  /** Keeps what a message is for a view, as long as the message is kept; it counts among the bytes kept. */
  keepFrames(item: BusItem, view: string, frames: readonly Frame[]): void {
    item.frames.set(view, frames);
    const oldest = this.#ring[this.#first]?.seq;
    if (oldest === undefined || item.seq < oldest) return;
    this.#bytes += bytesOf(frames);
    this.#shrink();
  }

  /** Begins a new epoch: who comes back from an older one needs a snapshot. Numbers go on. */
  renew(epoch: string): void {
    this.#epoch = epoch;
    this.#ring = [];
    this.#first = 0;
    this.#bytes = 0;
  }

  /** Exactly what came after `position`, the oldest first; `undefined` where that is not known any more, or never was. */
  since({ epoch, seq }: Position): readonly BusItem[] | undefined {
    if (epoch !== this.#epoch || seq > this.#seq) return undefined;
    const missed = this.#seq - seq;
    if (missed > this.#ring.length - this.#first) return undefined;
    return this.#ring.slice(this.#ring.length - missed);
  }

  /** All that is kept of this epoch, the oldest first. */
  get kept(): readonly BusItem[] {
    return this.#ring.slice(this.#first);
  }

  /** The `seq` after which all is kept. */
  get keptAfter(): number {
    return this.#seq - (this.#ring.length - this.#first);
  }

  /** Calls `listener` with each message to come, in order; gives what ends that. */
  subscribe(listener: (item: BusItem) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #keep(item: BusItem): void {
    this.#ring.push(item);
    this.#bytes += item.bytes;
    this.#shrink();
  }

  /** The older end goes, until what is left is within bounds. */
  #shrink(): void {
    while (this.#ring.length - this.#first > this.#limits.ringItems || this.#bytes > this.#limits.ringBytes) {
      const oldest = this.#ring[this.#first];
      if (oldest === undefined) break;
      this.#bytes -= oldest.bytes;
      for (const frames of oldest.frames.values()) this.#bytes -= bytesOf(frames);
      this.#first += 1;
    }
    if (this.#first * 2 > this.#ring.length && this.#first > 0) {
      this.#ring = this.#ring.slice(this.#first);
      this.#first = 0;
    }
  }
}

function bytesOf(frames: readonly Frame[]): number {
  return frames.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Names, values and what an engine needs for each; good enough to bound memory by. */
function sizeOf(body: BusBody): number {
  if (body.kind === 'pbx') return 100;
  let bytes = 100;
  for (const [name, value] of Object.entries(body.event.headers))
    bytes += name.length + 16 + (typeof value === 'string' ? value.length : value.join().length);
  return bytes;
}
