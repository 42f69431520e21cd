import { CompactDecoder } from '../gateway/wire/compact-decoder.ts';
import type { Position, ResumePosition, ServerMessage } from '../gateway/wire/protocol.ts';

const KNOWN: ReadonlySet<unknown> = new Set<ServerMessage['type']>([
  'welcome',
  'snapshot',
  'event',
  'pbx',
  'reply',
  'error',
]);

/** Reads what the gateway sends: JSON as text, and events that build on those before as binary. */
export class MessageReader {
  #decoder = new CompactDecoder();

  /** `none`: good, but nothing for its reader; `bad`: no message of the gateway. */
  read(data: unknown): ServerMessage | 'none' | 'bad' {
    if (typeof data === 'string') return decodeServerMessage(data) ?? 'bad';
    const bytes = bytesOf(data);
    if (bytes === undefined) return 'bad';
    try {
      return this.#decoder.decode(bytes) ?? 'none';
    } catch {
      this.#decoder = new CompactDecoder();
      return 'bad';
    }
  }

  /** With what this can read on from. */
  resumable(position: Position | undefined): ResumePosition | undefined {
    const { lineage } = this.#decoder;
    return position === undefined || lineage === '' ? position : { ...position, lineage };
  }
}

function bytesOf(data: unknown): Uint8Array | undefined {
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  return ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : undefined;
}

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
