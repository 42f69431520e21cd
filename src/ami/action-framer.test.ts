import { describe, expect, it } from 'vitest';
import { readTrace, traceNames } from '../../test/fixtures.ts';
import { ActionFramer } from './action-framer.ts';
import {
  type ExpectedFrame,
  expectFramesHoweverCut,
  frames,
  latin1,
  pieces,
  randomCuts,
  workByteByByte,
} from './cuts.test-support.ts';
import { parseAction } from './parse-message.ts';
import { nodeRuntime } from './runtime.node.ts';

const { text } = nodeRuntime();
const open = () => new ActionFramer();

/** A header line of so many bytes. */
const line = (bytes: number) => `X: ${'y'.repeat(bytes - 3)}`;
const headers = (count: number) => Array.from({ length: count }, (_, index) => `H${index}: ${index}`);

const TABLE: readonly { rule: string; input: string; expected: readonly ExpectedFrame[] }[] = [
  {
    rule: 'CRLF ends a line, a blank line ends the action',
    input: 'Action: Ping\r\nActionID: 1\r\n\r\nAction: Logoff\r\n\r\n',
    expected: [{ rows: ['Action: Ping', 'ActionID: 1'] }, { rows: ['Action: Logoff'] }],
  },
  {
    rule: 'an action without its blank line is not there yet',
    input: 'Action: Ping\r\nActionID: 1\r\n',
    expected: [],
  },
  {
    rule: 'a bare LF ends a line too, also mixed with CRLF',
    input: 'Action: Ping\nActionID: 1\r\n\nAction: Ping\r\n\n',
    expected: [{ rows: ['Action: Ping', 'ActionID: 1'] }, { rows: ['Action: Ping'] }],
  },
  {
    rule: 'a bare CR is part of the line',
    input: 'Action: Ping\rActionID: 1\r\n\r\n',
    expected: [{ rows: ['Action: Ping\rActionID: 1'] }],
  },
  {
    rule: 'of several CRs before LF only the last belongs to the line end',
    input: 'A: b\r\r\n\r\r\n\r\n',
    expected: [{ rows: ['A: b\r', '\r'] }],
  },
  {
    rule: 'blank lines alone are actions without headers',
    input: '\r\n\r\n\n',
    expected: [{ rows: [] }, { rows: [] }, { rows: [] }],
  },
  {
    rule: 'a line of blanks is not blank',
    input: ' \r\n\t\r\n\r\n',
    expected: [{ rows: [' ', '\t'] }],
  },
  {
    rule: 'NUL cuts the line',
    input: 'Action: Ping\r\nActionID: nul-\0after\r\n\r\n',
    expected: [{ rows: ['Action: Ping', 'ActionID: nul-'] }],
  },
  {
    rule: 'a line that starts with NUL is blank',
    input: 'Action: Ping\r\n\0ActionID: 1\r\nFoo: bar\r\n\r\n',
    expected: [{ rows: ['Action: Ping'] }, { rows: ['Foo: bar'] }],
  },
  {
    rule: 'all other bytes pass untouched',
    input: 'A: \x01\x02\x1b\x7f\x80\xc3\xa9\xff\r\n\r\n',
    expected: [{ rows: ['A: \x01\x02\x1b\x7f\x80\xc3\xa9\xff'] }],
  },
  {
    rule: 'a line of 1022 bytes is whole',
    input: `Action: Ping\r\n${line(1022)}\r\n\r\n`,
    expected: [{ rows: ['Action: Ping', line(1022)] }],
  },
  {
    rule: 'a line of 1023 bytes is whole if a bare LF ends it',
    input: `Action: Ping\r\n${line(1023)}\n\r\n`,
    expected: [{ rows: ['Action: Ping', line(1023)] }],
  },
  {
    rule: 'a line of 1023 bytes is too long, and its CRLF becomes a blank line that ends the action',
    input: `Action: Ping\r\nActionID: 1\r\n${line(1023)}\r\n\r\nAction: Ping\r\n\r\n`,
    expected: [
      { rows: ['Action: Ping', 'ActionID: 1'], problem: 'AMI_LINE_TOO_LONG' },
      { rows: [] },
      { rows: ['Action: Ping'] },
    ],
  },
  {
    rule: 'of a line of 1024 bytes the last byte becomes a line',
    input: `Action: Ping\r\nActionID: 1\r\n${line(1024)}\r\n\r\nAction: Ping\r\n\r\n`,
    expected: [
      { rows: ['Action: Ping', 'ActionID: 1', 'y'], problem: 'AMI_LINE_TOO_LONG' },
      { rows: ['Action: Ping'] },
    ],
  },
  {
    rule: 'what follows 1024 bytes thrown away is a line of its own, also one that looks like a header',
    input: `Action: Ping\r\n${line(1023)}ActionID: smuggled\r\n\r\n`,
    expected: [{ rows: ['Action: Ping', 'ActionID: smuggled'], problem: 'AMI_LINE_TOO_LONG' }],
  },
  {
    rule: 'further on 1023 bytes at a time are thrown away',
    input: `${line(1024 + 1023)}\r\nA: 1\r\n\r\n`,
    expected: [{ rows: ['y', 'A: 1'], problem: 'AMI_LINE_TOO_LONG' }],
  },
  {
    rule: 'a CR in front of LF that fills the buffer a second time ends the action early too',
    input: `A: 1\r\n${line(1024 + 1022)}\r\nB: 2\r\n\r\n`,
    expected: [{ rows: ['A: 1'], problem: 'AMI_LINE_TOO_LONG' }, { rows: ['B: 2'] }],
  },
  {
    rule: '128 headers are kept',
    input: `${headers(128).join('\r\n')}\r\n\r\n`,
    expected: [{ rows: headers(128) }],
  },
  {
    rule: 'the 129th header is dropped, with all that follow',
    input: `${headers(140).join('\r\n')}\r\nActionID: late\r\n\r\nA: 1\r\n\r\n`,
    expected: [{ rows: headers(128), problem: 'AMI_TOO_MANY_LINES' }, { rows: ['A: 1'] }],
  },
  {
    rule: 'too many headers hide a line too long, of which the next action is accused',
    input: `${headers(128).join('\n')}\n${line(1030)}\n\nA: 1\n\nB: 2\n\n`,
    expected: [
      { rows: headers(128), problem: 'AMI_TOO_MANY_LINES' },
      { rows: ['A: 1'], problem: 'AMI_LINE_TOO_LONG' },
      { rows: ['B: 2'] },
    ],
  },
];

