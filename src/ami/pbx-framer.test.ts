import { describe, expect, it, vi } from 'vitest';
import { readTrace, traceNames } from '../../test/fixtures.ts';
import type { TraceLine } from '../scenarios/trace.ts';
import {
  type ExpectedFrame,
  expectFramesHoweverCut,
  latin1,
  pieces,
  randomCuts,
  workByteByByte,
} from './cuts.test-support.ts';
import { PbxFramer } from './pbx-framer.ts';

const BANNER = 'Asterisk Call Manager/11.0.0\r\n';
const banner = { rows: ['Asterisk Call Manager/11.0.0'] };

interface Row {
  readonly rule: string;
  readonly input: string;
  readonly expected: readonly ExpectedFrame[];
  readonly maxMessageBytes?: number;
}

const TABLE: readonly Row[] = [
  { rule: 'the banner is one line', input: BANNER, expected: [banner] },
  { rule: 'a banner without its end is not there yet', input: 'Asterisk Call Manager/11.0.0\r', expected: [] },
  {
    rule: 'after the banner blank lines end messages',
    input: `${BANNER}Response: Success\r\nMessage: a\r\n\r\nEvent: B\r\n\r\nEvent: C`,
    expected: [banner, { rows: ['Response: Success', 'Message: a'] }, { rows: ['Event: B'] }],
  },
  {
    rule: 'a blank line too many is skipped, wherever it stands',
    input: `\r\n${BANNER}\r\n\r\nResponse: Success\r\n\r\n\r\nEvent: A\r\n\r\n\r\n\r\n`,
    expected: [banner, { rows: ['Response: Success'] }, { rows: ['Event: A'] }],
  },
  {
    rule: 'a bare LF belongs to the value',
    input: `${BANNER}Response: Success\r\nMessage: Park successful\n\r\n\r\nEvent: A\nB: c\r\n\n\r\n\r\n`,
    expected: [
      banner,
      { rows: ['Response: Success', 'Message: Park successful\n'] },
      { rows: ['Event: A\nB: c', '\n'] },
    ],
  },
  {
    rule: 'a bare CR belongs to the value',
    input: `${BANNER}A: b\rc\r\r\n\r\r\n\r\n`,
    expected: [banner, { rows: ['A: b\rc\r', '\r'] }],
  },
  {
    rule: 'the output of Command in its old form, with bare LFs, is one row',
    input: `${BANNER}Response: Follows\r\nPrivilege: Command\r\na: b\n\nc\n--END COMMAND--\r\n\r\n`,
    expected: [banner, { rows: ['Response: Follows', 'Privilege: Command', 'a: b\n\nc\n--END COMMAND--'] }],
  },
  {
    rule: 'bytes of any kind pass untouched',
    input: `${BANNER}A: \0\x01\x7f\x80\xff\r\n\r\n`,
    expected: [banner, { rows: ['A: \0\x01\x7f\x80\xff'] }],
  },
  {
    rule: 'a line may be much longer than Asterisk itself would read',
    input: `${BANNER}A: ${'y'.repeat(1500)}\r\n\r\n`,
    expected: [banner, { rows: [`A: ${'y'.repeat(1500)}`] }],
  },
  {
    rule: 'a message of exactly the bound is whole',
    input: `${BANNER}A: 45678\r\nB: 4567890\r\n\r\nC: d\r\n\r\n`,
    maxMessageBytes: 22,
    expected: [banner, { rows: ['A: 45678', 'B: 4567890'] }, { rows: ['C: d'] }],
  },
  {
    rule: 'of a message beyond the bound the rows from the one that passes it on are missing',
    input: `${BANNER}A: 45678\r\nB: 45678901\r\nC: d\r\n\r\nE: f\r\n\r\n`,
    maxMessageBytes: 22,
    expected: [banner, { rows: ['A: 45678'], problem: 'AMI_MESSAGE_TOO_LONG' }, { rows: ['E: f'] }],
  },
  {
    rule: 'a message may pass the bound with its first row',
    input: `${BANNER}${'y'.repeat(100)}\r\nC: d\r\n\r\nE: f\r\n\r\n`,
    maxMessageBytes: 22,
    expected: [banner, { rows: [], problem: 'AMI_MESSAGE_TOO_LONG' }, { rows: ['E: f'] }],
  },
  {
    rule: 'line ends inside what is dropped count as in what is kept',
    input: `${BANNER}A: b\r\n${'y'.repeat(30)}\r\n\n\r\n\r\n\r\n\r\nE: f\r\n\r\n`,
    maxMessageBytes: 22,
    expected: [banner, { rows: ['A: b'], problem: 'AMI_MESSAGE_TOO_LONG' }, { rows: ['E: f'] }],
  },
  {
    rule: 'a first line of more than 1024 bytes is no banner',
    input: `${'y'.repeat(1023)}\r\nEvent: A\r\n\r\n`,
    expected: [{ rows: [], problem: 'AMI_BAD_BANNER' }, { rows: ['Event: A'] }],
  },
];

