import { describe, expect, it } from 'vitest';
import { ALL_CLASSES, classBits, eventMask, privilegeBits } from './event-class.ts';

describe('event masks', () => {
  it.each([
    ['on', ALL_CLASSES],
    ['Yes', ALL_CLASSES],
    ['all', ALL_CLASSES],
    ['off', 0],
    ['no', 0],
    ['0', 0],
    ['1', 1],
    ['5', 5],
    ['call', 2],
    ['system,call', 3],
    ['call,hud', 2],
    ['nosuch', 0],
    ['', undefined],
  ])('reads %j as Asterisk does', (mask, bits) => {
    expect(eventMask(mask)).toBe(bits);
  });

  it('takes a word that is cut short where a comma follows, as the comparison in Asterisk does', () => {
    expect(classBits('sec,call')).toBe(2 ** 18 + 2);
    expect(classBits('call,sec')).toBe(2);
  });

  it.each([
    ['call,all', 2],
    ['system,call,all', 3],
    ['all', 0],
    ['<none>', 0],
  ])('reads the privilege %j without the word that ends it', (privilege, bits) => {
    expect(privilegeBits(privilege)).toBe(bits);
  });
});
