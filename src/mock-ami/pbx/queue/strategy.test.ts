import { describe, expect, it } from 'vitest';
import { join, leftover, playQueue, queueAt700, team } from './queue-play.test-support.ts';

const AGENTS = ['1003', '1004', '1005'];

/** Five calls one after the other, each answered by whom it reaches first. */
function fiveCalls(strategy: string, seed = 1) {
  const call = ['1001 dials 700', 'wait 2s', '1001 hangs up', 'wait 1s'];
  return playQueue(
    [
      ...join(...AGENTS),
      ...AGENTS.map((phone) => `${phone} will answer after 300ms`),
      ...Array.from({ length: 5 }, () => call).flat(),
    ],
    { queues: team(`strategy = ${strategy}`, 'timeout = 5', 'retry = 1'), dialplan: queueAt700(), seed },
  );
}

const called = (strategy: string, seed?: number): string =>
  fiveCalls(strategy, seed).all('AgentCalled', 'Interface').join(' ').replaceAll('PJSIP/', '');

describe('the strategy of a queue', () => {
  it('ringall calls all for each caller, and nothing is left over', () => {
    const played = fiveCalls('ringall');
    expect(played.all('AgentCalled', 'Interface')).toHaveLength(15);
    expect(played.all('AgentConnect', 'Interface')).toHaveLength(5);
    expect(leftover(played)).toEqual([]);
  });

  it.each([
    ['linear', '1003 1003 1003 1003 1003'],
    ['rrmemory', '1003 1004 1005 1003 1004'],
    ['rrordered', '1003 1004 1005 1003 1004'],
  ])('%s calls %s', (strategy, order) => {
    expect(called(strategy)).toBe(order);
  });

  it.each(['leastrecent', 'fewestcalls'])('%s comes to each before it comes to one again', (strategy) => {
    const order = called(strategy).split(' ');
    expect(new Set(order.slice(0, 3)).size).toBe(3);
    expect(order.slice(3)).toEqual(order.slice(0, 2));
  });

  it.each(['random', 'wrandom'])('%s goes by chance: the same for the same seed', (strategy) => {
    expect(called(strategy, 7)).toBe(called(strategy, 7));
    expect(new Set([1, 2, 3, 4].map((seed) => called(strategy, seed))).size).toBeGreaterThan(1);
  });

  it('goes on with the next where one does not answer: linear begins anew with each caller', () => {
    const played = playQueue(
      [...join(...AGENTS), '1001 dials 700', 'wait 5s', '1001 hangs up', '1002 dials 700', 'wait 1s', '1002 hangs up'],
      { queues: team('strategy = linear', 'timeout = 2', 'retry = 1'), dialplan: queueAt700() },
    );
    expect(played.all('AgentCalled', 'Interface')).toEqual(['PJSIP/1003', 'PJSIP/1004', 'PJSIP/1003']);
  });
});
