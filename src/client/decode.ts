import { CompactDecoder } from '../gateway/wire/compact-decoder.ts';
import { readTurn } from '../gateway/wire/compact-turn.ts';
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
  /** By name of PBX: each is told in binary by itself. */
  readonly #decoders = new Map<string, CompactDecoder>();
  #order: readonly string[] = [];
  #pbx = '';

  /** The PBXs of a session, as its welcome lists them; binary messages are about the first until another is named. */
  arrange(pbxs: readonly string[]): void {
    for (const pbx of [...this.#decoders.keys()]) if (!pbxs.includes(pbx)) this.#decoders.delete(pbx);
    this.#order = pbxs;
    this.#pbx = pbxs[0] ?? '';
  }

  /** `none`: good, but nothing for its reader; `bad`: no message of the gateway. */
  read(data: unknown): ServerMessage | 'none' | 'bad' {
    if (typeof data === 'string') return decodeServerMessage(data) ?? 'bad';
    const bytes = bytesOf(data);
    if (bytes === undefined) return 'bad';
    const turn = readTurn(bytes);
    if (turn !== undefined) return this.#turnTo(turn);
    try {
      return this.#decoderOf(this.#pbx).decode(bytes) ?? 'none';
    } catch {
      this.#decoders.delete(this.#pbx);
      return 'bad';
    }
  }

  /** With what this can read on from. */
  resumable(pbx: string, position: Position): ResumePosition {
    const { lineage } = this.#decoderOf(pbx);
    return lineage === '' ? position : { ...position, lineage };
  }

  #turnTo(turn: number): 'none' | 'bad' {
    const pbx = this.#order[turn];
    this.#pbx = pbx ?? this.#pbx;
    return pbx === undefined ? 'bad' : 'none';
  }

  #decoderOf(pbx: string): CompactDecoder {
    const decoder = this.#decoders.get(pbx) ?? new CompactDecoder();
    this.#decoders.set(pbx, decoder);
    return decoder;
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
