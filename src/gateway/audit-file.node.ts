import { closeSync, openSync, writeSync } from 'node:fs';
import type { Audit } from './audit.ts';
import type { Log } from './log.ts';

/** An audit log on disk: a JSON object a line, written before the answer goes out. Only its owner can read it. */
export class AuditFile {
  readonly #path: string;
  readonly #log: Log;
  #file: number;

  /** Throws the system's error where the file can't be written. */
  constructor(path: string, log: Log) {
    this.#path = path;
    this.#log = log;
    this.#file = open(path);
  }

  readonly write: Audit = ({ atMs, ...entry }) => {
    try {
      writeSync(this.#file, `${JSON.stringify({ at: new Date(atMs).toISOString(), ...entry })}\n`);
    } catch (error) {
      this.#log.warn('The audit log could not be written', { error: String(error) });
    }
  };

  /** Goes on in a file of the same name: the old one was moved away. */
  reopen(): void {
    // Opened first: where that fails, the old one goes on.
    const fresh = open(this.#path);
    closeSync(this.#file);
    this.#file = fresh;
  }

  close(): void {
    closeSync(this.#file);
    // The system gives the number away again: a late entry must not land in somebody else's file.
    this.#file = -1;
  }
}

function open(path: string): number {
  return openSync(path, 'a', 0o600);
}
