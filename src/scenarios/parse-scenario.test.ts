import { describe, expect, it } from 'vitest';
import { parseScenario } from './parse-scenario.ts';
import type { Scenario, Step } from './types.ts';

const parse = (yaml: string): Scenario => parseScenario(yaml, 'test.yaml').scenario;
const steps = (...rows: string[]): readonly Step[] =>
  parse(`scenario: test\nsteps:\n${rows.map((row) => `  - ${row}\n`).join('')}`).steps;
const fault = (yaml: string): string => {
  try {
    parse(yaml);
  } catch (error) {
    return (error as Error).message;
  }
  return 'no fault';
};
const stepFault = (...rows: string[]): string =>
  fault(`scenario: test\nsteps:\n${rows.map((row) => `  - ${row}\n`).join('')}`);

describe('a scenario in YAML', () => {
  it('is plain data', () => {
    const yaml = `scenario: hold-unhold
about: 1001 calls 1002, holds for three seconds
given: {phones: [1001, 1002], mailboxes: {1003@default: 1}, past: {up: 175s, calls: 22, optimizations: 2, lots: [default], devices: {Custom:lamp1: INUSE}}}
config: {manager.conf: {general: {timestampevents: yes}, panel: remove, admin: {permit: [a, b]}}}
cast: {caller: 1001}
with: {talk: 3s}
steps:
  - caller dials 1002
  - wait 600ms
`;
    expect(parse(yaml)).toEqual({
      scenario: 'hold-unhold',
      about: '1001 calls 1002, holds for three seconds',
      given: {
        phones: ['1001', '1002'],
        mailboxes: { '1003@default': 1 },
        past: { upS: 175, calls: 22, optimizations: 2, lots: ['default'], devices: { 'Custom:lamp1': 'INUSE' } },
      },
      config: {
        'manager.conf': { general: { timestampevents: 'yes' }, panel: 'remove', admin: { permit: ['a', 'b'] } },
      },
      cast: { caller: '1001' },
      with: { talk: '3s' },
      steps: [
        { do: 'dial', phone: 'caller', number: '1002' },
        { do: 'wait', for: 600 },
      ],
    });
  });

  it('reads every scalar as text', () => {
    const yaml = 'scenario: test\nwith: {a: 0661, b: yes, c: 1e3, d: null, e: ~, f: 12:30:00}\nsteps: []';
    expect(parse(yaml).with).toEqual({ a: '0661', b: 'yes', c: '1e3', d: 'null', e: '~', f: '12:30:00' });
    expect(steps('0661 dials 0700')).toEqual([{ do: 'dial', phone: '0661', number: '0700' }]);
  });

  it('knows where each step stands', () => {
    const parsed = parseScenario('scenario: test\nsteps:\n  - wait 1s\n  - repeat 2:\n      - 1001 holds\n');
    const [wait, repeat] = parsed.scenario.steps;
    const inner = repeat !== undefined && 'steps' in repeat ? repeat.steps[0] : undefined;
    expect([wait, repeat, inner].map((step) => step && parsed.positionOf(step))).toEqual([
      { line: 3, column: 5 },
      { line: 4, column: 5 },
      { line: 5, column: 9 },
    ]);
  });
});

