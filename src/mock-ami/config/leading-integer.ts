/** The whole number that a text begins with, as Asterisk's `sscanf` with `%d` reads it; `undefined` where there is none. */
export function leadingInteger(text: string): number | undefined {
  const [digits] = /^\s*[+-]?\d+/.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits);
}
