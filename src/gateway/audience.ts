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

export interface AudienceOptions {
  /** Of the JSON protocol by default. */
  readonly encoder?: StreamEncoder;
  /** Tells the positions of this view from those of others. */
  readonly mark?: string;
  /** No message after that one is for this view, of those that are kept. */
  readonly upTo?: number;
  /** Hears when the last member has left, and when one is there again. */
  readonly onDeserted?: (isDeserted: boolean) => void;
}

/** Takes what an audience is sent. */
export type Recipient = (frame: Frame) => void;

/** All clients that see the same of one PBX in the same protocol: each message is encoded once for all of them. */
export class Audience {
  readonly #stream: Stream;
  readonly #view: View;
  readonly #encoder: StreamEncoder;
  /** Of what is kept of a message for this view. */
  readonly #key: string;
  readonly #epochMark: string;
  readonly #onDeserted: (isDeserted: boolean) => void;
  readonly #members = new Set<Recipient>();
  /** The last message that this view got, or would have got. */
  #lastSeq: number;
  #start: { readonly epoch: string; readonly seq: number; readonly frames: readonly Frame[] } | undefined;

  constructor(stream: Stream, view: View, options: AudienceOptions = {}) {
    const { encoder = jsonStream(stream.pbx), mark = '', upTo = Number.POSITIVE_INFINITY } = options;
    this.#onDeserted = options.onDeserted ?? (() => {});
    this.#stream = stream;
    this.#view = view;
    this.#encoder = encoder;
    this.#epochMark = mark === '' ? '' : `.${mark}`;
    this.#key = `${encoder.dialect}${encoder.lineage ?? ''}${view.key}`;
    this.#lastSeq = this.#lastSeqIn(stream.bus.kept, upTo);
  }

  get size(): number {
    return this.#members.size;
  }

  /** Where a client is that has seen everything. The epoch is of this view alone: whoever comes back with another view needs a snapshot. */
  get position(): Position {
    const { epoch, seq } = this.#stream.bus.position;
    return { epoch: `${epoch}${this.#epochMark}`, seq };
  }

  /** From now on `recipient` gets every message, until it {@link leave}s. */
  join(recipient: Recipient): void {
    this.#members.add(recipient);
    if (this.#members.size === 1) this.#onDeserted(false);
  }

  leave(recipient: Recipient): void {
    if (this.#members.delete(recipient) && this.#members.size === 0) this.#onDeserted(true);
  }

  deliver(item: BusItem): void {
    const frames = this.#framesOf(item, this.#lastSeq);
    if (frames === undefined) return;
    this.#lastSeq = item.seq;
    for (const member of this.#members) for (const frame of frames) member(frame);
    if (this.#isTurn(item)) this.deliverSnapshot();
  }

  deliverSnapshot(): void {
    const frames = this.start();
    for (const member of this.#members) for (const frame of frames) member(frame);
  }

  /** What who comes new begins with: the model as of the last message of the bus. Made once for all who ask before the next. */
  start(): readonly Frame[] {
    const { pbx, model } = this.#stream;
    const { epoch, seq } = this.position;
    if (this.#start?.epoch !== epoch || this.#start.seq !== seq) {
      const { tables } = this.#view;
      const keeps = tables === undefined ? {} : { keeps: tables };
      const message = { type: 'snapshot', pbx, epoch, seq, ...keeps, model: this.#view.snapshot(model) } as const;
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
    if (position.epoch !== this.position.epoch) return undefined;
    const missed = bus.since({ ...position, epoch: bus.position.epoch });
    if (missed === undefined) return undefined;
    const visible = missed.filter((item) => this.#isFor(item));
    if (visible.some((item) => this.#isTurn(item))) return undefined;
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

  #visible({ body }: BusItem): WireEvent | undefined {
    return body.kind === 'event' ? this.#view.event(body.event, body.subjects) : undefined;
  }

  #isFor(item: BusItem): boolean {
    return item.body.kind === 'pbx' || this.#visible(item) !== undefined;
  }

  /** After such a message things are seen that were not, which it does not tell: a snapshot does. */
  #isTurn({ body }: BusItem): boolean {
    return this.#view.isByNumbers && body.kind === 'event' && body.subjects?.regroups === true;
  }

  /** Where none of `items` is to be seen, what came before the oldest: whoever resumes within the kept part has seen that. */
  #lastSeqIn(items: readonly BusItem[], upTo = Number.POSITIVE_INFINITY): number {
    const last = items.findLast((item) => item.seq <= upTo && this.#isFor(item));
    return last?.seq ?? this.#stream.bus.keptAfter;
  }
}
