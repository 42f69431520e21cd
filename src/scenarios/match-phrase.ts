import { type Part, type Phrase, parsePattern, type Slots } from './phrase.ts';
import { SLOT_TYPES } from './slot-types.ts';
import type { Word } from './words.ts';

/** How far a phrase fitted, and what it would have needed there. */
export interface Mismatch {
  readonly phrase: Phrase;
  /** Words that fitted. */
  readonly fitted: number;
  /** Words that could stand there. */
  readonly words: readonly string[];
  /** What would be right there, where that is no plain word. */
  readonly expected?: string;
}

export type Match = { readonly slots: Slots } | { readonly mismatches: readonly Mismatch[] };

/** Fits the words to the phrase; where they don't, tells the places that came furthest. */
export function matchPhrase(phrase: Phrase, words: readonly Word[]): Match {
  const mismatches: Mismatch[] = [];
  const found = walk(partsOf(phrase), words, 0, new Map(), (missing) => mismatches.push({ phrase, ...missing }));
  if (found !== undefined) return { slots: slotsOf(found) };
  const furthest = Math.max(0, ...mismatches.map(({ fitted }) => fitted));
  return { mismatches: mismatches.filter(({ fitted }) => fitted === furthest) };
}

type Found = ReadonlyMap<string, string>;
type Report = (missing: Omit<Mismatch, 'phrase'>) => void;

/** Tries what may be left out first with it, then without. */
function walk(
  parts: readonly Part[],
  words: readonly Word[],
  at: number,
  found: Found,
  report: Report,
): Found | undefined {
  const [part, ...rest] = parts;
  const word = words[at];
  if (part === undefined) {
    if (word === undefined) return found;
    report({ fitted: at, words: [], expected: 'nothing more' });
    return undefined;
  }
  switch (part.kind) {
    case 'optional':
      return walk([...part.parts, ...rest], words, at, found, report) ?? walk(rest, words, at, found, report);
    case 'flag':
      return walk(rest, words, at, new Map(found).set(part.name, ''), report);
    case 'words':
      if (word !== undefined && word.mark === undefined && saysOneOf(part.anyOf, word.text)) {
        return walk(rest, words, at + 1, found, report);
      }
      report({ fitted: at, words: part.anyOf });
      return undefined;
    case 'slot': {
      const type = SLOT_TYPES[part.type];
      if (word !== undefined && type.fits(word)) {
        return walk(rest, words, at + 1, new Map(found).set(part.name, word.text), report);
      }
      report({ fitted: at, words: type.words ?? [], expected: type.expected });
      return undefined;
    }
  }
}

function slotsOf(found: Found): Slots {
  return {
    text: (name) => found.get(name) ?? '',
    maybe: (name) => found.get(name),
    has: (flag) => found.has(flag),
  };
}

const known = new WeakMap<Phrase, readonly Part[]>();

function partsOf(phrase: Phrase): readonly Part[] {
  const before = known.get(phrase);
  if (before !== undefined) return before;
  const parts = parsePattern(phrase.pattern);
  known.set(phrase, parts);
  return parts;
}

function saysOneOf(words: readonly string[], text: string): boolean {
  return words.some((word) => word.toLowerCase() === text.toLowerCase());
}
