import { describe, expect, it } from 'vitest';
import { join, leftover, playQueue, queueAt700, team } from './queue-play.test-support.ts';

const dialplan = queueAt700();
const LIST = 'admin sends QueueStatus: {Queue: team}';
const reload = (settings: string) => `pbx changes queues.conf: {team: {${settings}}}`;

describe('queues over a restart', () => {
  it.each([
    ['yes', ['PJSIP/1004']],
    ['no', []],
  ])('persistentmembers = %s says who is still logged in', (persistent, members) => {
    const played = playQueue([...join('1004:3'), 'pbx restarts', 'wait 8s', 'admin logs in', LIST, 'wait 1s'], {
      queues: `${team('strategy = ringall')}\n[general](+)\npersistentmembers = ${persistent}`,
    });
    expect(played.all('QueueMember', 'Location')).toEqual(members);
  });
});

describe('queues after a reload', () => {
  it('do as queues.conf says now; counts, callers and who has logged in stay', () => {
    const played = playQueue(
      [
        ...join('1004'),
        '1001 dials 700',
        'wait 1s',
        reload('strategy: linear, maxlen: 3, member: PJSIP/1005'),
        'pbx reloads',
        LIST,
        'wait 1s',
        '1001 hangs up',
      ],
      { queues: team('strategy = ringall', 'timeout = 60'), dialplan },
    );
    expect(played.all('QueueParams', 'Strategy')).toEqual(['linear']);
    expect(played.all('QueueParams', 'Max')).toEqual(['3']);
    expect(played.all('QueueParams', 'Calls')).toEqual(['1']);
    expect(played.all('QueueMember', 'Location').toSorted()).toEqual(['PJSIP/1004', 'PJSIP/1005']);
    expect(leftover(played)).toEqual([]);
  });

  it('are as they were where only another module was reloaded', () => {
    const played = playQueue([reload('maxlen: 3'), 'pbx reloads features', LIST, 'wait 1s'], {
      queues: team('strategy = ringall'),
    });
    expect(played.all('QueueParams', 'Max')).toEqual(['0']);
  });

  it('may be reloaded by their own action: members, rules or parameters alone', () => {
    const played = playQueue(
      [
        reload('maxlen: 3, member: PJSIP/1005'),
        'admin sends QueueReload: {Queue: team, Members: "yes"}',
        LIST,
        'admin sends QueueReload: {Parameters: "yes"}',
        LIST,
        'wait 1s',
      ],
      { queues: team('strategy = ringall') },
    );
    expect(played.all('QueueParams', 'Max')).toEqual(['0', '3']);
  });
});
