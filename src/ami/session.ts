import { AmiError, type AmiErrorCode } from './ami-error.ts';
import { Deferred } from './deferred.ts';
import type { FrameProblem } from './framer.ts';
import type { Link } from './link.ts';
import { type Credentials, loginHeaders, refusal } from './login.ts';
import type { AmiMessage, Header } from './message.ts';
import { parseMessage } from './parse-message.ts';
import { PbxFramer } from './pbx-framer.ts';
import { type AmiReply, isLive, PendingActions, type RequestOptions } from './pending-actions.ts';
import type { Runtime, Timer } from './runtime.ts';
import { serializeAction } from './serializer.ts';

const DEFAULT_TIMEOUT_MS = 10_000;
/** How long the other side may take to close after we said goodbye. */
const LINGER_MS = 1_000;
const BANNER = /^Asterisk Call Manager[^/]*(?:\/(\S+))?$/;

export interface SessionOptions {
  /** For the banner, for responses, and between the events of a list; 10 s by default. */
  readonly timeoutMs?: number;
  /** See {@link PbxFramer}. */
  readonly maxMessageBytes?: number;
  /** Hears every event that is not a row of a list asked for here, in order, as it comes. */
  readonly onEvent?: (event: AmiMessage) => void;
  /**
   * Hears of messages that are of no use: `AMI_UNEXPECTED_RESPONSE` (nobody waits, or no longer), `AMI_MESSAGE_TOO_LONG`.
   * The session goes on.
   */
  readonly onFault?: (error: AmiError) => void;
}

/** How a session ended. `error` is what its pending and later requests are rejected with. */
export interface SessionEnd {
  /**
   * - `logged-off`: by {@link AmiSession.logoff}
   * - `closed`: by {@link AmiSession.close}
   * - `login-refused`: Asterisk said no; trying again with the same credentials is of no use
   * - `not-ami`: what answered is no AMI
   * - `link-lost`: all else; trying again may help
   */
  readonly reason: 'logged-off' | 'closed' | 'login-refused' | 'not-ami' | 'link-lost';
  readonly error: AmiError;
}

/**
 * The client's side of one AMI connection: banner, login, actions and their answers, events.
 * Once it has ended nothing of it is pending: every promise is settled, every timer cancelled, the link let go.
 */
export class AmiSession {
  readonly #link: Link;
  readonly #runtime: Runtime;
  readonly #options: SessionOptions;
  readonly #timeoutMs: number;
  readonly #framer: PbxFramer;
  readonly #pending: PendingActions;
  readonly #greeting = new Deferred<string>();
  readonly #ended = new Deferred<SessionEnd>();
  readonly #idPrefix: string;
  #lastId = 0;
  #banner: string | undefined;
  #timer: Timer;
  #leaving = false;
  #linkClosed = false;
  #end: SessionEnd | undefined;

