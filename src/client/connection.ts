import type {
  ClientMessage,
  Hello,
  ProtocolError,
  ServerMessage,
  SubscriptionRules,
  Welcome,
} from '../gateway/wire/protocol.ts';
import { CLOSE, COMPACT_PROTOCOL, JSON_PROTOCOL } from '../gateway/wire/protocol.ts';
import type { BackOff } from './back-off.ts';
import { ClientError } from './client-error.ts';
import type { ConnectionState } from './connection-state.ts';
import { type CredentialSource, helloFor, readCredentials } from './credentials.ts';
import { MessageReader } from './decode.ts';
import { LastingSocket, type Retry } from './lasting-socket.ts';
import type { Platform } from './platform.ts';
import { StreamPosition } from './stream-position.ts';

export interface ConnectionOptions {
  /** `ws:` or `wss:` URL of the gateway. */
  readonly url: string;
  readonly credentials: CredentialSource;
  /** PBXs of the gateway by name, or `*` for all; the one that the gateway chooses unless told. */
  readonly pbx?: string | readonly string[] | undefined;
  readonly backOff?: BackOff | undefined;
  /** From the start of a try until the gateway's welcome; 10 s unless told. */
  readonly welcomeTimeoutMs?: number | undefined;
}

export interface ConnectionHandlers {
  state(state: ConnectionState): void;
  /** In the stream's order, nothing twice and nothing left out: after a gap the stream starts again with a snapshot. */
  message(message: ServerMessage, receivedAtMs: number): void;
}

/**
 * One lasting session with the gateway: logs in, comes back after a loss with a ticket, resumes where it was.
 * It knows nothing of calls; what arrives goes to its handlers.
 */
export class Connection {
  readonly #credentials: CredentialSource;
  readonly #platform: Platform;
  readonly #handlers: ConnectionHandlers;
  readonly #socket: LastingSocket;
  /** By name of PBX; those of the last welcome, the first first. */
  #positions = new Map<string, StreamPosition>();
  readonly #asked: ConnectionOptions['pbx'];
  /** What each hello subscribes to; everything where nothing is said. */
  subscription: SubscriptionRules | undefined;
  /** What the last hello subscribed to. */
  announced: SubscriptionRules | undefined;
  readonly #reader = new MessageReader();
  #state: ConnectionState = { name: 'idle' };
  /** Logs in again without a secret. */
  #ticket: string | undefined;
  /** What the gateway said last before it closed. */
  #complaint: ProtocolError | undefined;

  constructor(options: ConnectionOptions, platform: Platform, handlers: ConnectionHandlers) {
    this.#credentials = options.credentials;
    this.#asked = options.pbx;
    this.#platform = platform;
    this.#handlers = handlers;
    const { url, backOff, welcomeTimeoutMs } = options;
    this.#socket = new LastingSocket(
      { url, protocols: [COMPACT_PROTOCOL, JSON_PROTOCOL], backOff, settleTimeoutMs: welcomeTimeoutMs },
      platform,
      {
        connecting: (attempt) => this.#become({ name: 'connecting', attempt }),
        opened: (attempt) => this.#greet(attempt),
        message: (data) => this.#receive(data),
        closed: (code, reason) => this.#closed(code, reason),
        waiting: (wait) => this.#become({ name: 'waiting', ...wait }),
        ended: (error) => this.#become({ name: 'closed', error }),
      },
    );
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Starts, or starts again after `close`; while it waits for its next try, tries now. Otherwise nothing. */
  open(): void {
    this.#socket.open();
  }

  /** Ends the session for good, until `open`. */
  close(): void {
    this.#socket.end(new ClientError('CLIENT_CLOSED', 'The connection was closed by this program.'));
  }

  /** @throws ClientError `CLIENT_NOT_CONNECTED` */
  send(message: ClientMessage): void {
    if (this.#state.name !== 'online') {
      throw new ClientError('CLIENT_NOT_CONNECTED', `There is no session with the gateway: it is ${this.#state.name}.`);
    }
    this.#socket.send(JSON.stringify(message));
  }

