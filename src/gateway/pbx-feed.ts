import type { AmiMessage, Header } from '../ami/message.ts';
import type { AmiReply } from '../ami/pending-actions.ts';
import type { Runtime } from '../ami/runtime.ts';
import type { AmiSession } from '../ami/session.ts';
import type { Audience, Stream } from './audience.ts';
import { Audiences } from './audiences.ts';
import { Bus, type BusBody, type BusLimits, DEFAULT_BUS_LIMITS } from './bus.ts';
import type { CommandTarget } from './commands.ts';
import { countingLink } from './counting-link.ts';
import type { Dialect } from './dialect.ts';
import { fillModel } from './fill-model.ts';
import { GatewayError } from './gateway-error.ts';
import { toHex } from './hex.ts';
import { JSON_DIALECT } from './json-dialect.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { type Log, SILENT } from './log.ts';
import { Numbers } from './numbers.ts';
import { type LinkTrouble, PbxLink, type PbxLinkOptions } from './pbx-link.ts';
import { PbxStats } from './stats.ts';
import { SubjectReader } from './subjects.ts';
import { toWire } from './to-wire.ts';
import type { View } from './view.ts';
import type { CallFact } from './wire/call-fact.ts';
import { CallStory } from './wire/call-story.ts';
import type { WireEvent } from './wire/event.ts';
import { emptyModel, type Model } from './wire/model.ts';
import type { PbxState } from './wire/protocol.ts';
import { forgetAll, reduce, reducePbxLoss } from './wire/reduce.ts';

/** Hears what happens in the calls of a PBX. */
export type CallWatcher = (fact: CallFact, pbx: string) => void;

export interface PbxFeedOptions extends PbxLinkOptions {
  /** The PBX's name, on every message about it; `pbx` by default. */
  readonly name?: string;
  readonly limits?: BusLimits;
}

/** Everything the gateway has of one PBX: the link to it, the model of it, and the stream of what happens there. */
export class PbxFeed implements Stream, CommandTarget {
  readonly pbx: string;
  readonly bus: Bus;
  readonly model: Model = emptyModel();
  readonly stats = new PbxStats();
  /** Whose devices are. */
  readonly numbers = new Numbers(this.model);
  readonly #subjects = new SubjectReader(this.model, this.numbers);
  readonly #runtime: Runtime;
  readonly #log: Log;
  readonly #link: PbxLink;
  readonly #audiences: Audiences;
  /** What marks of views are made with, so that nobody learns from one what others may see. */
  readonly #markKey: Uint8Array;
  readonly #story = new CallStory();
  readonly #callWatchers = new Set<CallWatcher>();
  #state: PbxState = 'down';
  #trouble: LinkTrouble | undefined;
  /** Events since the fill began, for what its lists may not know yet. */
  #sinceFill: WireEvent[] | undefined;

  constructor(options: PbxFeedOptions) {
    this.pbx = options.name ?? 'pbx';
    this.#runtime = options.runtime;
    this.#log = options.log ?? SILENT;
    this.bus = new Bus(this.#newEpoch(), options.limits ?? DEFAULT_BUS_LIMITS);
    this.#audiences = new Audiences(this, DEFAULT_LIMITS.views);
    this.#markKey = options.runtime.digest.secureRandomBytes(32);
    this.bus.subscribe((item) => this.#audiences.deliver(item));
    const connect = async () => countingLink(await options.connect(), (bytes) => (this.stats.bytesRead += bytes));
    this.#link = new PbxLink(
      { ...options, name: this.pbx, connect },
      {
        event: (message) => this.#hear(message),
        state: (state, reason) => this.#turn(state, reason),
        failed: (trouble) => this.#fail(trouble),
        fill: (session) => this.#fill(session),
      },
    );
  }

  get state(): PbxState {
    return this.#state;
  }

  /** Why there is no link, where an attempt failed since there was one. */
  get trouble(): LinkTrouble | undefined {
    return this.#trouble;
  }

  /** @see {@link PbxLink.retryNow} */
  retryNow(): void {
    this.#link.retryNow();
  }

  /** @see {@link PbxLink.open} */
  open(): Promise<void> {
    return this.#link.open();
  }

  close(): void {
    this.#link.close();
  }

  /**
   * All clients with that view who speak alike.
   * @throws GatewayError `GATEWAY_TOO_MANY_VIEWS`
   */
  audience(view: View, dialect: Dialect = JSON_DIALECT): Audience {
    return this.#audiences.of(dialect.key, view, () => ({
      encoder: dialect.stream(this.pbx, this.#newEpoch()),
      mark: view.isAll ? '' : toHex(this.#runtime.digest.hmacSha256(this.#markKey, view.key).slice(0, 6)),
    }));
  }

