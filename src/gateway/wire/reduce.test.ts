import { describe, expect, test } from 'vitest';
import type { WireEvent } from './event.ts';
import { holds, isHeld } from './holds.ts';
import { emptyModel, fromSnapshot, type Model, toSnapshot } from './model.ts';
import { reduce, reducePbxLoss } from './reduce.ts';

/** Rows as they stand in a recording. */
function event(text: string, at = 0): WireEvent {
  const headers: Record<string, string> = {};
  for (const row of text.trim().split('\n')) {
    const [name = '', ...value] = row.trim().split(':');
    headers[name] = value.join(':').trim();
  }
  const { Event: name = '', ...rest } = headers;
  return { name, at, headers: rest };
}

function channelRows(number: number, state: string, linkedid = '1.1'): string {
  return `Channel: PJSIP/100${number}-0000000${number}
    ChannelState: 6
    ChannelStateDesc: ${state}
    CallerIDNum: 100${number}
    CallerIDName: <unknown>
    ConnectedLineNum: <unknown>
    ConnectedLineName: <unknown>
    Context: from-phones
    Exten: 1002
    Uniqueid: 1.${number}
    Linkedid: ${linkedid}`;
}

function bridgeRows(id = 'b1'): string {
  return `BridgeUniqueid: ${id}
    BridgeType: basic
    BridgeTechnology: simple_bridge
    BridgeName: <unknown>`;
}

/** 1001 and 1002 talk. */
function callModel(): Model {
  const model = emptyModel();
  reduce(model, event(`Event: Newchannel\n${channelRows(1, 'Ring')}`, 1000));
  reduce(model, event(`Event: Newchannel\n${channelRows(2, 'Down')}`, 1100));
  reduce(model, event(`Event: Newstate\n${channelRows(2, 'Up')}`, 2000));
  reduce(model, event(`Event: Newstate\n${channelRows(1, 'Up')}`, 2001));
  reduce(model, event(`Event: BridgeCreate\n${bridgeRows()}`));
  reduce(model, event(`Event: BridgeEnter\n${bridgeRows()}\n${channelRows(2, 'Up')}`));
  reduce(model, event(`Event: BridgeEnter\n${bridgeRows()}\n${channelRows(1, 'Up')}`));
  return model;
}

describe('channels, bridges, calls', () => {
  test('two channels with one linkedid are one call, answered when the first of them is', () => {
    const model = callModel();
    expect([...model.calls.values()]).toEqual([
      { linkedid: '1.1', channels: ['1.1', '1.2'], sinceMs: 1000, answeredMs: 2000 },
    ]);
    expect(model.bridges.get('b1')?.channels).toEqual(['1.2', '1.1']);
    expect(model.channels.get('1.1')).toMatchObject({ bridge: 'b1', callerIdName: '', stateDesc: 'Up', sinceMs: 1000 });
  });

  test('a hangup takes the channel out of its bridge and its call, and the last one ends the call', () => {
    const model = callModel();
    reduce(model, event(`Event: Hangup\n${channelRows(1, 'Up')}`));
    expect(model.bridges.get('b1')?.channels).toEqual(['1.2']);
    expect(model.calls.get('1.1')?.channels).toEqual(['1.2']);
    const facts = reduce(model, event(`Event: Hangup\n${channelRows(2, 'Up')}`));
    expect(facts.map(({ kind, key }) => `${kind} ${key}`).sort()).toEqual(['bridge b1', 'call 1.1', 'channel 1.2']);
    reduce(model, event(`Event: BridgeDestroy\n${bridgeRows()}`));
    expect(toSnapshot(model)).toEqual(toSnapshot(emptyModel()));
  });

  test('an event of a channel that is gone brings nothing back', () => {
    const model = callModel();
    for (const number of [1, 2]) reduce(model, event(`Event: Hangup\n${channelRows(number, 'Up')}`));
    expect(reduce(model, event(`Event: NewConnectedLine\n${channelRows(1, 'Up')}`))).toEqual([]);
    expect(reduce(model, event(`Event: Hold\n${channelRows(1, 'Up')}`))).toEqual([]);
    expect(reduce(model, event(`Event: BridgeLeave\n${bridgeRows('old')}\n${channelRows(1, 'Up')}`))).toEqual([]);
  });

  test('a channel whose linkedid changes moves to the other call', () => {
    const model = callModel();
    reduce(model, event(`Event: Newchannel\n${channelRows(3, 'Ring', '1.3')}`, 3000));
    reduce(model, event(`Event: VarSet\n${channelRows(3, 'Ring', '1.1')}\nVariable: X`));
    expect([...model.calls.keys()]).toEqual(['1.1']);
    expect(model.calls.get('1.1')).toMatchObject({ channels: ['1.1', '1.2', '1.3'], sinceMs: 1000 });
  });

  test('a channel is in one bridge: entering another takes it out of the first', () => {
    const model = callModel();
    reduce(model, event(`Event: BridgeEnter\n${bridgeRows('b2')}\n${channelRows(1, 'Up')}`));
    expect(model.bridges.get('b1')?.channels).toEqual(['1.2']);
    expect(model.bridges.get('b2')?.channels).toEqual(['1.1']);
    reduce(model, event(`Event: BridgeLeave\n${bridgeRows('b1')}\n${channelRows(1, 'Up')}`));
    expect(model.channels.get('1.1')?.bridge).toBe('b2');
  });

  test('reports of RTCP and prefixed snapshots, which can be old, change nothing', () => {
    const model = callModel();
    expect(reduce(model, event(`Event: RTCPReceived\n${channelRows(1, 'Ring')}`))).toEqual([]);
    expect(
      reduce(model, event('Event: DialEnd\nDestUniqueid: 1.1\nDestChannelStateDesc: Ring\nDialStatus: ANSWER')),
    ).toEqual([]);
  });

  test.each([
    ["O\\'Neill", "O'Neill"],
    ['a \\"b\\" \\\\ c', 'a "b" \\ c'],
    ['Jörg', 'Jörg'],
    ['<unknown>', ''],
  ])('reads the caller name %s as %s', (wire, name) => {
    const model = emptyModel();
    reduce(
      model,
      event(`Event: Newchannel\n${channelRows(1, 'Ring').replace('CallerIDName: <unknown>', `CallerIDName: ${wire}`)}`),
    );
    expect(model.channels.get('1.1')?.callerIdName).toBe(name);
  });
});

