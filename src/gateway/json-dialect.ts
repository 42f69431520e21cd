import { decodeJson, idOf } from './decode-json.ts';
import type { Dialect, PrivateMessage, StreamEncoder } from './dialect.ts';
import { encodeItem, encodeJson } from './encode-json.ts';
import type { Frame } from './frame.ts';

/** `asterclick.v1.json`. */
export const JSON_DIALECT: Dialect = {
  key: '',
  isLegacy: false,
  read: decodeJson,
  idOf,
  write: writeJson,
  stream: jsonStream,
};

export function writeJson(message: PrivateMessage): readonly Frame[] {
  if (!('complete' in message)) return [encodeJson(message)];
  const { complete: _, ...reply } = message;
  return [encodeJson(reply)];
}

export function jsonStream(pbx: string): StreamEncoder {
  const encoder: StreamEncoder = {
    dialect: '',
    lineage: undefined,
    item: (item, event, prev) => [encodeItem(pbx, item, event, prev)],
    snapshot: (message) => [encodeJson(message)],
    knowledge: () => [],
    fresh: () => encoder,
  };
  return encoder;
}
