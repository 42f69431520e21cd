import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareExtensions, type ExtensionMatch, type MatchMode, matchExtension } from './extension-pattern.ts';

describe('matchExtension', () => {
  it.each<[string, string, ExtensionMatch, ExtensionMatch, ExtensionMatch]>([
    // extension, dialled, exact, can, more
    ['1001', '1001', 'match', 'match', 'no'],
    ['1001', '10', 'no', 'match', 'match'],
    ['1001', '', 'no', 'match', 'match'],
    ['1001', '1002', 'no', 'no', 'no'],
    ['1001', '10011', 'no', 'no', 'no'],
    ['s', 'S', 'no', 'no', 'no'],
    ['555-1234', '5551234', 'match', 'match', 'no'],
    ['5551234', '555-1234', 'match', 'match', 'no'],
    ['_10XX', '1002', 'match', 'match', 'no'],
    ['_10XX', '100', 'no', 'match', 'match'],
    ['_10XX', '10a2', 'no', 'no', 'no'],
    ['_10XX', '10022', 'no', 'no', 'no'],
    ['_10xx', '1002', 'match', 'match', 'no'],
    ['_Z', '0', 'no', 'no', 'no'],
    ['_Z', '1', 'match', 'match', 'no'],
    ['_N', '1', 'no', 'no', 'no'],
    ['_N', '2', 'match', 'match', 'no'],
    ['_[13-5]X', '40', 'match', 'match', 'no'],
    ['_[13-5]X', '20', 'no', 'no', 'no'],
    ['_[a-c*]1', '*1', 'match', 'match', 'no'],
    ['_[5-]', '-', 'no', 'match', 'match'], // a dash that is dialled counts for nothing
    ['_1[]2', '12', 'match', 'match', 'no'],
    ['_1[2', '12', 'no', 'no', 'no'],
    ['_NXX-XXXX', '5551234', 'match', 'match', 'no'],
    ['_NXX-XXXX', '555-1234', 'match', 'match', 'no'],
    ['_X.', '12345', 'match', 'match', 'match'],
    ['_X.', '1', 'no', 'match', 'match'],
    ['_.', '', 'no', 'match', 'match'],
    ['_.', 'h', 'match', 'match', 'match'],
    ['_X!', '1', 'early', 'early', 'early'],
    ['_X!', '123', 'early', 'early', 'early'],
    ['_!', '', 'early', 'early', 'early'],
    ['_#[12]', '#2', 'match', 'match', 'no'],
    ['_10XX', '_10XX', 'match', 'no', 'no'], // a pattern fits itself
    ['_X.', '_X.', 'match', 'no', 'no'],
  ])('%s against %j: exact %s, can %s, more %s', (extension, dialled, exact, can, more) => {
    const modes: readonly MatchMode[] = ['exact', 'can', 'more'];
    expect(modes.map((mode) => matchExtension(extension, dialled, mode))).toEqual([exact, can, more]);
  });

  const symbols = fc.constantFrom('X', 'Z', 'N', '1', '5', '*', '[2-4]', '[19]');
  const regexOf = (pattern: readonly string[]) =>
    pattern.map((symbol) => ({ X: '[0-9]', Z: '[1-9]', N: '[2-9]', '*': '\\*' })[symbol] ?? symbol).join('');

  it('fits a pattern of plain symbols exactly where the regular expression of them fits', () => {
    fc.assert(
      fc.property(
        fc.array(symbols, { minLength: 1, maxLength: 5 }),
        fc.stringMatching(/^[0-9*]{0,6}$/),
        (pattern, dialled) => {
          const expected = new RegExp(`^${regexOf(pattern)}$`).test(dialled);
          expect(matchExtension(`_${pattern.join('')}`, dialled, 'exact') === 'match').toBe(expected);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('can fit what begins an exact fit, and wants more of it', () => {
    fc.assert(
      fc.property(fc.array(symbols, { minLength: 1, maxLength: 5 }), fc.nat(9), fc.nat(), (pattern, digit, cut) => {
        const fitting = pattern.map((symbol) =>
          /^[XZN]$/.test(symbol) ? String(Math.max(digit, 2)) : symbol.replace(/[[\]]/g, '').charAt(0),
        );
        const begun = fitting.slice(0, cut % fitting.length).join('');
        expect(matchExtension(`_${pattern.join('')}`, begun, 'can')).toBe('match');
        expect(matchExtension(`_${pattern.join('')}`, begun, 'more')).toBe('match');
        expect(matchExtension(`_${pattern.join('')}`, fitting.join(''), 'exact')).toBe('match');
      }),
      { numRuns: 300 },
    );
  });
});

describe('compareExtensions', () => {
  it('puts numbers before patterns, then the narrower set, then the lower characters, then . before !', () => {
    const sorted = [
      '1001',
      '11',
      'h',
      '_11X',
      '_1[2-4]X',
      '_1[3-5]X',
      '_1NX',
      '_1ZX',
      '_1XX',
      '_1X.',
      '_1X!',
      '_1X',
      '_1.',
      '_1!',
      '_2',
      '_N',
      '_.',
      '_!',
    ];
    expect(sorted.toReversed().sort(compareExtensions)).toEqual(sorted);
  });

  it('takes different spellings of one pattern as equal', () => {
    expect(compareExtensions('_NXX-XXXX', '_nxxxxxx')).toBe(0);
    expect(compareExtensions('_[2-9]', '_N')).toBe(0);
    expect(compareExtensions('555-1', '5551')).toBe(0);
  });

  it('is an order: no three extensions contradict each other', () => {
    const extension = fc.stringMatching(/^_?[0-3XZN.!-]{1,4}$/);
    fc.assert(
      fc.property(extension, extension, extension, (a, b, c) => {
        expect(Math.sign(compareExtensions(a, b))).toBe(-Math.sign(compareExtensions(b, a)) + 0);
        if (compareExtensions(a, b) <= 0 && compareExtensions(b, c) <= 0)
          expect(compareExtensions(a, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 300 },
    );
  });
});
