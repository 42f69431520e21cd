/** How {@link splitArguments} splits. */
export interface SplitOptions {
  /** Default `,`. */
  readonly separator?: string;
  /** The last argument keeps the rest of the text, separators and all. */
  readonly max?: number;
  /** Quotes and backslashes stay. */
  readonly raw?: boolean;
}

/**
 * Splits what stands between an application's parentheses. Separators within `()`, `[]` and `""` or behind a `\` do not
 * split; quotes and backslashes are dropped. An empty text is one empty argument.
 * Source: main/app.c, __ast_app_separate_args.
 */
export function splitArguments(text: string, options: SplitOptions = {}): string[] {
  const { separator = ',', max = Number.POSITIVE_INFINITY, raw = false } = options;
  const found: string[] = [];
  let at = 0;
  while (found.length < max - 1) {
    const part = readArgument(text, at, separator, raw);
    found.push(part.argument);
    if (part.next === undefined) return found;
    at = part.next;
  }
  return [...found, text.slice(at)];
}

/** `next` is where the following argument begins; `undefined` behind the last. */
function readArgument(
  text: string,
  start: number,
  separator: string,
  raw: boolean,
): { argument: string; next?: number } {
  let argument = '';
  let parentheses = 0;
  let brackets = 0;
  let quoted = false;
  for (let at = start; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '(') parentheses += 1;
    else if (character === ')') parentheses = Math.max(0, parentheses - 1);
    else if (character === '[') brackets += 1;
    else if (character === ']') brackets = Math.max(0, brackets - 1);
    else if (character === '"' && separator !== '"') {
      quoted = !quoted;
      if (!raw) continue;
    } else if (character === '\\') {
      argument += raw ? text.slice(at, at + 2) : text.slice(at + 1, at + 2);
      at += 1;
      continue;
    } else if (character === separator && parentheses === 0 && brackets === 0 && !quoted) {
      return { argument, next: at + 1 };
    }
    argument += character;
  }
  return { argument };
}
