import { describe, expect, it } from 'vitest';
import { readTrace } from '../../test/fixtures.ts';
import { ManualClock } from '../ami/manual-clock.ts';
import { memoryLinks } from '../ami/memory-link.ts';
import { nodeRuntime } from '../ami/runtime.node.ts';
import { readTraceFile, writeTraceFile } from './trace-file.ts';
import { TraceRecorder } from './trace-recorder.ts';
import { TraceSplitter } from './trace-splitter.ts';

const { text } = nodeRuntime();

describe('a trace', () => {
  it('splits what a PBX says just as the recordings do, however the bytes are cut', () => {
    for (const name of ['hold-unhold', 'queue-member-actions', 'binary-bytes', 'userevent-binary']) {
      const recorded = readTrace(name).lines.filter((line) => line.dir === 'in');
      const bytes = recorded.map((line) => text.encode(line.raw ?? '', line.encoding ?? 'utf8'));
      const whole = new Uint8Array(bytes.flatMap((each) => [...each]));
      for (const size of [1, 2, 3, 7, 100, whole.length]) {
        const splitter = new TraceSplitter();
        const messages: Uint8Array[] = [];
        for (let at = 0; at < whole.length; at += size) messages.push(...splitter.push(whole.slice(at, at + size)));
        expect(messages.map((message) => text.decode(message).text)).toEqual(recorded.map((line) => line.raw));
        expect(splitter.flush()).toEqual([]);
      }
    }
  });

  it('keeps a message that the end of the connection cut', () => {
    const splitter = new TraceSplitter();
    expect(splitter.push(text.encode('Banner\r\nEvent: Ho'))).toHaveLength(1);
    expect(splitter.flush().map((each) => text.decode(each).text)).toEqual(['Event: Ho']);
  });

  it('holds both directions, times, chunks and the end', () => {
    const clock = new ManualClock(5000);
    const recorder = new TraceRecorder(clock, text);
    const [near, far] = memoryLinks(clock);
    const link = recorder.tap('admin', near);
    link.attach({ data: () => undefined, end: () => link.end(), close: () => undefined });
    far.attach({ data: () => undefined, end: () => undefined, close: () => undefined });
    far.write(text.encode('Asterisk Call Manager/11.0.0\r\n'));
    clock.advance(1.5);
    link.write(text.encode('Action: Ping\r\n\r\n'));
    recorder.noteStep('1001 holds');
    far.write(text.encode('Response: Success\r\n\r\nEvent: A\r\n\r\nEvent: B\r\n'));
    clock.advance(1);
    far.write(text.encode('\r\n'));
    far.end();
    clock.advance(1);
    link.write(text.encode('too late'));
    expect(recorder.trace({ scenario: 'x', description: 'y' })).toEqual({
      header: {
        version: 1,
        scenario: 'x',
        description: 'y',
        amiBanner: 'Asterisk Call Manager/11.0.0',
        startEpochMs: 5000,
        sessions: ['admin'],
        steps: [{ t: 1.5, step: '1001 holds' }],
      },
      lines: [
        { t: 0, dir: 'in', raw: 'Asterisk Call Manager/11.0.0\r\n', chunk: 1 },
        { t: 1.5, dir: 'out', raw: 'Action: Ping\r\n\r\n' },
        { t: 1.5, dir: 'in', raw: 'Response: Success\r\n\r\n', chunk: 2 },
        { t: 1.5, dir: 'in', raw: 'Event: A\r\n\r\n', chunk: 2 },
        { t: 2.5, dir: 'in', raw: 'Event: B\r\n\r\n', chunk: 3 },
        { t: 2.5, dir: 'close' },
      ],
    });
  });

  it('labels lines where there are several sessions', () => {
    const clock = new ManualClock(0);
    const recorder = new TraceRecorder(clock, text);
    for (const session of ['admin', 'reader']) recorder.tap(session, memoryLinks(clock)[0]).write(text.encode(session));
    expect(recorder.trace({ scenario: 'x', description: '' }).lines.map(({ raw, conn }) => [raw, conn])).toEqual([
      ['admin', 'admin'],
      ['reader', 'reader'],
    ]);
  });
});

describe("a trace's file", () => {
  it('reads what was written', () => {
    const trace = readTrace('ping');
    expect(readTraceFile(writeTraceFile(trace))).toEqual({ header: trace.header, lines: trace.lines });
  });

  it.each([
    ['', 'x.jsonl:1:1: a trace begins with its header'],
    ['{"a": 1}\n', 'a trace begins with its header'],
    ['{"scenario": "a"}\n{"t": 1\n', 'x.jsonl:2:1: this line is no JSON'],
    ['{"scenario": "a"}\n\n{"t": 1, "dir": "up"}\n', 'x.jsonl:3:1: a line of a trace has "t" in ms and "dir"'],
  ])('is refused where it is none: %j', (file, message) => {
    expect(() => readTraceFile(file, 'x.jsonl')).toThrow(message);
  });
});
