/** A word of a step. Quotes and angle brackets are taken off and remembered. */
export interface Word {
  readonly text: string;
  readonly mark?: 'quoted' | 'angle';
  /** As it stood in the step. */
  readonly raw: string;
}

/** `${...}` is one word or part of one, blanks and all; a comma at a word's end is a word of its own. In quotes, `\"` is a quote; `'#72'` is a word in quotes too. */
const WORD =
  /"((?:\\.|[^"\\])*)"|'([^']*)'(?!\S)|<([^>]*)>|((?:\$\{(?:'[^']*'|"[^"]*"|[^}'"])*\}|[^\s",]|,(?!\s|$))+|,)/y;

/** The words of a step; `undefined` where a quote has no end. */
export function splitWords(sentence: string): Word[] | undefined {
  const words: Word[] = [];
  let at = 0;
  while (at < sentence.length) {
    if (/\s/.test(sentence.charAt(at))) {
      at++;
      continue;
    }
    WORD.lastIndex = at;
    const found = WORD.exec(sentence);
    if (found === null) return undefined;
    const [raw, quoted, quotedSingly, angle, plain] = found;
    if (quoted !== undefined) words.push({ text: quoted.replace(/\\(.)/g, '$1'), mark: 'quoted', raw });
    else if (quotedSingly !== undefined) words.push({ text: quotedSingly, mark: 'quoted', raw });
    else if (angle !== undefined) words.push({ text: angle, mark: 'angle', raw });
    else words.push({ text: plain ?? raw, raw });
    at = WORD.lastIndex;
  }
  return words;
}

/** A word as it is to be written: in quotes where it would otherwise be several words, or none. */
export function writtenWord(text: string): string {
  return /^(?:\$\{[^}]*\}|[^\s"<])+$/.test(text) ? text : inQuotes(text);
}

export function inQuotes(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
