import { describe, expect, it } from 'vitest';
import { SmallPbx } from '../small-pbx.test-support.ts';

function called(dialplan: string): SmallPbx {
  const office = new SmallPbx(dialplan);
  office.phone('1001').dial('700');
  office.pass(100);
  return office;
}

function variables(office: SmallPbx, name: string): string[] {
  return office.events
    .filter((event) => event.name === 'VarSet')
    .map((event) => Object.fromEntries(event.headers))
    .filter((headers) => headers['Variable'] === name)
    .map((headers) => headers['Value'] ?? '');
}

describe('Read', () => {
  const READ = 'exten => 700,1,Answer()\n same => n,Read(PIN,beep,3,,2,2)\n same => n,Hangup()';

  it('ends with the last digit it wants', () => {
    const office = called(READ);
    office.phone('1001').press('12');
    office.pass(900);
    expect(variables(office, 'PIN')).toEqual([]);
    office.phone('1001').press('3');
    office.pass(300);
    expect(variables(office, 'PIN')).toEqual(['123']);
    expect(variables(office, 'READSTATUS')).toEqual(['ERROR', 'OK']);
  });

  it('ends with # before that, which is no part of the number', () => {
    const office = called(READ);
    office.phone('1001').press('4#');
    office.pass(900);
    expect(variables(office, 'PIN')).toEqual(['4']);
  });

  it('asks again as often as it is told to, then gives up', () => {
    const office = called(READ);
    office.pass(2 * (425.5 + 2000) - 200);
    expect(variables(office, 'READSTATUS')).toEqual(['ERROR']);
    office.pass(200);
    expect(variables(office, 'READSTATUS')).toEqual(['ERROR', 'TIMEOUT']);
  });

  it('says so where the caller hangs up', () => {
    const office = called(READ);
    office.phone('1001').hangUp();
    office.pass(100);
    expect(variables(office, 'READSTATUS')).toEqual(['ERROR', 'HANGUP']);
    expect(office.pbx.channels()).toEqual([]);
  });
});

describe('WaitExten', () => {
  const MENU =
    'exten => 700,1,Answer()\n same => n,WaitExten(3)\n same => n,NoOp(nothing)\n' +
    'exten => 1,1,NoOp(one)\nexten => 12,1,NoOp(twelve)\nexten => i,1,NoOp(invalid)';
  const said = (office: SmallPbx): (string | undefined)[] => office.values('Newexten', 'AppData');

  it('waits for more where more could follow', () => {
    const office = called(MENU);
    office.phone('1001').press('1');
    office.pass(1000);
    expect(said(office)).not.toContain('one');
    office.phone('1001').press('2');
    office.pass(500);
    expect(said(office)).toContain('twelve');
  });

  it('goes to what was dialled when nothing more comes', () => {
    const office = called(MENU);
    office.phone('1001').press('1');
    office.pass(5500);
    expect(said(office)).toContain('one');
  });

  it('goes to i where there is no such extension, and on where nothing is dialled', () => {
    const wrong = called(MENU);
    wrong.phone('1001').press('9');
    wrong.pass(6000);
    expect(said(wrong)).toContain('invalid');
    const silent = called(MENU);
    silent.pass(3200);
    expect(said(silent)).toContain('nothing');
  });
});

describe('a recording', () => {
  it('takes the media from the phones while it lasts', () => {
    const office = new SmallPbx(
      'exten => _10XX,1,MixMonitor(one.wav)\n same => n,Dial(PJSIP/${EXTEN})\nexten => 8,1,StopMixMonitor()',
    );
    office.phone('1001').dial('1002');
    office.pass(100);
    office.phone('1002').answer();
    office.pass(100);
    expect(Object.values(office.pbx.state.bridges).map((bridge) => bridge.technology)).toEqual(['simple_bridge']);
    expect(variables(office, 'MIXMONITOR_FILENAME')).toEqual(['/var/spool/asterisk/monitor/one.wav']);
  });
});

describe('Background', () => {
  const MENU =
    'exten => 700,1,Answer()\n same => n,Background(tt-monkeys)\n same => n,NoOp(nothing)\n' +
    'exten => 12,1,NoOp(twelve)\nexten => i,1,NoOp(invalid ${INVALID_EXTEN})';

  it('collects a whole extension from its first digit on', () => {
    const office = called(MENU);
    office.phone('1001').press('1');
    office.pass(1000);
    expect(variables(office, 'BACKGROUNDSTATUS')).toEqual(['SUCCESS']);
    office.phone('1001').press('2');
    office.pass(300);
    expect(office.values('Newexten', 'AppData')).toContain('twelve');
  });

  it('goes to i at once where no extension begins so', () => {
    const office = called(MENU);
    office.phone('1001').press('9');
    office.pass(300);
    expect(office.values('Newexten', 'AppData')).toContain('invalid 9');
  });

  it('has failed where the caller hangs up, as Playback has', () => {
    const office = called('exten => 700,1,Playback(tt-monkeys)');
    office.phone('1001').hangUp();
    office.pass(100);
    expect(variables(office, 'PLAYBACKSTATUS')).toEqual(['FAILED']);
    expect(variables(office, 'BACKGROUNDSTATUS')).toEqual([]);
  });
});

describe('Echo', () => {
  it('sends each key back, and ends with #', () => {
    const office = called('exten => 700,1,Answer()\n same => n,Echo()\n same => n,NoOp(after)');
    office.told();
    office.phone('1001').press('1');
    office.pass(300);
    expect(office.values('DTMFEnd', 'Direction')).toEqual(['Received', 'Sent']);
    expect(office.values('DTMFBegin', 'Digit')).toEqual(['1', '1']);
    office.phone('1001').press('#');
    office.pass(300);
    expect(office.values('Newexten', 'AppData')).toEqual(['after']);
  });
});
