import { z } from 'zod';
import type { Header } from '../../../ami/message.ts';
import { ControlError } from '../control-error.ts';

const MAX_WAIT_MS = 60_000;

/** Headers by name; repeated ones as lists, in order. */
export const headers = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

/** What headers must say: a text exactly, or a regular expression. */
export const wantedHeaders = z.record(z.string(), z.union([z.string(), z.strictObject({ matches: z.string() })]));

/** How long a request may wait, in ms of the machine's own time. */
export const withinMs = z.number().int().min(0).max(MAX_WAIT_MS).default(5000);

export const lamp = z.enum(['idle', 'ringing', 'up', 'held', 'busy', 'unavailable', 'unknown']);

export const phone = z.strictObject({
  name: z.string(),
  label: z.string(),
  registered: z.boolean(),
  lamp,
  calls: z.array(
    z.strictObject({
      other: z.string(),
      otherName: z.string(),
      shown: z.strictObject({ number: z.string(), name: z.string() }),
      direction: z.enum(['in', 'out']),
      state: z.enum(['calling', 'ringing', 'up']),
      holding: z.boolean(),
      held: z.boolean(),
      since: z.number(),
    }),
  ),
});

export const play = z.strictObject({
  id: z.number().int(),
  scenario: z.string(),
  state: z.enum(['playing', 'done', 'failed', 'stopped']),
  failure: z.strictObject({ code: z.string(), message: z.string() }).optional(),
});

export const journalEntry = z.strictObject({
  id: z.number().int(),
  atMs: z.number(),
  session: z.number().int(),
  user: z.string(),
  action: z.string(),
  headers,
  kind: z.enum(['simulated', 'not-simulated', 'not-loaded', 'unknown', 'denied', 'malformed']),
  answer: z.strictObject({ response: z.string(), message: z.string(), atMs: z.number() }).optional(),
});

export const loggedEvent = z.strictObject({
  id: z.number().int(),
  atMs: z.number(),
  name: z.string(),
  headers,
  cause: z.string(),
});

export const clock = z.strictObject({
  nowMs: z.number().describe("what the PBX's clock shows, ms since the epoch"),
  speed: z.number().describe('how many times as fast as life; 0: it stands'),
});

export const snapshot = z.strictObject({ id: z.number().int(), atMs: z.number(), seed: z.number() });

export const fork = z.strictObject({ id: z.number().int(), host: z.string(), amiPort: z.number().int() });

export const apiError = z.strictObject({
  code: z.string().describe('stays, whatever the message says'),
  message: z.string(),
});

/** A list of headers as the API shows it. */
export function headersObject(list: readonly Header[]): Record<string, string | string[]> {
  const found = new Map<string, string[]>();
  for (const [name, value] of list) found.set(name, [...(found.get(name) ?? []), value]);
  return Object.fromEntries(
    [...found].map(([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values]),
  );
}

/** @throws ControlError `CONTROL_BAD_REQUEST` where a pattern is none */
export function expectedHeaders(wanted: z.infer<typeof wantedHeaders>): Record<string, string | RegExp> {
  return Object.fromEntries(
    Object.entries(wanted).map(([name, value]) => [name, typeof value === 'string' ? value : pattern(value.matches)]),
  );
}

function pattern(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch (error) {
    throw new ControlError('CONTROL_BAD_REQUEST', (error as Error).message);
  }
}
