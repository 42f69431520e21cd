import { describe, expect, it } from 'vitest';
import { SmallPbx } from './small-pbx.test-support.ts';

function calling(dialString: string): SmallPbx {
  return new SmallPbx(
    `exten => 700,1,Dial(${dialString})\n same => n,NoOp(\${DIALSTATUS} \${HANGUPCAUSE})\n same => n,Wait(9)`,
  );
}

function outcome(office: SmallPbx): (string | undefined)[] {
  office.phone('1001').dial('700');
  office.pass(3000);
  return office.values('Newexten', 'AppData').filter((data) => /^[A-Z]+ \d+$/.test(data ?? ''));
}

describe('a Dial that nobody answers', () => {
  it('is BUSY only where no destination is just without an answer', () => {
    const office = calling('PJSIP/1002&PJSIP/1003,20');
    office.phone('1002').follow({ then: { kind: 'reject', reason: 486, afterMs: 100 } });
    office.phone('1003').follow({ then: { kind: 'reject', reason: 480, afterMs: 200 } });
    expect(outcome(office)).toEqual(['NOANSWER 19']);
    const busy = calling('PJSIP/1002&PJSIP/1003,20');
    for (const name of ['1002', '1003'])
      busy.phone(name).follow({ then: { kind: 'reject', reason: 486, afterMs: 100 } });
    expect(outcome(busy)).toEqual(['BUSY 17']);
  });

  it('is CONGESTION where the other end is overloaded', () => {
    const office = calling('PJSIP/1002,20');
    office.phone('1002').follow({ then: { kind: 'reject', reason: 503, afterMs: 100 } });
    expect(outcome(office)).toEqual(['CONGESTION 34']);
  });

  it('takes the cause of a destination that cannot be called from the last one only', () => {
    const first = calling('PJSIP/1002&PJSIP/1003,1');
    first.phone('1002').unregister();
    first.pass(100);
    expect(outcome(first)).toEqual(['NOANSWER 0']);
    const last = calling('PJSIP/1003&PJSIP/1002,1');
    last.phone('1002').unregister();
    last.pass(100);
    expect(outcome(last)).toEqual(['NOANSWER 3']);
  });

  it('lets those hear who are called what an answered caller does: hold, and keys', () => {
    const office = new SmallPbx('exten => 700,1,Answer()\n same => n,Dial(PJSIP/1002,20)');
    office.phone('1001').dial('700');
    office.pass(200);
    office.told();
    office.phone('1001').hold();
    office.pass(100);
    expect(office.values('MusicOnHoldStart', 'Channel')).toEqual(['PJSIP/1002-00000001']);
    office.phone('1001').resume();
    office.phone('1001').press('5');
    office.pass(300);
    expect(office.told('MusicOnHoldStop')).toHaveLength(1);
  });

  it('ends with the disconnect code of a caller who has option H, and the dialplan goes on', () => {
    const office = new SmallPbx(
      'exten => 700,1,Answer()\n same => n,Dial(PJSIP/1002,20,H)\n same => n,NoOp(${DIALSTATUS})\n same => n,Wait(9)',
      { 'features.conf': '[featuremap]\ndisconnect = *0\n' },
    );
    office.phone('1001').dial('700');
    office.pass(200);
    office.phone('1001').press('*0');
    office.pass(600);
    expect(office.values('DialEnd', 'DialStatus')).toEqual(['CANCEL']);
    expect(office.values('Newexten', 'AppData')).toContain('CANCEL');
    expect(office.pbx.channels()).toHaveLength(1);
  });
});
