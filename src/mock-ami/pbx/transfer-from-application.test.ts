import { describe, expect, it } from 'vitest';
import { SmallPbx } from './small-pbx.test-support.ts';

const DIALPLAN = [
  'exten => _1XXX,1,Dial(PJSIP/${EXTEN},30)',
  'exten => 500,1,Answer()',
  ' same => n,ConfBridge(500)',
  'exten => 661,1,Answer()',
  ' same => n,MusicOnHold(default,60)',
  'exten => 660,1,Answer()',
  ' same => n,Echo()',
].join('\n');

/** 1001 is in an application and, on a second call, talks to 1002. */
function inBoth(application: string): SmallPbx {
  const office = new SmallPbx(DIALPLAN);
  office.phone('1003').dial('500');
  office.phone('1001').dial(application);
  office.pass(500);
  office.phone('1001').hold();
  office.phone('1001').dial('1002');
  office.pass(200);
  office.phone('1002').answer();
  office.pass(500);
  office.told();
  return office;
}

describe('an attended transfer by somebody who is in an application', () => {
  it('brings whom it talks to into the conference, which sees one member in the place of another', () => {
    const office = inBoth('500');
    office.phone('1001').connect('500', '1002');
    office.pass(500);
    expect(office.values('AttendedTransfer', 'DestApp')).toEqual(['ConfBridge']);
    expect(office.values('ConfbridgeLeave', 'Channel')).toEqual(['PJSIP/1001-00000001']);
    expect(office.values('ConfbridgeJoin', 'Channel')).toEqual(['PJSIP/1002-00000003']);
    expect(office.values('BridgeEnter', 'Channel')).toEqual([]);
    expect(office.pbx.channels().map(({ name }) => name)).toEqual(['PJSIP/1003-00000000', 'PJSIP/1002-00000003']);
    office.phone('1002').hangUp();
    office.pass(500);
    // What the transferer had heard of its call's end counts for it now, which was nothing.
    expect(office.values('HangupRequest', 'Cause').at(-1)).toBeUndefined();
    office.phone('1003').hangUp();
    office.pass(500);
    expect(office.told('ConfbridgeEnd')).toHaveLength(1);
    expect(office.pbx.state.bridges).toEqual({});
  });

  it('brings it into the conference as well where that is the second call', () => {
    const office = new SmallPbx(DIALPLAN);
    office.phone('1003').dial('500');
    office.phone('1001').dial('1002');
    office.pass(200);
    office.phone('1002').answer();
    office.pass(200);
    office.phone('1002').hold();
    office.phone('1002').dial('500');
    office.pass(500);
    office.told();
    office.phone('1002').connect('1001', '500');
    office.pass(500);
    expect(office.values('ConfbridgeJoin', 'Channel')).toEqual(['PJSIP/1001-00000001']);
    expect(office.values('AttendedTransfer', 'OrigTransfererChannel')).toEqual(['PJSIP/1002-00000002']);
    expect(office.pbx.channels()).toHaveLength(2);
  });

  it('lets the music go on for whom it talks to', () => {
    const office = inBoth('661');
    office.phone('1001').connect('661', '1002');
    office.pass(500);
    expect(office.values('MusicOnHoldStop', 'Channel')).toEqual(['PJSIP/1001-00000001']);
    expect(office.values('MusicOnHoldStart', 'Channel')).toEqual(['PJSIP/1002-00000003']);
    expect(office.phone('1002').calls).toHaveLength(1);
    expect(office.phone('1001').calls).toEqual([]);
  });

  it('is Invalid where nobody is there to be connected, and both calls stay', () => {
    const office = new SmallPbx(DIALPLAN);
    office.phone('1001').dial('661');
    office.pass(200);
    office.phone('1001').hold();
    office.phone('1001').dial('660');
    office.pass(200);
    office.phone('1001').connect('661', '660');
    office.pass(500);
    expect(office.values('AttendedTransfer', 'Result')).toEqual(['Invalid']);
    expect(office.values('AttendedTransfer', 'DestType')).toEqual(['Fail']);
    expect(office.pbx.channels()).toHaveLength(2);
  });
});

describe('a blind transfer', () => {
  it('names its sender by the account where that one has called, by the contact where it was called', () => {
    const by = (who: '1001' | '1002'): unknown => {
      const office = new SmallPbx(DIALPLAN);
      office.phone('1001').dial('1002');
      office.pass(200);
      office.phone('1002').answer();
      office.pass(200);
      office.phone(who).transfer(who === '1001' ? '1002' : '1001', '661');
      office.pass(200);
      return office.events
        .map(({ headers }) => Object.fromEntries(headers))
        .find((headers) => headers['Variable'] === '__SIPREFERREDBYHDR')?.['Value'];
    };
    expect(by('1001')).toBe('\\"Phone 1001\\" <sip:1001@127.0.0.1:5060>');
    expect(by('1002')).toBe('<sip:1002@127.0.0.1;ob>');
  });
});

describe('a blind transfer by somebody who talks to nobody', () => {
  it('is told as Invalid, with no bridge of a conference', () => {
    const office = new SmallPbx(DIALPLAN);
    office.phone('1001').dial('500');
    office.pass(500);
    office.phone('1001').transfer('500', '1002');
    office.pass(500);
    expect(office.values('BlindTransfer', 'Result')).toEqual(['Invalid']);
    expect(office.values('BlindTransfer', 'BridgeUniqueid')).toEqual([undefined]);
    expect(office.told('Unhold')).toEqual([]);
    expect(office.pbx.channels()).toHaveLength(1);
  });
});
