import { splitArguments } from '../split-arguments.ts';
import { firstCharacter } from './encoded-character.ts';
import type { FunctionEnvironment, PureFunction } from './pure-function.ts';

/** Functions of lists: texts in a variable, put together by a delimiter. Source: funcs/func_strings.c, func_cut.c. */
export const listFunctions: Readonly<Record<string, PureFunction>> = {
  CUT: {
    read: (environment, args) => {
      const [variable = '', delimiter = '', ranges = ''] = splitArguments(args, { max: 3, raw: true });
      const separator = firstCharacter(delimiter, '-');
      const fields = (environment.variable(variable) ?? '').split(separator);
      return ranges
        .split('&')
        .flatMap((range) => fieldsOf(fields, range.trim()))
        .join(separator);
    },
  },
  FIELDQTY: {
    read: (environment, args) => String(listOf(environment, args, ',').items.length),
  },
  FIELDNUM: {
    read: (environment, args) => {
      const [variable = '', delimiter = '', value = ''] = splitArguments(args, { max: 3, raw: true });
      const text = environment.variable(variable) ?? '';
      return String(text.split(firstCharacter(delimiter, ',')).indexOf(value) + 1);
    },
  },
  LISTFILTER: {
    read: (environment, args) => {
      const [variable = '', delimiter = '', value = ''] = splitArguments(args, { max: 3, raw: true });
      const separator = firstCharacter(delimiter, ',');
      return (environment.variable(variable) ?? '')
        .split(separator)
        .filter((item) => item !== value)
        .join(separator);
    },
  },
  SHIFT: { read: (environment, args) => take(environment, args, (items) => [items[0], items.slice(1)]) },
  POP: { read: (environment, args) => take(environment, args, (items) => [items.at(-1), items.slice(0, -1)]) },
  PUSH: { write: (environment, args, value) => put(environment, args, (items) => [...items, value]) },
  UNSHIFT: { write: (environment, args, value) => put(environment, args, (items) => [value, ...items]) },
  ARRAY: {
    write: (environment, args, value) => {
      const values = splitArguments(value);
      for (const [index, name] of splitArguments(args).entries())
        environment.setVariable(name.trim(), values[index] ?? '');
    },
  },
  SORT: {
    read: (_environment, args) =>
      splitArguments(args)
        .map((item) => ({
          key: item.slice(0, item.indexOf(':')),
          value: Number.parseFloat(item.slice(item.indexOf(':') + 1)) || 0,
        }))
        .sort((a, b) => a.value - b.value)
        .map(({ key }) => key)
        .join(','),
  },
};

/** `2`, `2-4`, `2-` and `-4` of fields counted from 1. */
function fieldsOf(fields: readonly string[], range: string): readonly string[] {
  const [, first = '', dash = '', last = ''] = /^(\d*)(-?)(\d*)$/.exec(range) ?? [];
  if (first === '' && last === '') return dash === '' ? [] : fields;
  const start = first === '' ? 1 : Number(first);
  const end = dash === '' ? start : last === '' ? fields.length : Number(last);
  return fields.slice(Math.max(0, start - 1), Math.max(0, end));
}

interface ListVariable {
  readonly variable: string;
  readonly separator: string;
  readonly items: readonly string[];
}

function listOf(environment: FunctionEnvironment, args: string, fallback: string): ListVariable {
  const [variable = '', delimiter] = splitArguments(args, { max: 2, raw: true });
  const separator = firstCharacter(delimiter, fallback);
  const text = environment.variable(variable) ?? '';
  return { variable, separator, items: text === '' ? [] : text.split(separator) };
}

type Taking = (items: readonly string[]) => readonly [taken: string | undefined, left: readonly string[]];

function take(environment: FunctionEnvironment, args: string, taking: Taking): string {
  const { variable, separator, items } = listOf(environment, args, ',');
  if (items.length === 0) return '';
  const [taken, left] = taking(items);
  environment.setVariable(variable, left.join(separator));
  return taken ?? '';
}

function put(
  environment: FunctionEnvironment,
  args: string,
  putting: (items: readonly string[]) => readonly string[],
): void {
  const { variable, separator, items } = listOf(environment, args, ',');
  environment.setVariable(variable, putting(items).join(separator));
}
