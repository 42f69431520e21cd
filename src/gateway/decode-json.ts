import { z } from 'zod';
import type { Header } from '../ami/message.ts';
import { GatewayError } from './gateway-error.ts';
import { rulesSchema } from './subscription-schema.ts';
import type { WireHeaders } from './wire/event.ts';
import type { Command, Hello, Subscribe } from './wire/protocol.ts';

/** What a browser may send at most. */
export const MAX_MESSAGE_BYTES = 64 * 1024;
const MAX_TEXT = 512;
const MAX_HEADERS = 100;
const MAX_PBXS = 100;
/** A header name that AMI knows how to read, and that is nothing but a name in any object. */
const HEADER_NAME = /^[A-Za-z][A-Za-z0-9_-]{0,79}$/;
const LINE_BREAKERS = /[\r\n\0]/;

const text = z
  .string()
  .max(MAX_TEXT)
  .refine((value) => !LINE_BREAKERS.test(value), 'holds CR, LF or NUL');
/** Secrets never reach AMI, so they may hold anything. */
const secret = z.string().max(4096);
const seq = z.int().nonnegative();

const pbx = z.string().min(1).max(64);
const position = z.object({ epoch: z.string().max(100), seq, lineage: z.string().max(100).optional() });

const helloSchema = z.object({
  type: z.literal('hello'),
  user: text.optional(),
  secret: secret.optional(),
  ticket: secret.optional(),
  token: z.string().max(16_384).optional(),
  pbx: z.union([pbx, z.array(pbx).max(MAX_PBXS)]).optional(),
  subscribe: rulesSchema.optional(),
  resume: position.optional(),
  resumes: z
    .record(pbx, position)
    .refine((all) => Object.keys(all).length <= MAX_PBXS, 'names too many')
    .optional(),
});

const headers = z
  .custom<WireHeaders>((value) => typeof value === 'object' && value !== null && !Array.isArray(value), 'is no object')
  .transform((value, context): readonly Header[] => {
    const rows = Object.entries(value).flatMap(([name, values]) =>
      [values].flat().map((each) => [name, each] as const),
    );
    const fault = rows.length > MAX_HEADERS ? `has more than ${MAX_HEADERS} headers` : headerFault(rows);
    if (fault === undefined) return rows as readonly Header[];
    context.addIssue(fault);
    return z.NEVER;
  });

const base = { type: z.literal('command'), id: seq, pbx: pbx.optional() };
const commandSchema = z.discriminatedUnion('do', [
  z.object({ ...base, do: z.literal('dial'), from: text, to: text }),
  z.object({ ...base, do: z.literal('hangUp'), channel: text }),
  z.object({ ...base, do: z.literal('transfer'), channel: text, to: text }),
  z.object({ ...base, do: z.literal('redirect'), channel: text, extraChannel: text.optional(), to: text }),
  z.object({ ...base, do: z.literal('action'), name: text, headers: headers.optional() }),
]);

const subscribeSchema = z.object({ type: z.literal('subscribe'), id: seq, rules: rulesSchema });

const messageSchema = z.discriminatedUnion('type', [helloSchema, commandSchema, subscribeSchema]);

/** A command as decoded: what stood as an object of headers is a list of them. */
export type DecodedCommand =
  | Exclude<Command, { do: 'action' }>
  | {
      type: 'command';
      id: number;
      pbx?: string;
      do: 'action';
      name: string;
      headers?: readonly Header[] | undefined;
    };

export type DecodedMessage = Hello | DecodedCommand | Subscribe;

/**
 * Reads one message of the JSON protocol. Keys that the protocol does not know are left out.
 * @throws GatewayError `GATEWAY_MESSAGE_TOO_LONG`, `GATEWAY_BAD_MESSAGE`
 */
export function decodeJson(message: string): DecodedMessage {
  if (message.length > MAX_MESSAGE_BYTES)
    throw new GatewayError('GATEWAY_MESSAGE_TOO_LONG', `A message may have ${MAX_MESSAGE_BYTES} bytes`);
  return checkMessage(parse(message));
}

/**
 * A message that is an object already.
 * @throws GatewayError `GATEWAY_BAD_MESSAGE`
 */
export function checkMessage(message: unknown): DecodedMessage {
  const result = messageSchema.safeParse(message);
  if (!result.success) throw new GatewayError('GATEWAY_BAD_MESSAGE', sentence(result.error));
  return result.data as DecodedMessage;
}

/** The `id` of a command, or of a subscription, that could not be read, so that its sender hears which one it was. */
export function idOf(message: string): number | undefined {
  if (message.length > MAX_MESSAGE_BYTES) return undefined;
  const result = z.object({ type: z.enum(['command', 'subscribe']), id: seq }).safeParse(tryParse(message));
  return result.success ? result.data.id : undefined;
}

function parse(message: string): unknown {
  const value = tryParse(message);
  if (value === undefined) throw new GatewayError('GATEWAY_BAD_MESSAGE', 'The message is no JSON');
  return value;
}

function tryParse(message: string): unknown {
  try {
    return JSON.parse(message);
  } catch {
    return undefined;
  }
}

function headerFault(rows: readonly (readonly [name: string, value: unknown])[]): string | undefined {
  for (const [name, value] of rows) {
    if (!HEADER_NAME.test(name)) return 'has a header name that AMI does not take';
    if (typeof value !== 'string' || value.length > MAX_TEXT) return `has no fit text in ${name}`;
    if (LINE_BREAKERS.test(value)) return `holds CR, LF or NUL in ${name}`;
  }
  return undefined;
}

/** The first thing wrong, without the value: it may be a secret. */
function sentence(error: z.ZodError): string {
  const issue = error.issues[0];
  const where = issue?.path.join('.') ?? '';
  return `${where === '' ? 'The message' : `"${where}"`}: ${issue?.message ?? 'is not of the protocol'}`;
}
