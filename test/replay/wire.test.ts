import { expect, test } from 'vitest';
import type { AmiMessage } from '../../src/ami/message.ts';
import { parseMessage } from '../../src/ami/parse-message.ts';
import { nodeRuntime } from '../../src/ami/runtime.node.ts';
import { encodeItem } from '../../src/gateway/encode-json.ts';
import { toWire } from '../../src/gateway/to-wire.ts';
import { CompactDecoder } from '../../src/gateway/wire/compact-decoder.ts';
import { CompactEncoder } from '../../src/gateway/wire/compact-encoder.ts';
import type { EventMessage } from '../../src/gateway/wire/protocol.ts';
import { readTrace, traceNames } from '../fixtures.ts';

const { text } = nodeRuntime();
/** What a WebSocket puts before a message of up to 64 KiB. */
const FRAME_HEADER_BYTES = 4;

/** Every event of every recording, and its bytes on AMI. */
function* recordedEvents(
  names = traceNames(),
): Generator<{ readonly message: AmiMessage; readonly bytes: number; readonly t: number }> {
  for (const name of names)
    for (const { dir, raw, encoding, t } of readTrace(name).lines) {
      if (dir !== 'in' || raw === undefined || !raw.startsWith('Event:')) continue;
      const bytes = text.encode(raw, encoding ?? 'utf8');
      yield { message: parseMessage(bytes.subarray(0, -2), text), bytes: bytes.length, t };
    }
}

function headersOf(message: AmiMessage): Map<string, string[]> {
  const headers = new Map<string, string[]>();
  for (const [name, value] of message.headers.slice(1))
    if (name !== 'Privilege') headers.set(name, [...(headers.get(name) ?? []), value]);
  return headers;
}

test('JSON carries every header of every recorded event, in at most 1.25 of the bytes of AMI', () => {
  let [seq, amiBytes, jsonBytes] = [0, 0, 0];
  for (const { message, bytes } of recordedEvents()) {
    const event = toWire(message, 1_795_387_715_249.62);
    seq += 1;
    const frame = encodeItem(
      'pbx',
      { seq, body: { kind: 'event', event }, bytes: 0, frames: new Map() },
      event,
      seq - 1,
    );
    const sent = JSON.parse(frame.text) as EventMessage;
    expect(sent.name).toBe(message.event);
    expect(new Map(Object.entries(sent.headers).map(([name, value]) => [name, [value].flat()]))).toEqual(
      headersOf(message),
    );
    amiBytes += bytes;
    jsonBytes += frame.bytes + FRAME_HEADER_BYTES;
  }
  expect(seq).toBeGreaterThan(30_000);
  expect(jsonBytes / amiBytes).toBeLessThan(1.25);
});

test('compact rebuilds every recorded event header for header, in at most 0.20 of the bytes of AMI, and a hold in at most 48 bytes', () => {
  let [amiBytes, compactBytes] = [0, 0];
  const holds: number[] = [];
  for (const name of traceNames()) {
    const encoder = new CompactEncoder('pbx', name);
    const decoders = [new CompactDecoder()];
    decoders[0]?.decode(encoder.state());
    let seq = 0;
    for (const { message, bytes, t } of recordedEvents([name])) {
      const event = toWire(message, 1_795_387_715_249.6 + t);
      seq += 1;
      const data = encoder.event(event, { seq, prev: seq - 1 });
      for (const decoder of decoders) {
        const read = decoder.decode(data);
        expect(read).toEqual({ type: 'event', pbx: 'pbx', seq, prev: seq - 1, ...event });
        expect([['Event', read?.name], ...(read?.lines ?? [])]).toEqual(message.headers);
      }
      if (seq === 25) {
        decoders.push(new CompactDecoder());
        decoders[1]?.decode(encoder.state());
      }
      amiBytes += bytes;
      const frameBytes = data.length + (data.length < 126 ? 2 : FRAME_HEADER_BYTES);
      compactBytes += frameBytes;
      if (event.name === 'Hold' || event.name === 'Unhold') holds.push(frameBytes);
    }
  }
  holds.sort((one, other) => one - other);
  const figures = { share: compactBytes / amiBytes, hold: holds[holds.length >> 1] ?? Number.NaN };
  if (process.env['SHOW_FIGURES'] !== undefined) process.stdout.write(`${JSON.stringify(figures)}\n`);
  expect(holds.length).toBeGreaterThan(100);
  expect(figures.share).toBeLessThan(0.2);
  expect(figures.hold).toBeLessThanOrEqual(48);
});