describe('steps', () => {
  it.each<[string, Step]>([
    ['1001 dials 1002', { do: 'dial', phone: '1001', number: '1002' }],
    ['1002 answers', { do: 'answer', phone: '1002' }],
    ['1002 answers 1003', { do: 'answer', phone: '1002', other: '1003' }],
    ['1002 rejects busy', { do: 'reject', phone: '1002', reason: 'busy' }],
    ['1002 rejects 603 1003', { do: 'reject', phone: '1002', reason: 603, other: '1003' }],
    [
      '1002 will answer after 800ms',
      { do: 'follow', phone: '1002', order: { kind: 'answer', ringAfter: 0, after: 800 } },
    ],
    ['1002 will reject busy', { do: 'follow', phone: '1002', order: { kind: 'reject', reason: 'busy', after: 0 } }],
    [
      '1002 will ring, then reject declined after 500ms',
      { do: 'follow', phone: '1002', order: { kind: 'reject', ringAfter: 0, reason: 'declined', after: 500 } },
    ],
    [
      '1002 will ring after 120ms, then answer after 1500ms',
      { do: 'follow', phone: '1002', order: { kind: 'answer', ringAfter: 120, after: 1500 } },
    ],
    ['1002 will only ring', { do: 'follow', phone: '1002', order: { kind: 'ring', ringAfter: 0 } }],
    ['1002 will not respond', { do: 'follow', phone: '1002', order: { kind: 'silent' } }],
    ['1002 will do nothing special', { do: 'follow', phone: '1002', order: { kind: 'nothing-special' } }],
    ['1002 will forward to 1003', { do: 'follow', phone: '1002', order: { kind: 'forward', to: '1003', after: 0 } }],
    ['1001 hangs up', { do: 'hang-up', phone: '1001' }],
    ['1002 hangs up 1003', { do: 'hang-up', phone: '1002', other: '1003' }],
    ['1001 hangs up all', { do: 'hang-up-all', phone: '1001' }],
    ['1002 holds 1001', { do: 'hold', phone: '1002', other: '1001' }],
    ['1001 resumes', { do: 'resume', phone: '1001' }],
    ['1002 transfers 1001 to 1003', { do: 'transfer', phone: '1002', other: '1001', to: '1003' }],
    ['1002 connects 1001 and 662', { do: 'connect', phone: '1002', one: '1001', two: '662' }],
    ['1001 presses 123#', { do: 'press', phone: '1001', digits: '123#' }],
    ['1001 presses "#72"', { do: 'press', phone: '1001', digits: '#72' }],
    ['1001 presses 5 on 1003', { do: 'press', phone: '1001', digits: '5', other: '1003' }],
    ['1001 presses 5 by INFO', { do: 'press', phone: '1001', digits: '5', by: 'info' }],
    ['1001 speaks', { do: 'speak', phone: '1001', on: true }],
    ['1001 is silent', { do: 'speak', phone: '1001', on: false }],
    ['1003 registers', { do: 'register', phone: '1003' }],
    ['1003 registers for 60s', { do: 'register', phone: '1003', expiresS: 60 }],
    ['1003 registers with wrong password', { do: 'register', phone: '1003', wrongPassword: true }],
    ['1003 unregisters', { do: 'unregister', phone: '1003' }],
    ['1003 dies', { do: 'die', phone: '1003' }],
    ['1003 comes back', { do: 'come-back', phone: '1003' }],
    ['1003 comes back at port 6750', { do: 'come-back', phone: '1003', port: 6750 }],
    [
      `trunk calls 1001 from "Ann O'Neill" <+493012345>`,
      { do: 'dial', phone: 'trunk', number: '1001', as: { name: "Ann O'Neill", number: '+493012345' } },
    ],
    ['trunk calls 1001 from <030555>', { do: 'dial', phone: 'trunk', number: '1001', as: { number: '030555' } }],
    ['trunk calls 1001 from "Jürgen €"', { do: 'dial', phone: 'trunk', number: '1001', as: { name: 'Jürgen €' } }],
    ['trunk hangs up', { do: 'hang-up', phone: 'trunk' }],
    [
      'admin sends Originate: {Channel: PJSIP/1001, Variable: [A=1, B=2], Async: true}',
      {
        do: 'send',
        client: 'admin',
        action: 'Originate',
        headers: [
          ['Channel', 'PJSIP/1001'],
          ['Variable', 'A=1'],
          ['Variable', 'B=2'],
          ['Async', 'true'],
        ],
      },
    ],
    [
      'admin sends Ping without ActionID',
      { do: 'send', client: 'admin', action: 'Ping', headers: [], withoutActionId: true },
    ],
    [
      'admin sends WaitEvent without waiting: {Timeout: 30}',
      { do: 'send', client: 'admin', action: 'WaitEvent', headers: [['Timeout', '30']], withoutWaiting: true },
    ],
    [
      'admin sends Challenge as asked: {AuthType: MD5}',
      { do: 'send', client: 'admin', action: 'Challenge', headers: [['AuthType', 'MD5']], as: 'asked' },
    ],
    ['admin sends Hangup: {Channel: }', { do: 'send', client: 'admin', action: 'Hangup', headers: [['Channel', '']] }],
    ['admin sends raw: "a\\r\\n"', { do: 'send-raw', client: 'admin', text: 'a\r\n' }],
    ['admin sends raw latin1: "\\xff"', { do: 'send-raw', client: 'admin', text: '\xff', latin1: true }],
    ['admin sends raw byte by byte every 5ms: ab', { do: 'send-raw', client: 'admin', text: 'ab', byteEvery: 5 }],
    ['admin connects', { do: 'client-connects', client: 'admin' }],
    ['admin stays away', { do: 'stays-away', client: 'admin' }],
    [
      'reader logs in as readonly with events call,hud',
      { do: 'log-in', client: 'reader', user: 'readonly', events: 'call,hud' },
    ],
    [
      'reader logs in as admin with secret bad and events off',
      { do: 'log-in', client: 'reader', user: 'admin', secret: 'bad', events: 'off' },
    ],
    ['reader logs off', { do: 'log-off', client: 'reader' }],
    ['reader drops', { do: 'drop', client: 'reader' }],
    ['reader half-closes', { do: 'half-close', client: 'reader' }],
    ['reader stops reading', { do: 'stop-reading', client: 'reader' }],
    ['reader reads again', { do: 'read-again', client: 'reader' }],
    ['pbx restarts', { do: 'pbx-restarts' }],
    ['pbx restarts gracefully', { do: 'pbx-restarts', gracefully: true }],
    ['pbx stops', { do: 'pbx-stops' }],
    ['pbx is killed', { do: 'pbx-is-killed' }],
    ['pbx starts', { do: 'pbx-starts' }],
    ['pbx reloads', { do: 'pbx-reloads' }],
    ['pbx falls silent', { do: 'fault', fault: 'silence', values: {} }],
    [
      'pbx loses events named Hangup 1 time',
      { do: 'fault', fault: 'lose-events', values: { events: 'Hangup', times: '1' } },
    ],
    ['pbx reloads manager', { do: 'pbx-reloads', module: 'manager' }],
    [
      'pbx changes manager.conf: {general: {enabled: no}, panel: remove}',
      { do: 'pbx-changes', file: 'manager.conf', changes: { general: { enabled: 'no' }, panel: 'remove' } },
    ],
    ['wait 1.5s', { do: 'wait', for: 1500 }],
    ['wait ${talk}', { do: 'wait', for: '${talk}' }],
    ['wait until 1001 is idle within 12s', { do: 'wait-until', who: '1001', is: 'idle', within: 12_000 }],
    ['wait for event ParkedCall as parked', { do: 'wait-for-event', event: 'ParkedCall', as: 'parked' }],
    [
      'wait for event ContactStatus within 15s: {ContactStatus: Unreachable}',
      { do: 'wait-for-event', event: 'ContactStatus', headers: [['ContactStatus', 'Unreachable']], within: 15_000 },
    ],
    ['expect lamp 1002 held within 50ms', { do: 'expect-lamp', phone: '1002', lamp: 'held', within: 50 }],
    [
      'expect action Originate: {Exten: 1002}',
      { do: 'expect-action', action: 'Originate', headers: [['Exten', '1002']] },
    ],
    ['1003 dials ${parked.ParkingSpace}', { do: 'dial', phone: '1003', number: '${parked.ParkingSpace}' }],
    [
      `admin sends Ping: {ActionID: "\${'y' x 897}", B: "$\${EXTEN}"}`,
      {
        do: 'send',
        client: 'admin',
        action: 'Ping',
        headers: [
          ['ActionID', "${'y' x 897}"],
          ['B', '$${EXTEN}'],
        ],
      },
    ],
  ])('%s', (row, step) => {
    expect(steps(row)).toEqual([step]);
  });

  it('take their headers in either style of YAML, empty ones too', () => {
    const yaml = 'scenario: test\nsteps:\n  - admin sends Hangup:\n      Channel:\n      Cause: "16"\n';
    expect(parse(yaml).steps).toEqual([
      {
        do: 'send',
        client: 'admin',
        action: 'Hangup',
        headers: [
          ['Channel', ''],
          ['Cause', '16'],
        ],
      },
    ]);
  });

  it('stand in blocks, and in lists that are branches', () => {
    const yaml =
      'scenario: test\nsteps:\n- together:\n  - 1001 holds\n  - - wait 1s\n    - 1002 holds\n- repeat 25:\n  - bad${n} drops\n';
    expect(parse(yaml).steps).toEqual([
      {
        do: 'together',
        steps: [
          { do: 'hold', phone: '1001' },
          {
            do: 'sequence',
            steps: [
              { do: 'wait', for: 1000 },
              { do: 'hold', phone: '1002' },
            ],
          },
        ],
      },
      { do: 'repeat', times: 25, steps: [{ do: 'drop', client: 'bad${n}' }] },
    ]);
  });
});

