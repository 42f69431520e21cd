import { describe, expect, it } from 'vitest';
import { parseFilter, parseLegacyFilter } from './event-filter.ts';

describe('parseFilter', () => {
  // Source: recording filter-action.
  it.each([
    ['name(Unhold)', '', { exclude: false, event: 'Unhold', method: 'none', expression: '' }],
    ['action(exclude),name(Hold)', '', { exclude: true, event: 'Hold', method: 'none', expression: '' }],
    [
      'header(Channel), method(contains)',
      'x',
      { exclude: false, header: 'Channel', method: 'contains', expression: 'x' },
    ],
  ])('reads %s', (criteria, expression, expected) => {
    expect(parseFilter(criteria, expression)).toEqual(expected);
  });

  it.each([
    ['bogus(x)', '', 'format'],
    ['name(A),name(B)', '', 'format'],
    ['name(A) header(B)', '', 'format'],
    ['action(only)', '', 'format'],
    ['name(A),method(like)', 'x', 'format'],
    ['method(exact)', '', 'format'],
    ['', 'x', 'format'],
    ['method(regex)', '[', 'compile'],
  ])('refuses %j with %j for its %s', (criteria, expression, fault) => {
    expect(parseFilter(criteria, expression)).toMatchObject({ fault });
  });
});

describe('parseLegacyFilter', () => {
  it.each([
    ['Event: UserEvent', { exclude: false, method: 'regex', expression: 'Event: UserEvent' }],
    ['!Name: secret', { exclude: true, method: 'regex', expression: 'Name: secret' }],
  ])('reads %j', (value, expected) => {
    expect(parseLegacyFilter(value)).toEqual(expected);
  });

  it.each([
    ['', 'format'],
    ['!', 'format'],
    ['[', 'compile'],
  ])('refuses %j for its %s', (value, fault) => {
    expect(parseLegacyFilter(value)).toMatchObject({ fault });
  });
});
