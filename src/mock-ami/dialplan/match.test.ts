import { describe, expect, it } from 'vitest';
import { parseConf } from '../config/conf-file.ts';
import { buildDialplan } from './build-dialplan.ts';
import { epochMsOf } from './calendar.ts';
import { canMatch, find, findHint, ignoresPattern, matchMore } from './match.ts';

function plan(text: string) {
  return buildDialplan(parseConf(text, { file: 'e.conf' }).conf).dialplan;
}

const office = plan(`
[hints]
exten => 1001,hint,PJSIP/1001,CustomPresence:1001
[short]
exten => _10X!,1,Early()
[day]
exten => 9,1,Day()
[desk]
include => hints
include => day,9:00-17:00,mon-fri,*,*
include => loop
exten => 1001,1,Own()
exten => _10XX,1,First()
 same => n(again),Second()
exten => _1XXX,1,Wide()
 same => n,WideTwo()
 same => n,WideThree()
exten => 77/1001,1,ForOne()
exten => 77/_10XX,1,ForSome()
exten => 77,1,ForAll()
exten => 88/,1,Anonymous()
ignorepat => _9
[loop]
include => desk
exten => 5,1,Deep()
[from-trunk]
include => desk
`);

function app(
  context: string,
  exten: string,
  priority: number | string = 1,
  more: { callerId?: string; nowMs?: number } = {},
) {
  const found = find(office, { context, exten, priority, ...more });
  return found === undefined ? undefined : `${found.context} ${found.pattern} ${found.app}`;
}

describe('find', () => {
  it.each([
    ['the number before the patterns', 'desk', '1001', 1, 'desk 1001 Own'],
    ['the narrower pattern', 'desk', '1002', 1, 'desk _10XX First'],
    ['a label', 'desk', '1002', 'again', 'desk _10XX Second'],
    ['a priority of the next extension that fits where the best has none', 'desk', '1001', 3, 'desk _1XXX WideThree'],
    ['an included context, whose name comes back', 'from-trunk', '1002', 1, 'desk _10XX First'],
    ['includes that include each other once', 'from-trunk', '5', 1, 'loop 5 Deep'],
  ])('finds %s', (_rule, context, exten, priority, expected) => {
    expect(app(context, exten, priority)).toBe(expected);
  });

  it.each([
    ['nowhere', '1001', 1],
    ['desk', '2000', 1],
    ['desk', '1001', 4],
    ['desk', '1001', 'nolabel'],
  ])('finds nothing at %s,%s,%s', (context, exten, priority) => {
    expect(app(context, exten, priority)).toBeUndefined();
  });

  it.each([
    ['1001', 'desk 77 ForOne'],
    ['1002', 'desk 77 ForSome'],
    ['2000', 'desk 77 ForAll'],
    ['', 'desk 77 ForAll'],
  ])('gives caller %j the line that is there for it', (callerId, expected) => {
    expect(app('desk', '77', 1, { callerId })).toBe(expected);
  });

  it('gives callers without a number the line that is there for them only', () => {
    expect([app('desk', '88'), app('desk', '88', 1, { callerId: '1' })]).toEqual(['desk 88 Anonymous', undefined]);
  });

  it('counts a timed include only at its time', () => {
    const at = (day: number, hour: number) => app('desk', '9', 1, { nowMs: epochMsOf(2026, 11, day, hour) });
    expect([at(23, 12), at(23, 18), at(22, 12), app('desk', '9')]).toEqual([
      'day 9 Day',
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('findHint', () => {
  it('gives the hint with the context in which it stands, behind extensions without one', () => {
    expect(findHint(office, 'from-trunk', '1001')).toMatchObject({
      context: 'hints',
      app: 'PJSIP/1001,CustomPresence:1001',
      priority: -1,
    });
    expect(findHint(office, 'desk', '1002')).toBeUndefined();
  });
});

describe('canMatch and matchMore', () => {
  it.each([
    ['desk', '1', true, true],
    ['desk', '1001', true, false],
    ['desk', '10011', false, false],
    ['desk', '', true, true],
    ['short', '10', true, true],
    ['short', '100', true, false],
    ['short', '1005', true, false],
  ])('%s, %j dialled: can %s, more %s', (context, exten, can, more) => {
    expect([canMatch(office, { context, exten }), matchMore(office, { context, exten })]).toEqual([can, more]);
  });
});

describe('ignoresPattern', () => {
  it('keeps dial tone after what the context ignores', () => {
    expect([
      ignoresPattern(office, 'desk', '9'),
      ignoresPattern(office, 'desk', '8'),
      ignoresPattern(office, 'no', '9'),
    ]).toEqual([true, false, false]);
  });
});
