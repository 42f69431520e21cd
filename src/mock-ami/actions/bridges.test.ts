import { describe, expect, it } from 'vitest';
import { lastAnswer, playQueue } from '../pbx/queue/queue-play.test-support.ts';

const LIST = 'admin sends BridgeTechnologyList: {}';
const send = (...actions: readonly string[]) => playQueue([...actions, 'wait 100ms']);

describe('a bridge technology', () => {
  it('is listed as suspended until it is taken back', () => {
    const names = send(LIST).all('BridgeTechnologyListItem', 'BridgeTechnology');
    const suspend = 'admin sends BridgeTechnologySuspend: {BridgeTechnology: softmix}';
    const unsuspend = 'admin sends BridgeTechnologyUnsuspend: {BridgeTechnology: softmix}';
    const suspended = (...actions: readonly string[]) =>
      send(...actions, LIST)
        .all('BridgeTechnologyListItem', 'BridgeSuspended')
        .filter((value) => value === 'Yes').length;
    expect(names).toContain('softmix');
    expect([suspended(), suspended(suspend), suspended(suspend, unsuspend)]).toEqual([0, 1, 0]);
  });

  it.each([
    ['BridgeTechnologySuspend: {}', 'BridgeTechnology must be provided'],
    ['BridgeTechnologyUnsuspend: {BridgeTechnology: teleport}', 'BridgeTechnology not found'],
  ])('has to be known: %s', (action, message) => {
    expect(lastAnswer(send(`admin sends ${action}`))['Message']).toBe(message);
  });
});
