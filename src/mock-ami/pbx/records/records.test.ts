import { describe, expect, it } from 'vitest';
import { SmallPbx } from '../small-pbx.test-support.ts';

const DIAL = 'exten => _10XX,1,Dial(PJSIP/${EXTEN},30)\n same => n,NoOp(after)\n same => n,Hangup()';
const RECORDED = {
  'cdr_manager.conf': '[general]\nenabled=yes\n[mappings]\nlinkless=Nothing\nduration=Seconds\n',
  'cdr.conf': '[general]\nenable=yes\nunanswered=yes\n',
  'cel.conf': '[general]\nenable=yes\nevents=ALL\napps=dial\n[manager]\nenabled=yes\n',
};

function talked(more: Readonly<Record<string, string>>): SmallPbx {
  const office = new SmallPbx(DIAL, more);
  office.phone('1001').dial('1002');
  office.pass(2000);
  office.phone('1002').answer();
  office.pass(3000);
  office.phone('1001').hangUp();
  office.pass(1000);
  return office;
}

function headersOf(office: SmallPbx, name: string): Record<string, string>[] {
  return office.events.filter((event) => event.name === name).map(({ headers }) => Object.fromEntries(headers));
}

describe('call records', () => {
  it('are not told where no file asks for them', () => {
    expect(talked({}).told('Cdr', 'CEL')).toEqual([]);
  });

  it('tell of a talk once, at its end, with its times', () => {
    const [record, ...more] = headersOf(talked(RECORDED), 'Cdr');
    expect(more).toEqual([]);
    expect(record).toMatchObject({
      Source: '1001', Destination: '1002', CallerID: '"Phone 1001" <1001>', LastApplication: 'Dial', LastData: 'PJSIP/1002,30',
      Duration: '5', BillableSeconds: '3', Disposition: 'ANSWERED',
    }); // biome-ignore format: a table
  });

  it('are followed by another record where the dialplan goes on after a busy phone', () => {
    const office = new SmallPbx(DIAL, RECORDED);
    office.phone('1002').follow({ then: { kind: 'reject', reason: 'busy', afterMs: 50 } });
    office.phone('1001').dial('1002');
    office.pass(1000);
    expect(headersOf(office, 'Cdr').map((record) => [record['LastApplication'], record['Disposition']])).toEqual([
      ['Dial', 'BUSY'],
      ['Hangup', 'BUSY'],
    ]);
  });

  it('show fields that cdr_manager.conf maps, and no field that there is not', () => {
    const [record] = headersOf(talked(RECORDED), 'Cdr');
    expect(record?.['Seconds']).toBe('5');
    expect(record).not.toHaveProperty('Nothing');
  });
});

describe('the channel event log', () => {
  it('follows each channel from its start to its end, and the call to its last channel', () => {
    const lines = headersOf(talked(RECORDED), 'CEL').map((line) => `${line['CallerIDnum']} ${line['EventName']}`);
    const of = (number: string): string[] =>
      lines.filter((line) => line.startsWith(number) && !line.endsWith('LINKEDID_END')).map((line) => line.slice(5));
    expect(of('1001')).toEqual([
      'CHAN_START',
      'APP_START',
      'ANSWER',
      'BRIDGE_ENTER',
      'BRIDGE_EXIT',
      'APP_END',
      'HANGUP',
      'CHAN_END',
    ]);
    expect(of('1002')).toEqual(['CHAN_START', 'ANSWER', 'BRIDGE_ENTER', 'BRIDGE_EXIT', 'HANGUP', 'CHAN_END']);
    expect(lines.at(-1)).toMatch(/LINKEDID_END$/);
    expect(lines.filter((line) => line.endsWith('LINKEDID_END'))).toHaveLength(1);
  });

  it('blames who hung up first, at both ends', () => {
    const ends = headersOf(talked(RECORDED), 'CEL').filter((line) => line['EventName'] === 'HANGUP');
    expect(ends.map((line) => JSON.parse(line['Extra'] ?? '{}').hangupsource)).toEqual([
      'PJSIP/1001-00000000',
      'PJSIP/1001-00000000',
    ]);
  });

  it('tells of Local channels that step aside, of forwards, pickups and parked calls', () => {
    const office = new SmallPbx(
      'exten => _10XX,1,Dial(PJSIP/${EXTEN})\nexten => 700,1,Dial(Local/1002@office)\nexten => 701,1,PickupChan(PJSIP/1002)\n' +
        'exten => 702,1,Park()\nexten => 703,1,ParkedCall()',
      { ...RECORDED, 'res_parking.conf': '[default]\nparkpos => 801-802\n' },
    );
    const also = (): string[] =>
      headersOf(office, 'CEL')
        .filter((line) => /LOCAL|FORWARD|PICKUP|PARK/.test(line['EventName'] ?? ''))
        .map((line) => `${line['EventName']} ${line['Channel']} ${Object.keys(JSON.parse(line['Extra'] ?? '{}'))}`);
    office.phone('1002').follow({ ringAfterMs: 0, then: { kind: 'answer', afterMs: 50 } });
    office.phone('1001').dial('700');
    office.pass(500);
    office.phone('1001').hangUp();
    office.pass(100);
    expect(also()).toEqual([
      'LOCAL_OPTIMIZE_BEGIN Local/1002@office-00000000;1 local_two,local_two_uniqueid',
      'LOCAL_OPTIMIZE Local/1002@office-00000000;1 local_two,local_two_uniqueid',
    ]);
    office.told();
    office.phone('1002').follow({ then: { kind: 'forward', to: '1003', afterMs: 50 } });
    office.phone('1001').dial('1002');
    office.pass(200);
    office.phone('1001').hangUp();
    office.pass(100);
    expect(also()).toEqual(['FORWARD PJSIP/1001-00000002 forward']);
    office.told();
    office.phone('1002').follow({ ringAfterMs: 0 });
    office.phone('1001').dial('1002');
    office.pass(100);
    office.phone('1003').dial('701');
    office.pass(200);
    expect(also()).toEqual(['PICKUP PJSIP/1002-00000006 pickup_channel,pickup_channel_uniqueid']);
    office.phone('1003').hangUp();
    office.pass(200);
    office.told();
    office.phone('1001').dial('702');
    office.pass(500);
    office.phone('1003').dial('703');
    office.pass(500);
    expect(also().map((line) => line.split(' ')[0])).toEqual(['PARK_START', 'PARK_END']);
  });

  it('tells those events only that cel.conf names', () => {
    const cel = '[general]\nenable=yes\nevents=ANSWER,HANGUP\n[manager]\nenabled=yes\n';
    const names = headersOf(talked({ ...RECORDED, 'cel.conf': cel }), 'CEL').map((line) => line['EventName']);
    expect(names).toEqual(['ANSWER', 'ANSWER', 'HANGUP', 'HANGUP']);
  });
});
