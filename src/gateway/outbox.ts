import type { Frame } from './frame.ts';
import type { Peer } from './peer.ts';
import type { GatewayStats } from './stats.ts';
import { CLOSE } from './wire/protocol.ts';

export const DEFAULT_OUTBOX_BYTES = 1024 * 1024;

/**
 * Sends to one browser, and gives it up when it reads too slowly: nobody else waits for it, and its memory is bounded.
 * It may come back and resume.
 */
export class Outbox {
  readonly #peer: Peer;
  readonly #limitBytes: number;
  /** What it is behind by no fault of its own. */
  #graceBytes = 0;
  readonly #stats: GatewayStats | undefined;
  #closed = false;

  /**
   * @param limitBytes that may wait for the browser to read. One message that is longer (a snapshot, a list) may come on top:
   *   nobody is too slow for having been sent that.
   * @param stats where it is counted
   */
  constructor(peer: Peer, limitBytes: number, stats?: GatewayStats) {
    this.#stats = stats;
    this.#peer = peer;
    this.#limitBytes = limitBytes;
  }

  send(message: Frame): void {
    if (this.#closed) return;
    const { pendingBytes } = this.#peer;
    if (pendingBytes <= this.#limitBytes) this.#graceBytes = 0;
    if (!this.#mayWait(message.bytes, pendingBytes)) {
      this.close(CLOSE.slow, 'GATEWAY_TOO_SLOW');
      if (this.#stats !== undefined) this.#stats.tooSlow += 1;
      return;
    }
    if (this.#stats !== undefined) {
      this.#stats.messagesSent += 1;
      this.#stats.bytesSent += message.bytes;
    }
    this.#peer.send(message);
    if (message.bytes > this.#limitBytes) this.#graceBytes = this.#peer.pendingBytes;
  }

  #mayWait(bytes: number, pendingBytes: number): boolean {
    if (bytes > this.#limitBytes) return pendingBytes <= this.#limitBytes;
    return pendingBytes + bytes <= this.#limitBytes + this.#graceBytes;
  }

  close(code: number, reason: string): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#peer.close(code, reason);
  }

  /** Says why, then closes. */
  refuse(code: number, reason: string, words: readonly Frame[]): void {
    if (!this.#closed) for (const each of words) this.#peer.send(each);
    this.close(code, reason);
  }

  /** The connection is gone. */
  drop(): void {
    this.#closed = true;
  }
}
