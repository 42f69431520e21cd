import { epochMsOf } from '../calendar.ts';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

interface TimeFields {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  afternoon?: boolean;
  epoch?: number;
}

/** As C's strptime: seconds since the epoch, or an empty text where the text does not fit the format. */
export function parseTime(text: string, format: string, zone: string): string {
  const fields: TimeFields = { year: 1970, month: 1, day: 1, hour: 0, minute: 0, second: 0 };
  let rest = text;
  for (const [token = ''] of expand(format).matchAll(/%[A-Za-z%]|\s+|[\s\S]/g)) {
    const length = /^\s/.test(token) ? rest.length - rest.trimStart().length : matchToken(token, rest, fields);
    if (length === undefined) return '';
    rest = rest.slice(length);
  }
  if (fields.epoch !== undefined) return String(fields.epoch);
  const hour = fields.afternoon === undefined ? fields.hour : (fields.hour % 12) + (fields.afternoon ? 12 : 0);
  return String(
    Math.floor(epochMsOf(fields.year, fields.month, fields.day, hour, fields.minute, fields.second, zone) / 1000),
  );
}

function expand(format: string): string {
  return format
    .replaceAll('%c', '%a %b %e %H:%M:%S %Y')
    .replaceAll('%F', '%Y-%m-%d')
    .replaceAll('%T', '%H:%M:%S')
    .replaceAll('%R', '%H:%M')
    .replaceAll('%D', '%m/%d/%y')
    .replaceAll('%r', '%I:%M:%S %p');
}

/** How many characters the token takes; `undefined` where it does not fit. */
function matchToken(token: string, rest: string, fields: TimeFields): number | undefined {
  if (!token.startsWith('%')) return rest.startsWith(token) ? token.length : undefined;
  const kind = token.charAt(1);
  if (kind === '%') return rest.startsWith('%') ? 1 : undefined;
  const numeric = numericFields.get(kind);
  const match = (numeric?.pattern ?? wordPatterns.get(kind))?.exec(rest);
  if (match === null || match === undefined) return undefined;
  if (numeric !== undefined) fields[numeric.part] = fullYear(kind, Number(match[0]));
  else putWord(kind, match[0].toLowerCase(), fields);
  return match[0].length;
}

const wordPatterns: ReadonlyMap<string, RegExp> = new Map([
  ['a', /^(sun|mon|tue|wed|thu|fri|sat)[a-z]*/i],
  ['A', /^(sun|mon|tue|wed|thu|fri|sat)[a-z]*/i],
  ['b', /^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*/i],
  ['B', /^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*/i],
  ['h', /^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*/i],
  ['p', /^[ap]m/i],
]);

function putWord(kind: string, word: string, fields: TimeFields): void {
  if (kind === 'p') fields.afternoon = word === 'pm';
  else if ('bBh'.includes(kind)) fields.month = months.indexOf(word.slice(0, 3)) + 1;
}

interface NumericField {
  readonly pattern: RegExp;
  readonly part: 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'epoch';
}

const twoDigits = /^\s*\d{1,2}/;

const numericFields: ReadonlyMap<string, NumericField> = new Map<string, NumericField>([
  ['Y', { pattern: /^\s*\d{1,4}/, part: 'year' }],
  ['y', { pattern: twoDigits, part: 'year' }],
  ['m', { pattern: twoDigits, part: 'month' }],
  ['d', { pattern: twoDigits, part: 'day' }],
  ['e', { pattern: twoDigits, part: 'day' }],
  ['H', { pattern: twoDigits, part: 'hour' }],
  ['k', { pattern: twoDigits, part: 'hour' }],
  ['I', { pattern: twoDigits, part: 'hour' }],
  ['l', { pattern: twoDigits, part: 'hour' }],
  ['M', { pattern: twoDigits, part: 'minute' }],
  ['S', { pattern: twoDigits, part: 'second' }],
  ['s', { pattern: /^\s*\d+/, part: 'epoch' }],
]);

/** Years of two digits are from 1969 to 2068. */
function fullYear(kind: string, value: number): number {
  return kind !== 'y' ? value : value + (value < 69 ? 2000 : 1900);
}