  /** Different views that clients have now, or had a moment ago. */
  get views(): number {
    return this.#audiences.size;
  }

  /** How many there may be at once. */
  set viewLimit(limit: number) {
    this.#audiences.limit = limit;
  }

  /** Calls `watcher` with what happens in calls, until the function that it gives is called. */
  watchCalls(watcher: CallWatcher): () => void {
    this.#callWatchers.add(watcher);
    return () => void this.#callWatchers.delete(watcher);
  }

  async request(action: string, headers: readonly Header[]): Promise<AmiReply> {
    const { session } = this.#link;
    if (session === undefined) throw new GatewayError('GATEWAY_PBX_DOWN', 'There is no link to the PBX now');
    return session.request(action, headers);
  }

  #hear(message: AmiMessage): void {
    const now = this.#runtime.clock.now();
    this.stats.events += 1;
    const stamp = this.stats.onAge === undefined ? undefined : message.get('Timestamp');
    if (stamp !== undefined) this.stats.onAge?.(Math.max(0, now / 1000 - Number(stamp)));
    const event = toWire(message, now);
    this.#sinceFill?.push(event);
    const facts = reduce(this.model, event);
    this.#publish({ kind: 'event', event, subjects: this.#subjects.read(event, facts) });
    this.#tell(this.#story.read(event));
  }

  #tell(facts: readonly CallFact[]): void {
    for (const fact of facts) for (const watcher of this.#callWatchers) watcher(fact, this.pbx);
  }

  /** Browsers are told once why the PBX is away, not at each attempt. */
  #fail(trouble: LinkTrouble): void {
    this.stats[trouble === 'login-refused' ? 'loginRefused' : 'unreachable'] += 1;
    if (trouble === 'login-refused' && this.#trouble !== trouble)
      this.#turn('down', 'The PBX does not let the gateway in');
    this.#trouble = trouble;
  }

  #turn(state: PbxState, reason?: string): void {
    this.#state = state;
    if (state === 'syncing') this.#trouble = undefined;
    if (state === 'up') this.stats.connects += 1;
    const at = Math.round(this.#runtime.clock.now() * 10) / 10;
    if (state === 'down') {
      reducePbxLoss(this.model);
      this.#tell(this.#story.lose(at));
    }
    this.#publish({ kind: 'pbx', state, at, ...(reason !== undefined && { reason }) });
    if (state !== 'up') return;
    // The lists made of the model what no event tells: from here on everybody starts from a snapshot.
    this.bus.renew(this.#newEpoch());
    this.#audiences.deliverSnapshot();
  }

  async #fill(session: AmiSession): Promise<void> {
    forgetAll(this.model);
    this.numbers.forget();
    this.#sinceFill = [];
    try {
      await fillModel(session, {
        model: this.model,
        since: this.#sinceFill,
        now: () => this.#runtime.clock.now(),
        log: this.#log,
        pbx: this.pbx,
      });
      this.#story.begin(this.model);
      this.#subjects.begin();
    } finally {
      this.#sinceFill = undefined;
    }
  }

  #publish(body: BusBody): void {
    this.bus.publish(body);
  }

  #newEpoch(): string {
    return toHex(this.#runtime.digest.secureRandomBytes(6));
  }
}
