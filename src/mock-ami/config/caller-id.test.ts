import { describe, expect, it } from 'vitest';
import { parseCallerId } from './caller-id.ts';

describe('parseCallerId', () => {
  it.each([
    ['"Alice Adams" <1001>', 'Alice Adams', '1001'],
    ['Alice Adams <1001>', 'Alice Adams', '1001'],
    ['"Ann O\'Neill" <+49 30 12-34>', "Ann O'Neill", '+49301234'],
    ['"say \\"hi\\"" <1>', 'say "hi"', '1'],
    ['<1001>', '', '1001'],
    ['1001', '', '1001'],
    ['(030) 12-34', '', '0301234'],
    ['Alice', 'Alice', ''],
    ['"Alice"', 'Alice', ''],
    ['', '', ''],
  ])('reads %j as name %j, number %j', (text, name, number) => {
    expect(parseCallerId(text)).toEqual({ name, number });
  });
});
