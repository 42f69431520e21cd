import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarTime, epochMsOf } from './calendar.ts';

describe('calendarTime', () => {
  it('shows what the calendar of the platform shows, before and after 1970', () => {
    fc.assert(
      fc.property(fc.integer({ min: -4e12, max: 4e12 }), (ms) => {
        const date = new Date(ms);
        expect(calendarTime(ms)).toMatchObject({
          year: date.getUTCFullYear(),
          month: date.getUTCMonth() + 1,
          day: date.getUTCDate(),
          weekday: date.getUTCDay(),
          hour: date.getUTCHours(),
          minute: date.getUTCMinutes(),
          second: date.getUTCSeconds(),
          milliseconds: date.getUTCMilliseconds(),
        });
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['Europe/Berlin', 1_784_116_800_000, 14, 120, /GMT\+2|CEST/],
    ['Europe/Berlin', 1_795_435_200_000, 13, 60, /GMT\+1|CET/],
    ['America/New_York', 1_795_435_200_000, 7, -300, /EST/],
    ['no/where', 1_795_435_200_000, 12, 0, /UTC/],
  ])('shows %s', (zone, ms, hour, offsetMinutes, name) => {
    expect(calendarTime(ms, zone)).toMatchObject({ hour, offsetMinutes, zone: expect.stringMatching(name) });
  });
});

describe('epochMsOf', () => {
  it('is what the calendar shows, turned around', () => {
    expect(epochMsOf(2026, 11, 23, 12)).toBe(Date.UTC(2026, 10, 23, 12));
    expect(epochMsOf(2026, 13, 1)).toBe(Date.UTC(2027, 0, 1));
    expect(epochMsOf(2026, 3, 29, 3, 0, 0, 'Europe/Berlin')).toBe(Date.UTC(2026, 2, 29, 1));
    expect(epochMsOf(2026, 3, 29, 1, 0, 0, 'Europe/Berlin')).toBe(Date.UTC(2026, 2, 29, 0));
  });
});
