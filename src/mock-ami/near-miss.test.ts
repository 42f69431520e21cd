import { describe, expect, it } from 'vitest';
import { type Came, isWanted, nearMiss, type Wanted } from './near-miss.ts';

const login: Came = { id: 1, name: 'Login', headers: [['Action', 'Login']] };
const originate: Came = {
  id: 2,
  name: 'Originate',
  headers: [
    ['Action', 'Originate'],
    ['Channel', 'PJSIP/1001'],
    ['Exten', '1002'],
    ['Async', 'True'],
    ['Variable', 'a=1'],
    ['Variable', 'b=2'],
  ],
};
const all = [login, originate];

/** What people expect wrongly, and what they are told. */
const MISTAKES: readonly [string, readonly Came[], Wanted, string][] = [
  ['nothing came', [], { name: 'Originate', headers: {} }, 'no action came at all'],
  [
    'the login was refused',
    [{ ...login, refused: 'Authentication failed' }],
    { name: 'Originate', headers: {} },
    'there came 1 Login (refused: Authentication failed)',
  ],
  [
    'a slip in the name of the action',
    all,
    { name: 'Orginate', headers: {} },
    'there came 1 Login, 1 Originate; did you mean Originate?',
  ],
  [
    'another value',
    all,
    { name: 'Originate', headers: { Exten: '1003' } },
    "nearest is Originate, action 2, but Exten is '1002' and not '1003'",
  ],
  [
    'another case',
    all,
    { name: 'originate', headers: { Async: 'true' } },
    "nearest is Originate, action 2, but Async is 'True' and not 'true'",
  ],
  [
    'a blank too many',
    [{ ...originate, headers: [['Exten', '1002 ']] }],
    { name: 'Originate', headers: { Exten: '1002' } },
    "nearest is Originate, action 2, but Exten is '1002 ' and not '1002'",
  ],
  [
    'a header of another name',
    all,
    { name: 'Originate', headers: { Extension: '1002' } },
    'nearest is Originate, action 2, but it has no Extension (there are Channel, Exten, Async, Variable)',
  ],
  [
    'a pattern that does not fit, and one of several values',
    all,
    { name: 'Originate', headers: { Channel: /^SIP/, Variable: 'c=3' } },
    "nearest is Originate, action 2, but Channel is 'PJSIP/1001' and not /^SIP/, Variable is 'a=1' and 'b=2' and not 'c=3'",
  ],
  [
    'a pattern that was written as a text',
    all,
    { name: 'Originate', headers: { Exten: '/^10/' } },
    "nearest is Originate, action 2, but Exten is '1002' and not '/^10/'",
  ],
  [
    'a message without a name, and many others',
    [{ ...login, name: '' }, ...Array.from({ length: 12 }, (_, at) => ({ ...login, name: `Odd${at}xxxxxxx` }))],
    { name: 'Status', headers: {} },
    'there came 1 (no action), 1 Odd0xxxxxxx, 1 Odd1xxxxxxx, 1 Odd2xxxxxxx, 1 Odd3xxxxxxx, 1 Odd4xxxxxxx, 1 Odd5xxxxxxx, 1 Odd6xxxxxxx, 1 Odd7xxxxxxx, 1 Odd8xxxxxxx and 3 more',
  ],
];

describe('a near miss', () => {
  it.each(MISTAKES)('tells what came where %s', (_what, came, wanted, told) => {
    expect(came.some((each) => isWanted(each, wanted))).toBe(false);
    expect(nearMiss('action', came, wanted)).toBe(told);
  });

  it('takes a number for its digits, any case of names, and a pattern as often as it is asked', () => {
    const wanted: Wanted = { name: 'ORIGINATE', headers: { exten: 1002, Channel: /PJSIP/g } };
    expect([isWanted(originate, wanted), isWanted(originate, wanted), isWanted(login, wanted)]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('shows no secret, and long values by their beginning', () => {
    const came: Came = {
      id: 4,
      name: 'Login',
      headers: [
        ['Key', 'hush'],
        ['Secret', 'hush'],
        ['Username', 'u'.repeat(90)],
      ],
    };
    const told = nearMiss('action', [came], { name: 'Login', headers: { Key: 'y', Secret: 'x', Username: 'v' } });
    expect(told).toBe(
      `nearest is Login, action 4, but Key is another one and not 'y', Secret is another one and not 'x', Username is '${'u'.repeat(60)}...' and not 'v'`,
    );
  });
});
