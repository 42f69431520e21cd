import { describe, expect, it } from 'vitest';
import { join, playQueue, queueAt700, team } from './queue-play.test-support.ts';

const withLimits = (limits: readonly string[], rule = '') =>
  [
    ...limits.map((limit, place) => (place === 0 ? `exten => 700,1,Set(${limit})` : ` same => n,Set(${limit})`)),
    ` same => n,Queue(team,,,,20,,,${rule})`,
    ' same => n,Hangup()',
  ].join('\n');

describe('penalties', () => {
  it('leave the others alone as long as one with a lower penalty can be called', () => {
    const played = playQueue([...join('1004:1', '1005:2'), '1001 dials 700', 'wait 9s', '1001 hangs up'], {
      queues: team('strategy = ringall', 'timeout = 2', 'retry = 1'),
      dialplan: queueAt700(),
    });
    expect(new Set(played.all('AgentCalled', 'Interface'))).toEqual(new Set(['PJSIP/1004']));
  });

  it('let ringall come to the next where the best cannot be reached', () => {
    const played = playQueue([...join('1004:1', '1005:2'), '1001 dials 700', 'wait 1s', '1001 hangs up'], {
      queues: team('strategy = ringall', 'ringinuse = yes'),
      dialplan: queueAt700(),
      phones: ['1001', '1005'],
    });
    expect(played.all('AgentCalled', 'Interface')).toEqual(['PJSIP/1005']);
  });

  it.each([
    ['QUEUE_MAX_PENALTY=1', ['PJSIP/1004']],
    ['QUEUE_MIN_PENALTY=2', ['PJSIP/1005']],
    ['QUEUE_RAISE_PENALTY=2', ['PJSIP/1005', 'PJSIP/1004']],
  ])('%s says who may be called', (limit, called) => {
    const played = playQueue([...join('1004:1', '1005:2'), '1001 dials 700', 'wait 1s', '1001 hangs up'], {
      queues: team('strategy = ringall'),
      dialplan: withLimits([limit]),
    });
    expect(played.all('AgentCalled', 'Interface').toSorted()).toEqual(called.toSorted());
  });

  it('change by a rule with the time, told as variables', () => {
    const played = playQueue([...join('1004:1', '1005:2'), '1001 dials 700', 'wait 9s', '1001 hangs up'], {
      queues: team('strategy = linear', 'timeout = 2', 'retry = 1'),
      rules: '[later]\npenaltychange => 5,+1,2',
      dialplan: withLimits(['QUEUE_MAX_PENALTY=1', 'QUEUE_MIN_PENALTY=0'], 'later'),
    });
    const before = played.events.filter(({ name, atMs }) => name === 'AgentCalled' && atMs < 5000);
    expect(new Set(before.map(({ headers }) => headers['Interface']))).toEqual(new Set(['PJSIP/1004']));
    expect(played.variable('QUEUE_MAX_PENALTY')).toBe('2');
    expect(played.all('AgentCalled', 'Interface').at(-1)).toBe('PJSIP/1005');
  });
});
