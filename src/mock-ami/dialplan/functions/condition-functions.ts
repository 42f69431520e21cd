import { splitArguments } from '../split-arguments.ts';
import type { PureFunction } from './pure-function.ts';
import { timeHolds } from './time-holds.ts';

/** Whether a condition holds: any text but none, and of numbers all but 0. Source: main/pbx.c, pbx_checkcondition. */
export function conditionHolds(condition: string): boolean {
  return /^\d/.test(condition) ? Number.parseInt(condition, 10) !== 0 : condition !== '';
}

/** `${ISNULL(x)}` and its kin. Source: funcs/func_logic.c. */
export const conditionFunctions: Readonly<Record<string, PureFunction>> = {
  ISNULL: { read: (_environment, args) => (args === '' ? '1' : '0') },
  EXISTS: { read: (_environment, args) => (args === '' ? '0' : '1') },
  IF: {
    read: (environment, args) => {
      const { condition, yes, no } = splitCondition(args);
      if (condition === '' || (yes === undefined && no === undefined))
        environment.warn?.('IF needs a condition: ${IF(test?yes:no)}');
      return (conditionHolds(condition) ? yes : no) ?? '';
    },
  },
  IFTIME: {
    read: (environment, args) => {
      const { condition, yes, no } = splitCondition(args);
      return (timeHolds(condition, environment) ? yes : no) ?? '';
    },
  },
  SET: {
    read: (environment, args) => {
      const equals = args.indexOf('=');
      if (equals < 0) return '';
      const value = args.slice(equals + 1);
      environment.setVariable(args.slice(0, equals).trim(), value);
      return value;
    },
  },
  PASSTHRU: { read: (_environment, args) => args },
};

interface Branches {
  readonly condition: string;
  readonly yes?: string;
  readonly no?: string;
}

/** `condition?yes:no`; quotes and parentheses keep their inside together. */
function splitCondition(args: string): Branches {
  const [condition = '', branches] = splitArguments(args, { separator: '?', max: 2, raw: true });
  const [yes, no] = branches === undefined ? [] : splitArguments(branches, { separator: ':', max: 2 });
  return {
    condition: condition.trim(),
    ...(yes === undefined ? {} : { yes: yes.trim() }),
    ...(no === undefined ? {} : { no: no.trim() }),
  };
}
