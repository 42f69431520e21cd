/**
 * A POSIX extended regular expression as JavaScript's; `undefined` where it is none. Bracket expressions take classes
 * (`[[:digit:]]`) and know no escapes; of several alternatives the first that fits is taken, not the longest.
 */
export function posixRegex(pattern: string, flags = ''): RegExp | undefined {
  try {
    return new RegExp(translate(pattern), flags);
  } catch {
    return undefined;
  }
}

const classes: ReadonlyMap<string, string> = new Map([
  ['alnum', 'A-Za-z0-9'],
  ['alpha', 'A-Za-z'],
  ['blank', ' \\t'],
  ['cntrl', '\\x00-\\x1f\\x7f'],
  ['digit', '0-9'],
  ['graph', '\\x21-\\x7e'],
  ['lower', 'a-z'],
  ['print', '\\x20-\\x7e'],
  ['punct', '!-\\/:-@\\[-`{-~'],
  ['space', '\\s'],
  ['upper', 'A-Z'],
  ['xdigit', '0-9A-Fa-f'],
]);

function translate(pattern: string): string {
  let result = '';
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern.charAt(at);
    if (character === '[') {
      const bracket = readBracket(pattern, at);
      result += bracket.text;
      at = bracket.last;
    } else if (character === '\\') {
      result += escaped(pattern.charAt(at + 1));
      at += 1;
    } else if (character === '{' && !/^\{\d+(,\d*)?\}/.test(pattern.slice(at))) result += '\\{';
    else if (character === '(' && pattern[at + 1] === '?') throw new SyntaxError('nothing to repeat');
    else result += character;
  }
  return result;
}

/** What follows a backslash: GNU's few classes, else the character itself. */
function escaped(character: string): string {
  if (character === '') throw new SyntaxError('trailing backslash');
  if ('wWsSbB'.includes(character) || /[1-9]/.test(character)) return `\\${character}`;
  if (character === '<' || character === '>') return '\\b';
  return /[A-Za-z0-9_]/.test(character) ? character : `\\${character}`;
}

function readBracket(pattern: string, start: number): { readonly text: string; readonly last: number } {
  let at = start + 1;
  const negated = pattern[at] === '^';
  if (negated) at += 1;
  let text = '';
  for (let first = true; ; first = false, at += 1) {
    const character = pattern.charAt(at);
    if (character === '') throw new SyntaxError('unmatched [');
    if (character === ']' && !first) break;
    const named = /^\[:([a-z]+):\]/.exec(pattern.slice(at));
    if (named !== null) {
      const set = classes.get(named[1] ?? '');
      if (set === undefined) throw new SyntaxError('unknown class');
      text += set;
      at += named[0].length - 1;
    } else
      text += character === '-' && !first && pattern[at + 1] !== ']' ? '-' : character.replace(/[\\\]^[-]/, '\\$&');
  }
  return { text: `[${negated ? '^' : ''}${text}]`, last: at };
}
