import type { EventFilter } from '../config/event-filter.ts';
import { posixRegex } from '../dialplan/posix-regex.ts';

/**
 * Whether a session with these filters sees the event: without filters all, with some that let in only those, and of these none that
 * another keeps out. Source: `should_send_event`, main/manager.c; recording `filter-action`.
 * @param text the event as it stands on the wire
 */
export function passesFilters(filters: readonly EventFilter[], eventName: string, text: string): boolean {
  if (filters.length === 0) return true;
  const matching = filters.filter((filter) => matches(filter, eventName, text));
  if (matching.some((filter) => filter.exclude)) return false;
  return matching.length > 0 || filters.every((filter) => filter.exclude);
}

function matches(filter: EventFilter, eventName: string, text: string): boolean {
  if (filter.event !== undefined && filter.event !== eventName) return false;
  const { header } = filter;
  if (header === undefined) return matchesText(filter, text);
  return text
    .split('\r\n')
    .filter((row) => row.startsWith(`${header}:`))
    .map((row) => row.slice(header.length + 1).trimStart())
    .some((value) => value !== '' && matchesText(filter, value));
}

function matchesText({ method, expression }: EventFilter, text: string): boolean {
  switch (method) {
    case 'none':
      return true;
    case 'exact':
      return text === expression;
    case 'starts_with':
      return text.startsWith(expression);
    case 'ends_with':
      return text.endsWith(expression);
    case 'contains':
      return text.includes(expression);
    case 'regex':
      return regexOf(expression)?.test(text) ?? false;
  }
}

const regexes = new Map<string, RegExp | undefined>();
const MAX_KNOWN_REGEXES = 1000;

/** As POSIX has it, `.` takes line ends too, and `^` and `$` mean the whole text. */
function regexOf(expression: string): RegExp | undefined {
  if (regexes.has(expression)) return regexes.get(expression);
  if (regexes.size >= MAX_KNOWN_REGEXES) regexes.clear();
  const regex = posixRegex(expression, 's');
  regexes.set(expression, regex);
  return regex;
}
