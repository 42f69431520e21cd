import { type Mismatch, matchPhrase } from './match-phrase.ts';
import { nearest } from './nearest.ts';
import type { Phrase } from './phrase.ts';
import { ALL_PHRASES } from './phrases/all-phrases.ts';
import type { Step } from './types.ts';
import { splitWords, type Word } from './words.ts';

export interface StepSentence {
  readonly phrase: Phrase;
  /** Makes the step, given what stands after the colon. */
  readonly make: (value: unknown) => Step;
}

/** The phrase that a step's sentence is, or what is wrong with it and what would be right. */
export function parseSentence(
  sentence: string,
): StepSentence | { readonly wrong: string; readonly endsEarly: boolean } {
  const words = splitWords(sentence);
  if (words === undefined) {
    return { wrong: `'${sentence}' has a quote or a < without its end`, endsEarly: false };
  }
  const mismatches: Mismatch[] = [];
  for (const phrase of ALL_PHRASES) {
    const match = matchPhrase(phrase, words);
    if ('slots' in match) return { phrase, make: (value) => phrase.make(match.slots, value as never) };
    mismatches.push(...match.mismatches);
  }
  return explain(sentence, words, mismatches);
}

function explain(sentence: string, words: readonly Word[], mismatches: readonly Mismatch[]) {
  const fitted = Math.max(...mismatches.map((mismatch) => mismatch.fitted));
  const furthest = mismatches.filter((mismatch) => mismatch.fitted === fitted);
  const word = words[fitted];
  const endsEarly = word === undefined;
  return { wrong: `'${sentence}': ${endsEarly ? missing(furthest) : odd(word, words, furthest)}`, endsEarly };
}

/** The sentence ended, and more was needed. */
function missing(furthest: readonly Mismatch[]): string {
  return `something is missing at its end; right would be ${examples(furthest)}`;
}

/** A word does not fit. */
function odd(word: Word, words: readonly Word[], furthest: readonly Mismatch[]): string {
  const guess = nearest(word.text, new Set(furthest.flatMap((mismatch) => mismatch.words)));
  if (guess !== undefined) {
    const corrected = words.map((other) => (other === word ? guess : other.raw)).join(' ');
    if (fits(corrected)) return `did you mean '${corrected}'?`;
    const meant = furthest.filter((mismatch) => mismatch.words.includes(guess));
    return `'${word.raw}' is no word here; did you mean '${guess}', as in ${examples(meant)}?`;
  }
  const expected = new Set(furthest.flatMap((mismatch) => mismatch.expected ?? []));
  if (expected.size === 1) {
    const those = furthest.filter((mismatch) => mismatch.expected !== undefined);
    return `'${word.raw}' does not fit: expected ${[...expected][0]}, as in ${examples(those)}`;
  }
  if (furthest.length > 4) return `no step has '${word.raw}' there; steps are such as ${examples(furthest)}`;
  return `'${word.raw}' does not fit; right would be ${examples(furthest)}`;
}

function fits(sentence: string): boolean {
  const words = splitWords(sentence);
  return words !== undefined && ALL_PHRASES.some((phrase) => 'slots' in matchPhrase(phrase, words));
}

function examples(mismatches: readonly Mismatch[]): string {
  const found = [...new Set(mismatches.map((mismatch) => `'${mismatch.phrase.example}'`))].slice(0, 3);
  return found.length === 1 ? (found[0] ?? '') : `${found.slice(0, -1).join(', ')} or ${found.at(-1)}`;
}
