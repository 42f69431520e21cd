/** One encoded message. It is made once and shared by all clients that get it, so transports may keep what they make of it. */
export interface Frame {
  /** '' where it is binary. */
  readonly text: string;
  readonly data?: Uint8Array;
  /** Bytes of the text as UTF-8, or of the data. */
  readonly bytes: number;
}

export function frame(text: string): Frame {
  return { text, bytes: utf8Bytes(text) };
}

export function binaryFrame(data: Uint8Array): Frame {
  return { text: '', data, bytes: data.length };
}

function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) continue;
    bytes += unit < 0x800 ? 1 : 2;
    if (isHigh(unit) && isLow(text.charCodeAt(at + 1))) at += 1;
  }
  return bytes;
}

/** Two units that are one character of four bytes. */
function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}
