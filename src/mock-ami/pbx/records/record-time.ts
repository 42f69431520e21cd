import { calendarTime } from '../../dialplan/calendar.ts';
import { formatTime } from '../../dialplan/functions/format-time.ts';

/** A moment as call records show it; '' for one that never came. Source: `DATE_FORMAT` of main/cdr.c and cel/cel_manager.c. */
export function recordTime(epochMs: number): string {
  return epochMs === 0 ? '' : formatTime('%Y-%m-%d %H:%M:%S', calendarTime(epochMs), epochMs);
}
