import type { WireHeaders } from '../gateway/wire/event.ts';
import type { ClientMessage, Command, Reply, SubscriptionRules } from '../gateway/wire/protocol.ts';
import { ClientError } from './client-error.ts';
import type { Clock, Timer } from './platform.ts';

/** A command as a caller writes it: without the protocol's own fields. */
export type CommandRequest = Command extends infer Each
  ? Each extends Command
    ? Omit<Each, 'type' | 'id'>
    : never
  : never;

/** What the PBX answered, as far as this user may see it. */
export interface CommandResponse {
  readonly headers: WireHeaders;
  /** The rows of a list action, in order; none for any other. */
  readonly rows: readonly { readonly name: string; readonly headers: WireHeaders }[];
}

interface Waiting {
  readonly what: string;
  readonly timer: Timer;
  resolve(response: CommandResponse): void;
  reject(error: ClientError): void;
}

/** Commands that wait for their reply, by id. */
export class Commands {
  readonly #clock: Clock;
  readonly #timeoutMs: number;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;

  constructor(clock: Clock, timeoutMs: number) {
    this.#clock = clock;
    this.#timeoutMs = timeoutMs;
  }

  /**
   * Sends through `send` and waits for the reply.
   * @throws ClientError with the gateway's code where it refuses, `CLIENT_NOT_CONNECTED`, `CLIENT_CONNECTION_LOST`, `CLIENT_COMMAND_TIMEOUT`
   */
  run(request: CommandRequest, send: (message: ClientMessage) => void): Promise<CommandResponse> {
    return this.#ask(request.do, (id) => send({ type: 'command', id, ...request }));
  }

  /** The same for a subscription. */
  async subscribe(rules: SubscriptionRules, send: (message: ClientMessage) => void): Promise<void> {
    await this.#ask('subscribe', (id) => send({ type: 'subscribe', id, rules }));
  }

  async #ask(what: string, send: (id: number) => void): Promise<CommandResponse> {
    const id = ++this.#lastId;
    send(id);
    return new Promise((resolve, reject) => {
      const timer = this.#clock.setTimer(this.#timeoutMs, () => {
        this.#waiting.delete(id);
        reject(new ClientError('CLIENT_COMMAND_TIMEOUT', `No answer to ${what} within ${this.#timeoutMs} ms.`));
      });
      this.#waiting.set(id, { what, timer, resolve, reject });
    });
  }

  /** A reply to a command that nobody waits for any more is dropped. */
  settle(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id);
    if (!waiting) return;
    this.#waiting.delete(reply.id);
    waiting.timer.cancel();
    if (reply.ok) waiting.resolve({ headers: reply.response ?? {}, rows: reply.rows ?? [] });
    else waiting.reject(new ClientError(reply.code, reply.message));
  }

  /** The session is over: none of them will be answered. */
  failAll(): void {
    for (const { what, timer, reject } of this.#waiting.values()) {
      timer.cancel();
      reject(new ClientError('CLIENT_CONNECTION_LOST', `The connection broke before ${what} was answered.`));
    }
    this.#waiting.clear();
  }
}
