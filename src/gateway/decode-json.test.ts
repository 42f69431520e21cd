import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeJson, idOf, MAX_MESSAGE_BYTES } from './decode-json.ts';
import { GatewayError } from './gateway-error.ts';

function fault(text: string): string {
  try {
    decodeJson(text);
  } catch (error) {
    if (error instanceof GatewayError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'none';
}

const action = (headers: string) => `{"type":"command","id":1,"do":"action","name":"Status","headers":${headers}}`;

test('reads a hello and every command', () => {
  expect(decodeJson('{"type":"hello","user":"ann","secret":"s","resume":{"epoch":"e","seq":7}}')).toEqual({
    type: 'hello',
    user: 'ann',
    secret: 's',
    resume: { epoch: 'e', seq: 7 },
  });
  expect(decodeJson('{"type":"command","id":3,"do":"redirect","channel":"c","extraChannel":"d","to":"1"}')).toEqual({
    type: 'command',
    id: 3,
    do: 'redirect',
    channel: 'c',
    extraChannel: 'd',
    to: '1',
  });
  expect(decodeJson(action('{"Channel":"c","Variable":["a=1","b=2"]}'))).toMatchObject({
    headers: [
      ['Channel', 'c'],
      ['Variable', 'a=1'],
      ['Variable', 'b=2'],
    ],
  });
});

test('leaves out keys that the protocol does not know', () => {
  const decoded = decodeJson('{"type":"command","id":1,"do":"hangUp","channel":"c","Action":"Command","toString":"x"}');
  expect(Object.keys(decoded)).toEqual(['type', 'id', 'do', 'channel']);
});

describe('refuses', () => {
  test.each([
    ['no JSON', 'hello', /no JSON/],
    ['half of JSON', '{"type":"hello"', /no JSON/],
    ['an empty message', '', /no JSON/],
    ['null', 'null', /object/],
    ['an array', '[]', /object/],
    ['a number', '1e999', /object/],
    ['no type', '{}', /type/],
    ['a type of its own', '{"type":"admin"}', /type/],
    ['a type that every object has', '{"type":"constructor"}', /type/],
    ['a command that is none', '{"type":"command","id":1,"do":"shell"}', /do/],
    ['a command named by the prototype', '{"type":"command","id":1,"do":"__proto__"}', /do/],
    ['a command without id', '{"type":"command","do":"hangUp","channel":"c"}', /id/],
    ['an id that is text', '{"type":"command","id":"1","do":"hangUp","channel":"c"}', /id/],
    ['a negative id', '{"type":"command","id":-1,"do":"hangUp","channel":"c"}', /id/],
    ['an id with fractions', '{"type":"command","id":1.5,"do":"hangUp","channel":"c"}', /id/],
    ['an id that no number can hold', '{"type":"command","id":9007199254740993,"do":"hangUp","channel":"c"}', /id/],
    ['a channel that is an object', '{"type":"command","id":1,"do":"hangUp","channel":{"toString":"x"}}', /channel/],
    ['a position before all', '{"type":"hello","resume":{"epoch":"e","seq":-1}}', /seq/],
    [
      'CR LF in a channel',
      '{"type":"command","id":1,"do":"hangUp","channel":"c\\r\\nAction: Command"}',
      /CR, LF or NUL/,
    ],
    ['LF in a number', '{"type":"command","id":1,"do":"dial","from":"1001","to":"1002\\nX: y"}', /CR, LF or NUL/],
    ['NUL in a number', '{"type":"command","id":1,"do":"dial","from":"1001","to":"1002\\u0000"}', /CR, LF or NUL/],
    ['CR in a user', '{"type":"hello","user":"a\\rb","secret":"x"}', /CR, LF or NUL/],
    [
      'CR LF in an action',
      '{"type":"command","id":1,"do":"action","name":"Ping\\r\\nAction: Command"}',
      /CR, LF or NUL/,
    ],
    ['CR LF in a header', action('{"Channel":"c\\r\\nAction: Command"}'), /CR, LF or NUL in Channel/],
    ['LF in the second of two headers', action('{"Variable":["a","b\\nc"]}'), /CR, LF or NUL in Variable/],
    ['CR LF in the name of a header', action('{"A\\r\\nAction":"Command"}'), /header name/],
    ['a colon in the name of a header', action('{"A: b":"c"}'), /header name/],
    ['a header without a name', action('{"":"c"}'), /header name/],
    ['the prototype as a header', action('{"__proto__":"c"}'), /header name/],
    ['a header that is a number', action('{"Channel":1}'), /Channel/],
    ['a header that is nested', action('{"Channel":[["c"]]}'), /Channel/],
    ['a header that is null', action('{"Channel":null}'), /Channel/],
    ['headers in an array', action('["a"]'), /headers/],
    ['headers that are text', action('"a"'), /headers/],
    ['more headers than any action has', action(JSON.stringify({ A: Array(101).fill('x') })), /more than 100/],
    ['a value longer than any line', action(JSON.stringify({ A: 'x'.repeat(513) })), /no fit text in A/],
    [
      'a channel longer than any',
      JSON.stringify({ type: 'command', id: 1, do: 'hangUp', channel: 'x'.repeat(513) }),
      /channel/,
    ],
  ])('%s', (_, text, message) => {
    expect(fault(text)).toMatch(/^GATEWAY_BAD_MESSAGE/);
    expect(fault(text)).toMatch(message);
  });

  test('a message longer than it reads, without reading it', () => {
    expect(fault(' '.repeat(MAX_MESSAGE_BYTES + 1))).toMatch(/^GATEWAY_MESSAGE_TOO_LONG/);
    expect(idOf(`{"type":"command","id":1}${' '.repeat(MAX_MESSAGE_BYTES)}`)).toBeUndefined();
  });

  test('what is nested without end', () => {
    expect(fault('['.repeat(30_000) + ']'.repeat(30_000))).toMatch(/^GATEWAY_BAD_MESSAGE/);
    expect(fault(`{"type":"hello","user":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}}`)).toMatch(
      /^GATEWAY_BAD_MESSAGE/,
    );
  });

  test('without telling what was in it', () => {
    expect(fault('{"type":"hello","user":"ann","secret":["hunter2"]}')).not.toContain('hunter2');
  });
});

test('whatever comes is read or refused, and no value with a line end is ever read', () => {
  const key = fc.constantFrom(
    'type',
    'id',
    'do',
    'channel',
    'to',
    'from',
    'name',
    'headers',
    'user',
    '__proto__',
    'constructor',
  );
  const word = fc.constantFrom('hello', 'command', 'dial', 'action', 'a\r\nb', '\0', 'toString');
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 3 },
      word,
      fc.integer(),
      fc.constant(null),
      fc.array(tie('any'), { maxLength: 3 }),
      tie('object'),
    ),
    object: fc.array(fc.tuple(key, tie('any')), { maxLength: 6 }).map((entries) => {
      const text = entries.map(([name, each]) => `${JSON.stringify(name)}:${JSON.stringify(each)}`);
      return JSON.parse(`{${text.join(',')}}`);
    }),
  })).object;
  const text = fc.oneof(
    fc.string(),
    value.map((each) => JSON.stringify(each)),
    fc.json(),
  );
  fc.assert(
    fc.property(text, (message) => {
      const before = Object.getOwnPropertyNames(Object.prototype).length;
      const result = fault(message);
      expect(result).toMatch(/^(none|GATEWAY_(BAD_MESSAGE|MESSAGE_TOO_LONG))/);
      if (result === 'none')
        expect(JSON.stringify({ ...decodeJson(message), secret: '' })).not.toMatch(/\\r|\\n|\\u0000/);
      expect(Object.getOwnPropertyNames(Object.prototype).length).toBe(before);
    }),
    { numRuns: 3000, seed: 20_261_122 },
  );
});

