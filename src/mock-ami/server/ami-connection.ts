import { ActionFramer } from '../../ami/action-framer.ts';
import type { Link } from '../../ami/link.ts';
import { parseAction } from '../../ami/parse-message.ts';
import type { Timer } from '../../ami/runtime.ts';
import type { Entrance } from './door.ts';
import { ManagerSession, type SessionOutput } from './manager-session.ts';
import type { ManagerAccount } from './manager-settings.ts';
import type { SessionHost } from './session-host.ts';

/** What a client may send ahead while its session is busy, before the connection is read no more. */
const MAX_WAITING_ACTIONS = 100;
/** How long a write may wait before the login. Source: `session->writetimeout`, main/manager.c. */
const DEFAULT_WRITE_TIMEOUT_MS = 100;
/** Less than this waits unwatched: a burst that the system has not taken yet. */
const UNWATCHED_BYTES = 16 * 1024;
/** Past this a reader is too slow, however long it has been. */
const MAX_PENDING_BYTES = 64 * 1024 * 1024;

/** One connection to the manager's port: the banner, the bytes in and out, and the time by which it must have logged in. Its session writes to it. */
export class AmiConnection implements SessionOutput {
  readonly session: ManagerSession;
  readonly #host: SessionHost;
  readonly #link: Link;
  readonly #framer = new ActionFramer();
  readonly #onClose: (connection: AmiConnection) => void;
  #authTimer: Timer | undefined;
  #writeTimer: Timer | undefined;
  #paused = false;
  #written = 0;

  /** @param account who the client has proven to be elsewhere: it needs no login, and filters of that user are not set */
  constructor(
    host: SessionHost,
    { link, outputTo = (output) => output }: Pick<Entrance, 'link'> & Partial<Entrance>,
    number: number,
    onClose: (connection: AmiConnection) => void,
    account?: ManagerAccount,
  ) {
    this.#host = host;
    this.#link = link;
    this.#onClose = onClose;
    this.session = new ManagerSession(host, { local: link.local, remote: link.remote }, outputTo(this), number);
    if (account !== undefined) {
      this.session.user = account;
      this.session.loginMs = host.pbx.now;
    }
    link.attach({
      data: (bytes) => this.#data(bytes),
      end: () => this.session.endInput(),
      close: () => this.#closed(),
    });
    this.session.send(`Asterisk Call Manager/${host.profile.amiVersion}\r\n`);
    this.#expectLogin();
  }

  /** Cuts the connection; what was not sent yet is lost. */
  cut(): void {
    this.session.forget();
    this.#link.destroy();
    this.#stopTimers();
  }

  #data(bytes: Uint8Array): void {
    const { text } = this.#host.runtime;
    for (const { bytes: rows, problem } of this.#framer.push(bytes)) {
      const message = parseAction(rows, text);
      this.session.receive(problem === undefined ? { message } : { message, problem });
    }
    if (this.session.waiting <= MAX_WAITING_ACTIONS || this.#paused) return;
    this.#paused = true;
    this.#link.pause();
  }

  idle(): void {
    if (this.session.user !== undefined) this.#stopAuthTimer();
    if (!this.#paused) return;
    this.#paused = false;
    this.#link.resume();
  }

  /** Asterisk counts whole seconds, and waits until more than `authtimeout` of them have passed. Source: recordings `login-timeout`, `fault-auth-limit`. */
  #expectLogin(): void {
    const { clock } = this.#host.runtime;
    const started = Math.floor(clock.now() / 1000);
    const dueMs = (started + this.#host.settings.authTimeoutS + 1) * 1000;
    this.#authTimer = clock.setTimer(Math.max(0, dueMs - clock.now()), () => {
      if (this.session.user === undefined) this.session.close();
    });
  }

  write(bytes: Uint8Array): void {
    this.#link.write(bytes);
    this.#written += bytes.length;
    const pending = this.#link.pendingBytes;
    if (pending > MAX_PENDING_BYTES) this.cut();
    else if (pending > UNWATCHED_BYTES && this.#writeTimer === undefined) this.#watch(this.#host.runtime.clock.now());
  }

  /**
   * A reader who takes nothing for the user's `writetimeout` is cut off, in the middle of a message. Source: recordings `fault-slow-reader-*`.
   * @param since when something was last taken
   */
  #watch(since: number): void {
    const { clock } = this.#host.runtime;
    const timeoutMs = this.session.user?.writeTimeoutMs ?? DEFAULT_WRITE_TIMEOUT_MS;
    const taken = this.#written - this.#link.pendingBytes;
    this.#writeTimer = clock.setTimer(timeoutMs / 10, () => {
      this.#writeTimer = undefined;
      const { pendingBytes } = this.#link;
      const lastTaken = this.#written - pendingBytes > taken ? clock.now() : since;
      if (clock.now() - lastTaken >= timeoutMs) this.cut();
      else if (pendingBytes > 0) this.#watch(lastTaken);
    });
  }

  end(): void {
    this.#stopTimers();
    this.#link.end();
    this.#onClose(this);
  }

  #closed(): void {
    this.session.forget();
    this.#stopTimers();
    this.#onClose(this);
  }

  #stopAuthTimer(): void {
    this.#authTimer?.cancel();
    this.#authTimer = undefined;
  }

  #stopTimers(): void {
    this.#stopAuthTimer();
    this.#writeTimer?.cancel();
  }
}
