/**
 * Characters as functions' arguments write them: `\n`, `\r`, `\t`, `\x2c` and `\,` stand for one.
 * Source: main/app.c, ast_get_encoded_str.
 */
export function decodeCharacters(text: string): string {
  return text.replace(
    /\\(?:x([0-9a-fA-F]{1,2})|0([0-7]{1,3})|([\s\S]))/g,
    (_all, hex?: string, octal?: string, other?: string) => {
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      return named.get(other ?? '') ?? other ?? '';
    },
  );
}

const named: ReadonlyMap<string, string> = new Map([
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

/** The first character, decoded; `fallback` where there is none. */
export function firstCharacter(text: string | undefined, fallback: string): string {
  return text === undefined || text === '' ? fallback : decodeCharacters(text).charAt(0);
}
