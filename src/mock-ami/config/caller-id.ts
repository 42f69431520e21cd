/** A party as people write it: `"Alice Adams" <1001>`. */
export interface CallerId {
  readonly name: string;
  readonly number: string;
}

/**
 * Splits a caller id into name and number: `"name" <number>`, `name <number>`, a number alone or a name alone.
 * Source: main/callerid.c, ast_callerid_parse.
 */
export function parseCallerId(text: string): CallerId {
  const open = text.lastIndexOf('<');
  const close = text.indexOf('>', open);
  if (open >= 0 && close > open)
    return { name: unquote(text.slice(0, open)), number: shrink(text.slice(open + 1, close)) };
  if (/^[-() .+*#\d]*\d[-() .+*#\d]*$/.test(text)) return { name: '', number: shrink(text) };
  return { name: unquote(text), number: '' };
}

function unquote(text: string): string {
  const trimmed = text.trim();
  const match = /^"((?:[^"\\]|\\.)*)"?$/.exec(trimmed);
  return match === null ? trimmed : (match[1] ?? '').replace(/\\(.)/g, '$1');
}

function shrink(number: string): string {
  const trimmed = number.trim();
  return /^[-+() .*#\d]+$/.test(trimmed) ? trimmed.replace(/[-() .]/g, '') : trimmed;
}
