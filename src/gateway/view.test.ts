import { describe, expect, test } from 'vitest';
import { matcher } from './name-pattern.ts';
import { View } from './view.ts';
import { emptyModel, type Model } from './wire/model.ts';

describe('a pattern', () => {
  test.each([
    [
      ['Hold', 'Unhold'],
      ['Hold', 'Unhold'],
      ['hold', 'Holding', 'MusicOnHold', ''],
    ],
    [['Queue*'], ['QueueMemberStatus', 'Queue'], ['queue', 'AgentCalled', 'XQueue']],
    [['*Transfer'], ['BlindTransfer', 'AttendedTransfer'], ['TransferX']],
    [['*'], ['Hold', '', 'a\nb'], []],
    [[], [], ['Hold', '']],
    [
      ['A.B', 'a+(b)[c]|d^$'],
      ['A.B', 'a+(b)[c]|d^$'],
      ['AxB', 'd'],
    ],
    [['a*b*c'], ['abc', 'a-b\n-c'], ['ab', 'acb']],
  ])('%j fits %j, and not %j', (patterns, good, bad) => {
    const fits = matcher(patterns);
    for (let again = 0; again < 2; again++) {
      expect(good.filter((name) => !fits(name))).toEqual([]);
      expect(bad.filter((name) => fits(name))).toEqual([]);
    }
  });
});

function model(): Model {
  const all = emptyModel();
  all.channels.set('1', {
    uniqueid: '1',
    linkedid: '1',
    channel: 'PJSIP/1001-1',
    stateDesc: 'Up',
    callerIdNum: '1001',
    callerIdName: 'Ann',
    connectedLineNum: '1002',
    connectedLineName: 'Bob',
    context: 'c',
    exten: '1002',
    bridge: '',
    holding: true,
    music: true,
    sinceMs: 1,
    answeredMs: 1,
  });
  all.queues.set('q', {
    queue: 'q',
    members: [
      { interface: 'PJSIP/1001', name: 'Ann', status: 1, paused: false, pausedReason: '', penalty: 0, inCall: false },
    ],
    callers: [
      { uniqueid: '2', channel: 'PJSIP/1002-1', position: 1, callerIdNum: '1002', callerIdName: 'Bob', sinceMs: 1 },
    ],
  });
  return all;
}

describe('a snapshot shows no more than the live stream:', () => {
  test('nobody who may not see Hold sees who holds, nor who hears music', () => {
    const view = new View({ events: ['Newchannel', 'Hangup', 'QueueCallerJoin'], hiddenHeaders: [] });
    const { channels, queues } = view.snapshot(model());
    expect(channels).toMatchObject([{ channel: 'PJSIP/1001-1', holding: false, music: false }]);
    expect(queues).toMatchObject([{ members: [], callers: [{ callerIdNum: '1002' }] }]);
  });

  test('hidden headers are blank in channels and callers', () => {
    const view = new View({ events: ['*'], hiddenHeaders: ['CallerIDNum', 'ConnectedLine*', 'Exten'] });
    const { channels, queues } = view.snapshot(model());
    expect(channels).toMatchObject([
      { callerIdNum: '', callerIdName: 'Ann', connectedLineNum: '', connectedLineName: '', exten: '', holding: true },
    ]);
    expect(queues[0]?.callers).toMatchObject([{ callerIdNum: '', callerIdName: 'Bob' }]);
  });

  test('who sees all sees all', () => {
    const view = new View({ events: ['*'], hiddenHeaders: [] });
    expect(view.snapshot(model())).toMatchObject({
      channels: [...model().channels.values()],
      queues: [...model().queues.values()],
    });
  });
});

test('an event that hides nothing is passed on as it is, not copied', () => {
  const event = { name: 'Hold', at: 1, headers: { Channel: 'c' } };
  expect(new View({ events: ['*'], hiddenHeaders: [] }).event(event)).toBe(event);
});

test('hiding leaves the event itself as it was', () => {
  const event = { name: 'Hold', at: 1, headers: { Channel: 'c', DestChannel: 'd', Other: 'e' } };
  expect(new View({ events: ['*'], hiddenHeaders: ['Channel'] }).event(event)?.headers).toEqual({ Other: 'e' });
  expect(event.headers.Channel).toBe('c');
});

test('a hidden header is in no line of an event either', () => {
  const view = new View({ events: ['*'], hiddenHeaders: ['CallerIDNum', 'Privilege'] });
  const lines = [
    ['Privilege', 'call,all'],
    ['DestCallerIDNum', '1002'],
    ['Uniqueid', '1'],
  ] as const;
  const seen = view.event({ name: 'DialBegin', headers: { DestCallerIDNum: '1002', Uniqueid: '1' }, lines });
  expect(seen).toEqual({ name: 'DialBegin', headers: { Uniqueid: '1' }, lines: [['Uniqueid', '1']] });
});
