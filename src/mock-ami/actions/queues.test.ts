import { describe, expect, it } from 'vitest';
import { lastAnswer, playQueue, queueAt700, team } from '../pbx/queue/queue-play.test-support.ts';

/** Steps, then an action: what it is answered with. */
function answer(action: string, before: readonly string[] = []) {
  const played = playQueue([...before, `admin sends ${action}`, 'wait 100ms'], {
    queues: team('strategy = ringall'),
    dialplan: queueAt700(),
    rules: '[later]\npenaltychange => 30,+2,-1\npenaltychange => 60,10,0',
  });
  return lastAnswer(played);
}

const WAITS = ['1001 dials 700', 'wait 1s'];
const CALLER = '"${channel of 1001}"';
const GIVEN = ['admin sends QueueAdd: {Queue: team, Interface: PJSIP/1004}'];

describe('the actions of queues', () => {
  it.each([
    ['QueueAdd: {Interface: PJSIP/1004}', "'Queue' not specified."],
    ['QueueAdd: {Queue: team}', "'Interface' not specified."],
    ['QueueAdd: {Queue: none, Interface: PJSIP/1004}', 'Unable to add interface to queue: No such queue'],
    ['QueueAdd: {Queue: TEAM, Interface: pjsip/1004}', 'Unable to add interface: Already there'],
    ['QueueRemove: {Queue: team}', "Need 'Queue' and 'Interface' parameters."],
    ['QueueRemove: {Queue: none, Interface: PJSIP/1004}', 'Unable to remove interface from queue: No such queue'],
    ['QueueRemove: {Queue: team, Interface: PJSIP/1005}', 'Unable to remove interface: Not there'],
    ['QueueRemove: {Queue: sales, Interface: PJSIP/1002}', 'Member not dynamic'],
    ['QueuePause: {Interface: PJSIP/1004}', "Need 'Interface' and 'Paused' parameters."],
    ['QueuePause: {Interface: PJSIP/9999, Paused: "true"}', 'Interface not found'],
    ['QueuePenalty: {Interface: PJSIP/1004}', "Need 'Interface' and 'Penalty' parameters."],
    ['QueuePenalty: {Interface: PJSIP/1004, Penalty: -1}', 'Invalid interface, queuename or penalty'],
    ['QueuePenalty: {Interface: PJSIP/9999, Penalty: 1}', 'Invalid interface, queuename or penalty'],
    ['QueueMemberRingInUse: {Interface: PJSIP/1004}', "Need 'Interface' and 'RingInUse' parameters."],
    [
      'QueueMemberRingInUse: {Interface: PJSIP/1004, RingInUse: perhaps}',
      "'RingInUse' parameter must be a truth value (yes/no, on/off, 0/1, etc)",
    ],
    ['QueueLog: {Queue: team}', "Need 'Queue' and 'Event' parameters."],
    ['QueueWithdrawCaller: {Caller: x}', "'Queue' not specified."],
    ['QueueWithdrawCaller: {Queue: team}', "'Caller' not specified."],
    ['QueueWithdrawCaller: {Queue: none, Caller: x}', 'Unable to request withdraw from queue: No such queue'],
    ['QueueWithdrawCaller: {Queue: team, Caller: x}', 'Unable to request withdraw from queue: No such caller'],
    ['QueueChangePriorityCaller: {Caller: x, Priority: 1}', "'Queue' not specified."],
    ['QueueChangePriorityCaller: {Queue: team, Priority: 1}', "'Caller' not specified."],
    ['QueueChangePriorityCaller: {Queue: team, Caller: x}', "'Priority' not specified."],
    ['QueueChangePriorityCaller: {Queue: team, Caller: x, Priority: high}', "'Priority' need integer."],
    [
      'QueueChangePriorityCaller: {Queue: none, Caller: x, Priority: 1}',
      'Unable to change priority caller on queue: No such queue',
    ],
    [
      'QueueChangePriorityCaller: {Queue: team, Caller: x, Priority: 1}',
      'Unable to change priority caller on queue: No such caller',
    ],
  ])('refuse %s', (action, message) => {
    expect(answer(action, GIVEN)).toMatchObject({ Response: 'Error', Message: message });
  });

  it.each([
    ['QueueRemove: {Queue: Team, Interface: pjsip/1004}', 'Removed interface from queue'],
    ['QueuePause: {Interface: PJSIP/1004, Paused: "yes"}', 'Interface paused successfully'],
    ['QueuePause: {Interface: PJSIP/1004, Paused: "no"}', 'Interface unpaused successfully'],
    ['QueuePenalty: {Interface: PJSIP/1004, Penalty: 4}', 'Interface penalty set successfully'],
    ['QueueMemberRingInUse: {Interface: PJSIP/1004, RingInUse: "no"}', 'Interface ringinuse set successfully'],
    ['QueueLog: {Queue: team, Event: NOTE}', 'Event added successfully'],
    ['QueueReset: {Queue: team}', 'Queue stats reset successfully'],
    ['QueueReload: {Queue: team}', 'Queue reloaded successfully'],
    ['QueueStatus: {Queue: none}', 'Queue status will follow'],
    ['QueueSummary: {Queue: none}', 'Queue summary will follow'],
  ])('do %s', (action, message) => {
    expect(answer(action, GIVEN)).toMatchObject({ Response: 'Success', Message: message });
  });

  it.each([
    [`QueueWithdrawCaller: {Queue: team, Caller: ${CALLER}}`, 'Withdraw requested successfully'],
    [`QueueChangePriorityCaller: {Queue: team, Caller: ${CALLER}, Priority: 3}`, 'Priority change for caller on queue'],
  ])('reach who waits: %s', (action, message) => {
    expect(answer(action, WAITS)).toMatchObject({ Response: 'Success', Message: message });
  });

  it('list the steps of a rule', () => {
    const played = playQueue(['admin sends QueueRule: {Rule: LATER}', 'wait 100ms'], {
      rules: '[later]\npenaltychange => 30,+2,-1\npenaltychange => 60,10,0',
    });
    const raw = played.trace().lines.map(({ raw: text }) => text ?? '');
    expect(raw.find((text) => text.includes('RuleList'))).toMatch(
      /RuleList: later\r\nRule: 30,\+2,-1\r\nRule: 60,10,0/,
    );
  });

  it('give a caller that is moved at once its new place', () => {
    const list = 'admin sends QueueStatus: {Queue: team}';
    const priority = (immediate: string) =>
      `admin sends QueueChangePriorityCaller: {Queue: team, Caller: "\${channel of 1002}", Priority: 9, Immediate: "${immediate}"}`;
    const order = (immediate: string) =>
      playQueue(
        [
          '1001 dials 700',
          'wait 100ms',
          '1002 dials 700',
          'wait 1s',
          priority(immediate),
          list,
          'wait 100ms',
          '1001 hangs up',
          '1002 hangs up',
        ],
        { queues: team('strategy = ringall'), dialplan: queueAt700() },
      ).all('QueueEntry', 'CallerIDNum');
    expect([order('no'), order('yes')]).toEqual([
      ['1001', '1002'],
      ['1002', '1001'],
    ]);
  });

  it('forget what was counted', () => {
    const played = playQueue(
      ['1001 dials 700', 'wait 1s', '1001 hangs up', 'wait 1s', 'admin sends QueueStatus: {Queue: team}'].concat([
        'admin sends QueueReset: {}',
        'admin sends QueueStatus: {Queue: team}',
        'wait 100ms',
      ]),
      { queues: team('strategy = ringall'), dialplan: queueAt700() },
    );
    expect(played.all('QueueParams', 'Abandoned')).toEqual(['1', '0']);
  });
});