/** Never sent to AMI, so they may hold anything. */
const PROOFS = { secret: '', ticket: '', token: '', pbx: '', resume: '', resumes: '' };

/** Park and Miller's. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

test('50,000 good messages with something wrong in them are read or refused, and nothing stays behind', () => {
  const draw = chance(2026);
  const good = [
    { type: 'hello', user: 'ann', secret: 'x', resume: { epoch: 'e', seq: 1, lineage: 'l' } },
    { type: 'hello', ticket: '1.61.1.00', pbx: ['a', '*'], resumes: { a: { epoch: 'e', seq: 1 } } },
    { type: 'command', id: 1, do: 'dial', from: '1001', to: '1002' },
    { type: 'command', id: 2, do: 'redirect', channel: 'PJSIP/1', extraChannel: 'PJSIP/2', to: '1' },
    { type: 'command', id: 3, do: 'action', name: 'QueuePause', headers: { Queue: 'q', Interface: ['a', 'b'] } },
  ].map((message) => JSON.stringify(message));
  const pieces = [
    '"',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '\\u0000',
    '\\n',
    '\\r\\n',
    '__proto__',
    'null',
    '1e999',
    '\ud800',
    '"a":"a",',
  ];
  const objects = Object.getOwnPropertyNames(Object.prototype).length;
  let [read, refused] = [0, 0];
  for (let round = 0; round < 50_000; round++) {
    let message = good[draw(good.length)] ?? '';
    for (let change = draw(4); change > 0; change--) {
      const at = draw(message.length + 1);
      message = message.slice(0, at) + (pieces[draw(pieces.length)] ?? '') + message.slice(at + draw(4));
    }
    if (draw(6) === 0) message = message.repeat(1 + draw(3)).slice(0, draw(message.length + 1));
    const result = fault(message);
    if (result === 'none') read += 1;
    else refused += 1;
    if (!/^(none|GATEWAY_(BAD_MESSAGE|MESSAGE_TOO_LONG))/.test(result)) expect.fail(`${message}: ${result}`);
    if (
      result === 'none' &&
      /\\r|\\n|\\u0000/.test(JSON.stringify({ ...decodeJson(message), ...PROOFS }).replaceAll('\\\\', ''))
    )
      expect.fail(`a line end was read: ${message}`);
  }
  expect(Math.min(read, refused)).toBeGreaterThan(10_000);
  expect(Object.getOwnPropertyNames(Object.prototype).length).toBe(objects);
});