describe('PbxFramer', () => {
  for (const { rule, input, expected, maxMessageBytes } of TABLE) {
    const options = maxMessageBytes === undefined ? {} : { maxMessageBytes };
    it(rule, () => expectFramesHoweverCut(() => new PbxFramer(options), input, expected));
  }

  it('holds no more than its bound of a message that never ends', () => {
    const stored = vi.spyOn(Uint8Array.prototype, 'set');
    const framer = new PbxFramer({ maxMessageBytes: 10_000 });
    for (let at = 0; at < 1000; at++) framer.push(latin1('y'.repeat(1000)));
    const bytes = stored.mock.calls.reduce((sum, [source]) => sum + source.length, 0);
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(30_000);
  });

  it('reads and copies each byte a few times at most, when they come one by one', () => {
    const message = `Event: A\r\n${'Header: value\r\n'.repeat(2000)}\r\n`;
    const input = latin1(BANNER + message.repeat(3));
    const { frames, reads, copied } = workByteByByte(new PbxFramer(), input);
    expect(frames).toBe(4);
    expect(reads).toBeLessThan(4 * input.length);
    expect(copied).toBeLessThan(4 * input.length);
  });
});

/** Each connection of a trace: what came from Asterisk, a message an item. */
function connections(lines: readonly TraceLine[]): Buffer[][] {
  const messages = new Map<string, Buffer[]>();
  for (const { dir, raw, conn = '', encoding } of lines) {
    const known = messages.get(conn) ?? [];
    messages.set(conn, known);
    if (dir === 'in' && raw !== undefined) known.push(Buffer.from(raw, encoding ?? 'utf8'));
    // A client that connects again under its name starts with a banner again.
    if (dir === 'close') messages.set(`${conn}|${messages.size}`, messages.get(conn) ?? []).delete(conn);
  }
  return [...messages.values()].filter((list) => list.length > 0);
}

describe('what a real Asterisk sent', () => {
  for (const name of traceNames({ secondRuns: true })) {
    it(`in ${name} is cut into the messages that were recorded`, () => {
      for (const messages of connections(readTrace(name).lines)) {
        const bytes = Buffer.concat(messages);
        const expected = messages.map((message) => message.toString('latin1').replace(/^(\r\n)+/, '')).filter(isWhole);
        expect(expected[0]).toBe(BANNER);
        for (const chunks of [[bytes], ...[1, 2, 3].map((seed) => pieces(bytes, randomCuts(bytes.length, seed)))]) {
          const framer = new PbxFramer();
          const got = chunks
            .flatMap((chunk) => framer.push(chunk))
            .map((frame) => Buffer.from(frame.bytes).toString('latin1'));
          // The blank line is not part of a frame; the banner has none.
          expect(got.map((message, index) => (index === 0 ? message : `${message}\r\n`))).toEqual(expected);
        }
      }
    });
  }
});

/** Recordings may end in the middle of a message. */
function isWhole(message: string, index: number): boolean {
  return index === 0 || message.endsWith('\r\n\r\n');
}
