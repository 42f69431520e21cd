import type { Dialect, StreamEncoder } from './dialect.ts';
import { encodeItem, encodeJson } from './encode-json.ts';
import { binaryFrame } from './frame.ts';
import { JSON_DIALECT } from './json-dialect.ts';
import { CompactEncoder } from './wire/compact-encoder.ts';
import { writeTurn } from './wire/compact-turn.ts';

/** `asterclick.v1.compact`: as JSON, but for events, which are binary and build on what was said before. */
export const COMPACT_DIALECT: Dialect = {
  ...JSON_DIALECT,
  key: 'compact ',
  stream: compactStream,
  turnTo: (index) => binaryFrame(writeTurn(index)),
};

function compactStream(pbx: string, lineage: string): StreamEncoder {
  const encoder = new CompactEncoder(pbx, lineage);
  const knowledge = () => [binaryFrame(encoder.state())];
  return {
    dialect: COMPACT_DIALECT.key,
    lineage,
    item: (item, event, prev) =>
      event === undefined
        ? [encodeItem(pbx, item, event, prev)]
        : [binaryFrame(encoder.event(event, { seq: item.seq, prev }))],
    snapshot: (message) => [encodeJson(message)],
    knowledge,
    fresh: () => compactStream(pbx, ''),
  };
}
