/** A moment as a wall clock and a calendar show it. */
export interface CalendarTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  /** 0 is the first of January. */
  readonly dayOfYear: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly milliseconds: number;
  /** Minutes east of UTC. */
  readonly offsetMinutes: number;
  /** Short name of the zone, `UTC`. */
  readonly zone: string;
}

const msPerDay = 86_400_000;

/** That moment in a zone of the IANA database; in UTC without one, or where the zone is unknown. */
export function calendarTime(epochMs: number, zone = ''): CalendarTime {
  const offset = zone === '' ? undefined : zoneOffset(epochMs, zone);
  const offsetMinutes = offset?.minutes ?? 0;
  const local = Math.floor(epochMs) + offsetMinutes * 60_000;
  const days = Math.floor(local / msPerDay);
  const ms = local - days * msPerDay;
  const date = dateOfDay(days);
  return {
    ...date,
    weekday: (((days + 4) % 7) + 7) % 7,
    dayOfYear: days - dayOfDate(date.year, 1, 1),
    hour: Math.floor(ms / 3_600_000),
    minute: Math.floor(ms / 60_000) % 60,
    second: Math.floor(ms / 1000) % 60,
    milliseconds: ms % 1000,
    offsetMinutes,
    zone: offset?.name ?? 'UTC',
  };
}

/** Days from 1 January 1970 to that date; months and days beyond their range carry over. */
export function dayOfDate(year: number, month: number, day: number): number {
  const carried = year + Math.floor((month - 1) / 12);
  const monthInYear = (((month - 1) % 12) + 12) % 12;
  // Years that start in March put the leap day last, so that the days before a month are a straight line.
  const march = monthInYear >= 2 ? carried : carried - 1;
  const monthFromMarch = (monthInYear + 10) % 12;
  const leapDays = Math.floor(march / 4) - Math.floor(march / 100) + Math.floor(march / 400);
  return march * 365 + leapDays + Math.floor((153 * monthFromMarch + 2) / 5) + day - 1 - 719_468;
}

function dateOfDay(days: number): { readonly year: number; readonly month: number; readonly day: number } {
  let year = 1970 + Math.floor(days / 365.2425);
  while (dayOfDate(year, 1, 1) > days) year -= 1;
  while (dayOfDate(year + 1, 1, 1) <= days) year += 1;
  let month = 12;
  while (dayOfDate(year, month, 1) > days) month -= 1;
  return { year, month, day: days - dayOfDate(year, month, 1) + 1 };
}

function zoneOffset(epochMs: number, zone: string): { readonly minutes: number; readonly name: string } | undefined {
  try {
    const parts = (style: 'longOffset' | 'short') =>
      new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: style }).formatToParts(epochMs);
    const nameOf = (style: 'longOffset' | 'short') =>
      parts(style).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const match = /GMT([+-])(\d+):(\d+)/.exec(nameOf('longOffset'));
    const minutes = match === null ? 0 : (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
    return { minutes, name: nameOf('short') };
  } catch {
    return undefined;
  }
}

/** Milliseconds since the epoch of what a wall clock in that zone shows. */
export function epochMsOf(
  year: number,
  month: number,
  day: number,
  hour = 0,
  minute = 0,
  second = 0,
  zone = '',
): number {
  const asUtc = dayOfDate(year, month, day) * msPerDay + ((hour * 60 + minute) * 60 + second) * 1000;
  if (zone === '') return asUtc;
  const guess = asUtc - calendarTime(asUtc, zone).offsetMinutes * 60_000;
  // The offset at the guess decides, so that times just after a change of the clocks come out right.
  return asUtc - calendarTime(guess, zone).offsetMinutes * 60_000;
}
