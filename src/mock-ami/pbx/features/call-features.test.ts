import { describe, expect, it } from 'vitest';
import { dialPlan, type SmallPbx, talkingPbx } from '../small-pbx.test-support.ts';

const FEATURES = {
  'features.conf': `[general]
transferdigittimeout = 3
[featuremap]
blindxfer => ##
atxfer => *2
disconnect => *0
automixmon => *3
[applicationmap]
hello => #9,peer,Playback,hello-world,default
`,
};

/** Two who talk, both with the features of these options. */
function talking(options: string): SmallPbx {
  return talkingPbx(dialPlan(options), FEATURES);
}

function digits(office: SmallPbx, direction: string): string[] {
  return office.events
    .filter(({ name, headers }) => name === 'DTMFEnd' && headers.some(([, value]) => value === direction))
    .map(({ headers }) => headers.find(([name]) => name === 'Digit')?.[1] ?? '');
}

describe('keys in a call', () => {
  it('go on to the other party', () => {
    const office = talking('tT');
    office.phone('1001').press('15');
    office.pass(1000);
    expect(digits(office, 'Sent')).toEqual(['1', '5']);
  });

  it('that could begin a feature are kept back, and sent when none follows in time', () => {
    const office = talking('tT');
    office.phone('1001').press('#');
    office.pass(1000);
    expect(digits(office, 'Sent')).toEqual([]);
    office.pass(1000);
    expect(digits(office, 'Sent')).toEqual(['#']);
  });

  it('that begin a feature and do not end it are sent together', () => {
    const office = talking('tT');
    office.phone('1001').press('#1');
    office.pass(2000);
    expect(digits(office, 'Sent')).toEqual(['#', '1']);
  });

  it('are not looked at where the options give a party no features', () => {
    const office = talking('t');
    office.phone('1001').press('##');
    office.pass(2000);
    expect(digits(office, 'Sent')).toEqual(['#', '#']);
    expect(office.told('Hold')).toEqual([]);
  });

  it('end the call of both', () => {
    const office = talking('hH');
    office.phone('1002').press('*0');
    office.pass(2000);
    expect(office.pbx.channels()).toEqual([]);
  });

  it('transfer the other party to the number that follows', () => {
    const office = talking('tT');
    office.phone('1002').press('##');
    office.pass(1000);
    office.phone('1002').press('1003');
    office.pass(2000);
    expect(office.values('BlindTransfer', 'IsExternal')).toEqual(['No']);
    expect(office.phone('1003').calls.map(({ state }) => state)).toEqual(['ringing']);
    expect(office.phone('1002').calls).toEqual([]);
  });

  it('give the other party back after three numbers that do not exist', () => {
    const office = talking('tT');
    office.phone('1002').press('##');
    for (let attempt = 0; attempt < 3; attempt++) {
      office.pass(3000);
      office.phone('1002').press('9');
    }
    office.pass(3000);
    expect(office.told('Hold', 'Unhold', 'MusicOnHoldStart', 'MusicOnHoldStop')).toEqual([
      'Hold',
      'MusicOnHoldStart',
      'Unhold',
      'MusicOnHoldStop',
    ]);
    expect(office.phone('1001').calls.map(({ state }) => state)).toEqual(['up']);
  });

  it('begin a recording of the call, and end it', () => {
    const office = talking('xX');
    office.phone('1002').press('*3');
    office.pass(1000);
    office.phone('1002').press('*3');
    office.pass(1000);
    expect(office.told('MixMonitorStart', 'MixMonitorStop')).toEqual(['MixMonitorStart', 'MixMonitorStop']);
  });

  it('run an application of the application map on the other party, who goes on where he was', () => {
    const office = talking('tT');
    const [caller, callee] = office.pbx.channels();
    if (callee !== undefined) callee.variables['DYNAMIC_FEATURES'] = { value: 'hello', inherit: 'no' };
    office.phone('1002').press('#9');
    office.pass(3000);
    expect(office.told('Hold', 'Unhold')).toEqual(['Hold', 'Unhold']);
    expect(caller?.variables['PLAYBACKSTATUS']?.value).toBe('SUCCESS');
    expect([caller?.priority, caller?.application]).toEqual([1, 'Dial']);
    office.phone('1001').hangUp();
    office.pass(2000);
    expect(office.pbx.channels()).toEqual([]);
  });
});
