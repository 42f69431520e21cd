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
    // Source: the tests within main/manager.c, and what strtok_r there leaves of the options.
    ['name(A),name(B)', '', { exclude: false, event: 'B', method: 'none', expression: '' }],
    ['name(A) header(B:)', '', { exclude: false, event: 'A', header: 'B', method: 'none', expression: '' }],
    ['names(A', '', { exclude: false, event: 'A', method: 'none', expression: '' }],
    ['name(VarSet),method(exact)', '!ZZZ', { exclude: true, event: 'VarSet', method: 'exact', expression: 'ZZZ' }],
    [
      'action(include),name(VarSet),method(exact)',
      '!ZZZ',
      { exclude: false, event: 'VarSet', method: 'exact', expression: 'ZZZ' },
    ],
  ])('reads %s', (criteria, expression, expected) => {
    expect(parseFilter(criteria, expression)).toEqual(expected);
  });

  it.each([
    ['bogus(x)', '', 'format'],
    ['name', '', 'format'],
    ['name()', '', 'format'],
    ['Name(A)', '', 'format'],
    ['name(A)', 'x', 'format'],
    ['action(exclude)', '', 'format'],
    ['action(exclude)', 'x', 'format'],
    ['name(A),method(contains)', '!', 'format'],
    ['method(Regex)', 'x', 'format'],
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
