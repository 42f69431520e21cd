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
  const exclude = value.startsWith('!');
  return checked({ exclude, method: 'regex', expression: exclude ? value.slice(1) : value });
}

/** New style: `action(exclude),name(Hangup),header(Channel),method(starts_with)` and what to look for. */
export function parseFilter(criteria: string, expression: string): EventFilter | EventFilterFault {
  const found = new Map<string, string>();
  let rest = criteria.trim();
  while (rest !== '') {
    const [whole = '', name = '', value = ''] =
      /^(action|name|header|method)\(([^()]+)\)\s*(?:,\s*|$)/.exec(rest) ?? [];
    if (whole === '') return format(`"${rest}" is none of action(), name(), header() and method()`);
    if (found.has(name)) return format(`${name}() comes twice`);
    found.set(name, value.trim());
    rest = rest.slice(whole.length);
  }
  return fromCriteria(found, expression);
}

function fromCriteria(found: ReadonlyMap<string, string>, expression: string): EventFilter | EventFilterFault {
  const action = found.get('action') ?? 'include';
  const method = filterMethods.find((known) => known === (found.get('method') ?? 'none'));
  const event = found.get('name');
  const header = found.get('header');
  if (action !== 'include' && action !== 'exclude') return format(`action(${action}) is neither include nor exclude`);
  if (method === undefined) return format(`method(${found.get('method')}) is none of ${filterMethods.join(', ')}`);
  if (event === undefined && header === undefined && method === 'none') return format('there is nothing to look for');
  return checked({
    exclude: action === 'exclude',
    ...(event === undefined ? {} : { event }),
    ...(header === undefined ? {} : { header }),
    method,
    expression,
  });
}

function checked(filter: EventFilter): EventFilter | EventFilterFault {
  if (filter.method === 'none') return filter;
  if (filter.expression === '') return format(`method ${filter.method} needs an expression`);
  if (filter.method !== 'regex' || posixRegex(filter.expression) !== undefined) return filter;
  return { fault: 'compile', reason: `"${filter.expression}" is no regular expression` };
}

function format(reason: string): EventFilterFault {
  return { fault: 'format', reason };
}
