import type { AmiMessage, Header } from '../../ami/message.ts';
import type { Clock, Runtime } from '../../ami/runtime.ts';
import { parseDuration } from '../duration.ts';
import { ExpressionError } from '../expression.ts';
import type { Stage, StageAction, StagePhone } from '../stage.ts';
import { fillText, type Scope } from '../text.ts';
import type { TraceRecorder } from '../trace-recorder.ts';
import type { Millis, Scenario, Text } from '../types.ts';
import { AmiClient } from './ami-client.ts';
import { Signal } from './task.ts';

const KEPT_MESSAGES = 10_000;

/** What one play shares: the stage, the clients, what they received, the values in force. */
export class PlayContext {
  readonly stage: Stage;
  readonly runtime: Pick<Runtime, 'digest' | 'text'>;
  /** Notified of whatever clients receive. */
  readonly signal = new Signal();
  /** In the order in which they first came. */
  readonly clients = new Map<string, AmiClient>();
  readonly #recorder: TraceRecorder | undefined;
  readonly #cast: Readonly<Record<string, string>>;
  readonly #values: Readonly<Record<string, string>>;
  readonly #kept = new Map<string, AmiMessage | undefined>();
  readonly #claimed = new Set<StageAction>();
  /** Id of the last that came before the start. */
  readonly #actionBefore: number;
  #messages: AmiMessage[] = [];
  #dropped = 0;

  constructor(
    stage: Stage,
    scenario: Scenario,
    options: {
      readonly runtime: Pick<Runtime, 'digest' | 'text'>;
      readonly values?: Readonly<Record<string, string>>;
      readonly recorder?: TraceRecorder;
    },
  ) {
    this.stage = stage;
    this.runtime = options.runtime;
    this.#recorder = options.recorder;
    this.#cast = scenario.cast ?? {};
    this.#values = { ...scenario.with, ...options.values };
    this.#actionBefore = stage.actions.at(-1)?.id ?? 0;
  }

  get clock(): Clock {
    return this.stage.clock;
  }

  /** The client of that name, made where it is new. */
  client(name: string): AmiClient {
    const before = this.clients.get(name);
    if (before !== undefined) return before;
    const client = new AmiClient(name, this.runtime.text, (_client, message) => {
      if (message !== undefined) this.#log(message);
      this.signal.notify();
    });
    this.clients.set(name, client);
    return client;
  }

  /** Opens a connection for the client; tells whether the PBX took it. */
  connect(client: AmiClient): boolean {
    const link = this.stage.connect();
    if (link === undefined) return false;
    client.use(this.#recorder?.tap(client.name, link) ?? link);
    return true;
  }

  /** Number of messages received until now: a place in what {@link messagesSince} looks through. */
  get received(): number {
    return this.#dropped + this.#messages.length;
  }

  messagesSince(place: number): readonly AmiMessage[] {
    return this.#messages.slice(Math.max(0, place - this.#dropped));
  }

  /** Keeps a message for `${name.Header}`; `undefined` where none came. */
  keep(name: string, message: AmiMessage | undefined): void {
    this.#kept.set(name, message);
  }

  /** The oldest action received since the start that fits and was not expected before. */
  claimAction(fits: (action: StageAction) => boolean): boolean {
    const found = this.unclaimedActions().find(fits);
    if (found !== undefined) this.#claimed.add(found);
    return found !== undefined;
  }

  unclaimedActions(): readonly StageAction[] {
    return this.stage.actions.filter((action) => action.id > this.#actionBefore && !this.#claimed.has(action));
  }

  /** A number or the name of a phone: a name of the cast stands for its value. */
  number(text: Text, scope: Counters): string {
    const filled = this.fill(text, scope);
    return Object.hasOwn(this.#cast, filled) ? (this.#cast[filled] ?? filled) : filled;
  }

  phone(text: Text, scope: Counters): StagePhone {
    return this.stage.phone(this.number(text, scope));
  }

  fill(text: Text, counters: Counters): string {
    return fillText(text, this.#scope(counters));
  }

  headers(headers: readonly Header[], scope: Counters): Header[] {
    return headers.map(([name, value]) => [this.fill(name, scope), this.fill(value, scope)]);
  }

  millis(time: Millis, scope: Counters): number {
    if (typeof time === 'number') return time;
    const filled = this.fill(time, scope);
    const ms = parseDuration(filled);
    if (ms === undefined)
      throw new ExpressionError(`'${time}' gives '${filled}', which is no time such as 600ms or 3s`);
    return ms;
  }

  #log(message: AmiMessage): void {
    this.#messages.push(message);
    if (this.#messages.length < 2 * KEPT_MESSAGES) return;
    this.#messages = this.#messages.slice(KEPT_MESSAGES);
    this.#dropped += KEPT_MESSAGES;
  }

  #scope(counters: Counters): Scope {
    return {
      value: (name, header) => (header === undefined ? this.#value(name, counters) : this.#header(name, header)),
      channelOf: (phone) => this.stage.newestChannelOf(this.number(phone, counters)),
      md5: (text) => this.runtime.digest.md5(text),
    };
  }

  #value(name: string, counters: Counters): string | undefined {
    const found = counters[name];
    if (found !== undefined) return String(found);
    if (Object.hasOwn(this.#values, name)) return this.#values[name];
    return Object.hasOwn(this.#cast, name) ? this.#cast[name] : undefined;
  }

  #header(name: string, header: string): string | undefined {
    if (!this.#kept.has(name)) return undefined;
    const message = this.#kept.get(name);
    if (message === undefined)
      throw new ExpressionError(`no answer came that \${${name}.${header}} could be taken from`);
    return message.get(header);
  }
}

/** `n` of the blocks around a step. */
export type Counters = Readonly<Record<string, number>>;
