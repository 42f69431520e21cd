import { type BackOff, backOffMs, DEFAULT_BACK_OFF } from './back-off.ts';
import { ClientError } from './client-error.ts';
import type { Platform, Timer, WebSocketLike } from './platform.ts';

export interface LastingSocketOptions {
  readonly url: string;
  /** Subprotocols, the best first. */
  readonly protocols: readonly string[];
  readonly backOff?: BackOff | undefined;
  /** From the start of a try until `settled()`; 10 s unless told. */
  readonly settleTimeoutMs?: number | undefined;
}

/** To try again, and why. */
export interface Retry {
  readonly reason: string;
  /** When the other side wants to be tried again, ms from now; where it said nothing, the back-off says it. */
  readonly afterMs?: number | undefined;
}

export interface LastingSocketHandlers {
  connecting(attempt: number): void;
  opened(attempt: number): void;
  message(data: unknown): void;
  /** The other side closed: a {@link ClientError} ends it for good. */
  closed(code: number, reason: string): ClientError | Retry;
  waiting(wait: { readonly attempt: number; readonly retryAtMs: number; readonly reason: string }): void;
  ended(error: ClientError): void;
}

/** A session that counts as good; one that ends sooner keeps the back-off growing. */
const STABLE_MS = 5_000;

/** However long the other side wants to be left alone. */
const MAX_ASKED_FOR_MS = 600_000;

const NORMAL_CLOSE = 1000;

/** A WebSocket that is opened again, with back-off and jitter, whenever it is lost. What is said over it is its owner's affair. */
export class LastingSocket {
  readonly #options: LastingSocketOptions;
  readonly #platform: Platform;
  readonly #handlers: LastingSocketHandlers;
  #phase: 'off' | 'trying' | 'settled' | 'waiting' = 'off';
  #socket: WebSocketLike | undefined;
  #timer: Timer | undefined;
  #attempt = 0;
  #settledAtMs = 0;

  constructor(options: LastingSocketOptions, platform: Platform, handlers: LastingSocketHandlers) {
    this.#options = options;
    this.#platform = platform;
    this.#handlers = handlers;
  }

  /** Starts, or starts again; while it waits for its next try, tries now. Otherwise nothing. */
  open(): void {
    if (this.#phase === 'off' || this.#phase === 'waiting') this.#try();
  }

  send(text: string): void {
    this.#socket?.send(text);
  }

  /** The other side has said that all is well. */
  settled(): void {
    this.#timer?.cancel();
    this.#phase = 'settled';
    this.#settledAtMs = this.#platform.clock.now();
  }

  /** Gives up this socket and tries again: after the back-off, or when the other side wants it. */
  retry(reason: string, afterMs?: number): void {
    const { clock, random } = this.#platform;
    if (this.#phase === 'settled' && clock.now() - this.#settledAtMs >= STABLE_MS) this.#attempt = 0;
    this.#drop('waiting');
    const delayMs =
      afterMs !== undefined
        ? Math.min(afterMs, MAX_ASKED_FOR_MS)
        : backOffMs(this.#attempt + 1, this.#options.backOff ?? DEFAULT_BACK_OFF, random);
    this.#timer = clock.setTimer(delayMs, () => this.#try());
    this.#handlers.waiting({ attempt: this.#attempt, retryAtMs: clock.now() + delayMs, reason });
  }

  /** Ends it, until `open`. */
  end(error: ClientError): void {
    this.#drop('off');
    this.#attempt = 0;
    this.#handlers.ended(error);
  }

  #try(): void {
    this.#timer?.cancel();
    this.#phase = 'trying';
    const attempt = ++this.#attempt;
    this.#handlers.connecting(attempt);
    const socket = this.#create();
    if (!socket) return;
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    const current = () => this.#socket === socket;
    socket.addEventListener('open', () => current() && this.#handlers.opened(attempt));
    socket.addEventListener('message', ({ data }) => current() && this.#handlers.message(data));
    socket.addEventListener('close', ({ code, reason }) => current() && this.#closed(code, reason));
    const timeoutMs = this.#options.settleTimeoutMs ?? 10_000;
    this.#timer = this.#platform.clock.setTimer(timeoutMs, () => this.retry(`No welcome within ${timeoutMs} ms.`));
  }

  #create(): WebSocketLike | undefined {
    const { url, protocols } = this.#options;
    try {
      return new this.#platform.webSocket(url, [...protocols]);
    } catch (cause) {
      this.end(new ClientError('CLIENT_BAD_URL', `Not the URL of a WebSocket: ${url}`, { cause }));
      return undefined;
    }
  }

  #closed(code: number, reason: string): void {
    const verdict = this.#handlers.closed(code, reason);
    if (verdict instanceof ClientError) this.end(verdict);
    else this.retry(verdict.reason, verdict.afterMs);
  }

  #drop(phase: 'off' | 'waiting'): void {
    this.#timer?.cancel();
    this.#phase = phase;
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close(NORMAL_CLOSE);
  }
}