  constructor(link: Link, runtime: Runtime, options: SessionOptions = {}) {
    this.#link = link;
    this.#runtime = runtime;
    this.#options = options;
    this.#timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    this.#framer = new PbxFramer(
      options.maxMessageBytes === undefined ? {} : { maxMessageBytes: options.maxMessageBytes },
    );
    this.#pending = new PendingActions(runtime.clock, this.#timeoutMs);
    this.#idPrefix = Math.floor(runtime.random.next() * 2 ** 32).toString(36);
    this.#timer = runtime.clock.setTimer(this.#timeoutMs, () => {
      this.#finish('link-lost', new AmiError('AMI_TIMEOUT', `No banner within ${this.#timeoutMs} ms`));
    });
    link.attach({
      data: (bytes) => this.#read(bytes),
      end: () => this.#lose(),
      close: (error) => {
        this.#linkClosed = true;
        this.#timer.cancel();
        this.#lose(error);
      },
    });
  }

  /** The banner (`Asterisk Call Manager/11.0.0`), once it is there. @throws AmiError as in {@link SessionEnd} */
  greeting(): Promise<string> {
    return this.#greeting.promise;
  }

  /** AMI's version, from the banner; `''` before it came. */
  get version(): string {
    return BANNER.exec(this.#banner ?? '')?.[1] ?? '';
  }

  /** How the session ended; never rejects. */
  get ended(): Promise<SessionEnd> {
    return this.#ended.promise;
  }

  get open(): boolean {
    return this.#end === undefined;
  }

  /**
   * Waits for the banner and logs in. Any failure ends the session.
   * @throws AmiError `AMI_LOGIN_REFUSED`, `AMI_LINK_LOST`, `AMI_TIMEOUT`, `AMI_BAD_BANNER`, `AMI_CLOSED`
   */
  async login(credentials: Credentials): Promise<AmiMessage> {
    try {
      await this.greeting();
      const { response } = await this.request('Login', await this.#proof(credentials), {
        // At once, as the end of the connection may be right behind.
        onResponse: (answer) => {
          if (answer.response !== 'Success') this.#fail(refusal(credentials.username, answer));
        },
      });
      if (this.#end !== undefined) throw this.#end.error;
      return response;
    } catch (error) {
      const cause =
        error instanceof AmiError ? error : new AmiError('AMI_CLOSED', 'Logging in failed', { cause: error });
      this.#fail(cause);
      throw cause;
    }
  }

  /**
   * Sends an action and waits for its answer, whatever it says: with a list (`EventList: start`, or `until`) all of its rows too.
   * @param headers without Action and ActionID, which the session puts first
   * @throws AmiError `AMI_TIMEOUT`, `AMI_LINK_LOST`, `AMI_CLOSED`, `AMI_LIST_TOO_LONG`, those of {@link serializeAction}
   */
  async request(action: string, headers: readonly Header[] = [], options: RequestOptions = {}): Promise<AmiReply> {
    if (this.#end !== undefined) throw this.#end.error;
    const id = `${this.#idPrefix}-${++this.#lastId}`;
    const bytes = serializeAction([['Action', action], ['ActionID', id], ...headers], this.#runtime.text);
    const reply = this.#pending.wait(id, action, options);
    this.#link.write(bytes);
    return reply;
  }

  /** Asks for a sign of life; gives the milliseconds it took. @throws AmiError as {@link request} */
  async ping(timeoutMs?: number): Promise<number> {
    const start = this.#runtime.clock.now();
    await this.request('Ping', [], timeoutMs === undefined ? {} : { timeoutMs });
    return this.#runtime.clock.now() - start;
  }

  /** Says goodbye, waits for the answer or the end of the connection, and closes; never rejects. */
  async logoff(): Promise<void> {
    this.#leaving = true;
    try {
      await this.request('Logoff');
    } catch {
      // No answer, or no connection any more: over, either way.
    }
    this.#lose();
  }

  /** Ends the session at once, without a word. */
  close(): void {
    this.#finish('closed', new AmiError('AMI_CLOSED', 'The session was closed'));
  }

  async #proof(credentials: Credentials): Promise<Header[]> {
    const { digest } = this.#runtime;
    if (credentials.method === 'plain') return loginHeaders(credentials, digest);
    const { response } = await this.request('Challenge', [['AuthType', 'MD5']]);
    const challenge = response.get('Challenge');
    if (challenge === undefined) throw refusal(credentials.username, response);
    return loginHeaders(credentials, digest, challenge);
  }

  #read(bytes: Uint8Array): void {
    if (this.#end !== undefined) return;
    for (const frame of this.#framer.push(bytes)) {
      // Any message may end the session, by what its listener does.
      if (this.#end !== undefined) return;
      const message = parseMessage(frame.bytes, this.#runtime.text);
      if (this.#banner === undefined) this.#greet(message);
      else if (frame.problem !== undefined) this.#refuse(message, frame.problem);
      else this.#take(message);
    }
  }

  #greet(message: AmiMessage): void {
    const banner = message.rows[0] ?? '';
    if (!BANNER.test(banner)) {
      const shown = JSON.stringify(banner.slice(0, 40));
      this.#finish(
        'not-ami',
        new AmiError('AMI_BAD_BANNER', `This is no Asterisk Manager Interface; it greets with ${shown}`),
      );
      return;
    }
    this.#timer.cancel();
    this.#banner = banner;
    this.#greeting.resolve(banner);
  }

  #take(message: AmiMessage): void {
    if (message.event === undefined) {
      if (this.#pending.takeResponse(message)) return;
      this.#fault('AMI_UNEXPECTED_RESPONSE', 'A response came that nobody waits for');
    } else if (!this.#pending.takeEvent(message)) {
      if (isStrayRow(message)) this.#fault('AMI_UNEXPECTED_RESPONSE', `A ${message.event} came that nobody waits for`);
      else this.#options.onEvent?.(message);
    }
  }

  #refuse(message: AmiMessage, code: FrameProblem): void {
    const error = new AmiError(code, 'A message from the PBX is longer than the bound for it');
    this.#pending.refuse(message, error);
    this.#options.onFault?.(error);
  }

  #fault(code: AmiErrorCode, text: string): void {
    this.#options.onFault?.(new AmiError(code, text));
  }

  /** The connection ended, as asked for or not. */
  #lose(cause?: Error): void {
    if (this.#leaving) {
      this.#finish('logged-off', new AmiError('AMI_CLOSED', 'The session was logged off'));
    } else {
      const options = cause === undefined ? {} : { cause };
      this.#finish('link-lost', new AmiError('AMI_LINK_LOST', 'The connection to the PBX ended', options));
    }
  }

  /** Logging in failed. */
  #fail(error: AmiError): void {
    const isLinkTrouble = error.code === 'AMI_LINK_LOST' || error.code === 'AMI_TIMEOUT';
    this.#finish(isLinkTrouble ? 'link-lost' : 'login-refused', error);
  }

  #finish(reason: SessionEnd['reason'], error: AmiError): void {
    if (this.#end !== undefined) return;
    this.#end = { reason, error };
    this.#timer.cancel();
    this.#greeting.reject(error);
    this.#pending.rejectAll(error);
    if (reason === 'closed' || reason === 'not-ami') this.#link.destroy();
    else this.#letGo();
    this.#ended.resolve(this.#end);
  }

  /** Closes in order, but not for ever. */
  #letGo(): void {
    if (this.#linkClosed) return;
    this.#link.end();
    this.#timer = this.#runtime.clock.setTimer(LINGER_MS, () => this.#link.destroy());
  }
}

function isStrayRow(event: AmiMessage): boolean {
  return event.get('ActionID') !== undefined && !isLive(event);
}
