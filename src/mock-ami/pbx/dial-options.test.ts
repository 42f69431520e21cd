import { describe, expect, it } from 'vitest';
import { SmallPbx } from './small-pbx.test-support.ts';

/** 1001 dials a number that calls 1002 with those options, which answers after 100 ms unless it is told otherwise. */
function dialling(options: string, more = '', answers = true): SmallPbx {
  const office = new SmallPbx(
    `exten => 700,1,Dial(PJSIP/1002,20,${options})\n same => n,NoOp(next \${DIALSTATUS})\n same => n,Wait(9)\n${more}`,
  );
  if (answers) office.phone('1002').follow({ ringAfterMs: 0, then: { kind: 'answer', afterMs: 100 } });
  office.phone('1001').dial('700');
  office.pass(200);
  return office;
}

const ran = (office: SmallPbx): (string | undefined)[] => office.values('Newexten', 'AppData');
const places = (office: SmallPbx): string[] =>
  office.events
    .filter(({ name }) => name === 'Newexten')
    .map(({ headers }) => {
      const { Channel, Exten, Priority } = Object.fromEntries(headers);
      return `${Channel?.slice(6, 10)} ${Exten} ${Priority}`;
    });

function isOver(office: SmallPbx): void {
  office.pass(2000);
  expect(office.pbx.channels()).toEqual([]);
  expect(Object.keys(office.pbx.state.bridges)).toHaveLength(0);
}

describe('options of Dial', () => {
  it('L ends the call when its time is over, S by the called one', () => {
    for (const options of ['L(3000)', 'S(3)']) {
      const office = dialling(options);
      office.pass(2500);
      expect(office.pbx.channels()).toHaveLength(2);
      office.pass(1500);
      expect(office.told('BridgeLeave')).toHaveLength(2);
      isOver(office);
    }
  });

  it('L without an end of its own leaves nothing behind for a later call', () => {
    const office = dialling('gL(3000)');
    office.phone('1002').hangUp();
    office.pass(300);
    expect(ran(office)).toContain('next ANSWER');
    office.pass(5000);
    expect(office.pbx.channels()).toHaveLength(1);
  });

  it('A and D come between the answer and the bridge, the end of the dialling between them', () => {
    const office = dialling('A(beep)D(12)');
    const told = () => office.told('DialEnd', 'BridgeCreate');
    expect(told()).toEqual([]);
    office.pass(400);
    expect(told()).toEqual(['DialEnd']);
    office.pass(700);
    expect(told()).toEqual(['BridgeCreate']);
    office.phone('1001').hangUp();
    isOver(office);
  });

  it('who hangs up meanwhile ends it for both, with g the dialplan goes on', () => {
    for (const [options, goesOn] of [
      ['A(tt-monkeys)g', false],
      ['D(wwwwwwww)g', true],
    ] as const) {
      const office = dialling(options);
      office.phone('1002').hangUp();
      office.pass(300);
      expect(ran(office).includes('next ANSWER')).toBe(goesOn);
      if (goesOn) office.phone('1001').hangUp();
      isOver(office);
      const other = dialling(options);
      other.phone('1001').hangUp();
      isOver(other);
    }
  });

  it('G parts the two: the caller goes on there, the called one behind', () => {
    const office = dialling('G(office^800^1)', 'exten => 800,1,Wait(5)\n same => n,Wait(6)');
    expect(office.told('BridgeCreate')).toEqual([]);
    const again = dialling('G(office^800^1)', 'exten => 800,1,Wait(5)\n same => n,Wait(6)');
    expect(places(again).sort()).toEqual(['1001 700 1', '1001 800 1', '1002 700 1', '1002 800 2']);
    again.phone('1001').hangUp();
    again.phone('1002').hangUp();
    isOver(again);
  });

  it('F sends the called one on behind the caller, or elsewhere; e to h only', () => {
    for (const [options, expected] of [
      ['F', '1002 700 2'],
      ['F(office^800^1)', '1002 800 1'],
      ['e', '1002 h 1'],
    ] as const) {
      const office = dialling(options, 'exten => 800,1,Wait(1)\nexten => h,1,NoOp()');
      office.phone('1001').hangUp();
      office.pass(500);
      expect(places(office)).toContain(expected);
      office.pass(12_000);
      isOver(office);
    }
  });

  it('U decides by GOSUB_RESULT what becomes of the call', () => {
    const sub = (result: string) =>
      `[screen]\nexten => s,1,Set(GOSUB_RESULT=${result})\n same => n,Return(said)\n[office]\nexten => 800,1,NoOp(there)\n same => n,Wait(9)`;
    for (const [result, status, line] of [
      ['BUSY', 'BUSY', 'next BUSY'],
      ['CONTINUE', 'CONTINUE', 'next ANSWER'],
      ['GOTO:office^800^1', 'GOTO:office^800^1', 'there'],
    ] as const) {
      const office = dialling('U(screen)', sub(result));
      expect(office.values('DialEnd', 'DialStatus')).toEqual([status]);
      expect(ran(office)).toContain(line);
      expect(office.told('BridgeCreate')).toEqual([]);
      office.phone('1001').hangUp();
      isOver(office);
    }
    const aborted = dialling('U(screen)', sub('ABORT'));
    isOver(aborted);
  });

  it('U leaves nobody behind when one hangs up while it runs', () => {
    for (const name of ['1001', '1002']) {
      const office = dialling('U(screen)', '[screen]\nexten => s,1,Wait(5)\n same => n,Return()');
      office.phone(name).hangUp();
      isOver(office);
    }
  });

  it('i prevents that a phone sends its call on: busy', () => {
    const office = dialling('i', '', false);
    office.phone('1001').hangUp();
    office.pass(100);
    office.told();
    office.phone('1002').follow({ then: { kind: 'forward', to: '1003', afterMs: 50 } });
    office.phone('1001').dial('700');
    office.pass(200);
    expect(office.values('DialEnd', 'DialStatus')).toEqual(['BUSY']);
    expect(ran(office)).toContain('next BUSY');
    office.phone('1001').hangUp();
    isOver(office);
  });

  it('d leads to an extension by a key, o and f say who is shown', () => {
    const office = new SmallPbx(
      'exten => 700,1,Answer()\n same => n,Dial(PJSIP/1002,20,d)\nexten => 5,1,NoOp(five)\n same => n,Wait(9)',
    );
    office.phone('1001').dial('700');
    office.pass(200);
    office.phone('1001').press('5');
    office.pass(300);
    expect(office.values('DialEnd', 'DialStatus')).toEqual(['CANCEL']);
    expect(ran(office)).toContain('five');
    const shown = dialling('of("Ann" <55>)');
    expect(shown.values('DialBegin', 'DestCallerIDNum')).toEqual(['1001']);
    expect(shown.values('DialBegin', 'DestConnectedLineNum')).toEqual(['55']);
  });

  it('r lets the caller hear that it rings at once, I keeps connected lines from it', () => {
    const office = dialling('I');
    expect(office.values('DialEnd', 'ConnectedLineNum')).toEqual(['<unknown>']);
    expect(dialling('r').values('DialState', 'DialStatus')).toEqual(['RINGING']);
  });
});
