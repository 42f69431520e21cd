import { describe, expect, it } from 'vitest';
import { dialPlan, SmallPbx, talkingPbx } from './small-pbx.test-support.ts';

const DIAL = dialPlan();

describe('a call', () => {
  it('leaves nothing behind when the caller hangs up', () => {
    const office = talkingPbx();
    office.phone('1001').hangUp();
    office.pass(1000);
    expect(office.pbx.channels()).toEqual([]);
    expect(office.pbx.state.bridges).toEqual({});
    expect(office.pbx.state.tasks).toEqual([]);
    expect(Object.values(office.pbx.state.phones).flatMap((phone) => phone.calls)).toEqual([]);
  });

  it('tells DialEnd of every DialBegin, whatever the phone says', () => {
    for (const reason of ['busy', 'declined', 'unavailable', 'gone', 404] as const) {
      const office = new SmallPbx(DIAL);
      office.phone('1002').follow({ then: { kind: 'reject', reason, afterMs: 50 } });
      office.phone('1001').dial('1002');
      office.pass(1000);
      expect(office.told('DialBegin', 'DialEnd')).toEqual(['DialBegin', 'DialEnd']);
      expect(office.pbx.channels()).toEqual([]);
    }
  });

  it('is refused without a channel where the number is not in the dialplan', () => {
    const office = new SmallPbx(DIAL);
    office.phone('1001').dial('4711');
    office.pass(100);
    expect(office.told('Newchannel')).toEqual([]);
    expect(office.phone('1001').calls).toEqual([]);
  });

  it('shows no device state where busy comes within a millisecond', () => {
    const office = new SmallPbx(DIAL);
    office.phone('1002').follow({ then: { kind: 'reject', reason: 'busy', afterMs: 0 } });
    office.phone('1001').dial('1002');
    office.pass(1000);
    expect(office.told('DeviceStateChange')).toEqual([]);
  });

  it('goes on while the caller puts a second one beside it', () => {
    const office = talkingPbx();
    office.phone('1001').hold();
    office.phone('1001').dial('1003');
    office.pass(100);
    office.phone('1003').answer();
    office.pass(100);
    expect(office.phone('1001').calls.map(({ other, holding }) => [other, holding])).toEqual([
      ['1002', true],
      ['1003', false],
    ]);
    expect(office.phone('1002').lamp).toBe('held');
  });

  it('refuses a command that fits several calls, and names them', () => {
    const office = talkingPbx();
    office.phone('1001').dial('1003');
    office.pass(100);
    expect(() => office.phone('1001').hangUp()).toThrow(
      'phone 1001 has calls with 1002 and 1003: say which one to hang up',
    );
  });
});

describe('hold', () => {
  it('tells the holder, and lights the lamp of the held', () => {
    const office = talkingPbx();
    office.told();
    office.phone('1001').hold();
    office.pass(10);
    expect(office.values('Hold', 'Channel')).toEqual(['PJSIP/1001-00000000']);
    expect(office.values('MusicOnHoldStart', 'Channel')).toEqual(['PJSIP/1002-00000001']);
    expect([office.phone('1001').lamp, office.phone('1002').lamp]).toEqual(['up', 'held']);
  });

  it('is told once, however often the phone holds', () => {
    const office = talkingPbx();
    office.told();
    for (let times = 0; times < 3; times++) {
      office.phone('1001').hold();
      office.pass(10);
    }
    expect(office.told('Hold')).toEqual(['Hold']);
  });

  it('ends without Unhold where the holder hangs up', () => {
    const office = talkingPbx();
    office.phone('1001').hold();
    office.pass(10);
    office.told();
    office.phone('1001').hangUp();
    office.pass(100);
    expect(office.told('Unhold', 'MusicOnHoldStop', 'Hangup')).toEqual(['MusicOnHoldStop', 'Hangup', 'Hangup']);
  });
});

describe('state', () => {
  it('is plain data: a copy in the middle of a call goes on to the same events', () => {
    const first = talkingPbx();
    const second = talkingPbx();
    second.pbx.state = structuredClone(first.pbx.state);
    for (const office of [first, second]) {
      office.told();
      office.phone('1002').hold();
      office.pass(50);
      office.phone('1001').hangUp();
      office.pass(1000);
    }
    expect(second.events.length).toBeGreaterThan(20);
    expect(second.events).toEqual(first.events);
  });

  it('gives every event the cause that made it happen', () => {
    const office = new SmallPbx(DIAL);
    office.phone('1001').dial('1002');
    office.pass(100);
    expect(new Set(office.events.map(({ cause }) => cause))).toEqual(new Set(['phone:1001']));
  });
});

describe('the dialplan', () => {
  it('survives an endless loop, in which time goes on', () => {
    const office = new SmallPbx('exten => 1,1,NoOp()\n same => n,Goto(1)');
    office.phone('1001').dial('1');
    office.pass(5);
    office.phone('1001').hangUp();
    office.pass(1000);
    expect(office.pbx.channels()).toEqual([]);
  });

  it('runs the h extension after the call', () => {
    const office = new SmallPbx('exten => 1,1,Answer()\n same => n,Wait(10)\nexten => h,1,Set(GLOBAL(ENDED)=yes)');
    office.phone('1001').dial('1');
    office.pass(100);
    office.phone('1001').hangUp();
    office.pass(100);
    expect(office.pbx.state.globals['ENDED']).toBe('yes');
    expect(office.pbx.channels()).toEqual([]);
  });

  it('comes back from Gosub with what its locals hid', () => {
    const office = new SmallPbx(
      'exten => 1,1,Set(X=before)\n same => n,Gosub(sub,1(one,two))\n same => n,Set(GLOBAL(AFTER)=${X} ${GOSUB_RETVAL} ${ARG1})\n same => n,Hangup()\n' +
        'exten => sub,1,Set(LOCAL(X)=inside)\n same => n,Return(${X} ${ARG2} of ${ARGC})',
    );
    office.phone('1001').dial('1');
    office.pass(100);
    expect(office.pbx.state.globals['AFTER']).toBe('before inside two of 2 ');
  });
});
