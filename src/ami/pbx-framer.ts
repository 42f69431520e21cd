import { ByteStore } from './byte-store.ts';
import { CR, type Frame, type Framer, LF } from './framer.ts';

const DEFAULT_MAX_MESSAGE_BYTES = 16 * 1024 * 1024;
/** The greeting is some 30 bytes long; what is not AMI may never end its first line. */
const MAX_BANNER_BYTES = 1024;
const CRLF_BYTES = 2;

/**
 * Cuts what Asterisk sends into messages. The first frame is the banner, one line; each later one a response or an event.
 *
 * - Only CRLF ends a line: Asterisk leaves bare LFs in values. Source: recordings `ami-park` (`Park successful` and a LF), `pjsip-lists`.
 * - Blank lines before a message are skipped. Source: recording `queue-member-actions`, after the response to QueueRule.
 * - A message, line ends included, may be `maxMessageBytes` long (16 MiB by default), and so may its lines. Of a longer one, and
 *   of a banner of more than 1024 bytes, the rows before the one that passes the bound are given.
 */
export class PbxFramer implements Framer {
  readonly #maxMessageBytes: number;
  /** What earlier chunks brought of the unfinished message. */
  readonly #store = new ByteStore();
  /** Bytes of the unfinished line that earlier chunks brought, kept or not. */
  #carried = 0;
  #endsWithCr = false;
  #inBanner = true;
  #overflow = false;

  constructor(options: { readonly maxMessageBytes?: number } = {}) {
    this.#maxMessageBytes = options.maxMessageBytes ?? DEFAULT_MAX_MESSAGE_BYTES;
  }

  push(chunk: Uint8Array): Frame[] {
    const frames: Frame[] = [];
    let start = 0;
    let lineStart = 0;
    for (let at = 0; at < chunk.length; at++) {
      if (chunk[at] !== LF || (at > 0 ? chunk[at - 1] !== CR : !this.#endsWithCr)) continue;
      const next = at + 1;
      const blank = this.#carried + next - lineStart === CRLF_BYTES;
      if (blank) this.#forgetBlank();
      else this.#bound(chunk, start, lineStart, next);
      if (blank || this.#inBanner) {
        const frame = this.#finish(chunk, start, blank ? lineStart : next);
        if (frame !== undefined) frames.push(frame);
        start = next;
      }
      this.#carried = 0;
      lineStart = next;
    }
    this.#carry(chunk, start, lineStart);
    return frames;
  }

  /** Stops keeping the message, from the line that starts at `lineStart` on, where it is too long up to `end`. */
  #bound(chunk: Uint8Array, start: number, lineStart: number, end: number): void {
    const bound = this.#inBanner ? MAX_BANNER_BYTES : this.#maxMessageBytes;
    if (this.#overflow || this.#store.length + end - start <= bound) return;
    this.#overflow = true;
    this.#store.append(chunk.subarray(start, lineStart));
    this.#store.truncate(this.#store.length - this.#carried);
  }

  /** The CR of a blank line may have come with an earlier chunk. */
  #forgetBlank(): void {
    if (!this.#overflow) this.#store.truncate(this.#store.length - this.#carried);
  }

  /** `undefined` for blank lines that end nothing. */
  #finish(chunk: Uint8Array, start: number, end: number): Frame | undefined {
    if (this.#overflow) {
      const problem = this.#inBanner ? 'AMI_BAD_BANNER' : 'AMI_MESSAGE_TOO_LONG';
      this.#overflow = false;
      this.#inBanner = false;
      return { bytes: this.#store.take(), problem };
    }
    const bytes = this.#gather(chunk.subarray(start, end));
    if (bytes.length === 0) return undefined;
    this.#inBanner = false;
    return { bytes };
  }

  /** What was stored and `rest`, without copying where nothing was stored. */
  #gather(rest: Uint8Array): Uint8Array {
    if (this.#store.length === 0) return rest;
    this.#store.append(rest);
    return this.#store.take();
  }

  #carry(chunk: Uint8Array, start: number, lineStart: number): void {
    const lineBytes = this.#carried + chunk.length - lineStart;
    // One byte may yet be the CR of the blank line, which the bound does not count.
    if (lineBytes > 1) this.#bound(chunk, start, lineStart, chunk.length);
    if (!this.#overflow) this.#store.append(chunk.subarray(start));
    this.#carried = lineBytes;
    if (chunk.length > 0) this.#endsWithCr = chunk[chunk.length - 1] === CR;
  }
}
