import type { Bus, BusItem } from './bus.ts';
import type { StreamEncoder } from './dialect.ts';
import type { Frame } from './frame.ts';
import { jsonStream } from './json-dialect.ts';
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
  readonly #encoder: StreamEncoder;
  readonly #members = new Set<Recipient>();
  /** The last message that this view got, or would have got. */
  #lastSeq: number;
  #start: { readonly epoch: string; readonly seq: number; readonly frames: readonly Frame[] } | undefined;

  /** @param encoder of the JSON protocol by default */
  constructor(stream: Stream, view: View, encoder: StreamEncoder = jsonStream(stream.pbx)) {
    this.#stream = stream;
    this.#view = view;
    this.#encoder = encoder;
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
    const frames = this.#framesOf(item, this.#lastSeq);
    if (frames === undefined) return;
    this.#lastSeq = item.seq;
    for (const member of this.#members) for (const frame of frames) member(frame);
  }

  deliverSnapshot(): void {
    const frames = this.start();
    for (const member of this.#members) for (const frame of frames) member(frame);
  }

  /** What who comes new begins with: the model as of the last message of the bus. Made once for all who ask before the next. */
  start(): readonly Frame[] {
    const { pbx, bus, model } = this.#stream;
    const { epoch, seq } = bus.position;
    if (this.#start?.epoch !== epoch || this.#start.seq !== seq) {
      const message = { type: 'snapshot', pbx, epoch, seq, model: this.#view.snapshot(model) } as const;
      const frames = [...this.#encoder.snapshot(message), ...this.#encoder.knowledge()];
      this.#start = { epoch, seq, frames };
    }
    return this.#start.frames;
  }

  /**
   * What a client of this view missed since `position`; `undefined`: not known any more, it needs a snapshot.
   * @param lineage of the encoder whose messages it has seen up to there
   */
  since(position: Position, lineage?: string): readonly Frame[] | undefined {
    const { bus } = this.#stream;
    const missed = bus.since(position);
    if (missed === undefined) return undefined;
    const visible = missed.filter((item) => item.body.kind === 'pbx' || this.#visible(item) !== undefined);
    const prev = this.#lastSeqIn(bus.kept.slice(0, bus.kept.length - missed.length));
    return this.#canReadOn(visible, lineage) ? this.#shared(visible, prev) : this.#anew(visible, prev);
  }

  /** Messages that build on those before are of use only to who has seen just those. */
  #canReadOn(items: readonly BusItem[], lineage: string | undefined): boolean {
    if (this.#encoder.lineage === undefined) return true;
    return this.#encoder.lineage === lineage && items.every((item) => item.frames.has(this.#key));
  }

  #shared(items: readonly BusItem[], prev: number): readonly Frame[] {
    return items.flatMap((item, index) => this.#framesOf(item, items[index - 1]?.seq ?? prev) ?? []);
  }

  #anew(items: readonly BusItem[], prev: number): readonly Frame[] {
    const encoder = this.#encoder.fresh();
    const start = encoder.knowledge();
    const frames = items.flatMap((item, index) =>
      encoder.item(item, this.#visible(item), items[index - 1]?.seq ?? prev),
    );
    return [...start, ...frames, ...this.#encoder.knowledge()];
  }

  /** What this view gets of a message; `undefined`: nothing. */
  #framesOf(item: BusItem, prev: number): readonly Frame[] | undefined {
    const known = item.frames.get(this.#key);
    if (known !== undefined) return known;
    const event = this.#visible(item);
    if (event === undefined && item.body.kind === 'event') return undefined;
    const frames = this.#encoder.item(item, event, prev);
    this.#stream.bus.keepFrames(item, this.#key, frames);
    return frames;
  }

  get #key(): string {
    return `${this.#encoder.dialect}${this.#encoder.lineage ?? ''}${this.#view.key}`;
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
