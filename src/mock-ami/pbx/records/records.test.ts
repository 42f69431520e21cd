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

  it('tells those events only that cel.conf names', () => {
    const cel = '[general]\nenable=yes\nevents=ANSWER,HANGUP\n[manager]\nenabled=yes\n';
    const names = headersOf(talked({ ...RECORDED, 'cel.conf': cel }), 'CEL').map((line) => line['EventName']);
    expect(names).toEqual(['ANSWER', 'ANSWER', 'HANGUP', 'HANGUP']);
  });
});
