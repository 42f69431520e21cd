import type { ServerMessage } from '../gateway/wire/protocol.ts';

const KNOWN: ReadonlySet<unknown> = new Set<ServerMessage['type']>([
  'welcome',
  'snapshot',
  'event',
  'pbx',
  'reply',
  'error',
]);

/** A message of the gateway, or `undefined` where the text is none. The gateway is trusted: its fields are not checked one by one. */
export function decodeServerMessage(data: unknown): ServerMessage | undefined {
  if (typeof data !== 'string') return undefined;
  try {
    const value: unknown = JSON.parse(data);
    return isMessage(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isMessage(value: unknown): value is ServerMessage {
  return typeof value === 'object' && value !== null && 'type' in value && KNOWN.has(value.type);
}
