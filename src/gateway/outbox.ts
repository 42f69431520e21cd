import { type Frame, frame } from './frame.ts';
import type { Peer } from './peer.ts';
import { CLOSE } from './wire/protocol.ts';

export const DEFAULT_OUTBOX_BYTES = 1024 * 1024;

/**
 * Sends to one browser, and gives it up when it reads too slowly: nobody else waits for it, and its memory is bounded.
 * It may come back and resume.
 */
export class Outbox {
  readonly #peer: Peer;
  readonly #limitBytes: number;
  /** What it is behind by no fault of its own: a snapshot is as long as it is. */
  #graceBytes = 0;
  #closed = false;

  /** @param limitBytes that may wait for the browser to read; a snapshot comes on top */
  constructor(peer: Peer, limitBytes: number) {
    this.#peer = peer;
    this.#limitBytes = limitBytes;
  }

  send(message: Frame): void {
    if (this.#closed) return;
    const { pendingBytes } = this.#peer;
    if (pendingBytes <= this.#limitBytes) this.#graceBytes = 0;
    if (pendingBytes + message.bytes > this.#limitBytes + this.#graceBytes) {
      this.close(CLOSE.slow, 'GATEWAY_TOO_SLOW');
      return;
    }
    this.#peer.send(message);
  }

  /** Sends what may be longer than the bound: nobody is too slow for having been sent that. */
  sendAnyway(message: Frame): void {
    if (this.#closed) return;
    this.#peer.send(message);
    this.#graceBytes = this.#peer.pendingBytes;
  }

  close(code: number, reason: string): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#peer.close(code, reason);
  }

  /** Says why, then closes. */
  refuse(code: number, error: { readonly code: string; readonly message: string }): void {
    if (!this.#closed)
      this.#peer.send(frame(JSON.stringify({ type: 'error', code: error.code, message: error.message })));
    this.close(code, error.code);
  }

  /** The connection is gone. */
  drop(): void {
    this.#closed = true;
  }
}
