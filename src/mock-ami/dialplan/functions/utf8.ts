/** The bytes of a text in UTF-8. */
export function utf8Bytes(text: string): number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), tail(code));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), tail(code >> 6), tail(code));
    else bytes.push(0xf0 | (code >> 18), tail(code >> 12), tail(code >> 6), tail(code));
  }
  return bytes;
}

/** The text of bytes in UTF-8; bytes that are none become a character each. */
export function utf8Text(bytes: readonly number[]): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at] ?? 0;
    const length = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1;
    const tails = bytes.slice(at + 1, at + length);
    const valid = tails.length === length - 1 && tails.every((byte) => (byte & 0xc0) === 0x80);
    const start = length === 1 || !valid ? lead : lead & (0xff >> (length + 1));
    const code = valid ? tails.reduce((value, byte) => (value << 6) | (byte & 0x3f), start) : lead;
    text += String.fromCodePoint(code > 0x10ffff ? lead : code);
    at += valid && code <= 0x10ffff ? length : 1;
  }
  return text;
}

function tail(code: number): number {
  return 0x80 | (code & 0x3f);
}
