import { ActionFramer } from '../../ami/action-framer.ts';
import type { Link } from '../../ami/link.ts';
import { parseAction } from '../../ami/parse-message.ts';
import type { Timer } from '../../ami/runtime.ts';
import { ManagerSession } from './manager-session.ts';
import type { SessionHost } from './session-host.ts';

/** What a client may send ahead while its session is busy, before the connection is read no more. */
const MAX_WAITING_ACTIONS = 100;
/** How long a write may wait before the login. Source: `session->writetimeout`, main/manager.c. */
const DEFAULT_WRITE_TIMEOUT_MS = 100;
/** Past this a reader is too slow, however long it has been. */
const MAX_PENDING_BYTES = 64 * 1024 * 1024;

/** One connection to the manager's port: the banner, the bytes in and out, and the time by which it must have logged in. */
export class AmiConnection {
  readonly session: ManagerSession;
  readonly #host: SessionHost;
  readonly #link: Link;
  readonly #framer = new ActionFramer();
  readonly #onClose: (connection: AmiConnection) => void;
  #authTimer: Timer | undefined;
  #writeTimer: Timer | undefined;
  #paused = false;

  constructor(host: SessionHost, link: Link, number: number, onClose: (connection: AmiConnection) => void) {
    this.#host = host;
    this.#link = link;
    this.#onClose = onClose;
    this.session = new ManagerSession(
      host,
      { local: link.local, remote: link.remote },
      { write: (bytes) => this.#write(bytes), end: () => this.#end(), idle: () => this.#readOn() },
      number,
    );
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

  #readOn(): void {
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

  #write(bytes: Uint8Array): void {
    this.#link.write(bytes);
    const pending = this.#link.pendingBytes;
    if (pending > MAX_PENDING_BYTES) this.cut();
    else if (pending > 0 && this.#writeTimer === undefined) this.#watch(pending);
  }

  /** A write that makes no headway for the user's `writetimeout` ends the session in the middle of a message. Source: recordings `fault-slow-reader-*`. */
  #watch(before: number): void {
    const timeoutMs = this.session.user?.writeTimeoutMs ?? DEFAULT_WRITE_TIMEOUT_MS;
    this.#writeTimer = this.#host.runtime.clock.setTimer(timeoutMs, () => {
      this.#writeTimer = undefined;
      const pending = this.#link.pendingBytes;
      if (pending >= before) this.cut();
      else if (pending > 0) this.#watch(pending);
    });
  }

  #end(): void {
    this.#stopTimers();
    this.#link.end();
    this.#onClose(this);
  }

  #closed(): void {
    this.session.forget();
    this.#stopTimers();
    this.#onClose(this);
  }

  #stopTimers(): void {
    this.#authTimer?.cancel();
    this.#writeTimer?.cancel();
  }
}
