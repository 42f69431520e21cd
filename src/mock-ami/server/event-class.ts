/** Classes of events, and of rights to actions, with Asterisk's bits. Source: include/asterisk/manager.h. */
const CLASSES: readonly (readonly [word: string, bits: number])[] = [
  ['system', 1],
  ['call', 1 << 1],
  ['log', 1 << 2],
  ['verbose', 1 << 3],
  ['command', 1 << 4],
  ['agent', 1 << 5],
  ['user', 1 << 6],
  ['config', 1 << 7],
  ['dtmf', 1 << 8],
  ['reporting', 1 << 9],
  ['cdr', 1 << 10],
  ['dialplan', 1 << 11],
  ['originate', 1 << 12],
  ['agi', 1 << 13],
  ['hookresponse', 1 << 14],
  ['cc', 1 << 15],
  ['aoc', 1 << 16],
  ['test', 1 << 17],
  ['security', 1 << 18],
  ['message', 1 << 19],
  ['all', 0x7fffffff],
  ['none', 0],
];

export const ALL_CLASSES = 0x7fffffff;
export const CLASS_SYSTEM = 1;

const TRUE_WORDS = new Set(['yes', 'true', 'y', 't', '1', 'on']);
const FALSE_WORDS = new Set(['no', 'false', 'n', 'f', '0', 'off']);

/**
 * Bits of a comma-separated list of classes; unknown words count for nothing. A word before a comma may be cut short (`ca,agent`).
 * Source: `get_perm` and `ast_instring`, main/manager.c.
 */
export function classBits(words: string): number {
  if (words === '') return 0;
  const tokens = words.split(',');
  const last = tokens.pop();
  let bits = 0;
  for (const [word, value] of CLASSES) {
    if (word === last || tokens.some((token) => word.startsWith(token))) bits |= value;
  }
  return bits;
}

/**
 * Bits of an event mask as Login and Events take it: `on`, `off`, a number, or classes; `undefined` where there is none.
 * Source: `strings_to_mask`, main/manager.c; recording `events-mask`.
 */
export function eventMask(mask: string): number | undefined {
  if (mask === '') return undefined;
  if (/^\d+$/.test(mask)) return Math.min(Number(mask), ALL_CLASSES);
  const word = mask.toLowerCase();
  if (FALSE_WORDS.has(word)) return 0;
  return TRUE_WORDS.has(word) ? ALL_CLASSES : classBits(mask);
}

const privileges = new Map<string, number>();

/** Bits of a `Privilege` header or of a privilege in ListCommands, where `all` only ends the list: `call,all`, `<none>`. */
export function privilegeBits(privilege: string): number {
  const known = privileges.get(privilege);
  if (known !== undefined) return known;
  const bits = classBits(privilege.replace(/,?(all|<none>)$/, ''));
  privileges.set(privilege, bits);
  return bits;
}
