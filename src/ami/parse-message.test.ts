import { describe, expect, it } from 'vitest';
import { readTrace, traceNames } from '../../test/fixtures.ts';
import { latin1 } from './cuts.test-support.ts';
import type { Header } from './message.ts';
import { parseAction, parseMessage } from './parse-message.ts';
import { nodeRuntime } from './runtime.node.ts';

const { text } = nodeRuntime();

describe('parseAction', () => {
  const table: readonly { rule: string; row: string; header: Header }[] = [
    { rule: 'a header is name, colon, space, value', row: 'Action: Ping', header: ['Action', 'Ping'] },
    { rule: 'the space may be missing', row: 'Action:Ping', header: ['Action', 'Ping'] },
    {
      rule: 'blanks before the value are no part of it',
      row: 'SECRET:  \t \x01adminpw',
      header: ['SECRET', 'adminpw'],
    },
    {
      rule: 'blanks after the value are',
      row: 'actionid:   spaces and case ',
      header: ['actionid', 'spaces and case '],
    },
    { rule: 'the value may be empty', row: 'Foo:', header: ['Foo', ''] },
    { rule: 'a value of blanks is empty', row: 'ActionID:   ', header: ['ActionID', ''] },
    { rule: 'later colons are part of the value', row: 'ActionID: a:b c;d', header: ['ActionID', 'a:b c;d'] },
    { rule: 'blanks before the name are part of it', row: '  ActionID: m5', header: ['  ActionID', 'm5'] },
    { rule: 'a blank before the colon is part of the name', row: 'Action : Ping', header: ['Action ', 'Ping'] },
    { rule: 'a row without colon has no name', row: 'this line has no colon', header: ['', 'this line has no colon'] },
    { rule: 'a row that starts with a colon has no name', row: ': Ping', header: ['', ': Ping'] },
    {
      rule: 'control characters within the value stay',
      row: 'ActionID: ctl-\x01\x02\x1b[0m\x7f',
      header: ['ActionID', 'ctl-\x01\x02\x1b[0m\x7f'],
    },
  ];
  for (const { rule, row, header } of table) {
    it(rule, () => {
      const action = parseAction(latin1(`A: 1\r\n${row}\r\nB: 2\r\n`), text);
      expect(action.headers).toEqual([['A', '1'], header, ['B', '2']]);
      expect(action.rows).toEqual(['A: 1', row, 'B: 2']);
    });
  }

  it('gives no headers for an action of blank lines', () => {
    expect(parseAction(latin1(''), text).headers).toEqual([]);
  });
});

describe('parseMessage', () => {
  it('takes one space before a value for syntax and all else for the value', () => {
    const message = parseMessage(latin1('Value:   minrxlost=0;\r\nExten: \r\nHeader3:no space\r\nA:\tb \r\n'), text);
    expect(message.headers).toEqual([
      ['Value', '  minrxlost=0;'],
      ['Exten', ''],
      ['Header3', 'no space'],
      ['A', '\tb '],
    ]);
  });

  it('keeps repeated headers and rows without colon in their places', () => {
    const message = parseMessage(latin1('Output: a\r\nno colon\r\nOutput: \r\nOutput: b\r\n'), text);
    expect(message.headers).toEqual([
      ['Output', 'a'],
      ['', 'no colon'],
      ['Output', ''],
      ['Output', 'b'],
    ]);
  });

  it('reads UTF-8 where the bytes are, and one character a byte where they are not', () => {
    const good = parseMessage(latin1('Name: J\xc3\xbcrgen \xe2\x82\xac\r\n'), text);
    expect([good.get('Name'), good.encoding]).toEqual(['Jürgen €', 'utf8']);
    const bad = parseMessage(latin1('Name: J\xc3\xbcrgen\r\nID: bin-\xff\xfe\x80\r\n'), text);
    expect([bad.get('Name'), bad.get('ID'), bad.encoding]).toEqual(['J\xc3\xbcrgen', 'bin-\xff\xfe\x80', 'latin1']);
  });

  it('loses nothing of what a real Asterisk sent', () => {
    const oddRows = new Set<string>();
    let rows = 0;
    for (const name of traceNames({ secondRuns: true })) {
      for (const { dir, raw = '', encoding } of readTrace(name).lines) {
        if (dir !== 'in' || !/^(Event|Response):/.test(raw) || !raw.endsWith('\r\n\r\n')) continue;
        const sent = Buffer.from(raw, encoding ?? 'utf8');
        const message = parseMessage(sent.subarray(0, sent.lastIndexOf('\r\n')), text);
        expect(message.encoding).toBe(encoding ?? 'utf8');
        expect([...message.rows, '', ''].join('\r\n')).toBe(raw);
        rows += message.rows.length;
        for (const [index, [header, value]] of message.headers.entries()) {
          const row = message.rows[index] ?? '';
          if (row !== `${header}: ${value}`) oddRows.add(row);
        }
      }
    }
    expect([...oddRows]).toEqual(['No categories found', 'Header3:no space']);
    expect(rows).toBeGreaterThan(100_000);
  });
});
