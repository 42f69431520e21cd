/** A message of the compact protocol that no encoder makes. */
export class CompactError extends Error {
  override readonly name = 'CompactError';
}

/** Writes whole numbers and texts; it grows as needed. */
export class ByteWriter {
  #bytes = new Uint8Array(256);
  #length = 0;

  /** 0 to 2^53 - 1, seven bits a byte, the lowest first; the high bit says that more follow. */
  number(value: number): this {
    let rest = value;
    while (rest >= 0x80) {
      this.#byte((rest % 0x80) + 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.#byte(rest);
    return this;
  }

  /** Its length in bytes, and the bytes. */
  text(text: string): this {
    const bytes = toUtf8(text);
    return this.number(bytes.length).bytes(bytes);
  }

  bytes(bytes: readonly number[]): this {
    for (const byte of bytes) this.#byte(byte);
    return this;
  }

  take(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #byte(byte: number): void {
    if (this.#length === this.#bytes.length) {
      const grown = new Uint8Array(this.#length * 2);
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    this.#bytes[this.#length] = byte;
    this.#length += 1;
  }
}

/** Reads what {@link ByteWriter} wrote. Every method: @throws CompactError where there is less. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  number(): number {
    let [value, unit] = [0, 1];
    for (;;) {
      const byte = this.#bytes[this.#at];
      if (byte === undefined) throw new CompactError('The message ends too soon');
      this.#at += 1;
      value += (byte % 0x80) * unit;
      if (value > Number.MAX_SAFE_INTEGER) throw new CompactError('A number is too large');
      if (byte < 0x80) return value;
      unit *= 0x80;
      if (unit > Number.MAX_SAFE_INTEGER) throw new CompactError('A number is too long');
    }
  }

  /** How many of something follow, each of at least a byte. */
  count(): number {
    const value = this.number();
    if (value > this.left) throw new CompactError('The message ends too soon');
    return value;
  }

  text(length: number = this.count()): string {
    if (length > this.left) throw new CompactError('The message ends too soon');
    this.#at += length;
    return fromUtf8(this.#bytes.subarray(this.#at - length, this.#at));
  }
}

/** UTF-8; half a surrogate pair is three bytes, so that nothing is lost where a text is cut between them. */
export function toUtf8(text: string): readonly number[] {
  const bytes: number[] = [];
  for (const sign of text) {
    const code = sign.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), tail(code));
    else if (code < 0x1_0000) bytes.push(0xe0 | (code >> 12), tail(code >> 6), tail(code));
    else bytes.push(0xf0 | (code >> 18), tail(code >> 12), tail(code >> 6), tail(code));
  }
  return bytes;
}

function tail(code: number): number {
  return 0x80 | (code & 0x3f);
}

function fromUtf8(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at] ?? 0;
    const more = first < 0xc0 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
    let code = more === 0 ? first & 0x7f : first & (0x3f >> more);
    for (let each = 1; each <= more; each++) code = (code << 6) | ((bytes[at + each] ?? 0) & 0x3f);
    if (code > 0x10_ffff) throw new CompactError('A text is no UTF-8');
    text += String.fromCodePoint(code);
    at += more + 1;
  }
  return text;
}
