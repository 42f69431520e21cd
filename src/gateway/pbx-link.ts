import { Deferred } from '../ami/deferred.ts';
import type { Link } from '../ami/link.ts';
import type { Credentials } from '../ami/login.ts';
import type { AmiMessage } from '../ami/message.ts';
import type { Runtime } from '../ami/runtime.ts';
import { AmiSession } from '../ami/session.ts';
import { BackOff, type BackOffOptions } from './back-off.ts';
import { GatewayError } from './gateway-error.ts';
import { LinkWatch } from './link-watch.ts';
import { type Log, SILENT } from './log.ts';
import type { PbxState } from './wire/protocol.ts';

export interface PbxLinkOptions {
  /** The PBX's name, for the log. */
  readonly name?: string;
  /** Opens a connection; called again for each attempt. */
  readonly connect: () => Promise<Link>;
  /** Asked anew for each attempt, where it is a function. */
  readonly credentials: Credentials | (() => Credentials);
  readonly runtime: Runtime;
  readonly log?: Log;
  /** Waits between attempts; from a quarter of a second to half a minute by default. */
  readonly backOff?: BackOffOptions;
  /**
   * The same where the PBX refuses the login, which waiting alone will hardly mend, and which locks out whoever tries too often;
   * from 5 s to 5 min by default.
   */
  readonly refusedBackOff?: BackOffOptions;
  /** After that long without a word from the PBX it is asked for a sign of life; 30 s by default. */
  readonly silenceMs?: number;
  /** How long it may take to answer that; 10 s by default. */
  readonly pingTimeoutMs?: number;
}

export interface PbxLinkHandlers {
  /** Every live event, in order, from the login on. */
  event(message: AmiMessage): void;
  state(state: PbxState, reason?: string): void;
  /** An attempt failed. */
  failed?(trouble: LinkTrouble): void;
  /** Reads what the PBX knows now. Called while `syncing`; the link is `up` once it is done, and cut if it fails. */
  fill(session: AmiSession): Promise<void>;
}

/** The PBX refused user, secret or address; or there was no way to it, or what answered was of no use. */
export type LinkTrouble = 'login-refused' | 'unreachable';

const DEFAULT_REFUSED_BACK_OFF: BackOffOptions = { firstMs: 5_000, maxMs: 300_000 };
const DEFAULT_BACK_OFF: BackOffOptions = { firstMs: 250, maxMs: 30_000 };
/** A PBX that has booted says so right after the login. One that is still booting has complete lists only once it says so. */
const BOOTED_WITHIN_MS = 300;

/** Keeps an AMI session with one PBX: logs in, has the model filled, notices when the link is dead, and comes back. */
export class PbxLink {
  readonly #options: PbxLinkOptions;
  readonly #handlers: PbxLinkHandlers;
  readonly #runtime: Runtime;
  readonly #log: Log;
  readonly #backOff: BackOff;
  readonly #refusedBackOff: BackOff;
  readonly #first = new Deferred<void>();
  #firstIsOver = false;
  #session: AmiSession | undefined;
  #loggedIn = false;
  #closed = false;
  /** The attempt under way may be made with what is no longer so: the next one follows at once. */
  #hurries = false;
  /** Ends the wait between two attempts, or for the PBX to have booted. */
  #wake: () => void = () => {};
  #booting: 'waited-for' | 'over' | undefined;
  #filling = false;
  #fillAgain = false;
  #watch: LinkWatch | undefined;
  /** Why the link is given up, or what the PBX said about its going down. */
  #reason: string | undefined;
  #failure: Error | undefined;

  constructor(options: PbxLinkOptions, handlers: PbxLinkHandlers) {
    this.#options = options;
    this.#handlers = handlers;
    this.#runtime = options.runtime;
    this.#log = options.log ?? SILENT;
    const { random } = options.runtime;
    this.#backOff = new BackOff(options.backOff ?? DEFAULT_BACK_OFF, random);
    this.#refusedBackOff = new BackOff(options.refusedBackOff ?? DEFAULT_REFUSED_BACK_OFF, random);
  }

  /**
   * Connects, and keeps connected until {@link close}.
   * @returns once the first attempt is `up`; further attempts are made also where that fails
   * @throws AmiError the failure of the first attempt: `AMI_CONNECT_FAILED`, `AMI_LOGIN_REFUSED`, `AMI_BAD_BANNER` ...
   */
  open(): Promise<void> {
    void this.#run();
    return this.#first.promise;
  }

  /** The session, while one is logged in. */
  get session(): AmiSession | undefined {
    return this.#loggedIn ? this.#session : undefined;
  }

