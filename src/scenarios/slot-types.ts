import { parseDuration } from './duration.ts';
import type { SlotType } from './phrase.ts';
import type { Lamp, RejectReason } from './stage.ts';
import type { Condition } from './types.ts';
import type { Word } from './words.ts';

export const LAMPS: readonly Lamp[] = ['idle', 'ringing', 'up', 'held', 'busy', 'unavailable', 'unknown'];
export const CONDITIONS: readonly Condition[] = [
  'up',
  'ringing',
  'held',
  'idle',
  'registered',
  'unregistered',
  'disconnected',
];
export const REASONS: readonly RejectReason[] = [
  'busy',
  'declined',
  'unavailable',
  'not-found',
  'gone',
  'not-acceptable',
];

/** Faults that there is something to recover from. */
export const LASTING_FAULTS: readonly string[] = [
  'refuse-connections',
  'refuse-logins',
  'slow-logins',
  'drop-mid-message',
  'silence',
  'stop-reading',
  'split-writes',
  'join-writes',
  'delay-writes',
  'limit-bandwidth',
  'send-garbage',
  'duplicate-events',
  'lose-events',
  'reorder-events',
  'late-answers',
  'lose-answers',
];

/** Words that begin other steps, and so are no names of phones. */
const RESERVED = new Set(['wait', 'expect', 'together', 'repeat', 'pbx']);

interface SlotRule {
  readonly fits: (word: Word) => boolean;
  /** What would be right, after "expected". */
  readonly expected: string;
  /** Words to guess from where there are only so many. */
  readonly words?: readonly string[];
  /** For a regular expression that a schema carries. */
  readonly regex: string;
}

const isTemplate = (word: Word): boolean => word.text.includes('${');
const oneOf = (words: readonly string[]): SlotRule => ({
  fits: (word) => words.includes(word.text),
  expected: `one of ${words.join(', ')}`,
  words,
  regex: `(?:${words.join('|')})`,
});

const QUOTED_REGEX = '(?:"(?:\\\\.|[^"\\\\])*"|\'[^\']*\'(?!\\S))';
const WORD_REGEX = `(?:${QUOTED_REGEX}|(?:\\$\\{[^}]*\\}|[^\\s"<])+)`;

export const SLOT_TYPES: Readonly<Record<SlotType, SlotRule>> = {
  word: { fits: (word) => word.mark !== 'angle', expected: 'a name or number', regex: WORD_REGEX },
  phone: {
    fits: (word) => word.mark === undefined && !RESERVED.has(word.text) && word.text !== ',',
    expected: 'a phone or client',
    regex: WORD_REGEX,
  },
  action: {
    fits: (word) => word.mark === 'quoted' || (word.mark === undefined && word.text !== 'raw'),
    expected: 'the name of an action',
    regex: `(?!raw\\b)${WORD_REGEX}`,
  },
  name: {
    fits: (word) => /^[A-Za-z_][\w-]*$/.test(word.text),
    expected: 'a name made of letters, digits, - and _',
    regex: '[A-Za-z_][\\w-]*',
  },
  quoted: { fits: (word) => word.mark === 'quoted', expected: 'a "name in quotes"', regex: QUOTED_REGEX },
  angle: { fits: (word) => word.mark === 'angle', expected: 'a <number>', regex: '<[^>]*>' },
  duration: {
    fits: (word) => isTemplate(word) || parseDuration(word.text) !== undefined,
    expected: 'a time such as 600ms, 3s or 2min',
    regex: '(?:\\d+(?:\\.\\d+)?(?:ms|s|min|m|h)|\\S*\\$\\{.*)',
  },
  count: {
    fits: (word) => isTemplate(word) || /^\d+$/.test(word.text),
    expected: 'a whole number',
    regex: '(?:\\d+|\\S*\\$\\{.*)',
  },
  digits: {
    fits: (word) => isTemplate(word) || /^[0-9A-D*#]+$/.test(word.text),
    expected: 'digits (0-9 * # A-D); those that start with # in quotes: presses "#72"',
    regex: '(?:"[0-9A-D*#]+"|\'[0-9A-D*#]+\'|[0-9A-D*#]+|\\S*\\$\\{.*)',
  },
  reason: {
    fits: (word) => REASONS.includes(word.text as RejectReason) || /^[3-6]\d\d$/.test(word.text),
    expected: `one of ${REASONS.join(', ')}, or a SIP code`,
    words: REASONS,
    regex: `(?:${REASONS.join('|')}|[3-6]\\d\\d)`,
  },
  lamp: oneOf(LAMPS),
  condition: oneOf(CONDITIONS),
  fault: oneOf(LASTING_FAULTS),
};
