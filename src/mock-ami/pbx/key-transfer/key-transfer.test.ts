import { describe, expect, it } from 'vitest';
import { SmallPbx } from '../small-pbx.test-support.ts';
import { keyTransfers } from './key-transfer.ts';

const DIALPLAN = `exten => _10XX,1,Dial(PJSIP/\${EXTEN},30)
 same => n,Hangup()
exten => _11XX,1,Dial(PJSIP/10\${EXTEN:2},30,tT)
 same => n,Hangup()`;

const FEATURES = {
  'features.conf': `[general]
atxfernoanswertimeout = 10
atxferloopdelay = 5
atxfercallbackretries = 2
[featuremap]
atxfer => *2
`,
};

/** 1002 has put 1001 on hold and calls 1003, which rings. */
function consulting(): SmallPbx {
  const office = new SmallPbx(DIALPLAN, FEATURES);
  office.phone('1001').dial('1102');
  office.pass(100);
  office.phone('1002').answer();
  office.pass(100);
  press(office, '*2');
  press(office, '1003');
  return office;
}

function press(office: SmallPbx, keys: string, phone = '1002'): void {
  office.phone(phone).press(keys);
  office.pass(2000);
}

/** Numbers of the phones that have a call, with its state. */
function calls(office: SmallPbx): string[] {
  return ['1001', '1002', '1003'].flatMap((name) => office.phone(name).calls.map(({ state }) => `${name} ${state}`));
}

function results(office: SmallPbx): (string | undefined)[] {
  return [...office.values('AttendedTransfer', 'Result'), ...office.values('AttendedTransfer', 'DestType')];
}

function everythingEnds(office: SmallPbx): void {
  for (const name of ['1001', '1002', '1003']) office.phone(name).hangUpAll();
  office.pass(3000);
  expect(office.pbx.channels()).toEqual([]);
  expect(office.pbx.state.bridges).toEqual({});
  expect(office.pbx.state.tasks).toEqual([]);
  expect(keyTransfers(office.pbx).transfers).toEqual([]);
}

describe('an attended transfer by keys', () => {
  it('joins the two others when the transferer hangs up after he has talked to the target', () => {
    const office = consulting();
    office.phone('1003').answer();
    office.pass(500);
    office.phone('1002').hangUp();
    office.pass(2000);
    expect(calls(office)).toEqual(['1001 up', '1003 up']);
    expect(results(office)).toEqual(['Success', 'Bridge']);
    expect(office.pbx.channels().map(({ tech }) => tech)).toEqual(['PJSIP', 'PJSIP']);
    everythingEnds(office);
  });

  it('is completed by a key as well, by the caller too', () => {
    const office = new SmallPbx(DIALPLAN, FEATURES);
    office.phone('1001').dial('1102');
    office.pass(100);
    office.phone('1002').answer();
    office.pass(100);
    press(office, '*2', '1001');
    press(office, '1003', '1001');
    office.phone('1003').answer();
    office.pass(500);
    press(office, '*2', '1001');
    expect(calls(office)).toEqual(['1002 up', '1003 up']);
    everythingEnds(office);
  });

  it('is given up by a key: the target is hung up, the two talk again', () => {
    const office = consulting();
    press(office, '*1');
    expect(calls(office)).toEqual(['1001 up', '1002 up']);
    expect(results(office)).toEqual([]);
    everythingEnds(office);
  });

  it('brings the transferer back when the target is busy, rejects or does not answer in time', () => {
    for (const reason of ['busy', 'declined', undefined] as const) {
      const office = consulting();
      if (reason !== undefined) office.phone('1003').reject(reason);
      office.pass(12_000);
      expect(calls(office)).toEqual(['1001 up', '1002 up']);
      everythingEnds(office);
    }
  });

  it('lets the transferer go to and fro', () => {
    const office = consulting();
    office.phone('1003').answer();
    office.pass(500);
    office.told();
    press(office, '*4');
    press(office, '*4');
    expect(office.told('Hold', 'Unhold')).toEqual(['Hold', 'Unhold', 'Hold', 'Unhold']);
    expect(calls(office)).toEqual(['1001 up', '1002 up', '1003 up']);
    everythingEnds(office);
  });

  it('becomes a call of three by a key', () => {
    const office = consulting();
    office.phone('1003').answer();
    office.pass(500);
    press(office, '*3');
    expect(results(office)).toEqual(['Success', 'Threeway']);
    const [caller] = office.pbx.channels();
    expect(office.pbx.bridge(caller?.bridge ?? '')?.channels).toHaveLength(3);
    everythingEnds(office);
  });

  it('goes on without the transferer while the target rings', () => {
    const office = consulting();
    office.phone('1002').hangUp();
    office.pass(1000);
    expect(calls(office)).toEqual(['1001 up', '1003 ringing']);
    office.phone('1003').answer();
    office.pass(1000);
    expect(calls(office)).toEqual(['1001 up', '1003 up']);
    everythingEnds(office);
  });

  it('calls the transferer back when then nobody answers', () => {
    const office = consulting();
    office.phone('1002').hangUp();
    office.pass(10_000);
    expect(calls(office)).toEqual(['1001 up', '1002 ringing']);
    office.phone('1002').answer();
    office.pass(1000);
    expect(calls(office)).toEqual(['1001 up', '1002 up']);
    everythingEnds(office);
  });

  it('calls both in turn and at last gives up', () => {
    const office = consulting();
    office.phone('1002').hangUp();
    office.pass(60_000);
    expect(calls(office)).toEqual([]);
    everythingEnds(office);
  });

  it('fails when the transferee hangs up; the other two go on', () => {
    const office = consulting();
    office.phone('1003').answer();
    office.pass(500);
    office.phone('1001').hangUp();
    office.pass(1000);
    expect(calls(office)).toEqual(['1002 up', '1003 up']);
    expect(results(office)).toEqual(['Fail', 'Fail']);
    everythingEnds(office);
  });

  it('does not begin twice at once in a call', () => {
    const office = new SmallPbx(DIALPLAN, FEATURES);
    office.phone('1001').dial('1102');
    office.pass(100);
    office.phone('1002').answer();
    office.pass(100);
    office.phone('1001').press('*2');
    office.phone('1002').press('*2');
    office.pass(1000);
    expect(office.told('Hold')).toEqual(['Hold']);
    everythingEnds(office);
  });
});
