import { describe, expect, it } from 'vitest';
import { SmallPbx } from '../small-pbx.test-support.ts';

function variable(office: SmallPbx, name: string): (string | undefined)[] {
  return office.events
    .filter(
      (event) => event.name === 'VarSet' && event.headers.some(([key, value]) => key === 'Variable' && value === name),
    )
    .map(({ headers }) => headers.at(-1)?.[1]);
}

/** 1001 talks to 1002. */
function talking(more: string): SmallPbx {
  const office = new SmallPbx(`exten => _10XX,1,Dial(PJSIP/\${EXTEN})\n${more}`);
  office.phone('1001').dial('1002');
  office.pass(50);
  office.phone('1002').answer();
  office.pass(100);
  office.told();
  return office;
}

function isOver(office: SmallPbx): void {
  office.pass(2000);
  expect(office.pbx.channels()).toEqual([]);
  expect(Object.values(office.pbx.state.bridges).filter(({ type }) => type === 'basic')).toEqual([]);
}

describe('ChanSpy', () => {
  it('tells whom it listens to, and that it stops: by a key, and at the end of that channel', () => {
    const office = talking('exten => 700,1,ChanSpy(PJSIP/100,q)');
    office.phone('1003').dial('700');
    office.pass(300);
    expect(office.values('ChanSpyStart', 'SpyeeChannel')).toEqual(['PJSIP/1001-00000000']);
    expect(office.values('ChanSpyStart', 'SpyerChannel')).toEqual(['PJSIP/1003-00000002']);
    office.phone('1003').press('*');
    office.pass(500);
    expect(office.values('ChanSpyStart', 'SpyeeChannel').at(-1)).toBe('PJSIP/1002-00000001');
    office.phone('1001').hangUp();
    office.pass(500);
    const stops = office.events.filter(({ name }) => name === 'ChanSpyStop');
    expect(stops).toHaveLength(2);
    expect(stops[0]?.headers.every(([name]) => name.startsWith('Spyer'))).toBe(true);
    office.phone('1003').hangUp();
    isOver(office);
  });

  it('listens by extension, only to who talks, and ends with S where nobody is there', () => {
    const office = talking(
      'exten => 700,1,ExtenSpy(1002@office,qbS)\n same => n,NoOp(nobody)\nexten => 701,1,ExtenSpy(4711,qS)\n same => n,NoOp(nobody)',
    );
    office.phone('1003').dial('700');
    office.pass(300);
    expect(office.values('ChanSpyStart', 'SpyeeChannel')).toEqual(['PJSIP/1001-00000000']);
    office.phone('1003').hangUp();
    office.pass(100);
    expect(office.told('ChanSpyStop')).toEqual(['ChanSpyStop']);
    office.phone('1003').dial('701');
    office.pass(300);
    expect(office.values('Newexten', 'AppData')).toContain('nobody');
  });
});

describe('Bridge', () => {
  it('takes a channel out of its call, and both go on after it', () => {
    const office = talking('exten => 700,1,Bridge(PJSIP/1001)\n same => n,NoOp(${BRIDGERESULT})\n same => n,Wait(9)');
    office.phone('1003').dial('700');
    office.pass(100);
    expect(office.told('BridgeCreate', 'BridgeEnter', 'BridgeLeave', 'BridgeDestroy', 'Hangup')).toEqual([
      'BridgeCreate',
      'BridgeLeave',
      'BridgeEnter',
      'BridgeEnter',
      'BridgeLeave',
      'BridgeDestroy',
      'Hangup',
    ]);
    office.phone('1001').hangUp();
    office.pass(200);
    expect(office.values('Newexten', 'AppData')).toContain('SUCCESS');
    office.phone('1003').hangUp();
    isOver(office);
  });
});

