import { describe, expect, it } from 'vitest';
import { join, leftover, playQueue, queueAt700, team } from './queue-play.test-support.ts';

const dialplan = queueAt700();

describe('members that are called', () => {
  it('are paused with autopause when they do not answer', () => {
    const played = playQueue([...join('1004', '1005'), '1001 dials 700', 'wait 8s', '1001 hangs up'], {
      queues: team('strategy = linear', 'timeout = 2', 'retry = 1', 'autopause = yes'),
      dialplan,
    });
    expect(played.all('QueueMemberPause', 'Interface')).toEqual(['PJSIP/1004', 'PJSIP/1005']);
    expect(played.all('QueueMemberPause', 'PausedReason')).toEqual(['Auto-Pause', 'Auto-Pause']);
    expect(played.all('AgentCalled', 'Interface')).toEqual(['PJSIP/1004', 'PJSIP/1005']);
  });

  it('are passed over at once where they refuse, and the next is called', () => {
    const played = playQueue(
      ['1004 will reject busy', ...join('1004', '1005'), '1001 dials 700', 'wait 1s', '1001 hangs up'],
      { queues: team('strategy = linear', 'timeout = 9'), dialplan },
    );
    expect(played.all('AgentRingNoAnswer', 'Interface')).toEqual(['PJSIP/1004']);
    expect(played.all('AgentCalled', 'Interface')).toEqual(['PJSIP/1004', 'PJSIP/1005']);
    expect(leftover(played)).toEqual([]);
  });

  it('of two queues are not called twice without ringinuse', () => {
    const played = playQueue(
      [
        ...join('1004'),
        'admin sends QueueAdd: {Queue: support, Interface: PJSIP/1004}',
        'together: [1001 dials 700, 1002 dials 610]',
        'wait 4s',
        '1001 hangs up',
        'wait 4s',
        '1002 hangs up',
      ],
      { queues: team('strategy = ringall', 'timeout = 20', 'retry = 1', 'ringinuse = no'), dialplan },
    );
    expect(played.all('AgentCalled', 'Queue')).toEqual(['team', 'support']);
    expect(leftover(played)).toEqual([]);
  });

  it.each([
    ['yes', 2],
    ['no', 1],
  ])('that talk are called with ringinuse = %s: %i calls', (ringInUse, calls) => {
    const played = playQueue(
      [
        ...join('1004'),
        '1004 will answer after 100ms',
        '1001 dials 700',
        'wait 1s',
        '1002 dials 700',
        'wait 2s',
        '1002 hangs up',
        '1001 hangs up',
      ],
      { queues: team('strategy = ringall', `ringinuse = ${ringInUse}`), dialplan },
    );
    expect(played.all('AgentCalled', 'Interface')).toHaveLength(calls);
    expect(leftover(played)).toEqual([]);
  });

  it('have nobody called in their place where option i forbids it', () => {
    const play = (options: string) =>
      playQueue(
        ['1004 will forward to 1005 after 200ms', '1005 will answer after 500ms', ...join('1004')].concat([
          '1001 dials 700',
          'wait 3s',
          '1001 hangs up',
        ]),
        { queues: team('strategy = ringall', 'retry = 9'), dialplan: queueAt700(options) },
      );
    expect(play('').all('AgentConnect', 'Interface')).toEqual(['PJSIP/1004']);
    expect(play('').all('DialEnd', 'Forward').filter(Boolean)).toEqual(['1005']);
    expect(play('i').all('AgentConnect', 'Interface')).toEqual([]);
    expect(leftover(play('i'))).toEqual([]);
  });

  it('rest for wrapuptime after a call', () => {
    const played = playQueue(
      [
        ...join('1004'),
        '1004 will answer after 100ms',
        '1001 dials 700',
        'wait 1s',
        '1001 hangs up',
        '1002 dials 700',
        'wait 8s',
        '1002 hangs up',
      ],
      { queues: team('strategy = rrmemory', 'wrapuptime = 4', 'timeout = 2', 'retry = 1'), dialplan },
    );
    const calls = played.events.filter(({ name }) => name === 'AgentCalled').map(({ atMs }) => Math.floor(atMs / 1000));
    expect(calls).toEqual([0, 5]);
  });

  it('go to the queue with the greater weight', () => {
    const played = playQueue(
      [
        ...join('1004'),
        'admin sends QueueAdd: {Queue: vip, Interface: PJSIP/1004}',
        'admin sends QueuePause: {Interface: PJSIP/1004, Paused: true}',
        '1001 dials 700',
        'wait 100ms',
        '1002 dials 706',
        'wait 100ms',
        '1004 will answer after 1s',
        'admin sends QueuePause: {Interface: PJSIP/1004, Paused: false}',
        'wait 4s',
        '1002 hangs up',
        '1001 hangs up',
      ],
      {
        queues: `${team('strategy = ringall', 'retry = 1', 'ringinuse = no')}\n[vip]\nweight = 5\nretry = 1`,
        dialplan: `${dialplan}\nexten => 706,1,Queue(vip)`,
      },
    );
    expect(played.all('AgentConnect', 'Queue')).toEqual(['vip']);
  });
});
