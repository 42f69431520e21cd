import { describe, expect, it } from 'vitest';
import { splitArguments } from './split-arguments.ts';

describe('splitArguments', () => {
  it.each([
    ['', ['']],
    ['a', ['a']],
    ['a,b,c', ['a', 'b', 'c']],
    ['support,tT,,,60', ['support', 'tT', '', '', '60']],
    ['a,', ['a', '']],
    [',', ['', '']],
    ['PJSIP/1,30,b(x^s^1,2)U(y)', ['PJSIP/1', '30', 'b(x^s^1,2)U(y)']],
    ['$[1,2],[a,b]c', ['$[1,2]', '[a,b]c']],
    ['"a,b",c', ['a,b', 'c']],
    ['a\\,b,c\\\\d', ['a,b', 'c\\d']],
    ['a),b', ['a)', 'b']],
    ['a\\', ['a']],
    [' a , b ', [' a ', ' b ']],
  ])('splits %j', (text, expected) => {
    expect(splitArguments(text)).toEqual(expected);
  });

  it('leaves the rest in the last argument', () => {
    expect(splitArguments('a,b,"c",d', { max: 3 })).toEqual(['a', 'b', '"c",d']);
    expect(splitArguments('a,b', { max: 1 })).toEqual(['a,b']);
  });

  it('keeps quotes and backslashes where told so', () => {
    expect(splitArguments('"a,b",c\\,d,e', { raw: true })).toEqual(['"a,b"', 'c\\,d', 'e']);
  });

  it('splits at another separator', () => {
    expect(splitArguments('x?a:b', { separator: '?' })).toEqual(['x', 'a:b']);
  });
});
