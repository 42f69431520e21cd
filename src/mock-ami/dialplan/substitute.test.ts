import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { substitute } from './substitute.ts';

const variables: Readonly<Record<string, string>> = {
  EXTEN: '01234567',
  A: '1',
  B: 'A',
  VAR_1: 'one',
  NAME: 'Zoë Ünal',
  DOLLAR: '${A}',
  EMPTY: '',
};

function run(text: string) {
  const warnings: string[] = [];
  const value = substitute(text, {
    variable: (name) => variables[name],
    callFunction: (name, args) => `${name}<${args}>`,
    warn: (message) => warnings.push(message),
  });
  return { value, warnings };
}

describe('substitute', () => {
  it.each([
    ['no variables', 'no variables'],
    ['${A}', '1'],
    ['x${A}y${A}', 'x1y1'],
    ['${UNSET}', ''],
    ['${EMPTY}|', '|'],
    ['$A $ $$ 5$', '$A $ $$ 5$'],
    ['$${A}', '$1'],
    ['${VAR_${A}}', 'one'],
    ['${${B}}', '1'],
    ['${DOLLAR}', '${A}'], // what a variable holds is not read again
    ['${EXTEN:1}', '1234567'],
    ['${EXTEN:1:3}', '123'],
    ['${EXTEN:-3}', '567'],
    ['${EXTEN:-3:2}', '56'],
    ['${EXTEN:2:-2}', '2345'],
    ['${EXTEN:0:-9}', ''],
    ['${EXTEN:-20:2}', '01'],
    ['${EXTEN:20}', ''],
    ['${EXTEN:0}', '01234567'],
    ['${EXTEN:}', '01234567'],
    ['${EXTEN:${A}}', '1234567'],
    ['${EXTEN:$[${A}+1]:2}', '23'],
    ['${NAME:0:4}', 'Zoë'], // bytes, as Asterisk counts
    ['${NAME:-4}', 'nal'], // a cut within a letter leaves the letter out
    ['${CALLERID(num)}', 'CALLERID<num>'],
    ['${CUT(A,\\,,2)}', 'CUT<A,\\,,2>'],
    ['${LEN(${EXTEN})}', 'LEN<01234567>'],
    ['${F(a:b):1:2}', '<a'],
    ['${F(a:b)}', 'F<a:b>'],
    ['${F(a(b)c)}', 'F<a(b)c>'],
    ['${F(a)x}', 'F<a>'],
    ['${F()}', 'F<>'],
    ['$[${A} + 1]', '2'],
    ['$[ $[1+1] * 3 ]', '6'],
    ['[${A}] {${A}}', '[1] {1}'],
    ['${F({x})}', 'F<{x}>'],
  ])('%s becomes %j', (text, expected) => {
    expect(run(text)).toEqual({ value: expected, warnings: [] });
  });

  it.each([
    ['${A', '1', '"${A" has no closing "}"'],
    ['x$[1+1', 'x2', '"$[1+1" has no closing "]"'],
    ['${F(a}', 'F<a>', '"F(a" has no closing ")"'],
  ])('%s becomes %j with a warning', (text, value, warning) => {
    expect(run(text)).toEqual({ value, warnings: [warning] });
  });

  it('leaves text without a dollar as it is, and never throws', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(run(text.replaceAll('$', '')).value).toBe(text.replaceAll('$', ''));
      }),
    );
    const pieces = fc.constantFrom('$', '{', '}', '[', ']', '(', ')', ':', 'A', '1', '-', '"', '?', '::', ' ');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        expect(typeof run(parts.join('')).value).toBe('string');
      }),
      { numRuns: 500 },
    );
  });
});
