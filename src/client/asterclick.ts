import type { CallFact } from '../gateway/wire/call-fact.ts';
import type { WireHeaders } from '../gateway/wire/event.ts';
import type { PbxState, ServerMessage, Welcome } from '../gateway/wire/protocol.ts';
import { ClientError } from './client-error.ts';
import { type CommandRequest, type CommandResponse, Commands } from './commands.ts';
import { Connection, type ConnectionOptions } from './connection.ts';
import type { ConnectionState } from './connection-state.ts';
import { EventHub, type EventListener } from './event-hub.ts';
import type { ActionHeaders, ActionName } from './events/known-actions.ts';
import type { EventName } from './events/known-events.ts';
import type { PbxEvent } from './events/pbx-event.ts';
import type { LiveState } from './live/live-state.ts';
import { PbxView } from './pbx-view.ts';
import { type Platform, platformWith } from './platform.ts';
import type { SubscriptionRule } from './subscription.ts';
import { Watchers } from './watchers.ts';

export interface AsterClickOptions extends ConnectionOptions {
  /** Names of extensions that this program knows; others are learned from calls and queues. */
  readonly names?: Readonly<Record<string, string>>;
  /** What to see of all that the user may see, from the first snapshot on; everything unless told. */
  readonly subscribe?: readonly SubscriptionRule[] | undefined;
  /** 15 s unless told. */
  readonly commandTimeoutMs?: number;
  /** Stand-ins for the browser's WebSocket, clock and chance. */
  readonly platform?: Partial<Platform>;
}

/** What `watch` can tell of, of the first PBX where there are several: the connection to the gateway, the gateway's link to the PBX, anything in `live`, or what happens in calls. */
export interface Watched {
  connection: ConnectionState;
  pbx: PbxState;
  live: LiveState;
  call: CallFact;
  /** All PBXs of the session, where there are others than before. */
  pbxs: readonly PbxView[];
}

/**
 * A PBX in the browser: its events as they happen, its calls, lamps and queues as they are now, and commands to it.
 *
 *     const pbx = new AsterClick({ url: 'wss://pbx.example/ws', credentials: { user: 'ann', secret } });
 *     pbx.on('Hold', (event) => console.log(event.headers.CallerIDNum, 'holds'));
 *     await pbx.connect();
 *     await pbx.dial('1001', '1002');
 */
export class AsterClick {
  /** Calls, extensions and queues now. */
  readonly live: LiveState;
  readonly #connection: Connection;
  readonly #commands: Commands;
  readonly #events = new EventHub();
  readonly #watchers = new Watchers<Watched>();
  readonly #platform: Platform;
  readonly #waitingForStart = new Set<{ resolve(): void; reject(error: ClientError): void }>();
  readonly #names: Readonly<Record<string, string>>;
  readonly #first: PbxView;
  #pbxs: readonly PbxView[];
  /** PBXs whose snapshot is still to come. */
  #missing = new Set<string>();
  #started = false;
  #clockOffsetMs = Number.POSITIVE_INFINITY;

