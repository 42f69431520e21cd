import { describe, expect, it } from 'vitest';
import { fillText, splitText } from './text.ts';
import { splitWords } from './words.ts';

const scope = {
  value: (name: string, header: string | undefined) =>
    ({ n: '3', 'asked.Challenge': '840', 'e.Cause-txt': 'Normal' })[header === undefined ? name : `${name}.${header}`],
  channelOf: (phone: string) => (phone === '1001' ? 'PJSIP/1001-00000001' : undefined),
  md5: (text: string) => `md5(${text})`,
};

describe('a text', () => {
  it.each([
    ['plain $5', 'plain $5'],
    ['bad${n}', 'bad3'],
    ['${ n }${n}', '33'],
    ['$${EXTEN} and ${n}', '${EXTEN} and 3'],
    ["${'y' x 3}", 'yyy'],
    ["${'ab' x n}", 'ababab'],
    ["${'}' x 2}", '}}'],
    ['${channel of 1001}', 'PJSIP/1001-00000001'],
    ["${md5 of asked.Challenge + 'adminpw'}", 'md5(840adminpw)'],
    ["${n + '-' + n}", '3-3'],
    ['${e.Cause-txt}', 'Normal'],
    ["${'a' + 'b' x 2}", 'abb'],
  ])('%s gives %s', (text, filled) => {
    expect(fillText(text, scope)).toBe(filled);
  });

  it.each([
    ['${nobody}', 'there is no value ${nobody}'],
    ['${asked.Other}', 'there is no value ${asked.Other}'],
    ['${channel of 1009}', 'phone 1009 has had no channel yet'],
    ["${'y' x many}", 'there is no value ${many}'],
    ["${'y' x 'z'}", "'z' after 'x' is no number of times"],
  ])('%s has no value', (text, message) => {
    expect(() => fillText(text, scope)).toThrow(message);
  });

  it.each([
    ['${', "has no '}'"],
    ['${}', "ends too early: a value or 'text' is missing"],
    ["${'y x 3}", "has no '}'"],
    ['${a b}', "goes on with 'b'"],
    ['${a +}', 'ends too early'],
    ['${+ a}', "has a '+' with nothing before it"],
    ['${bridge of 1001}', "asks for 'bridge of'; there is 'channel of PHONE' and 'md5 of ...'"],
    ['${channel of}', "write 'channel of 1001'"],
    ['${1a}', "has '1a', which is no name of a value"],
  ])('%s is wrong', (text, message) => {
    expect(() => splitText(text)).toThrow(message);
  });
});

describe('words', () => {
  it.each([
    ['1001 dials 1002', ['1001', 'dials', '1002']],
    ['ring, then', ['ring', ',', 'then']],
    ['events call,hud', ['events', 'call,hud']],
    [`from "Ann O'Neill" <+49 30>`, ['from', "Ann O'Neill", '+49 30']],
    ["dials ${'y' x 3} now", ['dials', "${'y' x 3}", 'now']],
    ['a${md5 of b}c', ['a${md5 of b}c']],
    ['"" x', ['', 'x']],
    ['from "Ann \\"O\\" \\\\"', ['from', 'Ann "O" \\']],
  ])('%s', (sentence, words) => {
    expect(splitWords(sentence)?.map((word) => word.text)).toEqual(words);
  });

  it('end nowhere inside a quote', () => {
    expect(splitWords('from "Ann')).toBeUndefined();
  });
});