  /** Makes the next attempt now; where one is under way, right after it, should it fail. */
  retryNow(): void {
    if (this.#loggedIn) return;
    this.#hurries = true;
    if (this.#session === undefined) this.#wake();
  }

  close(): void {
    this.#closed = true;
    this.#wake();
    if (this.#loggedIn) void this.#session?.logoff();
    else this.#session?.close();
  }

  async #run(): Promise<void> {
    while (!this.#closed) {
      this.#hurries = false;
      const error = await this.#attempt();
      this.#session = undefined;
      const isRefused = codeOf(error) === 'AMI_LOGIN_REFUSED';
      const waitMs = Math.round((isRefused ? this.#refusedBackOff : this.#backOff).nextMs());
      const retryInMs = this.#hurries ? 0 : waitMs;
      this.#handlers.failed?.(isRefused ? 'login-refused' : 'unreachable');
      // The first failure is told to whoever opened this.
      if (this.#firstIsOver && !this.#closed) {
        const fields = { pbx: this.#options.name, error: error.message, code: codeOf(error), retryInMs };
        if (isRefused) this.#log.error('The PBX refuses the login', fields);
        else this.#log.warn('No link to the PBX', fields);
      }
      this.#first.reject(error);
      this.#firstIsOver = true;
      if (!this.#closed) await this.#sleep(retryInMs);
    }
  }

  /** One connection from its beginning to its end; gives why it ended. */
  async #attempt(): Promise<Error> {
    try {
      const link = await this.#options.connect();
      const session = new AmiSession(link, this.#runtime, {
        onEvent: (message) => this.#hear(message),
        onFault: (error) =>
          this.#log.warn('A message from the PBX was of no use', { pbx: this.#options.name, error: error.message }),
      });
      return await this.#serve(session);
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  async #serve(session: AmiSession): Promise<Error> {
    this.#session = session;
    this.#booting = undefined;
    this.#reason = undefined;
    this.#failure = undefined;
    if (this.#closed) session.close();
    const { credentials } = this.#options;
    await session.login(typeof credentials === 'function' ? credentials() : credentials);
    this.#loggedIn = true;
    this.#refusedBackOff.reset();
    this.#log.info('Logged in to the PBX', { pbx: this.#options.name, amiVersion: session.version });
    this.#watch = this.#watchOver(session);
    void this.#sync(session);
    const { error } = await session.ended;
    this.#loggedIn = false;
    this.#watch.stop();
    this.#wake();
    this.#handlers.state('down', this.#reason ?? error.message);
    return this.#failure ?? error;
  }

  /** Fills the model, again and again while the PBX tells that what was read is not all. */
  async #sync(session: AmiSession): Promise<void> {
    this.#fillAgain = true;
    if (this.#filling) return;
    this.#filling = true;
    try {
      this.#handlers.state('syncing');
      await this.#waitForBoot();
      while (this.#fillAgain && session.open) {
        this.#fillAgain = false;
        await this.#handlers.fill(session);
      }
      if (!session.open) return;
      this.#backOff.reset();
      this.#handlers.state('up');
      this.#first.resolve();
      this.#firstIsOver = true;
    } catch (error) {
      if (session.open)
        this.#giveUp(session, `The model could not be filled: ${error instanceof Error ? error.message : error}`);
    } finally {
      this.#filling = false;
    }
  }

  async #waitForBoot(): Promise<void> {
    if (this.#booting === 'over') return;
    this.#booting = 'waited-for';
    await this.#sleep(BOOTED_WITHIN_MS);
    this.#booting = 'over';
  }

  #hear(message: AmiMessage): void {
    this.#watch?.heard();
    if (message.event === 'FullyBooted') this.#hearBooted();
    if (message.event === 'Shutdown')
      this.#reason = message.get('Restart') === 'True' ? 'Asterisk restarts' : 'Asterisk was stopped';
    this.#handlers.event(message);
  }

  #hearBooted(): void {
    if (this.#booting === 'waited-for') this.#wake();
    else if (this.#booting === 'over' && this.session !== undefined) void this.#sync(this.session);
    this.#booting = 'over';
  }

  #giveUp(session: AmiSession, reason: string): void {
    this.#reason ??= reason;
    this.#failure = new GatewayError('GATEWAY_PBX_DOWN', reason);
    session.close();
  }

  #watchOver(session: AmiSession): LinkWatch {
    const { silenceMs = 30_000, pingTimeoutMs } = this.#options;
    return new LinkWatch(this.#runtime.clock, {
      silenceMs,
      ask: () => session.ping(pingTimeoutMs),
      dead: () => this.#giveUp(session, 'The PBX does not answer'),
    });
  }

  #sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.#runtime.clock.setTimer(delayMs, resolve);
      this.#wake = () => {
        timer.cancel();
        resolve();
      };
    });
  }
}

function codeOf(error: Error): string | undefined {
  return 'code' in error ? String(error.code) : undefined;
}