describe('ActionFramer', () => {
  for (const { rule, input, expected } of TABLE) {
    it(rule, () => expectFramesHoweverCut(open, input, expected));
  }

  it('gives nothing for an empty chunk', () => {
    expect(open().push(new Uint8Array(0))).toEqual([]);
  });

  it('reads and copies each byte a few times at most, when they come one by one', () => {
    const input = latin1(`${`${`${line(1000)}\r\n`.repeat(100)}\r\n`.repeat(3)}${line(100_000)}\r\n\r\n`);
    const { frames: count, reads, copied } = workByteByByte(open(), input);
    expect(count).toBe(4);
    expect(reads).toBeLessThan(4 * input.length);
    expect(copied).toBeLessThan(4 * input.length);
  });

  it('holds no more than the 128 lines that it keeps, however much comes', () => {
    const framer = open();
    for (let at = 0; at < 50; at++) framer.push(latin1(`${line(1000)}\r\n`.repeat(20)));
    const [frame] = framer.push(latin1('\r\n'));
    expect(frame?.problem).toBe('AMI_TOO_MANY_LINES');
    expect(frame?.bytes.length).toBe(128 * 1002);
  });
});

/** How Asterisk answers what it could not make an action of. */
const ANSWERS = {
  AMI_LINE_TOO_LONG: 'Failed to parse message: line too long',
  AMI_TOO_MANY_LINES: 'Too many lines in message or allocation failure',
  none: 'Missing action in request',
};

describe('what clients sent to a real Asterisk', () => {
  for (const name of traceNames({ secondRuns: true })) {
    const { lines } = readTrace(name);
    const complaints = lines.filter(({ dir, raw }) => dir === 'in' && isComplaint(raw ?? ''));
    const sent = lines.filter(({ dir, conn }) => dir === 'out' && complaints.some((other) => other.conn === conn));
    if (complaints.length === 0) continue;

    it(`in ${name} is complained of as Asterisk did`, () => {
      const expected = complaints.map(({ raw = '' }) => raw.replace(/Response: Error\r\n/, ''));
      const bytes = Buffer.concat(sent.map(({ raw = '', encoding }) => Buffer.from(raw, encoding ?? 'utf8')));
      expect(complaintsAbout([bytes])).toEqual(expected);
      for (let seed = 1; seed <= 3; seed++) {
        expect(complaintsAbout(pieces(bytes, randomCuts(bytes.length, seed)))).toEqual(expected);
      }
    });
  }

  it('is cut into the actions that were recorded', () => {
    const { lines } = readTrace('many-actions-one-packet');
    const sent = lines.filter(({ dir }) => dir === 'out').map(({ raw }) => raw ?? '');
    const expected = sent
      .join('')
      .split('\r\n\r\n')
      .slice(0, -1)
      .map((action) => ({ rows: action.split('\r\n') }));
    expect(expected.length).toBeGreaterThan(50);
    expect(frames(open(), [latin1(sent.join(''))])).toEqual(expected);
  });
});

function isComplaint(raw: string): boolean {
  return Object.values(ANSWERS).some((answer) => raw.includes(`Message: ${answer}\r\n`));
}

function complaintsAbout(chunks: readonly Uint8Array[]): string[] {
  const framer = open();
  return chunks
    .flatMap((chunk) => framer.push(chunk))
    .flatMap(({ bytes, problem }) => {
      const action = parseAction(bytes, text);
      const answer = problem === undefined ? 'none' : (problem as keyof typeof ANSWERS);
      if (answer === 'none' && action.get('Action')) return [];
      const id = action.get('ActionID');
      return [`${id ? `ActionID: ${id}\r\n` : ''}Message: ${ANSWERS[answer]}\r\n\r\n`];
    });
}
