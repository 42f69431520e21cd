import { posixRegex } from '../dialplan/posix-regex.ts';

export const filterMethods = ['regex', 'exact', 'starts_with', 'ends_with', 'contains', 'none'] as const;
export type FilterMethod = (typeof filterMethods)[number];

/** Which events a manager user or session gets, or does not get. */
export interface EventFilter {
  /** Events that fit are kept out. */
  readonly exclude: boolean;
  /** Name of the event; absent: any. */
  readonly event?: string;
  /** Header that the event must have, and in which `expression` is looked for; absent: in the whole event. */
  readonly header?: string;
  readonly method: FilterMethod;
  readonly expression: string;
}

/** `format`: it cannot be read; `compile`: its regular expression is none. */
export type EventFilterFault = { readonly fault: 'format' | 'compile'; readonly reason: string };

/** Old style: a regular expression for the whole event, `!` before it keeps events out. */
export function parseLegacyFilter(value: string): EventFilter | EventFilterFault {
  const { exclude, expression } = withoutMark(value);
  return compiled({ exclude, method: 'regex', expression });
}

/**
 * New style: `action(exclude),name(Hangup),header(Channel),method(starts_with)` and what to look for, in any order; of an option that
 * comes twice the last counts. A `!` before what to look for excludes too, where no `action` says otherwise.
 * Source: `manager_add_filter`, main/manager.c, and its own tests there.
 */
export function parseFilter(criteria: string, value: string): EventFilter | EventFilterFault {
  const { exclude, expression } = withoutMark(value);
  const found: { exclude: boolean; event?: string; header?: string; method?: FilterMethod } = { exclude };
  const options = criteria.split(/[ ,)]+/).filter((option) => option !== '');
  for (const option of options) {
    const fault = readOption(found, option);
    if (fault !== undefined) return format(fault);
  }
  const { method = 'none' } = found;
  if (options.length === 0) return format('there is none of action(), name(), header() and method()');
  if (expression === '' && method !== 'none') return format(`method ${method} needs an expression`);
  if (expression !== '' && method === 'none') return format(`nothing says how to look for "${expression}"`);
  if (found.event === undefined && found.header === undefined && method === 'none')
    return format('there is nothing to look for');
  return compiled({ ...found, method, expression });
}

function withoutMark(value: string): { exclude: boolean; expression: string } {
  const exclude = value.startsWith('!');
  return { exclude, expression: exclude ? value.slice(1) : value };
}

/** Takes one option in; returns what is wrong with it. Only the beginning of its name counts. */
function readOption(
  found: { exclude: boolean; event?: string; header?: string; method?: FilterMethod },
  option: string,
): string | undefined {
  const open = option.indexOf('(');
  const value = open < 0 ? '' : option.slice(open + 1);
  const [kind] = /^(action|name|header|method)/.exec(option) ?? [];
  if (kind === undefined) return `"${option}" is none of action(), name(), header() and method()`;
  if (value === '') return `${kind}() is empty`;
  const method = filterMethods.find((known) => known === value);
  if (kind === 'name') found.event = value;
  else if (kind === 'header') found.header = value.replace(/:$/, '');
  else if (kind === 'method' && method === undefined) return `method(${value}) is none of ${filterMethods.join(', ')}`;
  else if (method !== undefined) found.method = method;
  else if (value === 'include' || value === 'exclude') found.exclude = value === 'exclude';
  else return `action(${value}) is neither include nor exclude`;
  return undefined;
}

function compiled(filter: EventFilter): EventFilter | EventFilterFault {
  if (filter.method !== 'regex') return filter;
  if (filter.expression === '') return format('there is no regular expression');
  if (posixRegex(filter.expression) !== undefined) return filter;
  return { fault: 'compile', reason: `"${filter.expression}" is no regular expression` };
}

function format(reason: string): EventFilterFault {
  return { fault: 'format', reason };
}
