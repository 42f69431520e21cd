import { describe, expect, it } from 'vitest';
import { describeStep } from './describe-step.ts';
import { parseScenario } from './parse-scenario.ts';
import type { Step } from './types.ts';

/** Each row: what is written, and its other spellings, which are the same step. */
const TABLE: readonly (readonly [string, ...string[]])[] = [
  ['1001 dials 1002', '1001 calls 1002', "1001 dials '1002'", '1001 dials "1002"', '1001   DIALS  1002'],
  ['1002 answers', '"1002 answers"'],
  ['1002 answers 1003', '1002 answers "1003"'],
  ...['busy', 'declined', 'unavailable', 'not-found', 'gone', 'not-acceptable', '486', '603'].map(
    (reason): [string] => [`1002 rejects ${reason}`],
  ),
  ['1002 rejects busy 1003'],
  ['1002 will answer after 800ms', '1002 will answer after 0.8s', '1002 will ring, then answer after 800ms'],
  ['1002 will answer'],
  ['1002 will reject busy'],
  ['1002 will reject busy after 300ms'],
  ['1002 will reject 503 after 1s'],
  ['1002 will ring, then reject declined after 500ms', '1002 will ring then reject declined after 500ms'],
  ['1002 will ring after 120ms, then reject declined after 500ms'],
  ['1002 will ring after 120ms, then answer after 1.5s', '1002 will ring after 120ms, then answer after 1500ms'],
  ['1002 will only ring', '1002 will ring'],
  ['1002 will not respond'],
  ['1002 will do nothing special'],
  ['1002 will forward to 1003'],
  ['1002 will forward to 1003 after 200ms'],
  ['1002 will ring, then forward to 1003 after 2s'],
  ['1001 hangs up'],
  ['1002 hangs up 1003'],
  ['1001 hangs up all'],
  ['1001 holds'],
  ['1001 resumes'],
  ['1002 holds 1001'],
  ['1002 resumes 1001'],
  ['1002 transfers 1001 to 1003'],
  ['1002 connects 1001 and 1003'],
  ['1002 connects 1001 and 662'],
  ['1001 presses 123#', '1001 presses "123#"'],
  ['1001 presses "#72"', '\'1001 presses "#72"\'', "1001 presses '#72'", "'1001 presses #72'"],
  ['1001 presses *8'],
  ['1001 presses 5 on 1003'],
  ['1001 presses 5 by INFO', '1001 presses 5 by info'],
  ['1001 presses 5 on 1003 by INFO', '1001 presses 5 by INFO on 1003'],
  ['1001 presses 5', '1001 presses 5 by RFC4733'],
  ['1001 speaks'],
  ['1001 is silent'],
  ['1003 registers'],
  ['1003 registers for 60s', '1003 registers for 1min'],
  ['1003 registers with wrong password'],
  ['1003 unregisters'],
  ['1003 dies'],
  ['1003 comes back'],
  ['1003 comes back at port 6750'],
  [
    `trunk dials 1001 from "Ann O'Neill" <+493012345>`,
    `trunk calls 1001 from "Ann O'Neill" <+493012345>`,
    `'trunk calls 1001 from "Ann O''Neill" <+493012345>'`,
  ],
  ['trunk dials 1001 from "Ann"', 'trunk calls 1001 from "Ann"'],
  ['trunk dials 1001 from <+493012345>', 'trunk calls 1001 from <+493012345>'],
  ['trunk dials 1001', 'trunk calls 1001'],
  ['trunk hangs up'],
  ['admin sends Ping', 'admin sends "Ping"', 'admin sends Ping: {}', 'admin sends Ping:', '{admin sends Ping: {}}'],
  [
    'admin sends Originate: {Channel: PJSIP/1001, Async: true}',
    'admin sends Originate: {"Channel": "PJSIP/1001", Async: "true"}',
  ],
  ['admin sends Ping without ActionID'],
  ['admin sends WaitEvent without waiting: {Timeout: 5}'],
  [
    'admin sends WaitEvent without ActionID without waiting: {Timeout: 5}',
    'admin sends WaitEvent without waiting without ActionID: {Timeout: 5}',
  ],
  ['admin sends Challenge as asked: {AuthType: MD5}'],
  ['admin sends raw: "Action: Ping\\r\\n\\r\\n"'],
  ['admin sends raw latin1: "\\xff"'],
  ['admin sends raw byte by byte every 5ms: "ab"'],
  ['admin sends raw latin1 byte by byte every 5ms: "ab"'],
  ['admin connects'],
  ['admin stays away'],
  ['reader logs in as readonly', 'reader logs in as "readonly"'],
  ['reader logs in as readonly with events call,hud', 'reader logs in as readonly with events "call,hud"'],
  ['admin logs in as admin', 'admin logs in'],
  ['reader logs in as admin with secret bad'],
  ['reader logs in as admin with secret bad with events off', 'reader logs in as admin with events off and secret bad'],
  ['reader logs off'],
  ['reader drops'],
  ['reader half-closes'],
  ['reader stops reading'],
  ['reader reads again'],
  ['pbx restarts'],
  ['pbx restarts gracefully'],
  ['pbx stops'],
  ['pbx is killed'],
  ['pbx starts'],
  ['pbx reloads'],
  ['pbx reloads manager'],
  ['pbx changes manager.conf: {general: {enabled: no}, panel: remove}'],
  ['wait 600ms', 'wait 0.6s'],
  ['wait 120s', 'wait 2min', 'wait 2m'],
  ['wait 3600s', 'wait 60min', 'wait 1h'],
  ...['up', 'ringing', 'held', 'idle', 'registered'].map((is): [string] => [`wait until 1001 is ${is}`]),
  ['wait until 1001 is idle within 12s'],
  ['wait for event ParkedCall'],
  ['wait for event ParkedCall as parked'],
  ['wait for event ParkedCall as parked within 15s', 'wait for event ParkedCall within 15s as parked'],
  ['wait for event ContactStatus: {ContactStatus: Unreachable}'],
  ['wait for event ContactStatus within 15s: {ContactStatus: Unreachable}'],
  ['wait for event Hold within 1s', 'expect event Hold'],
  ['expect lamp 1002 held within 50ms'],
  ['expect lamp 1002 held'],
  ['expect action Originate: {Exten: 1002}'],
  ['expect action Originate within 2s: {Exten: 1002}', 'expect action Originate within 2s: {Exten: "1002"}'],
  ['together: [1001 holds, 1002 holds]'],
  ['repeat 25: [1001 holds, wait 1s]', 'repeat 25 times: [1001 holds, wait 1s]'],
  ['repeat 2: [{repeat 3: [{together: ["client${n} drops", [wait 1s, 1002 holds]]}]}]'],
  ['1003 dials ${parked.ParkingSpace}'],
  ['client${n} logs in as readonly'],
  ['1001 dials ${callee}', '"1001 dials ${callee}"'],
  ['admin sends Getvar: {Channel: "${channel of 1001}", Variable: "$${EXTEN}"}'],
  ['admin sends Ping: {ActionID: "${\'y\' x 897}"}'],
  [`admin sends Login: {AuthType: MD5, Username: admin, Key: "\${md5 of asked.Challenge + 'adminpw'}"}`],
];

function stepOf(row: string): Step | undefined {
  return parseScenario(`scenario: test\nsteps:\n  - ${row}\n`).scenario.steps[0];
}

describe('the table of steps', () => {
  it.each(TABLE)('%s', (row, ...spellings) => {
    const step = stepOf(row);
    expect(step).toBeDefined();
    for (const spelling of spellings) expect(stepOf(spelling), spelling).toEqual(step);
  });

  it('is said as it is written', () => {
    const blocks = /^(?:together|repeat|"|'|\{)/;
    const said = TABLE.map(([row]) => row).filter((row) => !blocks.test(row));
    const sentences = said.map((row) => row.replace(/: (?:\{.*\}|".*")$/, ''));
    expect(said.map((row) => describeStep(stepOf(row) as Step))).toEqual(sentences);
  });
});