describe('holds', () => {
  test('the channel of Hold holds, the others in its bridge are held, until Unhold', () => {
    const model = callModel();
    const facts = reduce(model, event(`Event: Hold\n${channelRows(1, 'Up')}\nMusicClass: default`));
    expect(facts).toMatchObject([
      { kind: 'channel', key: '1.1', before: { holding: false }, after: { holding: true } },
    ]);
    reduce(model, event(`Event: MusicOnHoldStart\n${channelRows(2, 'Up')}\nClass: default`));
    expect(holds(model)).toEqual([{ holding: '1.1', held: ['1.2'] }]);
    expect([isHeld(model, '1.1'), isHeld(model, '1.2')]).toEqual([false, true]);
    expect(model.channels.get('1.2')?.music).toBe(true);
    reduce(model, event(`Event: Unhold\n${channelRows(1, 'Up')}`));
    expect(holds(model)).toEqual([]);
  });

  test('a second Hold tells nothing new', () => {
    const model = callModel();
    reduce(model, event(`Event: Hold\n${channelRows(1, 'Up')}`));
    expect(reduce(model, event(`Event: Hold\n${channelRows(1, 'Up')}`))).toEqual([]);
  });
});

describe('lamps', () => {
  test('an extension has a state in each context', () => {
    const model = emptyModel();
    const rows =
      'Event: ExtensionStatus\nExten: 1002\nContext: hints-only\nHint: PJSIP/1002\nStatus: 16\nStatusText: Hold';
    expect(reduce(model, event(rows))).toMatchObject([
      { kind: 'extension', key: '1002@hints-only', after: { status: 16 } },
    ]);
    reduce(model, event(rows.replace('hints-only', 'other').replace('16', '0')));
    expect([...model.extensions.values()].map(({ status }) => status)).toEqual([16, 0]);
    expect(reduce(model, event(rows))).toEqual([]);
  });

  test('a device state is kept by device', () => {
    const model = emptyModel();
    reduce(model, event('Event: DeviceStateChange\nDevice: PJSIP/1002\nState: ONHOLD'));
    expect(model.devices.get('PJSIP/1002')).toEqual({ device: 'PJSIP/1002', state: 'ONHOLD' });
  });
});

