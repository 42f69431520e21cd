import type { CalendarTime } from './calendar.ts';

/** When something counts, as GotoIfTime and timed includes say it: each part lists what it allows. */
export interface TimeCondition {
  /** Minutes of the day, both ends included; a range may pass midnight. */
  readonly times: readonly TimeRange[];
  /** 0 is Sunday. */
  readonly weekdays: readonly number[];
  readonly days: readonly number[];
  readonly months: readonly number[];
  /** Name in the IANA database; absent: the system's own. */
  readonly zone?: string;
}

export interface TimeRange {
  readonly fromMinute: number;
  readonly toMinute: number;
}

export interface ParsedTimeCondition {
  readonly condition: TimeCondition;
  /** What could not be read; that part then never holds. */
  readonly faults: readonly string[];
}

const weekdayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * Reads `times,weekdays,days of month,months[,zone]`; a `*` or an absent part allows all, `&` joins, ranges may wrap.
 * Source: main/pbx_timing.c, ast_build_timing.
 */
export function parseTimeCondition(text: string): ParsedTimeCondition {
  const [times = '*', weekdays = '*', days = '*', months = '*', zone = ''] = text
    .split(/[,|]/)
    .map((part) => part.trim());
  const faults: string[] = [];
  const condition: TimeCondition = {
    times: items(times).flatMap((item) => timeRange(item, faults)),
    weekdays: items(weekdays).flatMap((item) =>
      range(item, 0, 6, weekdayNames, faults, 'a day of the week (mon, mon-fri)'),
    ),
    days: items(days).flatMap((item) => range(item, 1, 31, [], faults, 'a day of the month (1, 1-15)')),
    months: items(months).flatMap((item) => range(item, 1, 12, monthNames, faults, 'a month (jan, jan-mar)')),
    ...(zone === '' ? {} : { zone }),
  };
  return { condition, faults };
}

/** Whether it holds at that moment, which the caller has put into the condition's zone. */
export function timeConditionHolds(condition: TimeCondition, now: CalendarTime): boolean {
  const minute = now.hour * 60 + now.minute;
  return (
    condition.months.includes(now.month) &&
    condition.days.includes(now.day) &&
    condition.weekdays.includes(now.weekday) &&
    condition.times.some(({ fromMinute, toMinute }) =>
      fromMinute <= toMinute ? minute >= fromMinute && minute <= toMinute : minute >= fromMinute || minute <= toMinute,
    )
  );
}

function items(text: string): readonly string[] {
  return text === '' ? ['*'] : text.split('&').map((item) => item.trim());
}

function timeRange(item: string, faults: string[]): readonly TimeRange[] {
  if (item === '*') return [{ fromMinute: 0, toMinute: 1439 }];
  const match = /^(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})$/.exec(item);
  const fromMinute = Number(match?.[1]) * 60 + Number(match?.[2]);
  const toMinute = Number(match?.[3]) * 60 + Number(match?.[4]);
  // 24:00 is what people write for the end of the day.
  if (match !== null && fromMinute < 1440 && toMinute <= 1440)
    return [{ fromMinute, toMinute: Math.min(toMinute, 1439) }];
  faults.push(`"${item}" is no range of times; write it like 9:00-17:00, or *`);
  return [];
}

function range(
  item: string,
  low: number,
  high: number,
  names: readonly string[],
  faults: string[],
  what: string,
): readonly number[] {
  const numberOf = (word: string) => {
    const named = names.indexOf(word.trim().slice(0, 3).toLowerCase());
    const value = (named >= 0 ? named : /^\d+$/.test(word.trim()) ? Number(word) - 1 : Number.NaN) + low;
    return value >= low && value <= high ? value : undefined;
  };
  const [firstWord = '', lastWord = firstWord] = item === '*' ? [String(low), String(high)] : item.split('-');
  const first = item === '*' ? low : numberOf(firstWord);
  const last = item === '*' ? high : numberOf(lastWord);
  if (first === undefined || last === undefined) {
    faults.push(`"${item}" is not ${what}, or *`);
    return [];
  }
  const count = ((last - first + high - low + 1) % (high - low + 1)) + 1;
  return Array.from({ length: count }, (_, step) => ((first - low + step) % (high - low + 1)) + low);
}
