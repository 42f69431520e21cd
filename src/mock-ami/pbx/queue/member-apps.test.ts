import { describe, expect, it } from 'vitest';
import { playQueue, team } from './queue-play.test-support.ts';

/** Runs lines of the dialplan on a call of 1004, and ends it. */
function run(lines: readonly string[], queues = team('strategy = ringall')) {
  const [first = '', ...others] = lines;
  const dialplan = [`exten => 700,1,${first}`, ...others.map((line) => ` same => n,${line}`), ' same => n,Hangup()'];
  return playQueue(['1004 dials 700', 'wait 1s'], { queues, dialplan: dialplan.join('\n') });
}

const show = (expression: string) => `UserEvent(Shows,Value: \${${expression}})`;
const shown = (...lines: readonly string[]) => run(lines).all('UserEvent', 'Value');

describe('the applications of queues', () => {
  it('log in the own device where no interface is named, once', () => {
    const played = run(['AddQueueMember(team)', show('AQMSTATUS'), 'AddQueueMember(team)', show('AQMSTATUS')]);
    expect(played.all('QueueMemberAdded', 'Interface')).toEqual(['PJSIP/1004']);
    expect(played.all('UserEvent', 'Value')).toEqual(['ADDED', 'MEMBERALREADY']);
  });

  it('take penalty, name, device and wrap-up time', () => {
    const played = run(['AddQueueMember(team,Local/9@x,3,,Nina,PJSIP/1003,7)']);
    expect(played.events.find(({ name }) => name === 'QueueMemberAdded')?.headers).toMatchObject({
      MemberName: 'Nina',
      Interface: 'Local/9@x',
      StateInterface: 'PJSIP/1003',
      Penalty: '3',
      Wrapuptime: '7',
    });
  });

  it.each([
    ['AddQueueMember(none,PJSIP/1003)', 'AQMSTATUS', 'NOSUCHQUEUE'],
    ['RemoveQueueMember(none,PJSIP/1003)', 'RQMSTATUS', 'NOSUCHQUEUE'],
    ['RemoveQueueMember(team,PJSIP/1003)', 'RQMSTATUS', 'NOTINQUEUE'],
    ['RemoveQueueMember(sales,PJSIP/1002)', 'RQMSTATUS', 'NOTDYNAMIC'],
    ['PauseQueueMember(team,PJSIP/1003)', 'PQMSTATUS', 'NOTFOUND'],
    ['PauseQueueMember(sales,PJSIP/1002,,lunch)', 'PQMSTATUS', 'PAUSED'],
    ['UnpauseQueueMember(sales,PJSIP/1002)', 'UPQMSTATUS', 'UNPAUSED'],
    ['UnpauseQueueMember(team,PJSIP/1003)', 'UPQMSTATUS', 'NOTFOUND'],
  ])('%s sets %s to %s', (line, variable, status) => {
    expect(run([line]).variable(variable)).toBe(status);
  });

  it('log out, and pause in all queues where none is named', () => {
    const played = run([
      'AddQueueMember(team)',
      'AddQueueMember(support)',
      'PauseQueueMember(,PJSIP/1004,,coffee)',
      'RemoveQueueMember(team)',
    ]);
    expect(played.all('QueueMemberPause', 'PausedReason')).toEqual(['coffee', 'coffee']);
    expect(played.all('QueueMemberPause', 'Queue').toSorted()).toEqual(['support', 'team']);
    expect(played.all('QueueMemberRemoved', 'Queue')).toEqual(['team']);
  });

  it.each(['AddQueueMember()', 'RemoveQueueMember()', 'PauseQueueMember(team)', 'QueueLog(team)'])(
    'end the call where what they need is missing: %s',
    (line) => {
      expect(run([line, 'UserEvent(Reached)']).all('UserEvent', 'UserEvent')).toEqual([]);
    },
  );
});

describe('the functions of queues', () => {
  it('count members', () => {
    expect(
      shown(
        'AddQueueMember(team,PJSIP/1003)',
        'AddQueueMember(team,PJSIP/1005)',
        'AddQueueMember(team)',
        'PauseQueueMember(team,PJSIP/1005)',
        ...['logged', 'free', 'ready', 'count'].map((what) => show(`QUEUE_MEMBER(team,${what})`)),
        show('QUEUE_MEMBER_COUNT(team)'),
      ),
    ).toEqual(['3', '1', '1', '3', '3']);
  });

  it('read and write one member', () => {
    expect(
      shown(
        'AddQueueMember(team,PJSIP/1003,4)',
        'Set(QUEUE_MEMBER(team,penalty,PJSIP/1003)=6)',
        'Set(QUEUE_MEMBER(team,paused,PJSIP/1003)=1)',
        'Set(QUEUE_MEMBER(team,ringinuse,PJSIP/1003)=0)',
        ...['penalty', 'paused', 'ringinuse'].map((what) => show(`QUEUE_MEMBER(team,${what},PJSIP/1003)`)),
        'Set(QUEUE_MEMBER_PENALTY(team,PJSIP/1003)=8)',
        show('QUEUE_MEMBER_PENALTY(team,PJSIP/1003)'),
      ),
    ).toEqual(['6', '1', '0', '8']);
  });

  it('tell queues that there are from others', () => {
    expect(shown(show('QUEUE_EXISTS(team)'), show('QUEUE_EXISTS(none)'))).toEqual(['1', '0']);
  });

  it('name the members and count who waits', () => {
    expect(
      shown('AddQueueMember(team,PJSIP/1003)', show('QUEUE_MEMBER_LIST(team)'), show('QUEUE_WAITING_COUNT(team)')),
    ).toEqual(['PJSIP/1003', '0']);
  });

  it('set variables of the queue where it says setqueuevar', () => {
    const lines = [show('QUEUE_VARIABLES(team)'), show('QUEUEMAX')];
    expect(run(lines, team('setqueuevar = yes', 'maxlen = 9')).all('UserEvent', 'Value')).toEqual(['0', '9']);
    expect(run(lines).all('UserEvent', 'Value')).toEqual(['-1', '']);
  });
});
