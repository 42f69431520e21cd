import { calendarTime } from '../calendar.ts';
import { splitArguments } from '../split-arguments.ts';
import { formatTime } from './format-time.ts';
import { parseTime } from './parse-time.ts';
import type { PureFunction } from './pure-function.ts';

/** Functions of time; without a zone it is UTC. Source: funcs/func_strings.c. */
export const timeFunctions: Readonly<Record<string, PureFunction>> = {
  STRFTIME: {
    read: (environment, args) => {
      const [seconds = '', zone = '', format = ''] = splitArguments(args, { max: 3 }).map((part) => part.trim());
      const given = Number.parseFloat(seconds);
      const epochMs = Number.isNaN(given) ? environment.nowMs : given * 1000;
      return formatTime(format || '%c', calendarTime(epochMs, zone), epochMs);
    },
  },
  STRPTIME: {
    read: (_environment, args) => {
      const [text = '', zone = '', format = ''] = splitArguments(args, { max: 3 });
      return parseTime(text, format, zone.trim());
    },
  },
};
