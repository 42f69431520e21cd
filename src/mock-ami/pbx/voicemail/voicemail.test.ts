import { describe, expect, it } from 'vitest';
import { mailboxCounts } from '../mailbox-counts.ts';
import { SmallPbx } from '../small-pbx.test-support.ts';

const DIALPLAN =
  'exten => 700,1,VoiceMail(1002@default,u)\n same => n,NoOp(after)\nexten => 701,1,VoiceMailMain(1002@default,s)\n' +
  'exten => 702,1,VoiceMailMain(1002@default)\n same => n,NoOp(no entry)\nexten => 704,1,VoiceMailMain()\n same => n,NoOp(nothing)\nexten => 703,1,VoiceMail(4711@default)\n same => n,NoOp(nobody)';
const FILES = { 'voicemail.conf': '[general]\nminsecs=2\nmaxsilence=5\n[default]\n1002 => 1234,Bob\n' };

function office(): SmallPbx {
  return new SmallPbx(DIALPLAN, FILES);
}

function leave(pbx: SmallPbx, ms: number): void {
  pbx.phone('1001').speak(true);
  pbx.phone('1001').dial('700');
  pbx.pass(100);
  pbx.phone('1001').press('#');
  pbx.pass(200 + 340 + ms);
  pbx.phone('1001').hangUp();
  pbx.pass(100);
}

function hear(pbx: SmallPbx, exten: string, keys: string): void {
  pbx.phone('1002').dial(exten);
  pbx.pass(100);
  pbx.phone('1002').press(keys);
  pbx.pass(3000);
  pbx.phone('1002').hangUp();
  pbx.pass(100);
}

describe('voicemail', () => {
  it('tells of a message as it is kept, and lights the lamp', () => {
    const pbx = office();
    leave(pbx, 3000);
    expect(pbx.values('MessageWaiting', 'New')).toEqual(['1']);
    expect(pbx.pbx.state.devices['MWI:1002@default']).toBe('INUSE');
    expect(mailboxCounts(pbx.pbx, '1002')).toEqual({ urgent: 0, fresh: 1, old: 0 });
  });

  it('is kept in every box that is named, and told of the first one last', () => {
    const pbx = new SmallPbx('exten => 700,1,VoiceMail(1002&1003@default&4711,u)', {
      'voicemail.conf': '[default]\n1002 => 1234,Bob\n1003 => 1234,Eve\n',
    });
    leave(pbx, 3000);
    expect(pbx.values('MessageWaiting', 'Mailbox')).toEqual(['1003@default', '1002@default']);
    expect(mailboxCounts(pbx.pbx, '1003').fresh).toBe(1);
  });

  it('keeps no message that is too short, and none of a caller who leaves at the greeting', () => {
    const pbx = office();
    leave(pbx, 1000);
    pbx.phone('1001').dial('700');
    pbx.pass(1000);
    pbx.phone('1001').hangUp();
    pbx.pass(100);
    expect(pbx.told('MessageWaiting')).toEqual([]);
    expect(mailboxCounts(pbx.pbx, '1002').fresh).toBe(0);
  });

  it('ends a recording in which nobody speaks, and goes on', () => {
    const pbx = office();
    pbx.phone('1001').dial('700');
    pbx.pass(6500 + 5500 + 340 + 5000 + 1100);
    expect(pbx.values('Newexten', 'AppData')).toContain('after');
  });

  it('makes what was heard old, and takes away what was deleted', () => {
    const pbx = office();
    leave(pbx, 3000);
    leave(pbx, 3000);
    hear(pbx, '701', '1767');
    expect(mailboxCounts(pbx.pbx, '1002')).toEqual({ urgent: 0, fresh: 0, old: 0 });
    leave(pbx, 3000);
    hear(pbx, '701', '1');
    expect(mailboxCounts(pbx.pbx, '1002')).toEqual({ urgent: 0, fresh: 0, old: 1 });
  });

  it('opens the mailbox by its password only', () => {
    const pbx = office();
    leave(pbx, 3000);
    hear(pbx, '702', '9999#1');
    expect(mailboxCounts(pbx.pbx, '1002').fresh).toBe(1);
    hear(pbx, '702', '1234#1');
    expect(mailboxCounts(pbx.pbx, '1002').old).toBe(1);
  });

  it('asks for the password three times, then the dialplan goes on without a word of messages', () => {
    const pbx = office();
    pbx.phone('1002').dial('702');
    pbx.pass(100);
    for (const wrong of ['1#', '2#', '3#']) {
      expect(pbx.values('Newexten', 'AppData')).not.toContain('no entry');
      pbx.phone('1002').press(wrong);
      pbx.pass(3000);
    }
    expect(pbx.values('Newexten', 'AppData')).toContain('no entry');
    expect(pbx.values('MessageWaiting', 'New')).toEqual([]);
  });

  it('takes the own number of who types no mailbox, and waits no longer than for two digits', () => {
    const pbx = office();
    pbx.phone('1002').dial('704');
    pbx.pass(12_100);
    pbx.phone('1002').press('1234');
    pbx.pass(3000);
    pbx.phone('1002').press('#');
    pbx.pass(2000);
    expect(pbx.values('MessageWaiting', 'Mailbox')).toEqual(['1002@default']);
    expect(pbx.values('Newexten', 'AppData')).toContain('nothing');
  });

  it('leaves a mailbox in which nobody presses a key', () => {
    const pbx = office();
    pbx.phone('1002').dial('701');
    pbx.pass(60_000);
    expect(pbx.values('MessageWaiting', 'Mailbox')).toEqual(['1002@default']);
    expect(pbx.pbx.channels()).toEqual([]);
  });

  it('saves a message that # ends only after the thanks', () => {
    const pbx = office();
    leave(pbx, 3000);
    pbx.told();
    pbx.phone('1001').dial('700');
    pbx.pass(100);
    pbx.phone('1001').press('#');
    pbx.pass(3700);
    pbx.phone('1001').press('#');
    pbx.pass(1000);
    expect(pbx.values('MessageWaiting', 'New')).toEqual([]);
    pbx.pass(300);
    expect(pbx.values('MessageWaiting', 'New')).toEqual(['2']);
  });

  it('answers, and goes on where there is no such mailbox', () => {
    const pbx = office();
    pbx.phone('1001').dial('703');
    pbx.pass(100);
    expect(pbx.values('Newexten', 'AppData')).toContain('nobody');
    expect(pbx.values('Newstate', 'ChannelStateDesc')).toEqual(['Up']);
  });
});
