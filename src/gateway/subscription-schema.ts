import { z } from 'zod';
import { matcher } from './name-pattern.ts';
import { EXTENSION_FORM } from './users.ts';

const MAX_RULES = 32;
/** Patterns of all rules together, and those of them that have to be tried one by one. */
const MAX_PATTERNS = 500;
const MAX_WILD = 50;
const MAX_LENGTH = 80;
const MAX_STARS = 4;

/** Classes of events. Source: `main/manager.c` of Asterisk 22; every event is of `all` too. */
const CLASSES: readonly string[] = [
  ...['agent', 'agi', 'all', 'aoc', 'call', 'cc', 'cdr', 'command', 'config', 'dialplan', 'dtmf', 'log', 'message'],
  ...['originate', 'reporting', 'security', 'system', 'test', 'user', 'verbose'],
];
const EVENT_FORM = /^[A-Z*][A-Za-z0-9_*.-]*$/;
/** A queue is called as its section of queues.conf: anything that is seen. */
const QUEUE_FORM = /^[^\p{C}]+$/u;

function listOf(fits: (pattern: string) => boolean, must: string) {
  const pattern = z
    .string()
    .max(MAX_LENGTH, `may have ${MAX_LENGTH} characters`)
    .refine((text) => text.split('*').length - 1 <= MAX_STARS, `may have ${MAX_STARS} "*"`)
    .refine(fits, must);
  return z.array(pattern).min(1, 'names nothing: leave it out, or name something').optional();
}

const ruleSchema = z.strictObject(
  {
    events: listOf(
      (text) => EVENT_FORM.test(text),
      'must be the name of an AMI event as on the wire, "Hold" or "Queue*": it starts with a capital letter',
    ),
    classes: listOf(
      (text) => CLASSES.some(matcher([text])),
      `must be a class of AMI events: ${CLASSES.slice(0, -1).join(', ')} or ${CLASSES.at(-1)}`,
    ),
    extensions: listOf((text) => EXTENSION_FORM.test(text), 'must be a number of the dialplan, "1001" or "10*"'),
    queues: listOf((text) => QUEUE_FORM.test(text), 'must be the name of a queue, "support" or "sup*"'),
  },
  {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? 'has events, classes, extensions and queues only' : undefined,
  },
);

/** The rules of a subscription as a client sends them. */
export const rulesSchema = z
  .array(ruleSchema)
  .max(MAX_RULES, `may have ${MAX_RULES} rules`)
  .superRefine((rules, context) => {
    const patterns = rules.flatMap((rule) => Object.values(rule).flatMap((list) => list ?? []));
    if (patterns.length > MAX_PATTERNS) context.addIssue(`may name ${MAX_PATTERNS} things in all`);
    if (patterns.filter((pattern) => pattern.includes('*')).length > MAX_WILD)
      context.addIssue(`may have ${MAX_WILD} names with "*" in all`);
  });
