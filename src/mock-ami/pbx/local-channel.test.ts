import { describe, expect, it } from 'vitest';
import { SmallPbx } from './small-pbx.test-support.ts';

/** 1001 talks to 1002 through a Local channel that stays. */
function talkingThroughLocal(): SmallPbx {
  const office = new SmallPbx('exten => 700,1,Dial(Local/800@office/n)\nexten => 800,1,Dial(PJSIP/1002)');
  office.phone('1001').dial('700');
  office.pass(100);
  office.phone('1002').answer();
  office.pass(100);
  office.told();
  return office;
}

describe('a Local channel that stays', () => {
  it('plays the music of a hold itself, to the other half, and the phone at its end is not held', () => {
    const office = talkingThroughLocal();
    office.phone('1002').hold();
    office.pass(100);
    expect(office.values('MusicOnHoldStart', 'Channel')).toEqual(['Local/800@office-00000000;2']);
    expect(office.phone('1001').lamp).toBe('up');
  });

  it('lets keys out of the one half and into the other', () => {
    const office = talkingThroughLocal();
    office.phone('1001').press('5');
    office.pass(300);
    const seen = office
      .values('DTMFEnd', 'Channel')
      .map((channel, at) => `${channel} ${office.values('DTMFEnd', 'Direction')[at]}`);
    expect(seen).toEqual([
      'PJSIP/1001-00000000 Received',
      'Local/800@office-00000000;1 Sent',
      'Local/800@office-00000000;2 Received',
      'PJSIP/1002-00000001 Sent',
    ]);
  });
});

describe('a Local channel to an extension that is not there', () => {
  it('is made, cannot be called, and is gone without a word of dialling', () => {
    const office = new SmallPbx(
      'exten => 700,1,Dial(Local/4711@office)\n same => n,NoOp(${DIALSTATUS})\n same => n,Wait(9)',
    );
    office.phone('1001').dial('700');
    office.pass(100);
    const names = ['Newchannel', 'LocalBridge', 'DialBegin', 'DialEnd', 'Hangup'];
    expect(office.values('Newexten', 'AppData')).toContain('CHANUNAVAIL');
    expect(office.values('Hangup', 'Channel')).toEqual([
      'Local/4711@office-00000000;2',
      'Local/4711@office-00000000;1',
    ]);
    expect(office.told(...names)).toEqual(['Newchannel', 'Newchannel', 'Newchannel', 'Hangup', 'Hangup']);
  });

  it('ends the call of a phone that wants to be called there: CONGESTION', () => {
    const office = new SmallPbx('exten => 700,1,Dial(PJSIP/1002)\n same => n,NoOp(${DIALSTATUS})');
    office.phone('1002').follow({ then: { kind: 'forward', to: '4711', afterMs: 10 } });
    office.phone('1001').dial('700');
    office.pass(1000);
    expect(office.values('DialEnd', 'DialStatus')).toEqual(['CONGESTION']);
    expect(office.values('Newexten', 'AppData')).toContain('CHANUNAVAIL');
    expect(office.pbx.channels()).toEqual([]);
  });
});

describe('a Local channel between two bridges of more than two', () => {
  it('is merged away: all of the one move to the other', () => {
    const office = new SmallPbx(
      'exten => _100X,1,Dial(PJSIP/${EXTEN})\nexten => 701,1,BridgeAdd(PJSIP/1001)\nexten => 702,1,BridgeAdd(PJSIP/1003)\n' +
        'exten => 800,1,Originate(Local/701@office,exten,office,702,1)',
    );
    office.phone('1001').dial('1002');
    office.pass(50);
    office.phone('1002').answer();
    office.pass(50);
    office.phone('1003').dial('1002');
    office.pass(50);
    office.phone('1002').answer('1003');
    office.pass(50);
    office.phone('1003').dial('800');
    office.told();
    office.pass(40);
    const names = [
      'LocalOptimizationBegin',
      'BridgeMerge',
      'BridgeLeave',
      'BridgeEnter',
      'LocalOptimizationEnd',
      'BridgeDestroy',
    ];
    const merged = office.events.filter(({ name }) => names.includes(name));
    const at = merged.findIndex(({ name }) => name === 'LocalOptimizationBegin');
    expect(merged.slice(at).map(({ name }) => name)).toEqual([
      'LocalOptimizationBegin',
      'BridgeMerge',
      'BridgeLeave',
      'BridgeEnter',
      'BridgeLeave',
      'BridgeEnter',
      'BridgeLeave',
      'BridgeLeave',
      'LocalOptimizationEnd',
      'BridgeDestroy',
    ]);
    expect(office.values('LocalOptimizationEnd', 'Success')).toEqual(['Yes']);
    expect(office.values('LocalOptimizationBegin', 'SourceChannel')).toEqual([undefined]);
    office.pass(1000);
    expect(office.pbx.channels().filter(({ tech }) => tech === 'Local')).toEqual([]);
    expect(Object.values(office.pbx.state.bridges).map(({ channels }) => channels.length)).toEqual([4]);
    for (const name of ['1001', '1003']) office.phone(name).hangUp();
    office.pass(1000);
    for (const channel of office.pbx.channels()) expect(channel.bridge === '').toBe(false);
  });
});
