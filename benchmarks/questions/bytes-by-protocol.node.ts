import { parseMessage } from '../../src/ami/parse-message.ts';
import { nodeRuntime } from '../../src/ami/runtime.node.ts';
import type { BusItem } from '../../src/gateway/bus.ts';
import type { StreamEncoder } from '../../src/gateway/dialect.ts';
import { dialectOf } from '../../src/gateway/protocols.ts';
import { toWire } from '../../src/gateway/to-wire.ts';
import { websocketFrame } from '../../src/gateway/websocket-frame.node.ts';
import { COMPACT_PROTOCOL, JSON_PROTOCOL, XML_PROTOCOL } from '../../src/gateway/wire/protocol.ts';
import { readTrace, traceNames } from '../../test/fixtures.ts';
import type { Question, Row } from '../question.ts';

const PROTOCOLS = [JSON_PROTOCOL, COMPACT_PROTOCOL, XML_PROTOCOL];
const HOLDS = new Set(['Hold', 'Unhold']);

export const question: Question = {
  asks: 'How many bytes does an event cost in each protocol?',
  method: [
    'Every event of every recording of a real Asterisk, encoded as the gateway does for who sees all, each recording a session of its own.',
    'Bytes are those of the messages, their WebSocket headers included; TCP and IP headers are not, nor what a session begins with.',
    'AMI bytes are those of the same events as Asterisk sent them. JSON leaves out Event and Privilege as headers, the others keep them.',
  ].join('\n'),
  answer: async () => {
    const events = recordedEvents();
    const amiBytes = events.reduce((sum, { bytes }) => sum + bytes, 0);
    const ami = rowOf(
      'AMI',
      events.map(({ name, bytes }) => ({ name, bytes })),
      amiBytes,
    );
    return [ami, ...PROTOCOLS.map((protocol) => rowOf(protocol, encoded(protocol, events), amiBytes))];
  },
};

interface Sized {
  readonly name: string;
  readonly bytes: number;
}

interface RecordedEvent extends Sized {
  readonly recording: string;
  readonly item: BusItem;
  readonly event: ReturnType<typeof toWire>;
}

function recordedEvents(): readonly RecordedEvent[] {
  const { text } = nodeRuntime();
  return traceNames().flatMap((recording) => {
    const lines = readTrace(recording).lines.filter(
      ({ dir, raw }) => dir === 'in' && raw?.startsWith('Event:') === true,
    );
    return lines.map(({ raw = '', encoding, t }, index) => {
      const bytes = text.encode(raw, encoding ?? 'utf8');
      const event = toWire(parseMessage(bytes.subarray(0, -2), text), 1_795_387_715_000 + t);
      const item: BusItem = { seq: index + 1, body: { kind: 'event', event }, bytes: 0, frames: new Map() };
      return { recording, item, event, name: event.name, bytes: bytes.length };
    });
  });
}

function encoded(protocol: string, events: readonly RecordedEvent[]): readonly Sized[] {
  let [recording, encoder]: [string, StreamEncoder | undefined] = ['', undefined];
  return events.map(({ item, event, name, recording: from }) => {
    if (encoder === undefined || from !== recording) encoder = dialectOf(protocol).stream('pbx', from);
    recording = from;
    const frames = encoder.item(item, event, item.seq - 1);
    return { name, bytes: frames.reduce((sum, frame) => sum + websocketFrame(frame).length, 0) };
  });
}

function rowOf(way: string, events: readonly Sized[], amiBytes: number): Row {
  const bytes = events.reduce((sum, event) => sum + event.bytes, 0);
  return {
    protocol: way,
    events: events.length,
    bytes,
    'of AMI': Math.round((bytes / amiBytes) * 1000) / 1000,
    'bytes an event, median': median(events),
    'bytes a hold, median': median(events.filter(({ name }) => HOLDS.has(name))),
  };
}

function median(events: readonly Sized[]): number {
  const sorted = events.map(({ bytes }) => bytes).sort((one, other) => one - other);
  return sorted[sorted.length >> 1] ?? 0;
}
