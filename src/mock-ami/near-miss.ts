import type { Header } from '../ami/message.ts';
import { nearest } from '../scenarios/nearest.ts';

/** A value that a header must have: a text exactly (a number is its digits), or a pattern. */
export type WantedValue = string | number | RegExp;

/** What an action or event must be. */
export interface Wanted {
  /** Of the action or event, in any case. */
  readonly name: string;
  readonly headers: Readonly<Record<string, WantedValue>>;
}

/** What came: an action of the journal, or an event. */
export interface Came {
  readonly id: number;
  readonly name: string;
  readonly headers: readonly Header[];
  /** How it was refused, where it was. */
  readonly refused?: string | undefined;
}

const MAX_VALUE_CHARACTERS = 60;
const MAX_NAMES = 10;
/** Headers that nobody slips in. */
const NOT_SHOWN = /^(action|actionid|privilege)$/i;

/** Whether it has that name, and each header that is wanted. */
export function isWanted(came: Pick<Came, 'name' | 'headers'>, wanted: Wanted): boolean {
  return sameName(came.name, wanted.name) && differing(came, wanted).length === 0;
}

/**
 * What came instead of something that was expected, for people: the one that is most like it, and each header that differs; or
 * which names came at all. Secrets are not shown.
 * @param what `action` or `event`
 */
export function nearMiss(what: string, all: readonly Came[], wanted: Wanted): string {
  const [best] = all
    .filter(({ name }) => sameName(name, wanted.name))
    .map((came) => ({ came, wrong: differing(came, wanted) }))
    .sort((a, b) => a.wrong.length - b.wrong.length || b.came.id - a.came.id);
  if (best === undefined) return otherNames(what, all, wanted.name);
  const { came, wrong } = best;
  const differences = wrong.map(([name, value]) => difference(name, value, came));
  return `nearest is ${came.name}, ${what} ${came.id}, but ${differences.join(', ')}`;
}

function differing({ headers }: Pick<Came, 'headers'>, wanted: Wanted): [string, WantedValue][] {
  return Object.entries(wanted.headers).filter(([name, value]) => {
    const fits = (is: string) => (value instanceof RegExp ? is.search(value) >= 0 : is === String(value));
    return !valuesOf(headers, name).some(fits);
  });
}

/** A header that no message shows: `Key` is the proof of a login, and an ordinary name elsewhere. */
export function isSecret(name: string, header: string): boolean {
  return sameName(header, 'Secret') || (sameName(header, 'Key') && sameName(name, 'Login'));
}

function difference(name: string, wanted: WantedValue, { name: cameAs, headers }: Came): string {
  const values = valuesOf(headers, name);
  if (values.length === 0) return `it has no ${name}${headerNames(headers)}`;
  const shown = isSecret(cameAs, name) ? 'another one' : values.map(quoted).join(' and ');
  return `${name} is ${shown} and not ${quoted(wanted)}`;
}

function headerNames(headers: readonly Header[]): string {
  const names = [...new Set(headers.map(([name]) => name))].filter((name) => !NOT_SHOWN.test(name));
  return names.length === 0 ? '' : ` (there are ${firstOf(names)})`;
}

/** `there came 2 Ping, 1 Login (refused: Authentication failed)`. */
function otherNames(what: string, all: readonly Came[], wanted: string): string {
  if (all.length === 0) return `no ${what} came at all`;
  const counts = new Map<string, number>();
  for (const { name, refused } of all) {
    const label = `${name || `(no ${what})`}${refused === undefined ? '' : ` (refused: ${refused})`}`;
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const guess = nearest(
    wanted,
    all.map(({ name }) => name),
  );
  const advice = guess === undefined ? '' : `; did you mean ${guess}?`;
  return `there came ${firstOf([...counts].map(([label, count]) => `${count} ${label}`))}${advice}`;
}

function firstOf(texts: readonly string[]): string {
  const more = texts.length - MAX_NAMES;
  return `${texts.slice(0, MAX_NAMES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function quoted(value: WantedValue): string {
  if (value instanceof RegExp) return String(value);
  const text = String(value);
  return `'${text.length > MAX_VALUE_CHARACTERS ? `${text.slice(0, MAX_VALUE_CHARACTERS)}...` : text}'`;
}

function valuesOf(headers: readonly Header[], name: string): string[] {
  return headers.filter(([header]) => sameName(header, name)).map(([, value]) => value);
}

function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
