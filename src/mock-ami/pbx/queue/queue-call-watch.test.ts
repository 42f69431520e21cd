import { describe, expect, it } from 'vitest';
import { join, leftover, playQueue, queueAt700, team } from './queue-play.test-support.ts';

const dialplan = queueAt700();
const queues = team('strategy = ringall');
const CALL = [...join('1004'), '1004 will answer after 100ms', '1001 dials 700', 'wait 2s'];

describe('AgentComplete', () => {
  it.each([
    ['caller', ['1001 hangs up']],
    ['agent', ['1004 hangs up']],
    ['transfer', ['1004 transfers 1001 to 1005', 'wait 200ms', '1005 answers', 'wait 1s', '1001 hangs up']],
  ])('says who ended the call: %s', (reason, end) => {
    const played = playQueue([...CALL, ...end, 'wait 1s'], { queues, dialplan });
    expect(played.all('AgentComplete', 'Reason')).toEqual([reason]);
    expect(played.all('AgentComplete', 'TalkTime')).toEqual(['2']);
    expect(leftover(played)).toEqual([]);
  });

  it.each([
    ['Local/1004@from-phones/n', /^Local\/1004@from-phones-\d+;1$/],
    ['Local/1004@from-phones', /^PJSIP\/1004-/],
  ])('of the member %s names the channel that talks at the end', (member, channel) => {
    const played = playQueue(
      [
        `admin sends QueueAdd: {Queue: team, Interface: ${member}, StateInterface: PJSIP/1004}`,
        '1004 will answer after 1s',
        '1001 dials 700',
        'wait 3s',
        '1001 hangs up',
      ],
      { queues, dialplan },
    );
    expect(played.all('AgentComplete', 'Interface')).toEqual([member]);
    expect(played.all('AgentComplete', 'DestChannel')[0]).toMatch(channel);
    expect(leftover(played)).toEqual([]);
  });

  it('comes once for each of two calls that an agent has at the same time', () => {
    const played = playQueue(
      [...CALL, '1002 dials 700', 'wait 1s', '1004 hangs up all', 'wait 1s', '1002 hangs up all', '1001 hangs up all'],
      { queues: team('strategy = ringall', 'ringinuse = yes'), dialplan },
    );
    expect(played.all('AgentComplete', 'Channel').map((name) => name.slice(0, 10))).toEqual([
      'PJSIP/1001',
      'PJSIP/1002',
    ]);
    expect(leftover(played)).toEqual([]);
  });
});
