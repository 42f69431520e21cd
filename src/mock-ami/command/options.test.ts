import { describe, expect, it } from 'vitest';
import { portOption, seedOption, speedOption } from './options.node.ts';

describe('options', () => {
  it.each(['', ' ', 'x', '-1', '65536', '80.5', '5038x'])('takes %j for no port', (text) => {
    expect(() => portOption(text)).toThrow(/a port is a number from 0/);
  });

  it('takes ports, 0 too', () => {
    expect(portOption('5038')).toBe(5038);
    expect(portOption('0')).toBe(0);
  });

  it('takes a speed above 0, and instant', () => {
    expect(speedOption('2.5')).toBe(2.5);
    expect(speedOption('instant')).toBe(Number.POSITIVE_INFINITY);
    for (const text of ['0', '-1', 'fast', 'Infinity']) expect(() => speedOption(text)).toThrow(/a speed is/);
  });

  it('takes whole numbers as seeds', () => {
    expect(seedOption('42')).toBe(42);
    expect(() => seedOption('4.2')).toThrow(/a seed is/);
  });
});
