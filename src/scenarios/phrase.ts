import type { Step } from './types.ts';

/**
 * One form of a step. In its pattern stand words as they are said, `<name>` or `<name:type>` for a word that varies, `[...]`
 * around what may be left out, `(a|b)` for either word, and `!flag`, which takes no word and tells that its `[...]` was there.
 */
export interface Phrase {
  readonly pattern: string;
  /** A step as a person would write it; shown when a step is wrong. */
  readonly example: string;
  /** What stands after the colon: absent where there is none. */
  readonly value?: { readonly kind: ValueKind; readonly required: boolean };
  /** `value` is what the phrase's {@link ValueKind} gives. */
  readonly make: (slots: Slots, value: never) => Step;
}

/** Headers; one text; a list of steps; changes of a configuration file. */
export type ValueKind = 'headers' | 'text' | 'steps' | 'changes';

/** What stood in the places of a phrase. */
export interface Slots {
  /** The word in that place. */
  text(name: string): string;
  /** `undefined` where that place was left out. */
  maybe(name: string): string | undefined;
  has(flag: string): boolean;
}

export type SlotType =
  | 'word'
  | 'phone'
  | 'action'
  | 'duration'
  | 'count'
  | 'digits'
  | 'reason'
  | 'lamp'
  | 'condition'
  | 'fault'
  | 'quoted'
  | 'angle'
  | 'name';

export type Part =
  | { readonly kind: 'words'; readonly anyOf: readonly string[] }
  | { readonly kind: 'slot'; readonly name: string; readonly type: SlotType }
  | { readonly kind: 'flag'; readonly name: string }
  | { readonly kind: 'optional'; readonly parts: readonly Part[] };

const PART = /\s*(?:(\[)|(\])|<([\w-]+)(?::(\w+))?>|!(\w+)|\(([^)]*)\)|([^\s[\]<>()!]+))/y;

/** The parts of a phrase's pattern. */
export function parsePattern(pattern: string): readonly Part[] {
  const open: Part[][] = [[]];
  PART.lastIndex = 0;
  for (let found = PART.exec(pattern); found !== null; found = PART.exec(pattern)) {
    const [, begin, end, slot, type, flag, either, word] = found;
    if (begin !== undefined) open.push([]);
    else if (end !== undefined) {
      const parts = open.pop() ?? [];
      open.at(-1)?.push({ kind: 'optional', parts });
    } else if (slot !== undefined) {
      open.at(-1)?.push({ kind: 'slot', name: slot, type: (type ?? 'word') as SlotType });
    } else if (flag !== undefined) open.at(-1)?.push({ kind: 'flag', name: flag });
    else open.at(-1)?.push({ kind: 'words', anyOf: either?.split('|') ?? [word ?? ''] });
    if (PART.lastIndex >= pattern.trimEnd().length) break;
  }
  return open[0] ?? [];
}

/** Leaves out what is `undefined`, so that an absent place is an absent key. */
export function present<Shape extends object>(shape: Shape): { [Key in keyof Shape]: Exclude<Shape[Key], undefined> } {
  return Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined)) as never;
}
