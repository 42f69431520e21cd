import { calendarTime } from '../calendar.ts';
import { parseTimeCondition, timeConditionHolds } from '../time-condition.ts';
import type { FunctionEnvironment } from './pure-function.ts';

/** Whether `times,weekdays,days,months` holds now. */
export function timeHolds(text: string, environment: Pick<FunctionEnvironment, 'nowMs' | 'warn'>): boolean {
  const { condition, faults } = parseTimeCondition(text);
  for (const fault of faults) environment.warn?.(fault);
  return timeConditionHolds(condition, calendarTime(environment.nowMs, condition.zone));
}
