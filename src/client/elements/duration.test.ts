import { describe, expect, it } from 'vitest';
import { duration } from './duration.ts';

describe('duration', () => {
  it.each([
    [-5, '0:00'],
    [999, '0:00'],
    [7_000, '0:07'],
    [754_000, '12:34'],
    [3_723_000, '1:02:03'],
  ])('reads %i ms as %s', (ms, text) => expect(duration(ms)).toBe(text));
});