  constructor(options: AsterClickOptions) {
    this.#platform = platformWith(options.platform);
    this.#names = { ...options.names };
    this.#first = this.#newView('');
    this.#pbxs = [this.#first];
    this.live = this.#first.live;
    this.#first.watch('live', (live) => this.#watchers.tell('live', live));
    this.#first.watch('state', (state) => this.#watchers.tell('pbx', state));
    this.#first.watch('call', (fact) => this.#watchers.tell('call', fact));
    this.#commands = new Commands(this.#platform.clock, options.commandTimeoutMs ?? 15_000);
    this.#connection = new Connection(options, this.#platform, {
      state: (state) => this.#connectionChanged(state),
      message: (message, receivedAtMs) => this.#receive(message, receivedAtMs),
    });
    this.#connection.subscription = options.subscribe;
  }

  get connection(): ConnectionState {
    return this.#connection.state;
  }

  /** The gateway's link to the PBX, as last heard. */
  get pbx(): PbxState {
    return this.#first.state;
  }

  /**
   * The PBXs of the session, as the option `pbx` asks for them: the first is what `live`, `pbx` and commands of this object are about.
   * Listeners to events hear those of all.
   */
  get pbxs(): readonly PbxView[] {
    return this.#pbxs;
  }

  /** This machine's clock, set to the gateway's as well as is known: what `sinceMs` and `answeredMs` count from. */
  nowMs(): number {
    const offsetMs = Number.isFinite(this.#clockOffsetMs) ? this.#clockOffsetMs : 0;
    return this.#platform.clock.now() - offsetMs;
  }

  /**
   * Connects, and keeps connected until `close`. Resolves when `live` is filled (empty, while the gateway's PBX is down).
   * @throws ClientError `CLIENT_REFUSED`, `CLIENT_PROTOCOL`, `CLIENT_BAD_URL`, `CLIENT_CLOSED`
   */
  connect(): Promise<void> {
    this.#connection.open();
    if (this.#started) return Promise.resolve();
    const { state } = this.#connection;
    if (state.name === 'closed') return Promise.reject(state.error);
    return new Promise((resolve, reject) => this.#waitingForStart.add({ resolve, reject }));
  }

  close(): void {
    this.#connection.close();
  }

  /** Calls `listener` for each AMI event of that name (`*`: any), until the returned function is called or `signal` aborts. */
  on<Name extends EventName>(
    name: Name,
    listener: EventListener<Name>,
    options?: { signal?: AbortSignal },
  ): () => void {
    return this.#events.on(name, listener, options?.signal);
  }

  once<Name extends EventName>(name: Name, listener: EventListener<Name>): () => void {
    return this.#events.once(name, listener);
  }

  /**
   * `for await (const event of pbx.events('Hold'))`: events from now on, until the loop is left or `signal` aborts.
   * @throws ClientError `CLIENT_TOO_SLOW` in the loop, where more than `limit` (1000) events wait for it
   */
  events<Name extends EventName>(
    name: Name,
    options?: { signal?: AbortSignal; limit?: number },
  ): AsyncIterableIterator<PbxEvent<Name>> {
    return this.#events.iterate(name, options?.limit ?? 1_000, options?.signal);
  }

  /**
   * Calls `watcher` on each change, until the returned function is called. For `live` once a message, after its events' listeners; for
   * `call` with each thing that happens in a call: who rings, answers, holds, is transferred to whom, and how it ends.
   */
  watch<What extends keyof Watched>(what: What, watcher: (value: Watched[What]) => void): () => void {
    return this.#watchers.add(what, watcher);
  }

  /** Names extensions that this program knows, of a directory for example; they are shown at once. */
  name(names: Readonly<Record<string, string>>): void {
    Object.assign(this.#names, names);
    for (const view of this.#pbxs) view.learn(names);
  }

  /** True where this user may send that command (`dial`, `hangUp` ...). */
  may(command: CommandRequest['do']): boolean {
    const { state } = this.#connection;
    return state.name === 'online' && state.rights.includes(command);
  }

  /** Rings the phone of extension `from`; when it is answered, calls `to`. Rejects as `command` does. */
  dial(from: string, to: string): Promise<CommandResponse> {
    return this.command({ do: 'dial', from, to });
  }

  hangUp(channel: string): Promise<CommandResponse> {
    return this.command({ do: 'hangUp', channel });
  }

  /** Blind transfer: the party that talks to `channel` goes to `to`. */
  transfer(channel: string, to: string): Promise<CommandResponse> {
    return this.command({ do: 'transfer', channel, to });
  }

  /** Sends `channel` itself (and `extraChannel`, if given) to `to`. */
  redirect(channel: string, to: string, extraChannel?: string): Promise<CommandResponse> {
    return this.command({ do: 'redirect', channel, to, ...(extraChannel !== undefined && { extraChannel }) });
  }

  /** A raw AMI action, where the gateway allows it. */
  action<Name extends ActionName>(name: Name, headers?: ActionHeaders<Name>): Promise<CommandResponse> {
    return this.command({ do: 'action', name, ...(headers && { headers: headers as WireHeaders }) });
  }

  /**
   * Sends a command; resolves with the PBX's response. What it changes is seen in `live` and in events.
   * @throws ClientError with the gateway's code where it refuses, `CLIENT_NOT_CONNECTED`, `CLIENT_CONNECTION_LOST`, `CLIENT_COMMAND_TIMEOUT`
   */
  command(request: CommandRequest): Promise<CommandResponse> {
    return this.#commands.run(request, (message) => this.#connection.send(message));
  }

  /**
   * Sees from now on what fits one of the rules, and of `live` what such events keep; without rules everything. Resolves when `live`
   * shows it, all listeners hear what comes after; while there is no session at once, as the next one begins with it.
   * @throws ClientError with the gateway's code where it refuses, and all stays as it was; `CLIENT_CONNECTION_LOST`, `CLIENT_COMMAND_TIMEOUT`
   */
  async subscribe(rules?: readonly SubscriptionRule[]): Promise<void> {
    const before = this.#connection.subscription;
    this.#connection.subscription = rules;
    // A hello that is under way may have said something else.
    if (this.#connection.state.name === 'greeting') await this.connect();
    if (this.#connection.state.name !== 'online' || this.#connection.announced === rules) return;
    try {
      await this.#commands.subscribe(rules ?? [{}], (message) => this.#connection.send(message));
      this.#connection.announced = rules;
    } catch (error) {
      // What the gateway took note of nobody knows where no answer came: then the next session begins with it.
      const isRefused = error instanceof ClientError && error.code.startsWith('GATEWAY_');
      if (isRefused && this.#connection.subscription === rules) this.#connection.subscription = before;
      throw error;
    }
  }

  #receive(message: ServerMessage, receivedAtMs: number): void {
    switch (message.type) {
      case 'welcome':
        this.#welcome(message);
        break;
      case 'snapshot':
        this.#view(message.pbx).begin(message);
        this.#missing.delete(message.pbx);
        this.#startOnceFilled();
        break;
      case 'pbx':
        this.#view(message.pbx).turn(message);
        break;
      case 'reply':
        this.#commands.settle(message);
        break;
      case 'event':
        this.#clockOffsetMs = Math.min(this.#clockOffsetMs, receivedAtMs - message.at);
        this.#view(message.pbx).apply(message, () => this.#events.emit(message, receivedAtMs));
    }
  }

  #welcome(message: Welcome): void {
    const sides = message.pbxs ?? [message];
    const before = this.#pbxs;
    this.#pbxs = sides.map(({ pbx }, index) =>
      index === 0
        ? this.#first
        : (before.find((view) => view !== this.#first && view.name === pbx) ?? this.#newView(pbx)),
    );
    for (const [index, { pbx, pbxState, resumed }] of sides.entries()) this.#pbxs[index]?.greet(pbx, pbxState, resumed);
    this.#missing = new Set(sides.filter(({ resumed }) => !resumed).map(({ pbx }) => pbx));
    if (this.#pbxs.length !== before.length || this.#pbxs.some((view, index) => view !== before[index]))
      this.#watchers.tell('pbxs', this.#pbxs);
    this.#startOnceFilled();
  }

  /** The first where the gateway has only one, whatever it calls that. */
  #view(pbx: string): PbxView {
    return this.#pbxs.find(({ name }) => name === pbx) ?? this.#first;
  }

  #newView(name: string): PbxView {
    return new PbxView(name, this.#names, (request) => this.command(request));
  }

  #startOnceFilled(): void {
    if (this.#missing.size === 0) this.#start();
  }

  #start(): void {
    this.#started = true;
    for (const { resolve } of this.#waitingForStart) resolve();
    this.#waitingForStart.clear();
  }

  #connectionChanged(state: ConnectionState): void {
    if (state.name === 'waiting' || state.name === 'closed') {
      this.#started = false;
      this.#commands.failAll();
    }
    if (state.name === 'closed') {
      for (const { reject } of this.#waitingForStart) reject(state.error);
      this.#waitingForStart.clear();
    }
    this.#watchers.tell('connection', state);
  }
}

export type { PbxState } from '../gateway/wire/protocol.ts';
