/**
 * Lengths and offsets as Asterisk counts them: in bytes of UTF-8. Characters that a cut falls into are left out, since half of
 * one would be no text.
 */
export function byteLength(text: string): number {
  let length = 0;
  for (const character of text) length += bytesOf(character);
  return length;
}

/** `offset` < 0 counts from the end; `length` < 0 leaves that many bytes off the end. Source: main/pbx_variables.c, substring. */
export function byteSlice(text: string, offset: number, length = Number.POSITIVE_INFINITY): string {
  const total = byteLength(text);
  const start = offset < 0 ? Math.max(0, total + offset) : offset;
  const end = length < 0 ? total + length : Math.min(total, start + length);
  if (total === text.length) return text.slice(start, Math.max(start, end));
  let at = 0;
  let slice = '';
  for (const character of text) {
    const next = at + bytesOf(character);
    if (at >= start && next <= end) slice += character;
    at = next;
  }
  return slice;
}

function bytesOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}
