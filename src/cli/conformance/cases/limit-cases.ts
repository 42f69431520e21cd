import type { ConformanceCase } from '../conformance-case.ts';
import { error, errorWithoutId, MISSING_ACTION, ping, pong } from './wording.ts';

const line = (bytes: number): string => `X: ${'y'.repeat(bytes - 3)}`;
const headers = (count: number): string => Array.from({ length: count }, (_, at) => `H${at}: ${at}\r\n`).join('');
const TOO_LONG = 'Failed to parse message: line too long';

/** A Ping with a line of so many bytes before its CRLF, and what Asterisk says. */
const longLine = (bytes: number, rule: string, answers: readonly string[]): ConformanceCase => ({
  name: `line of ${bytes} bytes`,
  rule,
  source: `long-line-${bytes}`,
  send: [`Action: Ping\r\nActionID: c1\r\n${line(bytes)}\r\n\r\n`, ping('c2')],
  expect: [...answers, pong('c2')],
});

/** How long and how many lines may be. */
export const LIMIT_CASES: readonly ConformanceCase[] = [
  longLine(900, 'A line of 900 bytes is read whole.', [pong('c1')]),
  longLine(1000, 'A line of 1000 bytes is read whole.', [pong('c1')]),
  longLine(1020, 'A line of 1020 bytes is read whole.', [pong('c1')]),
  longLine(1021, 'A line of 1021 bytes is read whole.', [pong('c1')]),
  longLine(1023, 'A line of 1023 bytes is too long; its CR is left over as a blank line.', [
    error('c1', TOO_LONG),
    errorWithoutId(MISSING_ACTION),
  ]),
  longLine(1024, 'A line of 1024 bytes is too long, and nothing is left over.', [error('c1', TOO_LONG)]),
  longLine(1025, 'A line of 1025 bytes is too long, and nothing is left over.', [error('c1', TOO_LONG)]),
  longLine(1100, 'A line too long spoils its action, and that one only.', [error('c1', TOO_LONG)]),
  longLine(70_000, 'However long a line is, it spoils its action, and that one only.', [error('c1', TOO_LONG)]),
  {
    name: 'ActionID of 900 bytes',
    rule: 'A long ActionID comes back whole.',
    source: 'long-actionid-900',
    send: [ping('x'.repeat(900))],
    expect: [pong('x'.repeat(900))],
  },
  {
    name: '100 headers',
    rule: 'An action may have 100 headers, its ActionID last.',
    source: 'many-headers-100',
    send: [`Action: Ping\r\n${headers(98)}ActionID: c1\r\n\r\n`],
    expect: [pong('c1')],
  },
  {
    name: '200 headers',
    rule: 'More than 128 headers are refused, without an ActionID behind them, and the next action is read.',
    source: 'many-headers-200',
    send: [`Action: Ping\r\n${headers(198)}ActionID: c1\r\n\r\n`, ping('c2')],
    expect: [errorWithoutId('Too many lines in message or allocation failure'), pong('c2')],
  },
];
