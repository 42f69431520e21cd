/** The text as far as it fits into so many bytes of UTF-8; a character that does not fit whole is left out. */
export function cutShort(text: string, bytes: number): string {
  if (text.length * 3 <= bytes) return text;
  let length = 0;
  let kept = '';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (length > bytes) return kept;
    kept += character;
  }
  return kept;
}
