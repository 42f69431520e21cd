import type { ExpectedHeaders } from './action-expectations.ts';
import type { JournalEntry } from './actions/journal.ts';

const MAX_VALUE_CHARACTERS = 60;

/** Whether one of the headers of that name is as wanted. */
export function hasHeader({ headers }: Pick<JournalEntry, 'headers'>, name: string, wanted: string | RegExp): boolean {
  return valuesOf(headers, name).some((value) => (typeof wanted === 'string' ? value === wanted : wanted.test(value)));
}

/**
 * What came instead of an action that was expected, for people: the entry that is most like it, and each header that differs; or
 * which actions came at all. Secrets are not shown.
 */
export function nearMiss(
  entries: readonly JournalEntry[],
  { action, headers }: { readonly action: string; readonly headers: ExpectedHeaders },
): string {
  const named = entries.filter((entry) => entry.action.toLowerCase() === action.toLowerCase());
  const [nearest] = named
    .map((entry) => ({ entry, wrong: differing(entry, headers) }))
    .sort((a, b) => a.wrong.length - b.wrong.length || b.entry.id - a.entry.id);
  if (nearest === undefined)
    return entries.length === 0 ? 'no other action came' : `there came ${countedNames(entries)}`;
  const differences = nearest.wrong.map(
    ([name, wanted]) => `${name} is ${shown(name, nearest.entry)} and not ${wanted}`,
  );
  return `nearest is ${nearest.entry.action} number ${nearest.entry.id} of the journal, but ${differences.join(', ')}`;
}

function differing(entry: JournalEntry, headers: ExpectedHeaders): [string, string | RegExp][] {
  return Object.entries(headers).filter(([name, wanted]) => !hasHeader(entry, name, wanted));
}

function shown(name: string, { headers }: JournalEntry): string {
  if (/^(secret|key)$/i.test(name)) return 'another one';
  const values = valuesOf(headers, name).map((value) => `'${value.slice(0, MAX_VALUE_CHARACTERS)}'`);
  return values.length === 0 ? 'not there' : values.join(' and ');
}

/** `2 Ping, 1 Status`. */
function countedNames(entries: readonly JournalEntry[]): string {
  const counts = new Map<string, number>();
  for (const { action } of entries) counts.set(action, (counts.get(action) ?? 0) + 1);
  return [...counts].map(([name, count]) => `${count} ${name || '(no action)'}`).join(', ');
}

function valuesOf(headers: JournalEntry['headers'], name: string): string[] {
  return headers.filter(([header]) => header.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
}
