import type { ConformanceCase } from '../conformance-case.ts';
import { error, errorWithoutId, MISSING_ACTION, ping, pong } from './wording.ts';

/** How an action is read from its lines. */
export const READING_CASES: readonly ConformanceCase[] = [
  {
    name: 'ping',
    rule: 'The first of two ActionIDs counts; a blank one is left out; any sign may stand in it.',
    source: 'ping',
    send: [
      ping('c1'),
      'Action: Ping\r\nActionID: a1\r\nActionID: a2\r\n\r\n',
      ping('a:b c;d,"e" <f>'),
      'Action: Ping\r\nActionID: \r\n\r\n',
      'Action: Ping\r\nActionID: v1\r\nAction: CoreStatus\r\n\r\n',
    ],
    expect: [
      pong('c1'),
      pong('a1'),
      pong('a:b c;d,"e" <f>'),
      'Response: Success\r\nPing: Pong\r\nTimestamp: *',
      pong('v1'),
    ],
  },
  {
    name: 'odd bytes',
    rule: 'Bytes above 127, controls and tabs pass; NUL cuts the value.',
    source: 'binary-bytes',
    send: [ping('bin-\xff\xfe\x80'), ping('ctl-\x01\x02\x1b[0m\x7f'), ping('nul-\0after'), ping('tab-\tx')],
    expect: [pong('bin-\xff\xfe\x80'), pong('ctl-\x01\x02\x1b[0m\x7f'), pong('nul-'), pong('tab-\tx')],
  },
  {
    name: 'unknown action',
    rule: 'An unknown action is named in the answer.',
    source: 'unknown-action',
    send: ['Action: NoSuchAction\r\nActionID: c1\r\n\r\n'],
    expect: [
      error('c1', 'Invalid/unknown command: NoSuchAction. Use Action: ListCommands to show available commands.'),
    ],
  },
  {
    name: 'no action',
    rule: 'A message without an action is answered, with its ActionID where it has one.',
    source: 'missing-action-header',
    send: [
      'ActionID: c1\r\nFoo: bar\r\n\r\n',
      'Foo: bar\r\n\r\n',
      'ActionID: c3\r\nAction: Ping\r\n\r\n',
      'Action:\r\nActionID: c4\r\n\r\n',
    ],
    expect: [error('c1', MISSING_ACTION), errorWithoutId(MISSING_ACTION), pong('c3'), error('c4', MISSING_ACTION)],
  },
  {
    name: 'malformed lines',
    rule: 'Lines without a colon are skipped; blanks before a name or a colon break the header; a blank line is an action.',
    source: 'malformed-lines',
    send: [
      'Action: Ping\r\nthis line has no colon\r\nActionID: m1\r\n\r\n',
      'Action:Ping\r\nActionID:m2\r\n\r\n',
      'Action: Ping\r\n  ActionID: m3\r\n\r\n',
      'Action : Ping\r\nActionID : m4\r\n\r\n',
      '\r\n',
    ],
    expect: [
      pong('m1'),
      pong('m2'),
      'Response: Success\r\nPing: Pong\r\nTimestamp: *',
      errorWithoutId(MISSING_ACTION),
      errorWithoutId(MISSING_ACTION),
    ],
  },
  {
    name: 'bare LF',
    rule: 'A bare LF ends a line as CRLF does.',
    source: 'malformed-bare-lf',
    send: ['Action: Ping\nActionID: lf1\n\n'],
    expect: [pong('lf1')],
  },
];