describe('a wrong step', () => {
  it.each([
    ['1001 dails 1002', "'1001 dails 1002': did you mean '1001 dials 1002'?"],
    ['1002 rejects bussy 1003', "did you mean '1002 rejects busy 1003'?"],
    ['expect lamp 1002 hold within 50ms', "did you mean 'expect lamp 1002 held within 50ms'?"],
    ['pbx restart', "did you mean 'pbx restarts'?"],
    ['1001 jumps', "no step has 'jumps' there; steps are such as '1001 dials 1002'"],
    ['wait 600', "'600' does not fit: expected a time such as 600ms, 3s or 2min, as in 'wait 600ms'"],
    ['1002 holds 1001 now', "'now' does not fit: expected nothing more, as in '1001 holds'"],
    ['wait until 1001 is free', 'expected one of up, ringing, held, idle'],
    ['1001 dials', "something is missing at its end; right would be '1001 dials 1002'"],
    ['1001 presses 5x', 'expected digits (0-9 * # A-D)'],
    ['trunk calls 1001 from "Ann', 'has a quote or a < without its end'],
    ['admin sends raw', 'needs its value after a colon, as in admin sends raw: '],
    ['pbx restarts: now', "'pbx restarts' takes nothing after a colon"],
    ['admin sends Ping: now', 'headers are a map: {Channel: PJSIP/1001, Async: true}'],
    ['1001 dials ${parked of x}', "asks for 'parked of'; there is 'channel of PHONE' and 'md5 of ...'"],
    ['1001 dials ${parked', "has no '}'"],
    ['together: 1001 holds', 'steps are a list, each begins with - '],
    ['pbx changes manager.conf: {panel: gone}', 'category panel needs its options {enabled: no}, or the word remove'],
  ])('%s', (row, message) => {
    expect(stepFault(row)).toContain(message);
  });

  it('is told with file, line and column, and so are all others', () => {
    expect(stepFault('wait 1s', '1001 dails 1002', '1002 holdds').split('\n')).toEqual([
      expect.stringMatching(/^test\.yaml:4:5: /),
      expect.stringMatching(/^test\.yaml:5:5: /),
    ]);
  });

  it('that lost its dash is told so', () => {
    expect(stepFault('together:\n      - 1001 holds\n    repeat 2:\n      - wait 1s')).toContain(
      'did a line lose its - ?',
    );
  });
});

