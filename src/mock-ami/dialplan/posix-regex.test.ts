import { describe, expect, it } from 'vitest';
import { posixRegex } from './posix-regex.ts';

describe('posixRegex', () => {
  it.each([
    ['^ab+c$', 'abbc', true],
    ['[[:digit:]]{3}', 'x123', true],
    ['[[:alpha:]_]', '5', false],
    ['[]x]', ']', true], // a bracket that comes first is itself
    ['[^]x]', ']', false],
    ['[a\\]', '\\', true], // no escapes within brackets
    ['[a-]', '-', true],
    ['[a-c]', 'b', true],
    ['a{', 'a{', true],
    ['a\\.b', 'a.b', true],
    ['a\\.b', 'axb', false],
    ['(PJ)?SIP/(james|jim)-', 'SIP/jim-1', true],
    ['\\d', '5', false], // not a class in POSIX
    ['\\d', 'd', true],
    ['a/b', 'a/b', true],
  ])('%s on %j: %s', (pattern, text, expected) => {
    expect(posixRegex(pattern)?.test(text)).toBe(expected);
  });

  it.each(['[', '(', 'a\\', '[[:what:]]', '(?=a)', '*a'])('has none for %s', (pattern) => {
    expect(posixRegex(pattern)).toBeUndefined();
  });
});
