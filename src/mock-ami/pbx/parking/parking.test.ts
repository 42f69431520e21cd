import { describe, expect, it } from 'vitest';
import { SmallPbx, talkingPbx } from '../small-pbx.test-support.ts';
import { findLot, freeSpace, parkedIn } from './parking-state.ts';

const DIALPLAN = `include => parkedcalls
exten => _10XX,1,Dial(PJSIP/\${EXTEN},30)
 same => n,Hangup()
exten => 755,1,Answer()
 same => n,Park(short,sc(office,1003,1))
exten => s,1,Answer()
 same => n,Echo()`;

function lots(more = ''): Record<string, string> {
  return {
    'res_parking.conf': `[default]
parkext => 700
parkpos => 701-703
parkinghints = yes
${more}
[short]
parkext => 750
parkext_exclusive = yes
parkpos => 751-752
parkingtime => 4
`,
  };
}

function talking(more = ''): SmallPbx {
  return talkingPbx(DIALPLAN, lots(more));
}

describe('parking', () => {
  it('frees the parker when he has heard the space, and tells the space taken', () => {
    const office = talking();
    office.phone('1002').transfer('1001', '700');
    office.pass(1000);
    expect(office.values('ParkedCall', 'ParkingSpace')).toEqual(['701']);
    expect(office.values('DeviceStateChange', 'Device')).toContain('park:701@parkedcalls');
    expect(office.phone('1002').calls).toHaveLength(1);
    office.pass(3000);
    expect(office.phone('1002').calls).toEqual([]);
  });

  it('gives the call to who dials the space, whose call it is then', () => {
    const office = talking();
    office.phone('1002').transfer('1001', '700');
    office.pass(4000);
    office.phone('1003').dial('701');
    office.pass(1000);
    expect(office.told('UnParkedCall', 'ParkedCallGiveUp')).toEqual(['UnParkedCall']);
    const [caller, retriever] = office.pbx.channels();
    expect(caller?.bridge).toBe(retriever?.bridge);
    expect(caller?.connected.num).toBe('1003');
  });

  it('calls the parker back after the time', () => {
    const office = talking();
    office.phone('1002').transfer('1001', '750');
    office.pass(5000);
    expect(office.values('ParkedCallTimeOut', 'ParkeeContext')).toEqual(['park-dial']);
    expect(office.phone('1002').calls.map(({ state }) => state)).toEqual(['ringing']);
  });

  it('goes on where Park() says after the time', () => {
    const office = talking();
    office.phone('1002').transfer('1001', '755');
    office.pass(6000);
    expect(office.phone('1003').calls.map(({ state }) => state)).toEqual(['ringing']);
  });

  it('goes to the context of the lot where the parker is not to be called', () => {
    const office = talking('comebacktoorigin = no\ncomebackcontext = office\nparkingtime = 4');
    office.phone('1002').transfer('1001', '700');
    office.pass(6000);
    const [caller] = office.pbx.channels();
    expect([caller?.context, caller?.exten, caller?.application]).toEqual(['office', 's', 'Echo']);
  });

  it('says its space to who parks itself, for which the music stops', () => {
    const office = new SmallPbx(DIALPLAN, lots());
    office.phone('1001').dial('700');
    office.pass(1000);
    expect(office.told('MusicOnHoldStart', 'MusicOnHoldStop')).toEqual(['MusicOnHoldStart', 'MusicOnHoldStop']);
    office.pass(3000);
    expect(office.told('MusicOnHoldStart', 'MusicOnHoldStop')).toEqual(['MusicOnHoldStart']);
  });

  it('tells who gives up, and frees the space', () => {
    const office = talking();
    office.phone('1002').transfer('1001', '700');
    office.pass(1000);
    office.phone('1001').hangUp();
    office.pass(3000);
    expect(office.told('ParkedCallGiveUp')).toEqual(['ParkedCallGiveUp']);
    expect(parkedIn(office.pbx, 'default')).toEqual([]);
    expect(office.pbx.channels()).toEqual([]);
  });

  it('lets the parker keep the call where the lot is full', () => {
    const office = talking('');
    for (const phone of ['1003', '1003', '1003']) {
      office.phone(phone).dial('700');
      office.pass(500);
    }
    expect(parkedIn(office.pbx, 'default').map(({ space }) => space)).toEqual([701, 702, 703]);
    office.phone('1002').transfer('1001', '700');
    office.pass(3000);
    expect(office.phone('1002').calls.map(({ state }) => state)).toEqual(['up']);
  });

  it('puts a call that is transferred with consultation into the space of who asked for it', () => {
    const office = talking();
    office.phone('1002').hold();
    office.phone('1002').dial('700');
    office.pass(4000);
    office.phone('1002').connect('1001', '700');
    office.pass(2000);
    expect(office.values('ParkedCallSwap', 'ParkeeCallerIDNum')).toEqual(['1001']);
    expect(office.phone('1002').calls).toEqual([]);
    expect(parkedIn(office.pbx, 'default')).toHaveLength(1);
  });
});

describe('the next space', () => {
  it('is the first free one, or the wanted one, or the next after the last given', () => {
    const office = talking('findslot = next');
    office.phone('1003').dial('700');
    office.pass(500);
    office.phone('1003').hangUp();
    office.pass(500);
    const [lot, short] = [findLot(office.pbx, 'default'), findLot(office.pbx, 'short')];
    if (lot === undefined || short === undefined) throw new Error('no lots');
    expect(freeSpace(office.pbx, lot, -1, false)).toBe(702);
    expect(freeSpace(office.pbx, lot, 703, false)).toBe(703);
    expect(freeSpace(office.pbx, short, 799, false)).toBe(751);
  });
});
