import { ByteStore } from './byte-store.ts';
import { CR, type Frame, type FrameProblem, type Framer, LF } from './framer.ts';

const NUL = 0;
/** Asterisk's line buffer: with this many bytes and no line end among them it is full. */
const LINE_BUFFER_BYTES = 1024;
/** The longest line, without CRLF, that Asterisk reads whole. Source: recordings `long-line-1021`, `long-line-1023`. */
export const MAX_ACTION_LINE_BYTES = LINE_BUFFER_BYTES - 2;
/** Lines that Asterisk keeps of one action. Source: recording `many-headers-200`. */
export const MAX_ACTION_LINES = 128;

/**
 * Cuts what an AMI client sends into actions, with Asterisk's limits and oddities.
 *
 * - LF ends a line, and one CR before it belongs to the end. A bare CR does not end a line.
 * - NUL cuts the line. A line that is empty then ends the action; so blank lines alone are (empty) actions.
 * - When 1024 bytes bring no LF, all but the last are thrown away and the line starts anew with that one: what follows counts as a
 *   line of its own. Where that last one is the CR of a CRLF, a blank line is left of it, and the action ends early.
 * - Lines after the 128th are dropped. That problem hides the one of a line too long, which then falls to the next action.
 *
 * Source: recordings `long-line-*`, `many-headers-*`, `malformed-*`, `binary-bytes`, `action-split-*`;
 * `get_input` and `do_message` in Asterisk's `main/manager.c`.
 */
export class ActionFramer implements Framer {
  /** Finished lines, each with CRLF, then the unfinished one. */
  readonly #store = new ByteStore();
  #lineStart = 0;
  #lines = 0;
  #tooMany = false;
  #tooLong = false;

  push(chunk: Uint8Array): Frame[] {
    const frames: Frame[] = [];
    for (const byte of chunk) {
      if (byte !== LF) this.#add(byte);
      else if (this.#endLine()) frames.push(this.#finish());
    }
    return frames;
  }

  #add(byte: number): void {
    this.#store.push(byte);
    if (this.#store.length - this.#lineStart < LINE_BUFFER_BYTES) return;
    this.#tooLong = true;
    this.#store.truncate(this.#lineStart);
    this.#store.push(byte);
  }

  /** True where the line was blank. */
  #endLine(): boolean {
    const store = this.#store;
    if (store.length > this.#lineStart && store.at(store.length - 1) === CR) store.truncate(store.length - 1);
    const nul = store.indexOf(NUL, this.#lineStart);
    if (nul >= 0) store.truncate(nul);
    if (store.length === this.#lineStart) return true;
    if (this.#lines < MAX_ACTION_LINES) {
      store.push(CR);
      store.push(LF);
      this.#lines += 1;
      this.#lineStart = store.length;
    } else {
      this.#tooMany = true;
      store.truncate(this.#lineStart);
    }
    return false;
  }

  #finish(): Frame {
    const problem = this.#problem();
    const frame = problem === undefined ? { bytes: this.#store.take() } : { bytes: this.#store.take(), problem };
    if (problem === 'AMI_LINE_TOO_LONG') this.#tooLong = false;
    this.#tooMany = false;
    this.#lines = 0;
    this.#lineStart = 0;
    return frame;
  }

  #problem(): FrameProblem | undefined {
    if (this.#tooMany) return 'AMI_TOO_MANY_LINES';
    return this.#tooLong ? 'AMI_LINE_TOO_LONG' : undefined;
  }
}
