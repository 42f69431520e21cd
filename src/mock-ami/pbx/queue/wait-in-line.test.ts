import { describe, expect, it } from 'vitest';
import { join, leftover, playQueue, queueAt700, team } from './queue-play.test-support.ts';

const dialplan = queueAt700();
const HANG_UP = ['1001 hangs up', '1002 hangs up'];

describe('a caller in a queue', () => {
  it('goes on with its dialplan when its time is over', () => {
    const played = playQueue(['1001 dials 700', 'wait 21s'], { queues: team('strategy = ringall'), dialplan });
    expect(played.all('UserEvent', 'Status')).toEqual(['TIMEOUT']);
    expect(played.all('QueueCallerAbandon', 'HoldTime')).toEqual(['20']);
    expect(leftover(played)).toEqual([]);
  });

  it('leaves with option n when each member was tried once', () => {
    const played = playQueue([...join('1004', '1005'), '1001 dials 700', 'wait 15s'], {
      queues: team('strategy = rrmemory', 'timeout = 2', 'retry = 1'),
      dialplan: queueAt700('n'),
    });
    expect(played.all('AgentCalled', 'Interface')).toEqual(['PJSIP/1004', 'PJSIP/1005']);
    expect(played.all('UserEvent', 'Status')).toEqual(['TIMEOUT']);
  });

  it('stands behind those who have the same priority or a higher one', () => {
    const played = playQueue(
      [
        '1001 dials 700',
        'wait 100ms',
        '1002 dials 705',
        'wait 100ms',
        '1003 dials 700',
        'wait 100ms',
        ...HANG_UP,
        '1003 hangs up',
      ],
      {
        queues: team('strategy = ringall'),
        dialplan: `${dialplan}\nexten => 705,1,Set(QUEUE_PRIO=5)\n same => n,Queue(team)`,
      },
    );
    expect(played.all('QueueCallerJoin', 'Position')).toEqual(['1', '1', '3']);
    expect(played.all('QueueCallerAbandon', 'OriginalPosition').toSorted()).toEqual(['1', '1', '3']);
  });

  it('gets no place where the queue is full', () => {
    const played = playQueue(['1001 dials 700', 'wait 100ms', '1002 dials 700', 'wait 1s', '1001 hangs up'], {
      queues: team('strategy = ringall', 'maxlen = 1'),
      dialplan,
    });
    expect(played.all('QueueCallerJoin', 'Count')).toEqual(['1']);
    expect(played.all('UserEvent', 'Status')).toEqual(['FULL']);
  });

  it('waits for the next turn where one after the other is served', () => {
    const play = (autofill: string) =>
      playQueue(
        [
          ...join('1004', '1005'),
          '1001 dials 700',
          'wait 100ms',
          '1002 dials 700',
          'wait 2s',
          '1001 hangs up',
          'wait 1s',
          '1002 hangs up',
        ],
        { queues: team('strategy = rrmemory', 'timeout = 9', 'ringinuse = no', `autofill = ${autofill}`), dialplan },
      );
    const secondCallAt = (autofill: string) =>
      Math.floor((play(autofill).events.filter(({ name }) => name === 'AgentCalled')[1]?.atMs ?? 0) / 1000);
    expect([secondCallAt('yes'), secondCallAt('no')]).toEqual([0, 2]);
  });

  it('leaves by a key that its context has', () => {
    const played = playQueue([...join('1004'), '1001 dials 700', 'wait 1s', '1001 presses 5', 'wait 3s'], {
      queues: team('strategy = ringall', 'context = keys'),
      dialplan: `${dialplan}\n[keys]\nexten => 5,1,UserEvent(Key)\n same => n,Hangup()`,
    });
    expect(played.all('UserEvent', 'UserEvent')).toEqual(['Key']);
    expect(played.all('QueueCallerAbandon', 'Queue')).toEqual([]);
    expect(leftover(played)).toEqual([]);
  });

  it('is told its place between music', () => {
    const played = playQueue(['1001 dials 700', 'wait 12s', '1001 hangs up'], {
      queues: team('strategy = ringall', 'announce-frequency = 5', 'min-announce-frequency = 5'),
      dialplan,
    });
    expect(played.all('MusicOnHoldStop', 'Channel')).toHaveLength(3);
    expect(played.all('MusicOnHoldStart', 'Channel')).toHaveLength(3);
  });

  it('has abandoned where a manager sends it elsewhere, and its phones stop ringing', () => {
    const played = playQueue(
      [
        ...join('1004'),
        '1001 dials 700',
        'wait 1s',
        'admin sends Redirect: {Channel: "${channel of 1001}", Context: from-phones, Exten: 661, Priority: 1}',
        'wait 500ms',
        '1001 hangs up',
      ],
      { queues: team('strategy = ringall'), dialplan },
    );
    expect(played.all('QueueCallerAbandon', 'Position')).toEqual(['1']);
    expect(played.all('DialEnd', 'DialStatus')).toEqual(['CANCEL', 'CANCEL']);
    expect(leftover(played)).toEqual([]);
  });
});

describe('an empty queue', () => {
  it('is not joined where joinempty says so', () => {
    const played = playQueue(['1001 dials 700', 'wait 1s'], { queues: team('joinempty = strict'), dialplan });
    expect(played.all('UserEvent', 'Status')).toEqual(['JOINEMPTY']);
    expect(played.all('QueueCallerJoin', 'Queue')).toEqual([]);
  });

  it.each([
    ['loose', 'QueuePause: {Interface: PJSIP/1004, Paused: true}', []],
    ['paused', 'QueuePause: {Interface: PJSIP/1004, Paused: true}', ['LEAVEEMPTY', 'LEAVEEMPTY']],
    ['yes', 'QueueRemove: {Queue: team, Interface: PJSIP/1004}', ['LEAVEEMPTY', 'LEAVEEMPTY']],
  ])('is left where leavewhenempty = %s says so', (rule, action, statuses) => {
    const hangUp = statuses.length === 0 ? HANG_UP : [];
    const played = playQueue(
      [
        ...join('1004'),
        '1001 dials 700',
        'wait 200ms',
        '1002 dials 700',
        'wait 1s',
        `admin sends ${action}`,
        'wait 6s',
        ...hangUp,
      ],
      { queues: team('strategy = rrmemory', 'timeout = 2', 'retry = 1', `leavewhenempty = ${rule}`), dialplan },
    );
    expect(played.all('UserEvent', 'Status')).toEqual(statuses);
  });
});
