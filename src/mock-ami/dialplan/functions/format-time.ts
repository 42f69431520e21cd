import type { CalendarTime } from '../calendar.ts';

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** As C's strftime in the C locale; Asterisk's `%3q` to `%6q` are fractions of a second. `epochMs` is for `%s`. */
export function formatTime(format: string, time: CalendarTime, epochMs: number): string {
  return format.replace(/%[EO_0^-]?(\d?)([A-Za-z+%])/g, (all, width: string, kind: string) => {
    if (kind === 'q') return fraction(time, Number(width || 3));
    return field(kind, time, epochMs) ?? all;
  });
}

function field(kind: string, time: CalendarTime, epochMs: number): string | undefined {
  const nested = composed.get(kind);
  if (nested !== undefined) return formatTime(nested, time, epochMs);
  const simple = fields.get(kind);
  return simple?.(time, epochMs);
}

const composed: ReadonlyMap<string, string> = new Map([
  ['F', '%Y-%m-%d'],
  ['T', '%H:%M:%S'],
  ['R', '%H:%M'],
  ['D', '%m/%d/%y'],
  ['x', '%m/%d/%y'],
  ['X', '%H:%M:%S'],
  ['r', '%I:%M:%S %p'],
  ['c', '%a %b %e %H:%M:%S %Y'],
  ['v', '%e-%b-%Y'],
]);

type Field = (time: CalendarTime, epochMs: number) => string;

const fields: ReadonlyMap<string, Field> = new Map<string, Field>([
  ['Y', ({ year }) => String(year)],
  ['y', ({ year }) => two(year % 100)],
  ['C', ({ year }) => two(Math.floor(year / 100))],
  ['m', ({ month }) => two(month)],
  ['d', ({ day }) => two(day)],
  ['e', ({ day }) => String(day).padStart(2)],
  ['H', ({ hour }) => two(hour)],
  ['k', ({ hour }) => String(hour).padStart(2)],
  ['I', ({ hour }) => two(hour % 12 || 12)],
  ['l', ({ hour }) => String(hour % 12 || 12).padStart(2)],
  ['M', ({ minute }) => two(minute)],
  ['S', ({ second }) => two(second)],
  ['p', ({ hour }) => (hour < 12 ? 'AM' : 'PM')],
  ['P', ({ hour }) => (hour < 12 ? 'am' : 'pm')],
  ['A', ({ weekday }) => weekdays[weekday] ?? ''],
  ['a', ({ weekday }) => (weekdays[weekday] ?? '').slice(0, 3)],
  ['B', ({ month }) => months[month - 1] ?? ''],
  ['b', ({ month }) => (months[month - 1] ?? '').slice(0, 3)],
  ['h', ({ month }) => (months[month - 1] ?? '').slice(0, 3)],
  ['j', ({ dayOfYear }) => String(dayOfYear + 1).padStart(3, '0')],
  ['u', ({ weekday }) => String(weekday || 7)],
  ['w', ({ weekday }) => String(weekday)],
  ['U', ({ dayOfYear, weekday }) => two(Math.floor((dayOfYear + 7 - weekday) / 7))],
  ['W', ({ dayOfYear, weekday }) => two(Math.floor((dayOfYear + 7 - ((weekday + 6) % 7)) / 7))],
  ['V', (time) => two(isoWeek(time).week)],
  ['G', (time) => String(isoWeek(time).year)],
  ['s', (_time, epochMs) => String(Math.floor(epochMs / 1000))],
  ['z', ({ offsetMinutes }) => zoneOffset(offsetMinutes)],
  ['Z', ({ zone }) => zone],
  ['n', () => '\n'],
  ['t', () => '\t'],
  ['%', () => '%'],
]);

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function fraction({ milliseconds }: CalendarTime, width: number): string {
  return milliseconds.toFixed(3).replace('.', '').padStart(6, '0').slice(0, Math.min(width, 6));
}

function zoneOffset(minutes: number): string {
  const magnitude = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(magnitude / 60))}${two(magnitude % 60)}`;
}

/** The week belongs to the year that its Thursday lies in. */
function isoWeek({ year, dayOfYear, weekday }: CalendarTime): { readonly year: number; readonly week: number } {
  const thursday = dayOfYear - ((weekday + 6) % 7) + 3;
  if (thursday < 0) return { year: year - 1, week: Math.floor((thursday + daysIn(year - 1)) / 7) + 1 };
  if (thursday >= daysIn(year)) return { year: year + 1, week: 1 };
  return { year, week: Math.floor(thursday / 7) + 1 };
}

function daysIn(year: number): number {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 366 : 365;
}
