import { describe, expect, it } from 'vitest';
import { type EventFilter, parseFilter, parseLegacyFilter } from '../config/event-filter.ts';
import { passesFilters } from './passes-filters.ts';

const HOLD = 'Event: Hold\r\nPrivilege: call,all\r\nChannel: PJSIP/1001-00000001\r\nMusicClass: default\r\n\r\n';

/** A legacy expression, or criteria and an expression. */
function filter(...parts: readonly [string] | readonly [string, string]): EventFilter {
  const parsed = parts.length === 1 ? parseLegacyFilter(parts[0]) : parseFilter(...parts);
  if ('fault' in parsed) throw new Error(parsed.reason);
  return parsed;
}

describe('passesFilters', () => {
  it.each([
    ['nothing', [], true],
    ['an expression that fits', [filter('Event: Hold')], true],
    ['an expression that fits elsewhere', [filter('Event: Unhold')], false],
    ['an expression over several lines', [filter('Hold.*Channel: PJSIP/1001-')], true],
    ['one that keeps it out', [filter('!Channel: PJSIP/1001-')], false],
    ['one that keeps others out', [filter('!Channel: PJSIP/1002-')], true],
    ['one that lets it in and one that keeps it out', [filter('Event: Hold'), filter('!MusicClass')], false],
    ['one that keeps others out and none that lets it in', [filter('Event: Unhold'), filter('!Nothing')], false],
    ['its name', [filter('name(Hold)', '')], true],
    ['the name of another', [filter('name(Unhold)', '')], false],
    ['the start of a header', [filter('name(Hold),header(Channel),method(starts_with)', 'PJSIP/1001')], true],
    ['the start of another header', [filter('header(MusicClass),method(starts_with)', 'PJSIP/1001')], false],
    ['the end of a header', [filter('header(Channel),method(ends_with)', '0001')], true],
    ['a whole header', [filter('header(MusicClass),method(exact)', 'default')], true],
    ['a part of a header taken for the whole', [filter('header(MusicClass),method(exact)', 'def')], false],
    ['text anywhere', [filter('method(contains)', 'MusicClass: def')], true],
    ['its name, to keep it out', [filter('action(exclude),name(Hold)', '')], false],
  ])('decides by %s', (_what, filters, passes) => {
    expect(passesFilters(filters, 'Hold', HOLD)).toBe(passes);
  });
});
