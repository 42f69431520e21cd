import { expect, test } from 'vitest';
import { decodeXml } from './decode-xml.ts';
import { GatewayError } from './gateway-error.ts';

const PIECES = [
  '<?xml version="1.0"?>',
  '<login username="a" secret="b"/>',
  '<queuestatus ',
  'queue="x"',
  '/>',
  '<a>',
  '</a>',
  '&amp;',
  '&e;',
  '&#13;',
  '&#x0;',
  '<!DOCTYPE a>',
  '<![CDATA[',
  ']]>',
  '<!--',
  '-->',
  '"',
  "'",
  '=',
  ' ',
  '<asterclick><chatsend>hi',
  '</chatsend></asterclick>',
  '__proto__',
  'constructor="1"',
  '\r\n',
  '\u0000',
  '\ud800',
  'ü',
  '<',
  '>',
  '&',
  '<hangup channel="c"/>',
];

test('whatever comes is read or refused, and no value with a line end is ever read', () => {
  let state = 7;
  const draw = (below: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  let [read, refused] = [0, 0];
  for (let round = 0; round < 50_000; round++) {
    const text = Array.from({ length: 1 + draw(8) }, () => PIECES[draw(PIECES.length)]).join('');
    try {
      const message = decodeXml(text, 1);
      if (message.type === 'action') expect(message.headers.flat().join('')).not.toMatch(/[\r\n\0]/);
      read += 1;
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      refused += 1;
    }
  }
  expect(read).toBeGreaterThan(500);
  expect(refused).toBeGreaterThan(500);
});
