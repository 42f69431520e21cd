const LF = 10;
const CR = 13;

/**
 * Cuts what a PBX sends into the raw texts of a trace: the banner with its CRLF, then each message up to and with its blank
 * line. Blank lines too many stand before the message that follows them. Source: recording `queue-member-actions`.
 */
export class TraceSplitter {
  #rest: Uint8Array = new Uint8Array(0);
  /** Bytes of the rest that have been looked at. */
  #seen = 0;
  #inBanner = true;
  /** The line being read has a letter, and so has the message. */
  #lineHasText = false;
  #messageHasText = false;

  push(chunk: Uint8Array): Uint8Array[] {
    const bytes = join(this.#rest, chunk);
    const messages: Uint8Array[] = [];
    let start = 0;
    for (let at = this.#seen; at < bytes.length; at++) {
      if (bytes[at] !== LF || (at > start && bytes[at - 1] !== CR)) {
        if (bytes[at] !== CR) this.#lineHasText = true;
        continue;
      }
      const ends = this.#inBanner || (!this.#lineHasText && this.#messageHasText);
      this.#messageHasText ||= this.#lineHasText;
      this.#lineHasText = false;
      if (!ends) continue;
      messages.push(bytes.slice(start, at + 1));
      start = at + 1;
      this.#inBanner = false;
      this.#messageHasText = false;
    }
    this.#rest = bytes.slice(start);
    this.#seen = this.#rest.length;
    return messages;
  }

  /** What came of a message that has no end. */
  flush(): Uint8Array[] {
    const rest = this.#rest;
    this.#rest = new Uint8Array(0);
    this.#seen = 0;
    return rest.length === 0 ? [] : [rest];
  }
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
