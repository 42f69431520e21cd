/**
 * Whether an extension of the dialplan, number or `_pattern`, fits what was dialled, and which of two fits better.
 * Source: main/pbx.c, _extension_match_core and ext_cmp.
 */

/** `exact`: all of it was dialled; `more`: it could fit with more digits only; `can`: either. */
export type MatchMode = 'exact' | 'can' | 'more';

/** `early`: the pattern ends in `!`, which fits before anything else can. */
export type ExtensionMatch = 'no' | 'match' | 'early';

/** Dashes are eye candy on both sides; letters count as written. */
export function matchExtension(extension: string, dialled: string, mode: MatchMode): ExtensionMatch {
  if (!extension.startsWith('_')) return matchNumber(undashed(extension), undashed(dialled), mode) ? 'match' : 'no';
  if (mode === 'exact' && dialled.startsWith('_') && compareExtensions(extension, dialled) === 0) return 'match';
  return matchPattern(extension, dialled, mode);
}

function matchNumber(number: string, dialled: string, mode: MatchMode): boolean {
  if (mode === 'exact') return number === dialled;
  return number.startsWith(dialled) && (mode === 'can' || number.length > dialled.length);
}

function matchPattern(pattern: string, dialled: string, mode: MatchMode): ExtensionMatch {
  let p = 1;
  let d = 0;
  for (;;) {
    while (dialled[d] === '-') d += 1;
    while (pattern[p] === '-') p += 1;
    const digit = dialled[d];
    const symbol = pattern[p];
    if (digit === undefined || symbol === undefined) break;
    if (symbol === '.') return 'match';
    if (symbol === '!') return 'early';
    if (symbol === '[') {
      const end = pattern.indexOf(']', p + 1);
      if (end < 0) return 'no';
      const empty = end === p + 1;
      if (!empty && !setHas(pattern, p + 1, end, digit)) return 'no';
      p = end + 1;
      d += empty ? 0 : 1;
    } else {
      if (!symbolHas(symbol, digit)) return 'no';
      p += 1;
      d += 1;
    }
  }
  if (d < dialled.length) return 'no';
  if (p >= pattern.length) return mode === 'more' ? 'no' : 'match';
  if (pattern[p] === '!') return 'early';
  return mode === 'exact' ? 'no' : 'match';
}

function symbolHas(symbol: string, digit: string): boolean {
  switch (symbol) {
    case 'X':
    case 'x':
      return digit >= '0' && digit <= '9';
    case 'Z':
    case 'z':
      return digit >= '1' && digit <= '9';
    case 'N':
    case 'n':
      return digit >= '2' && digit <= '9';
    default:
      return symbol === digit;
  }
}

/** A dash inside a set stands for itself where it is first or last. */
function setHas(pattern: string, start: number, end: number, digit: string): boolean {
  for (let at = start; at < end; at += 1) {
    const first = pattern.charAt(at);
    if (at + 2 < end && pattern[at + 1] === '-') {
      if (digit >= first && digit <= pattern.charAt(at + 2)) return true;
      at += 2;
    } else if (digit === first) return true;
  }
  return false;
}

/** Negative where `a` is tried before `b`: numbers before patterns, smaller character sets before larger, `.` before `!`. */
export function compareExtensions(a: string, b: string): number {
  const aIsPattern = a.startsWith('_');
  if (aIsPattern !== b.startsWith('_')) return aIsPattern ? 1 : -1;
  return aIsPattern ? comparePatterns(positionsOf(a), positionsOf(b)) : compareText(undashed(a), undashed(b));
}

/** One place of a pattern: its rank among others, and the characters it takes, in order. */
interface PatternPosition {
  readonly rank: number;
  readonly characters: string;
}

const anythingRank = 0x18000;
const earlyRank = 0x28000;
const endRank = 0x30000;
const faultyRank = 0x40000;

function comparePatterns(a: readonly PatternPosition[], b: readonly PatternPosition[]): number {
  for (let index = 0; ; index += 1) {
    const left = a[index];
    const right = b[index];
    if (left === undefined && right === undefined) return 0;
    const difference = (left?.rank ?? endRank) - (right?.rank ?? endRank);
    if (difference !== 0) return difference;
    const characters = compareSets(left?.characters ?? '', right?.characters ?? '');
    if (characters !== 0) return characters;
  }
}

function positionsOf(pattern: string): readonly PatternPosition[] {
  const positions: PatternPosition[] = [];
  for (let at = 1; at < pattern.length; at += 1) {
    const symbol = pattern.charAt(at);
    if (symbol === '-') continue;
    if (symbol !== '[') {
      positions.push(positionOf(symbol));
      continue;
    }
    const end = pattern.indexOf(']', at + 1);
    if (end < 0) {
      positions.push({ rank: faultyRank, characters: '' });
      break;
    }
    const characters = setCharacters(pattern.slice(at + 1, end));
    if (characters !== '') positions.push(rankedSet(characters));
    at = end;
  }
  return positions;
}

function positionOf(symbol: string): PatternPosition {
  switch (symbol) {
    case 'X':
    case 'x':
      return rankedSet('0123456789');
    case 'Z':
    case 'z':
      return rankedSet('123456789');
    case 'N':
    case 'n':
      return rankedSet('23456789');
    case '.':
      return { rank: anythingRank, characters: '' };
    case '!':
      return { rank: earlyRank, characters: '' };
    default:
      return rankedSet(symbol);
  }
}

function rankedSet(characters: string): PatternPosition {
  return { rank: characters.length * 0x100 + (characters.charCodeAt(0) & 0xff), characters };
}

function setCharacters(set: string): string {
  const found = new Set<string>();
  for (let at = 0; at < set.length; at += 1) {
    const isRange = at + 2 < set.length && set[at + 1] === '-';
    const last = set.charCodeAt(isRange ? at + 2 : at);
    for (let code = set.charCodeAt(at); code <= last; code += 1) found.add(String.fromCharCode(code));
    if (isRange) at += 2;
  }
  return [...found].sort(compareText).join('');
}

/** Of two sets that rank the same, the one with the lower characters comes first. */
function compareSets(a: string, b: string): number {
  for (let index = 0; index < a.length || index < b.length; index += 1) {
    const difference = (a.charCodeAt(index) || 0xffff) - (b.charCodeAt(index) || 0xffff);
    if (difference !== 0) return difference;
  }
  return 0;
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function undashed(text: string): string {
  return text.includes('-') ? text.replaceAll('-', '') : text;
}