describe('queues', () => {
  const caller = (number: number, position: number) =>
    `${channelRows(number, 'Up', `1.${number}`)}\nQueue: support\nPosition: ${position}\nCount: 1`;

  test('callers behind one who leaves move up, and leaving twice is leaving once', () => {
    const model = emptyModel();
    for (const number of [1, 2, 3]) reduce(model, event(`Event: QueueCallerJoin\n${caller(number, number)}`));
    reduce(model, event(`Event: QueueCallerAbandon\n${caller(2, 2)}`));
    reduce(model, event(`Event: QueueCallerLeave\n${caller(2, 2)}`));
    expect(model.queues.get('support')?.callers.map(({ uniqueid, position }) => `${uniqueid} ${position}`)).toEqual([
      '1.1 1',
      '1.3 2',
    ]);
  });

  test('a caller who hangs up waits nowhere', () => {
    const model = emptyModel();
    reduce(model, event(`Event: Newchannel\n${channelRows(1, 'Up')}`));
    reduce(model, event(`Event: QueueCallerJoin\n${caller(1, 1)}`));
    reduce(model, event(`Event: Hangup\n${channelRows(1, 'Up')}`));
    expect(model.queues.get('support')?.callers).toEqual([]);
  });

  test('members come, change and go by interface', () => {
    const model = emptyModel();
    const member =
      'Queue: support\nMemberName: Ann\nInterface: PJSIP/1001\nInCall: 0\nStatus: 1\nPaused: 0\nPenalty: 2';
    reduce(model, event(`Event: QueueMemberAdded\n${member}`));
    reduce(model, event(`Event: QueueMemberPause\n${member.replace('Paused: 0', 'Paused: 1')}\nPausedReason: lunch`));
    expect(model.queues.get('support')?.members).toEqual([
      {
        interface: 'PJSIP/1001',
        name: 'Ann',
        status: 1,
        paused: true,
        pausedReason: 'lunch',
        penalty: 2,
        inCall: false,
      },
    ]);
    reduce(model, event(`Event: QueueMemberRemoved\n${member}`));
    expect(model.queues.get('support')?.members).toEqual([]);
  });
});

test('who is put in the place of a member of a conference, without BridgeEnter, is in its bridge', () => {
  const model = callModel();
  const join = (number: number) =>
    event(`Event: ConfbridgeJoin\nConference: 500\n${bridgeRows('b5')}\n${channelRows(number, 'Up')}`);
  reduce(model, event(`Event: BridgeCreate\n${bridgeRows('b5')}`));
  reduce(model, join(2));
  expect(model.channels.get('1.2')?.bridge).toBe('b5');
  expect(model.bridges.get('b5')?.channels).toEqual(['1.2']);
  expect(model.bridges.get('b1')?.channels).toEqual(['1.1']);
});

test('a snapshot and the events after it give the same model as all events', () => {
  const model = callModel();
  const other = fromSnapshot(JSON.parse(JSON.stringify(toSnapshot(model))));
  for (const each of [model, other]) reduce(each, event(`Event: Hold\n${channelRows(2, 'Up')}`));
  expect(other).toEqual(model);
  expect(other.channels.get('1.2')?.holding).toBe(true);
});

test('losing the PBX leaves no call and no lamp that claims to know', () => {
  const model = callModel();
  reduce(model, event('Event: ExtensionStatus\nExten: 1002\nContext: c\nHint: h\nStatus: 16\nStatusText: Hold'));
  reduce(model, event('Event: DeviceStateChange\nDevice: PJSIP/1002\nState: ONHOLD'));
  reducePbxLoss(model);
  expect([model.channels.size, model.bridges.size, model.calls.size]).toEqual([0, 0, 0]);
  expect(model.extensions.get('1002@c')).toMatchObject({ status: -1, statusText: 'Unknown' });
  expect(model.devices.get('PJSIP/1002')?.state).toBe('UNKNOWN');
});

test.each([['__proto__'], ['constructor'], ['']])('an event that names everything %j harms nothing', (name) => {
  const model = emptyModel();
  const rows = channelRows(1, 'Up', name).replace('Uniqueid: 1.1', `Uniqueid: ${name}`);
  for (const kind of ['Newchannel', 'Hold', 'QueueCallerJoin', 'BridgeEnter', 'Hangup', '__proto__', 'toString'])
    reduce(model, event(`Event: ${kind}\n${rows}\nBridgeUniqueid: ${name}\nQueue: ${name}`));
  expect(model.channels.size).toBe(0);
});
