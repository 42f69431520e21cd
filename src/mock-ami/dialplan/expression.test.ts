import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateExpression } from './expression.ts';

function run(text: string) {
  const warnings: string[] = [];
  const value = evaluateExpression(text, {
    variable: () => undefined,
    callFunction: (name, args) => ({ ADD: '42', TEXT: `<${args}>`, NOTHING: '' })[name] ?? '',
    warn: (message) => warnings.push(message),
  });
  return { value, warnings };
}

describe('evaluateExpression', () => {
  it.each([
    // arithmetic
    ['1 + 2', '3'],
    ['1+2*3', '7'],
    ['(1+2)*3', '9'],
    ['10 - 2 - 3', '5'],
    ['7 / 2', '3.5'],
    ['1/3', '0.333333333333333333'],
    ['2/3', '0.666666666666666667'],
    ['0.1 + 0.2', '0.3'],
    ['7 % 3', '1'],
    ['-7 % 3', '-1'],
    ['7.5 % 2', '1.5'],
    ['-3 + 5', '2'],
    ['5 - -3', '8'],
    ['5 * -3', '-15'],
    ['- (2 + 3)', '-5'],
    ['999999999999999999 + 0', '999999999999999999'],
    ['1000000000 * 1000000000', '1e+18'],
    ['1 / 100000', '1e-05'],
    ['1.50', '1.50'], // nothing computed: as written
    ['1.50 + 0', '1.5'],
    ['12', '12'],
    // comparison
    ['1 = 1', '1'],
    ['1 == 1.0', '1'],
    ['01 = 1', '1'],
    ['"01" = "1"', '0'],
    ['"a" = "a"', '1'],
    ['"a" = a', '0'], // quotes are part of the text
    ['a = a', '1'],
    ['"" = ""', '1'],
    ['abc != abd', '1'],
    ['10 > 9', '1'],
    ['"10" > "9"', '0'],
    ['abc < abd', '1'],
    ['2 >= 2', '1'],
    ['2 <= 1', '0'],
    ['1 < 2 = 1', '1'],
    // logic
    ['1 & 2', '1'],
    ['0 & 2', '0'],
    ['2 && 3', '2'],
    ['"" & 1', '""'], // quotes make it text, and text is true
    ['0 | 7', '7'],
    ['x || y', 'x'],
    ['0 | 0', '0'],
    ['1 | 0 & 0', '1'],
    ['!0', '1'],
    ['!5', '0'],
    ['!abc', '1'],
    ['!!3', '1'],
    ['! 1 + 1', '1'],
    // condition
    ['1 ? yes :: no', 'yes'],
    ['0 ? yes :: no', 'no'],
    ['"" ? yes :: no', 'no'],
    ['"0" ? yes :: no', 'yes'],
    ['abc ? 1 :: 2', '1'],
    ['1 = 2 ? a :: 3 < 4 ? b :: c', 'b'],
    ['1 ? 0 ? a :: b :: c', 'b'],
    // regular expressions
    ['abc : abc', '3'],
    ['"abc" : "a(.)"', 'b'],
    ['xabc : abc', '0'],
    ['"xabc" : "(a)bc"', ''],
    ['xabc =~ abc', '3'],
    ['"1-800-5551" =~ "^1-([0-9]+)"', '800'],
    ['"abc" =~ "[[:digit:]]"', '0'],
    ['"0312" =~ "^0[1-9]" ', '2'],
    // texts
    ['"ab" ~~ "cd"', 'abcd'],
    ['ab ~~ 5', 'ab5'],
    ['"say "', '"say "'],
    ['hello', 'hello'],
    ['PJSIP_1001', 'PJSIP_1001'],
    ['', ''],
    ['  ', ''],
    // functions
    ['SQRT(16)', '4'],
    ['POW(2,10) + 1', '1025'],
    ['FLOOR(-2.5)', '-3'],
    ['CEIL(2.1)', '3'],
    ['ROUND(2.5)', '3'],
    ['ROUND(-2.5)', '-3'],
    ['RINT(2.5)', '2'],
    ['TRUNC(-2.7)', '-2'],
    ['ABS(-3)', '3'],
    ['REMAINDER(7,2)', '-1'],
    ['ADD() + 1', '0'],
    ['ADD(1) + 1', '43'],
    ['TEXT(1+1,b,)', '<2,b,>'],
  ])('%s is %j', (text, expected) => {
    expect(run(text).value).toBe(expected);
  });

  it.each([
    ['1 +', '0', '"1 +" is no expression'],
    ['(1', '0', '"(1" is no expression'],
    ['1 2', '0', '"1 2" is no expression'],
    ['1 ? 2', '0', '"1 ? 2" is no expression'],
    ['a + 1', '1', 'non-numeric argument'],
    ['5 - a', '5', 'non-numeric argument'],
    ['a * 2', '0', 'non-numeric argument'],
    ['1 / 0', '2147483647', 'division by zero'],
    ['5 / a', '2147483647', 'non-numeric argument'],
    ['5 % 0', '0', 'div by zero'],
    ['-a', '0', 'non-numeric argument'],
    ['x : "["', '', '"[" is no regular expression'],
    ['SQRT(1,2)', '0', 'SQRT takes one argument'],
    ['POW(1)', '0', 'POW takes two arguments'],
    ['low(1)', '0', '"low" is not the name of a function'],
  ])('%s is %j and warns', (text, value, warning) => {
    expect(run(text)).toEqual({ value, warnings: [warning] });
  });

  it('computes sums, differences and products of whole numbers exactly', () => {
    const whole = fc.integer({ min: -100_000_000, max: 100_000_000 });
    fc.assert(
      fc.property(whole, whole, whole, (a, b, c) => {
        expect(run(`${a} + ${b} - ${c}`).value).toBe(String(a + b - c));
        expect(run(`${a} * ${b}`).value).toBe(String(BigInt(a) * BigInt(b)));
        expect(run(`${a} < ${b}`).value).toBe(a < b ? '1' : '0');
      }),
      { numRuns: 300 },
    );
  });

  it('gives up on what is nested too deep', () => {
    expect(run(`${'('.repeat(5000)}1`).value).toBe('0');
    expect(run(`${'F('.repeat(5000)}1`).value).toBe('0');
  });
});