describe("YAML's traps say how to write it", () => {
  it.each([
    ['admin sends Getvar: {Channel: ${channel of 1001}}', '{Channel: "${channel of 1001}"}'],
    ['admin sends Getvar: {Channel: ${x}, Variable: A}', '{Channel: "${channel of 1001}"}'],
    ['1001 presses #72', '- 1001 presses "#72"'],
    [
      'trunk calls 1001 from "Dr: Who" <4711>',
      `put the whole step in single quotes: - 'trunk calls 1001 from "Dr: Who" <4711>'`,
    ],
    ['admin sends Events: {EventMask: call,hud}', 'quote a value with commas: {EventMask: "call,hud"}'],
    ['admin sends UserEvent: {A: 1, A: 2}', 'written as a list: Variable: [A=1, B=2]'],
  ])('%s', (row, message) => {
    expect(stepFault(row)).toContain(message);
  });

  it('a colon in a text', () => {
    expect(fault('scenario: test\nabout: a call: none\nsteps: []')).toContain('needs quotes around the whole text');
  });

  it('an anchor', () => {
    expect(fault('scenario: test\nsteps:\n  - &a wait 1s\n  - *a\n')).toContain('anchors and aliases');
  });
});

describe('keys', () => {
  it.each([
    ['scenario: a\nabuot: b\nsteps: []', "test.yaml:2:1: 'abuot' is no key here; did you mean 'about'?"],
    ['scenario: a\nzzz: b\nsteps: []', 'there are scenario, about, given, config, cast, with, steps'],
    ['scenario: a\ngiven: {phone: [1]}\nsteps: []', "did you mean 'phones'?"],
    ['scenario: a\ngiven: {phones: 1001}\nsteps: []', 'phones is a list: phones: [1001, 1002]'],
    ['scenario: a\ngiven: {past: {up: long}}\nsteps: []', "up: 'long' is no time such as 175s"],
    ['scenario: a\ngiven: {past: {calls: many}}\nsteps: []', "calls: 'many' is no number"],
    ['scenario: a\ngiven: {past: {lots: default}}\nsteps: []', 'lots is a list: lots: [default]'],
    ['scenario: a\ngiven: {past: {call: 3}}\nsteps: []', "did you mean 'calls'?"],
    ['scenario: a\ngiven: {mailboxes: {1003@default: many}}\nsteps: []', "'many' is no number of messages"],
    ['steps: []', "the key 'scenario', its name, is missing"],
    ['scenario: a', "the key 'steps' is missing"],
    ['scenario: a b\nsteps: []', "'a b' is no name of a scenario"],
    ['- a', 'a scenario is a map with the keys'],
    ['', 'a scenario is a map with the keys'],
    ['scenario: "a', 'this is not YAML'],
  ])('%j', (yaml, message) => {
    expect(fault(yaml)).toContain(message);
  });
});