  #greet(attempt: number): void {
    const greeting: ConnectionState = { name: 'greeting', attempt };
    this.#become(greeting);
    const current = () => this.#state === greeting;
    const credentials = this.#ticket ? Promise.resolve({ ticket: this.#ticket }) : readCredentials(this.#credentials);
    credentials.then(
      (known) => current() && this.#socket.send(JSON.stringify({ ...helloFor(known), ...this.#wishes() })),
      (error: unknown) => current() && this.#socket.retry(`No credentials: ${String(error)}`),
    );
  }

  /** What this client wants to see, and where it was in each stream. */
  #wishes(): Pick<Hello, 'pbx' | 'subscribe' | 'resume' | 'resumes'> {
    const { subscription } = this;
    this.announced = subscription;
    return { ...(subscription !== undefined && { subscribe: subscription }), ...this.#resumption() };
  }

  #resumption(): Pick<Hello, 'pbx' | 'resume' | 'resumes'> {
    const known = [...this.#positions].flatMap(([pbx, { current }]) =>
      current === undefined ? [] : [[pbx, this.#reader.resumable(pbx, current)] as const],
    );
    if (this.#asked === undefined) return known[0] === undefined ? {} : { resume: known[0][1] };
    return { pbx: this.#asked, ...(known.length > 0 && { resumes: Object.fromEntries(known) }) };
  }

  #receive(data: unknown): void {
    const receivedAtMs = this.#platform.clock.now();
    const message = this.#reader.read(data);
    if (message === 'none') return;
    if (message === 'bad') {
      this.#startOver('The gateway sent what is no message.');
    } else if (this.#isDue(message)) {
      this.#handlers.message(message, receivedAtMs);
    }
  }

  /** Takes note of what a message means for this session; false where its owner need not see it. */
  #isDue(message: ServerMessage): boolean {
    if (message.type === 'error') this.#complaint = message;
    if (message.type === 'welcome') this.#welcome(message);
    if (message.type === 'snapshot') this.#positionIn(message.pbx).jumpTo(message);
    if (message.type !== 'event' && message.type !== 'pbx') return true;
    const verdict = this.#positionIn(message.pbx).take(message);
    if (verdict === 'gap') this.#startOver(`A gap before message ${message.seq} of the stream.`);
    return verdict === 'next' || (verdict === 'early' && message.type === 'pbx');
  }

  #welcome({ ticket, user, rights, resumed, ...first }: Welcome): void {
    const sides = first.pbxs ?? [{ pbx: first.pbx, resumed }];
    this.#socket.settled();
    this.#ticket = ticket;
    const before = this.#positions;
    this.#positions = new Map(
      sides.map(({ pbx, resumed }) => [pbx, (resumed && before.get(pbx)) || new StreamPosition()]),
    );
    this.#reader.arrange(sides.map(({ pbx }) => pbx));
    this.#become({ name: 'online', user, rights, resumed });
  }

  #positionIn(pbx: string): StreamPosition {
    const known = this.#positions.get(pbx);
    if (known !== undefined) return known;
    const position = new StreamPosition();
    this.#positions.set(pbx, position);
    return position;
  }

  /** What was seen so far is no longer worth resuming from. */
  #startOver(reason: string): void {
    for (const position of this.#positions.values()) position.forget();
    this.#socket.retry(reason);
  }

  #closed(code: number, reason: string): ClientError | Retry {
    const said = this.#complaint?.message ?? (reason || `The WebSocket closed with code ${code}.`);
    const ticketWasRefused = code === CLOSE.refused && this.#ticket !== undefined;
    this.#ticket = ticketWasRefused ? undefined : this.#ticket;
    if (code === CLOSE.refused && !ticketWasRefused) return new ClientError('CLIENT_REFUSED', said);
    if (code === CLOSE.protocolError) return new ClientError('CLIENT_PROTOCOL', said);
    return { reason: said, afterMs: this.#complaint?.retryAfterMs };
  }

  #become(state: ConnectionState): void {
    if (state.name === 'connecting') this.#complaint = undefined;
    this.#state = state;
    this.#handlers.state(state);
  }
}
