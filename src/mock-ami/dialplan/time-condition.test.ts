import { describe, expect, it } from 'vitest';
import { calendarTime, epochMsOf } from './calendar.ts';
import { parseTimeCondition, timeConditionHolds } from './time-condition.ts';

// 23 November 2026 is a Monday.
function holds(text: string, day: number, hour: number, minute = 0, month = 11) {
  return timeConditionHolds(
    parseTimeCondition(text).condition,
    calendarTime(epochMsOf(2026, month, day, hour, minute)),
  );
}

describe('time conditions', () => {
  it.each<[string, number, number, number, boolean]>([
    ['*,*,*,*', 23, 0, 0, true],
    ['', 23, 12, 0, true],
    ['9:00-17:00', 23, 9, 0, true],
    ['9:00-17:00', 23, 17, 0, true], // the end counts
    ['9:00-17:00', 23, 17, 1, false],
    ['9:00-17:00', 23, 8, 59, false],
    ['22:00-06:00', 23, 23, 0, true],
    ['22:00-06:00', 23, 5, 0, true],
    ['22:00-06:00', 23, 12, 0, false],
    ['9:00-12:00&13:00-17:00', 23, 12, 30, false],
    ['9:00-12:00&13:00-17:00', 23, 13, 30, true],
    ['00:00-24:00', 23, 23, 59, true],
    ['*,mon-fri', 23, 12, 0, true],
    ['*,mon-fri', 22, 12, 0, false],
    ['*,sat-mon', 22, 12, 0, true],
    ['*,sat-mon', 24, 12, 0, false],
    ['*,tue&mon', 23, 12, 0, true],
    ['*,Monday', 23, 12, 0, true],
    ['*,*,1-15', 23, 12, 0, false],
    ['*,*,20-25', 23, 12, 0, true],
    ['*,*,*,nov', 23, 12, 0, true],
    ['*,*,*,dec-feb', 23, 12, 0, false],
    ['*,*,*,10-12', 23, 12, 0, true],
    ['9:00-17:00|mon-fri|*|*', 23, 12, 0, true],
  ])('%j on 23 November at the %s. %s:%s: %s', (text, day, hour, minute, expected) => {
    expect(holds(text, day, hour, minute)).toBe(expected);
  });

  it.each([
    ['noon', '"noon" is no range of times; write it like 9:00-17:00, or *'],
    ['9:00', '"9:00" is no range of times; write it like 9:00-17:00, or *'],
    ['*,mo-fr', '"mo-fr" is not a day of the week (mon, mon-fri), or *'],
    ['*,*,32', '"32" is not a day of the month (1, 1-15), or *'],
    ['*,*,*,13', '"13" is not a month (jan, jan-mar), or *'],
  ])('says what is wrong with %j, which then never holds', (text, fault) => {
    expect(parseTimeCondition(text).faults).toEqual([fault]);
    expect(holds(text, 23, 12)).toBe(false);
  });

  it('names the zone it counts in', () => {
    expect(parseTimeCondition('*,*,*,*,Europe/Berlin').condition.zone).toBe('Europe/Berlin');
  });
});
