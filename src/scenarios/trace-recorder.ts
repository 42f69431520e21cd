import type { Link, LinkHandlers } from '../ami/link.ts';
import type { Clock, TextCoding } from '../ami/runtime.ts';
import type { TraceHeader, TraceLine } from './trace.ts';
import { TraceSplitter } from './trace-splitter.ts';

/** Listens to AMI sessions, both directions, and gives them as a trace. Times count from when it was made. */
export class TraceRecorder {
  readonly #clock: Clock;
  readonly #text: TextCoding;
  readonly #startMs: number;
  readonly #sessions: string[] = [];
  readonly #lines: { readonly session: string; readonly line: TraceLine }[] = [];
  readonly #steps: { readonly t: number; readonly step: string }[] = [];
  #banner: string | undefined;

  constructor(clock: Clock, text: TextCoding) {
    this.#clock = clock;
    this.#text = text;
    this.#startMs = clock.now();
  }

  /** The link, heard: use it in place of the one given. Call it once for each connection, before `attach`. */
  tap(session: string, link: Link): Link {
    if (!this.#sessions.includes(session)) this.#sessions.push(session);
    const splitter = new TraceSplitter();
    let chunk = 0;
    let closed = false;
    const take = (bytes: readonly Uint8Array[]): void => {
      for (const message of bytes) this.#record(session, 'in', message, chunk);
    };
    const close = (): void => {
      if (closed) return;
      closed = true;
      take(splitter.flush());
      this.#lines.push({ session, line: { t: this.#now(), dir: 'close' } });
    };
    const heard = (handlers: LinkHandlers): LinkHandlers => ({
      data: (bytes) => {
        chunk++;
        take(splitter.push(bytes));
        handlers.data(bytes);
      },
      end: () => {
        close();
        handlers.end();
      },
      close: (error) => {
        close();
        handlers.close(error);
      },
    });
    return {
      local: link.local,
      remote: link.remote,
      get pendingBytes() {
        return link.pendingBytes;
      },
      attach: (handlers) => link.attach(heard(handlers)),
      write: (bytes) => {
        if (!closed) this.#record(session, 'out', bytes);
        link.write(bytes);
      },
      flush: () => link.flush(),
      end: () => link.end(),
      destroy: () => link.destroy(),
      pause: () => link.pause(),
      resume: () => link.resume(),
    };
  }

  /** Notes what a phone or the PBX was told. */
  noteStep(step: string): void {
    this.#steps.push({ t: this.#now(), step });
  }

  /** All that was heard until now. A session's label stands on its lines only where there are several sessions. */
  trace(header: Pick<TraceHeader, 'scenario' | 'description'> & Partial<TraceHeader>): {
    readonly header: TraceHeader;
    readonly lines: readonly TraceLine[];
  } {
    const labelled = this.#sessions.length > 1;
    return {
      header: {
        version: 1,
        ...header,
        ...(this.#banner === undefined ? {} : { amiBanner: this.#banner }),
        startEpochMs: this.#startMs,
        sessions: [...this.#sessions],
        steps: [...this.#steps],
      },
      lines: this.#lines.map(({ session, line }) => (labelled ? { ...line, conn: session } : line)),
    };
  }

  #record(session: string, dir: 'in' | 'out', bytes: Uint8Array, chunk?: number): void {
    const { text: raw, encoding } = this.#text.decode(bytes);
    if (dir === 'in') this.#banner ??= raw.trimEnd();
    const line: TraceLine = {
      t: this.#now(),
      dir,
      raw,
      ...(encoding === 'latin1' ? { encoding } : {}),
      ...(chunk === undefined ? {} : { chunk }),
    };
    this.#lines.push({ session, line });
  }

  /** To the microsecond. */
  #now(): number {
    return Math.round((this.#clock.now() - this.#startMs) * 1000) / 1000;
  }
}