describe('BridgeWait', () => {
  it('waits with music in a holding bridge, which is gone with the last', () => {
    const office = new SmallPbx('exten => 700,1,BridgeWait(hall,,S(2))\n same => n,NoOp(out)\n same => n,Wait(9)');
    office.phone('1001').dial('700');
    office.pass(100);
    office.phone('1002').dial('700');
    office.pass(100);
    expect(office.values('BridgeCreate', 'BridgeName')).toEqual(['hall']);
    expect(office.values('BridgeEnter', 'BridgeNumChannels')).toEqual(['1', '2']);
    expect(office.told('BridgeEnter', 'MusicOnHoldStart')).toEqual([
      'BridgeEnter',
      'MusicOnHoldStart',
      'BridgeEnter',
      'MusicOnHoldStart',
    ]);
    office.phone('1002').hangUp();
    office.pass(2500);
    expect(office.values('Newexten', 'AppData')).toContain('out');
    expect(office.told('BridgeLeave', 'BridgeDestroy')).toEqual(['BridgeLeave', 'BridgeLeave', 'BridgeDestroy']);
  });
});

describe('Originate', () => {
  it('goes on when somebody has answered, or nobody has: ORIGINATE_STATUS', () => {
    const office = new SmallPbx(
      'exten => 700,1,Originate(PJSIP/1002,exten,office,800,1,2)\n same => n,NoOp(went on)\n same => n,Wait(9)\nexten => 800,1,Wait(5)',
    );
    office.phone('1002').follow({ ringAfterMs: 0, then: { kind: 'answer', afterMs: 500 } });
    office.phone('1001').dial('700');
    office.pass(400);
    expect(variable(office, 'ORIGINATE_STATUS')).toEqual([]);
    office.pass(300);
    expect(variable(office, 'ORIGINATE_STATUS')).toEqual(['SUCCESS']);
    expect(office.values('Newexten', 'Application')).toEqual(['Originate', 'AppDial2', 'NoOp', 'Wait', 'Wait']);
    office.phone('1001').hangUp();
    office.phone('1002').hangUp();
    office.pass(200);
    office.told();
    office.phone('1002').follow({ ringAfterMs: 0 });
    office.phone('1001').dial('700');
    office.pass(2500);
    expect(variable(office, 'ORIGINATE_STATUS')).toEqual(['RINGING']);
    expect(office.values('Newexten', 'AppData')).toContain('went on');
  });
});

describe('Page', () => {
  it('puts who answers into a conference with the caller, muted, and ends with it', () => {
    const office = new SmallPbx('exten => 700,1,Page(PJSIP/1001&PJSIP/1002&PJSIP/1003,q)');
    office.phone('1002').follow({ ringAfterMs: 0, then: { kind: 'answer', afterMs: 100 } });
    office.phone('1001').dial('700');
    office.pass(500);
    expect(office.values('DialBegin', 'DestChannel')).toEqual(['PJSIP/1002-00000001', 'PJSIP/1003-00000002']);
    expect(office.values('DialBegin', 'Channel')).toEqual([undefined, undefined]);
    expect(office.values('ConfbridgeJoin', 'Muted')).toEqual(['No', 'Yes']);
    office.phone('1001').hangUp();
    isOver(office);
    expect(office.told('Newchannel', 'Hangup').filter((name) => name === 'Hangup')).toHaveLength(3);
  });
});

describe('RetryDial', () => {
  it('dials again after a pause with music, as often as it may', () => {
    const office = new SmallPbx(
      'exten => 700,1,RetryDial(beep,2,2,PJSIP/1002,1)\n same => n,NoOp(gave up)\n same => n,Wait(9)',
    );
    office.phone('1001').dial('700');
    office.pass(8000);
    expect(office.values('DialBegin', 'DialString')).toEqual(['1002', '1002']);
    expect(office.values('Newexten', 'AppData')).toContain('gave up');
    expect(office.told('MusicOnHoldStart', 'MusicOnHoldStop')).toEqual([
      'MusicOnHoldStart',
      'MusicOnHoldStop',
      'MusicOnHoldStart',
      'MusicOnHoldStop',
    ]);
  });
});

