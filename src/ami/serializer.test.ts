import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTrace } from '../../test/fixtures.ts';
import { ActionFramer } from './action-framer.ts';
import { latin1 } from './cuts.test-support.ts';
import { AmiMessage, type Header } from './message.ts';
import { parseAction, parseMessage } from './parse-message.ts';
import { nodeRuntime } from './runtime.node.ts';
import { serializeAction, serializeMessage } from './serializer.ts';

const { text } = nodeRuntime();
const codeOf = (code: string) => expect.objectContaining({ name: 'AmiError', code });

describe('serializeAction', () => {
  it('writes a row a header, and a blank line', () => {
    const bytes = serializeAction(
      [
        ['Action', 'Originate'],
        ['Variable', 'A=1'],
        ['Variable', 'B=€'],
        ['Data', ''],
      ],
      text,
    );
    expect(bytes).toEqual(latin1('Action: Originate\r\nVariable: A=1\r\nVariable: B=\xe2\x82\xac\r\nData: \r\n\r\n'));
  });

  for (const [what, letter] of [
    ['CR', '\r'],
    ['LF', '\n'],
    ['NUL', '\0'],
  ] as const) {
    it(`refuses ${what} in a value, wherever it stands`, () => {
      for (const value of [letter, `${letter}a`, `a${letter}`, `a${letter}b`, `a\r\nAction: Command${letter}`]) {
        expect(() => serializeAction([['Action', value]], text)).toThrow(codeOf('AMI_BAD_HEADER_VALUE'));
      }
    });
    it(`refuses ${what} in a name, wherever it stands`, () => {
      for (const name of [letter, `${letter}a`, `a${letter}`, `a${letter}b`]) {
        expect(() => serializeAction([[name, 'x']], text)).toThrow(codeOf('AMI_BAD_HEADER_NAME'));
      }
    });
  }

  it('refuses names that Asterisk would not find again', () => {
    for (const name of [
      '',
      ' ',
      'Action: Command\tX',
      'Action:',
      ':',
      ' Action',
      'Action ',
      'Act\tion',
      'Act\x7fion',
      'A\x85b',
    ]) {
      expect(() => serializeAction([[name, 'x']], text), JSON.stringify(name)).toThrow(codeOf('AMI_BAD_HEADER_NAME'));
    }
    for (const name of ['A', 'Cause-txt', 'ChanVariable(PJSIP/1001-00000001)', 'Some Name', 'Größe']) {
      expect(() => serializeAction([[name, 'x']], text), name).not.toThrow();
    }
  });

  it('refuses a line of more than 1022 bytes, of which Asterisk would take the end for a header', () => {
    expect(serializeAction([['X', 'y'.repeat(1019)]], text)).toHaveLength(1022 + 4);
    expect(() => serializeAction([['X', 'y'.repeat(1020)]], text)).toThrow(codeOf('AMI_LINE_TOO_LONG'));
    expect(serializeAction([['X', `y${'€'.repeat(339)}`]], text)).toHaveLength(3 + 1 + 1017 + 4);
    expect(() => serializeAction([['X', '€'.repeat(340)]], text)).toThrow(codeOf('AMI_LINE_TOO_LONG'));
  });

  it('refuses more than 128 headers', () => {
    const headers = (count: number) => Array.from({ length: count }, (): Header => ['Variable', 'a']);
    expect(() => serializeAction(headers(128), text)).not.toThrow();
    expect(() => serializeAction(headers(129), text)).toThrow(codeOf('AMI_TOO_MANY_LINES'));
  });

  it('shows no more than the start of what it refuses, printable', () => {
    const secret = `\r${'s'.repeat(5000)}`;
    expect(() => serializeAction([[secret, 'x']], text)).toThrow(/^.{1,200}$/);
    expect(() => serializeAction([['Secret', secret]], text)).not.toThrow(/ss/);
  });

  it('is read by Asterisk as the very headers given, or refused', () => {
    const nasty = fc.constantFrom(
      '\r',
      '\n',
      '\0',
      ':',
      ' ',
      '\t',
      '\x7f',
      '\u0085',
      '\u010a',
      '\u010d',
      '€',
      '\ud800',
      'a',
      'Action',
    );
    const word = fc
      .array(fc.oneof(nasty, { weight: 3, arbitrary: fc.string({ minLength: 1 }) }), { maxLength: 3 })
      .map((parts) => parts.join(''));
    const long = fc.integer({ min: 1000, max: 1100 }).map((length) => 'y'.repeat(length));
    const headers = fc.array(fc.tuple(word, fc.oneof(word, long)), { minLength: 1, maxLength: 3 });
    let accepted = 0;
    fc.assert(
      fc.property(headers, (given) => {
        let bytes: Uint8Array;
        try {
          bytes = serializeAction(given, text);
        } catch (error) {
          expect(error).toMatchObject({ name: 'AmiError' });
          return;
        }
        accepted += 1;
        const frames = new ActionFramer().push(bytes);
        expect(frames).toHaveLength(1);
        const read = frames.map((frame) => parseAction(frame.bytes, text).headers)[0];
        const meant = given.map(([name, value]) =>
          [name, asRead(value)].map((part) => part?.replace(/\p{Surrogate}/gu, '\ufffd')),
        );
        expect(read).toEqual(meant);
      }),
      { seed: 7, numRuns: 3000 },
    );
    expect(accepted).toBeGreaterThan(100);
  });
});

/** Asterisk skips control characters and spaces before a value. */
function asRead(value: string): string {
  let start = 0;
  while (value.charCodeAt(start) <= 32) start += 1;
  return value.slice(start);
}

describe('serializeMessage', () => {
  it('writes the bytes of a recorded message again', () => {
    for (const name of ['hold-unhold', 'userevent-binary', 'binary-bytes', 'userevent-action', 'ami-park']) {
      for (const { dir, raw = '', encoding } of readTrace(name).lines) {
        if (dir !== 'in' || !/^(Event|Response):/.test(raw)) continue;
        const sent = Buffer.from(raw, encoding ?? 'utf8');
        const message = parseMessage(sent.subarray(0, sent.lastIndexOf('\r\n')), text);
        expect(Buffer.from(serializeMessage(message, text))).toEqual(sent);
      }
    }
  });

  it('writes rows without a name as they are', () => {
    const message = new AmiMessage([
      ['Event', 'UserEvent'],
      ['', 'Header3:no space'],
    ]);
    expect(serializeMessage(message, text)).toEqual(latin1('Event: UserEvent\r\nHeader3:no space\r\n\r\n'));
  });

  it('writes latin1 where the message is, and a question mark for what does not fit', () => {
    const message = new AmiMessage([['ActionID', 'bin-\xff €\u010d\u010aX: y']], { encoding: 'latin1' });
    expect(serializeMessage(message, text)).toEqual(latin1('ActionID: bin-\xff ???X: y\r\n\r\n'));
  });

  it('refuses what would be another row or the end', () => {
    for (const row of ['', 'A: b\rc', 'A: b\nc', 'A: b\r', 'A: b\n\n', 'A: \0', '\n']) {
      const message = new AmiMessage([['', row]]);
      expect(() => serializeMessage(message, text), JSON.stringify(row)).toThrow(codeOf('AMI_BAD_HEADER_VALUE'));
    }
  });
});
