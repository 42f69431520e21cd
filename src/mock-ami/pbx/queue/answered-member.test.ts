import { describe, expect, it } from 'vitest';
import { join, leftover, type Played, playQueue, queueAt700, team } from './queue-play.test-support.ts';

const dialplan = queueAt700();
const ANSWERS = [...join('1004'), '1004 will answer after 100ms'];
const valuesOf = (played: Played, channel: RegExp) =>
  Object.fromEntries(
    played.events
      .filter(({ name, headers }) => name === 'VarSet' && channel.test(headers['Channel'] ?? ''))
      .map(({ headers }) => [headers['Variable'], headers['Value']]),
  );

describe('a member that answers', () => {
  it('and its caller learn of each other where the queue says so', () => {
    const played = playQueue([...ANSWERS, '1001 dials 700', 'wait 2s', '1001 hangs up'], {
      queues: team('setinterfacevar = yes', 'setqueuevar = yes', 'setqueueentryvar = yes'),
      dialplan,
    });
    for (const channel of [/1001/, /1004/]) {
      expect(valuesOf(played, channel)).toMatchObject({
        MEMBERINTERFACE: 'PJSIP/1004',
        MEMBERCALLS: '0',
        MEMBERDYNAMIC: '1',
        QEORIGINALPOS: '1',
        QUEUENAME: 'team',
        QUEUESTRATEGY: 'ringall',
      });
    }
    expect(valuesOf(played, /1001/)).toMatchObject({ QUEUECOMPLETED: '1', QUEUESRVLEVELPERF: '100.0' });
  });

  it('runs routines before it is called and before the caller waits for it', () => {
    const played = playQueue([...ANSWERS, '1001 dials 700', 'wait 2s', '1001 hangs up'], {
      queues: team('strategy = ringall'),
      dialplan: `${queueAt700('b(mark^s^1)B(mark^s^1)')}\n[mark]\nexten => s,1,Set(MARK=\${CHANNEL})\n same => n,Return()`,
    });
    const marks = played.events.filter(({ headers }) => headers['Variable'] === 'MARK');
    expect(marks.map(({ headers }) => headers['Value']?.slice(0, 10))).toEqual(['PJSIP/1001', 'PJSIP/1004']);
    expect(played.all('AgentConnect', 'Interface')).toEqual(['PJSIP/1004']);
  });

  it('and hangs up lets the caller go on with option c', () => {
    const played = playQueue([...ANSWERS, '1001 dials 700', 'wait 3s', '1004 hangs up', 'wait 1s'], {
      queues: team('strategy = ringall'),
      dialplan: queueAt700('c'),
    });
    expect(played.all('AgentComplete', 'Reason')).toEqual(['agent']);
    expect(played.all('UserEvent', 'Status')).toEqual(['CONTINUE']);
  });

  it('but hangs up during memberdelay is told of as AgentDump, and the caller waits on', () => {
    const played = playQueue([...ANSWERS, '1001 dials 700', 'wait 1s', '1004 hangs up', 'wait 2s', '1001 hangs up'], {
      queues: team('strategy = ringall', 'memberdelay = 3', 'retry = 9'),
      dialplan,
    });
    expect(played.all('AgentDump', 'Interface')).toEqual(['PJSIP/1004']);
    expect(played.all('QueueCallerAbandon', 'Position')).toEqual(['1']);
    expect(leftover(played)).toEqual([]);
  });

  it('loses the caller that hangs up during memberdelay', () => {
    const played = playQueue([...ANSWERS, '1001 dials 700', 'wait 1s', '1001 hangs up', 'wait 3s'], {
      queues: team('strategy = ringall', 'memberdelay = 3'),
      dialplan,
    });
    expect(played.all('AgentConnect', 'Interface')).toEqual([]);
    expect(played.all('QueueCallerAbandon', 'Position')).toEqual(['1']);
    expect(leftover(played)).toEqual([]);
  });

  it('is connected even where it has been removed meanwhile', () => {
    const played = playQueue(
      [
        ...join('1004'),
        '1004 will answer after 1s',
        '1001 dials 700',
        'wait 500ms',
        'admin sends QueueRemove: {Queue: team, Interface: PJSIP/1004}',
        'wait 2s',
        '1001 hangs up',
      ],
      { queues: team('strategy = ringall'), dialplan },
    );
    expect(played.all('AgentComplete', 'MemberName')).toEqual(['PJSIP/1004']);
    expect(leftover(played)).toEqual([]);
  });
});