describe('PickupChan', () => {
  it('takes the call that rings at a device, and a marked one', () => {
    const dialplan =
      'exten => _10XX,1,Set(__PICKUPMARK=m)\n same => n,Dial(PJSIP/${EXTEN})\nexten => 700,1,PickupChan(PJSIP/1002)\nexten => 701,1,Pickup(m@PICKUPMARK)';
    for (const exten of ['700', '701']) {
      const office = new SmallPbx(dialplan);
      office.phone('1001').dial('1002');
      office.pass(100);
      office.phone('1003').dial(exten);
      office.pass(200);
      expect(office.values('Pickup', 'TargetChannel')).toEqual(['PJSIP/1002-00000001']);
      office.phone('1003').hangUp();
      isOver(office);
    }
  });
});

describe('SoftHangup and ChannelRedirect', () => {
  it('end all channels of a device, and send another channel elsewhere', () => {
    const office = talking(
      'exten => 700,1,SoftHangup(PJSIP/1002,a)\n same => n,Wait(9)\nexten => 701,1,ChannelRedirect(PJSIP/1001-00000000,office,800,1)\n same => n,ChannelRedirect(PJSIP/none,1)\n same => n,Wait(9)\nexten => 800,1,Wait(9)',
    );
    office.phone('1003').dial('701');
    office.pass(200);
    expect(variable(office, 'CHANNELREDIRECT_STATUS')).toEqual(['SUCCESS', 'NOCHANNEL']);
    expect(office.pbx.channels().map(({ exten }) => exten)).toEqual(['800', '701']);
    const other = talking('exten => 700,1,SoftHangup(PJSIP/1002,a)\n same => n,Wait(9)');
    other.phone('1003').dial('700');
    other.pass(200);
    expect(other.values('SoftHangupRequest', 'Cause')[0]).toBe('32');
    expect(other.pbx.channels().map(({ name }) => name)).toEqual(['PJSIP/1003-00000002']);
  });
});

describe('Record and ReadExten', () => {
  it('say how they ended', () => {
    const office = new SmallPbx(
      'exten => 700,1,Record(/tmp/x.wav,0,60,q)\n same => n,Record(/tmp/y.wav,0,1,q)\n same => n,ReadExten(to,,office)\n same => n,NoOp(${to})\n same => n,Wait(9)',
    );
    office.phone('1001').dial('700');
    office.pass(500);
    office.phone('1001').press('#');
    office.pass(2000);
    office.phone('1001').press('700');
    office.pass(1500);
    expect(variable(office, 'RECORDED_FILE')).toEqual(['/tmp/x', '/tmp/y']);
    expect(variable(office, 'RECORD_STATUS')).toEqual(['DTMF', 'TIMEOUT']);
    expect(variable(office, 'READEXTENSTATUS')).toEqual(['OK']);
    expect(variable(office, 'to')).toEqual(['700']);
  });
});

describe('functions of channels', () => {
  it('count groups, share variables and name channels', () => {
    const office = talking(
      'exten => 700,1,Set(GROUP(line)=out)\n same => n,Set(SHARED(a,PJSIP/1001-00000000)=5)\n' +
        ' same => n,NoOp(${GROUP_COUNT(out@line)} ${GROUP_COUNT(in@line)} ${SHARED(a,PJSIP/1001-00000000)} ${IMPORT(PJSIP/1001-00000000,EXTEN)} ${CHANNEL_EXISTS(PJSIP/1009-1)} ${DIALPLAN_EXISTS(office,700,1)}${DIALPLAN_EXISTS(none)} ${TIMEOUT(digit)})\n same => n,Wait(9)',
    );
    office.phone('1003').dial('700');
    office.pass(200);
    expect(office.values('Newexten', 'AppData')[2]).toBe('1 0 5 1002 0 10 5.000');
    expect(variable(office, 'SHARED(a)')).toEqual(['5']);
  });
});
