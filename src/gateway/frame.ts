/** One encoded message. It is made once and shared by all clients that get it, so transports may keep what they make of it. */
export interface Frame {
  readonly text: string;
  /** Bytes of the text as UTF-8. */
  readonly bytes: number;
}

export function frame(text: string): Frame {
  return { text, bytes: utf8Bytes(text) };
}

function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) continue;
    // A surrogate is half of a character of four bytes.
    bytes += unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 1 : 2;
  }
  return bytes;
}
