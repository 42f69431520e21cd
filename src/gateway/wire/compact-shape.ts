import { BRIDGE, CHANNEL, COMMON_SHAPES } from './compact-dictionary.ts';

/** What an event looks like without its values: its name, who may hear of it, and its headers in order. */
export interface Shape {
  readonly event: string;
  /** The value of `Privilege`, where that is the first header; '' where it is not, or has no value. */
  readonly privilege: string;
  readonly headers: readonly ShapeHeader[];
  /** Which headers say something about the same thing. */
  readonly groups: readonly Group[];
}

/** A header, or several of one name that follow each other. */
export interface ShapeHeader {
  readonly name: string;
  /** There are several: the value is a JSON array. */
  readonly repeated: boolean;
}

/** Headers that are kept together in one memory. */
export interface Group {
  /** `channel`, `bridge`, or `=` and the event's name. */
  readonly memory: string;
  /** Where they stand in the event, and what each is called in the memory. */
  readonly members: readonly { readonly at: number; readonly name: string }[];
}

export function makeShape(event: string, privilege: string, headers: readonly ShapeHeader[]): Shape {
  const names = toldApart(headers.map(({ name }) => name));
  const found = [
    ...groupsOf(names, 'Uniqueid', 'channel', CHANNEL),
    ...groupsOf(names, 'BridgeUniqueid', 'bridge', BRIDGE),
  ];
  const taken = new Set(found.flatMap(({ members }) => members.map(({ at }) => at)));
  const members = names.map((name, at) => ({ at, name })).filter(({ at }) => !taken.has(at));
  const groups = members.length === 0 ? found : [...found, { memory: `=${event}`, members }];
  return { event, privilege, headers, groups };
}

/** Names, of which one that was there before gets spaces at its end, as many as it takes. */
function toldApart(names: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return names.map((name) => {
    let own = name;
    while (seen.has(own)) own += ' ';
    seen.add(own);
    return own;
  });
}

/** One group for each prefix that stands before the header `key`, in the order of those; `key` itself is one of `kept`. */
function groupsOf(names: readonly string[], key: string, memory: string, kept: readonly string[]): readonly Group[] {
  const prefixes = names.filter((name) => name.endsWith(key)).map((name) => name.slice(0, -key.length));
  return prefixes
    .filter((prefix) => memory !== 'channel' || !prefix.endsWith('Bridge'))
    .map((prefix) => {
      const wanted = new Map(kept.map((name) => [prefix + name, name]));
      const members = names.flatMap((full, at) => {
        const name = wanted.get(full);
        return name === undefined ? [] : [{ at, name }];
      });
      return { memory, members };
    });
}

/** The shapes that both sides know from the start. */
export const KNOWN_SHAPES: readonly Shape[] = COMMON_SHAPES.trim()
  .split('\n')
  .map((line) => {
    const [event = '', privilege = '', ...words] = line.split(' ');
    return makeShape(event, privilege, words.flatMap(headersOf));
  });

/** `Dest@` stands for all headers of a channel with that prefix, `From#` for those of a bridge; `+` marks repeated ones. */
function headersOf(word: string): readonly ShapeHeader[] {
  const [prefix, sign] = [word.slice(0, -1), word.at(-1)];
  if (sign === '@') return CHANNEL.map((name) => ({ name: prefix + name, repeated: false }));
  if (sign === '#') return BRIDGE.map((name) => ({ name: prefix + name, repeated: false }));
  return [sign === '+' ? { name: prefix, repeated: true } : { name: word, repeated: false }];
}

/** Tells shapes apart. */
export function shapeKey({ event, privilege, headers }: Omit<Shape, 'groups'>): string {
  return [event, privilege, ...headers.map(({ name, repeated }) => (repeated ? `${name}\n` : name))].join('\r');
}
