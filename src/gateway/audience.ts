import type { Bus, BusItem } from './bus.ts';
import { encodeItem, encodeJson } from './encode-json.ts';
import type { Frame } from './frame.ts';
import type { View } from './view.ts';
import type { WireEvent } from './wire/event.ts';
import type { Model } from './wire/model.ts';
import type { PbxState, Position } from './wire/protocol.ts';

/** What an audience needs of the PBX that it follows. */
export interface Stream {
  readonly pbx: string;
  readonly bus: Bus;
  readonly model: Model;
  readonly state: PbxState;
}

/** Takes what an audience is sent. */
export type Recipient = (frame: Frame) => void;

/** All clients that see the same of one PBX in the same protocol: each message is encoded once for all of them. */
export class Audience {
  readonly #stream: Stream;
  readonly #view: View;
  readonly #members = new Set<Recipient>();
  /** The last message that this view got, or would have got. */
  #lastSeq: number;
  #snapshot: { readonly epoch: string; readonly seq: number; readonly frame: Frame } | undefined;

  constructor(stream: Stream, view: View) {
    this.#stream = stream;
    this.#view = view;
    this.#lastSeq = this.#lastSeqIn(stream.bus.kept);
  }

  get size(): number {
    return this.#members.size;
  }

  /** From now on `recipient` gets every message, until it {@link leave}s. */
  join(recipient: Recipient): void {
    this.#members.add(recipient);
  }

  leave(recipient: Recipient): void {
    this.#members.delete(recipient);
  }

  deliver(item: BusItem): void {
    const frame = this.#frameOf(item, this.#lastSeq);
    if (frame === undefined) return;
    this.#lastSeq = item.seq;
    for (const member of this.#members) member(frame);
  }

  deliverSnapshot(): void {
    for (const member of this.#members) member(this.snapshot());
  }

  /** The model as of the last message of the bus; made once for all who ask before the next. */
  snapshot(): Frame {
    const { pbx, bus, model } = this.#stream;
    const { epoch, seq } = bus.position;
    if (this.#snapshot?.epoch !== epoch || this.#snapshot.seq !== seq) {
      const message = { type: 'snapshot', pbx, epoch, seq, model: this.#view.snapshot(model) } as const;
      this.#snapshot = { epoch, seq, frame: encodeJson(message) };
    }
    return this.#snapshot.frame;
  }

  /** What a client of this view missed since `position`; `undefined`: not known any more, it needs a snapshot. */
  since(position: Position): readonly Frame[] | undefined {
    const { bus } = this.#stream;
    const missed = bus.since(position);
    if (missed === undefined) return undefined;
    let prev = this.#lastSeqIn(bus.kept.slice(0, bus.kept.length - missed.length));
    const frames: Frame[] = [];
    for (const item of missed) {
      const frame = this.#frameOf(item, prev);
      if (frame === undefined) continue;
      frames.push(frame);
      prev = item.seq;
    }
    return frames;
  }

  /** What this view gets of a message; `undefined`: nothing. */
  #frameOf(item: BusItem, prev: number): Frame | undefined {
    const known = item.frames.get(this.#view.key);
    if (known !== undefined) return known;
    const event = this.#visible(item);
    if (event === undefined && item.body.kind === 'event') return undefined;
    const frame = encodeItem(this.#stream.pbx, item, event, prev);
    item.frames.set(this.#view.key, frame);
    return frame;
  }

  #visible({ body }: BusItem): WireEvent | undefined {
    return body.kind === 'event' ? this.#view.event(body.event) : undefined;
  }

  /** Where none of `items` is to be seen, what came before the oldest: whoever resumes within the kept part has seen that. */
  #lastSeqIn(items: readonly BusItem[]): number {
    const last = items.findLast((item) => item.body.kind === 'pbx' || this.#visible(item) !== undefined);
    return last?.seq ?? this.#stream.bus.keptAfter;
  }
}
