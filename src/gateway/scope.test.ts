import { describe, expect, test } from 'vitest';
import { channelRows, lampRows, Office, users } from './office.test-support.ts';
import type { Role } from './roles.ts';
import type { UserRecord } from './users.ts';

const TALKS = `Event: DeviceStateChange
  Privilege: call,all
  State: INUSE
  Device: PJSIP/`;

/** A row of a list; unlike a live event it names no classes. */
function listed(number: number): string {
  return `Event: CoreShowChannel\n${channelRows(number).replace('Privilege: call,all\n', '')}`;
}

/** 1001 and 1002 talk; `sales` and `support` have a member; Ann's role is `clerk`. */
async function office(clerk: Partial<Role>) {
  const role: Role = { events: ['*'], hiddenHeaders: [], commands: ['action'], channels: 'own', actions: {}, ...clerk };
  const known = (await users()).map((user): UserRecord => (user.name === 'ann' ? { ...user, role: 'clerk' } : user));
  const opened = await Office.open({ users: { version: 1, roles: { clerk: role }, users: known } });
  for (const exten of [1001, 1002]) {
    opened.pbx.say(lampRows(exten, 1));
    opened.pbx.say(`${TALKS}${exten}`);
    opened.pbx.say(`Event: Newchannel\n${channelRows(exten - 1000)}`);
    opened.pbx.say(`Event: BridgeEnter\nBridgeUniqueid: b\nBridgeType: basic\n${channelRows(exten - 1000)}`);
  }
  for (const queue of ['sales', 'support'])
    opened.pbx.say(`Event: QueueMemberAdded\nPrivilege: agent,all\nQueue: ${queue}\nInterface: PJSIP/1002\nStatus: 1`);
  await opened.after();
  return opened;
}

const all = { actions: { ExtensionState: { Exten: 'number' }, CoreShowChannels: {} } } as const;

describe('who sees the own extension alone', () => {
  const own = { extensions: 'own', queues: ['sales'], ...all } as const;

  test('finds nothing of others in the snapshot', async () => {
    const { model } = (await (await office(own)).browser('ann')).last('snapshot');
    expect(model).toMatchObject({
      channels: [{ channel: 'PJSIP/1001-00000001' }],
      bridges: [{ uniqueid: 'b', channels: ['1.1'] }],
      calls: [{ linkedid: '1.1', channels: ['1.1'] }],
      extensions: [{ exten: '1001' }],
      devices: [{ device: 'PJSIP/1001' }],
      queues: [{ queue: 'sales' }],
    });
    expect(JSON.stringify(model)).not.toContain('PJSIP/1002-');
  });

  test('hears nothing of others, live or after coming back, with the ticket of somebody who does', async () => {
    const opened = await office(own);
    const [ann, olga] = [await opened.browser('ann'), await opened.browser('olga')];
    const { epoch, seq } = ann.last('snapshot');
    for (const rows of [
      lampRows(1001, 0),
      lampRows(1002, 0),
      `${TALKS}1002`,
      `Event: Hold\n${channelRows(2)}`,
      `Event: Hold\n${channelRows(1)}`,
      'Event: MessageWaiting\nPrivilege: call,all\nMailbox: 1002@default\nWaiting: 1',
      'Event: QueueMemberPause\nPrivilege: agent,all\nQueue: support\nInterface: PJSIP/1001\nPaused: 1',
      'Event: QueueMemberPause\nPrivilege: agent,all\nQueue: sales\nInterface: PJSIP/1002\nPaused: 1',
      'Event: UserEvent\nPrivilege: user,all\nUserEvent: Salary',
    ])
      opened.pbx.say(rows);
    await opened.after();
    const seen = ann.all('event').map(({ name, headers }) => [name, headers['Exten'] ?? headers['Queue']]);
    expect(seen).toEqual([
      ['ExtensionStatus', '1001'],
      ['Hold', '1002'],
      ['QueueMemberPause', 'sales'],
    ]);
    expect(olga.all('event')).toHaveLength(9);
    const again = opened.connect();
    const ticket = ann.last('welcome').ticket;
    again.says({ type: 'hello', ticket, resume: { epoch, seq } });
    await opened.until(() => again.messages.length > 0);
    expect(again.all('event').map(({ name }) => name)).toEqual(seen.map(([name]) => name));
  });

  test('is told nothing of others by an answer or its rows', async () => {
    const opened = await office(own);
    const ann = await opened.browser('ann');
    const ask = async (id: number, name: string, headers: Record<string, string> = {}) => {
      ann.says({ type: 'command', id, do: 'action', name, headers });
      await opened.until(() => ann.all('reply').length === id);
      return ann.last('reply');
    };
    const state = (exten: string) => [`Response: Success\nExten: ${exten}\nStatus: 1\nMessage: Extension Status`];
    opened.pbx.answers.set('ExtensionState', state('1002'));
    expect(await ask(1, 'ExtensionState', { Exten: '1002' })).toMatchObject({ response: { Response: 'Success' } });
    expect(JSON.stringify(ann.last('reply'))).not.toContain('Status');
    opened.pbx.answers.set('ExtensionState', state('1001'));
    expect(await ask(2, 'ExtensionState', { Exten: '1001' })).toMatchObject({ response: { Status: '1' } });
    opened.pbx.answers.set('CoreShowChannels', [listed(2), listed(1)]);
    expect(await ask(3, 'CoreShowChannels')).toMatchObject({
      rows: [{ headers: { Channel: 'PJSIP/1001-00000001' } }],
    });
  });
});

test('extensions are seen by patterns, and by the devices that their hints name', async () => {
  const opened = await office({ extensions: ['2*'] });
  opened.pbx.say(lampRows(2001, 1).replace('PJSIP/2001', 'PJSIP/1002'));
  await opened.after();
  const { model } = (await opened.browser('ann')).last('snapshot');
  expect(model.extensions).toMatchObject([{ exten: '2001' }]);
  expect(model.channels).toMatchObject([{ channel: 'PJSIP/1002-00000002' }]);
});

test('a role that says nothing of them sees all extensions and queues', async () => {
  const { model } = (await (await office({})).browser('ann')).last('snapshot');
  expect([model.extensions.length, model.channels.length, model.queues.length]).toEqual([2, 2, 2]);
});

test('a user without an extension sees none as the own', async () => {
  const known = (await users()).map((user): UserRecord => (user.name === 'victor' ? { ...user, role: 'clerk' } : user));
  const clerk: Role = {
    events: ['*'],
    hiddenHeaders: [],
    extensions: 'own',
    commands: [],
    channels: 'own',
    actions: {},
  };
  const opened = await Office.open({ users: { version: 1, roles: { clerk }, users: known } });
  opened.pbx.say(lampRows(1001, 1));
  await opened.after();
  expect((await opened.browser('victor')).last('snapshot').model.extensions).toEqual([]);
});

describe('a refusal tells nothing of what is out of sight:', () => {
  const clerk = {
    extensions: 'own',
    queues: ['sales'],
    commands: ['hangUp', 'transfer', 'dial', 'action'],
    channels: 'any',
    actions: {
      QueueStatus: { Queue: 'name' },
      QueuePause: { Queue: 'name', Interface: 'device', Paused: ['1', 'true'] },
      Park: { Channel: 'channel' },
      CoreShowChannels: {},
    },
  } as const;

  test.each([
    ['a channel of others', { do: 'hangUp', channel: 'PJSIP/1002-00000002' }, 'GATEWAY_NO_SUCH_CHANNEL'],
    ['a channel that is not there', { do: 'hangUp', channel: 'PJSIP/1002-00000009' }, 'GATEWAY_NO_SUCH_CHANNEL'],
    [
      'another channel to transfer',
      { do: 'transfer', channel: 'PJSIP/1002-00000002', to: '1' },
      'GATEWAY_NO_SUCH_CHANNEL',
    ],
    ['a channel in an action', action('Park', { Channel: 'PJSIP/1002-00000002' }), 'GATEWAY_NO_SUCH_CHANNEL'],
    ['the phone of others', { do: 'dial', from: '1002', to: '1001' }, 'GATEWAY_FORBIDDEN'],
    ['a queue of others', action('QueueStatus', { Queue: 'support' }), 'GATEWAY_FORBIDDEN'],
    ['a queue that is not there', action('QueueStatus', { Queue: 'nosuch' }), 'GATEWAY_FORBIDDEN'],
    ['a device of others', action('QueuePause', { Queue: 'sales', Interface: 'PJSIP/1002' }), 'GATEWAY_BAD_VALUE'],
    ['a device that is not there', action('QueuePause', { Queue: 'sales', Interface: 'PJSIP/9' }), 'GATEWAY_BAD_VALUE'],
    ['a value that the role does not allow', action('QueuePause', { Paused: '0' }), 'GATEWAY_FORBIDDEN'],
  ] as const)('%s', async (_, command, code) => {
    const opened = await office(clerk);
    opened.pbx.actions.length = 0;
    const ann = await opened.browser('ann');
    ann.says(JSON.stringify({ type: 'command', id: 1, ...command }));
    await opened.until(() => ann.all('reply').length === 1);
    expect(ann.last('reply')).toMatchObject({ ok: false, code });
    expect(opened.pbx.actionNames).toEqual([]);
    expect(JSON.stringify(ann.last('reply'))).not.toMatch(/1002|support/);
  });

  test('the words of the PBX, and how many rows were left out', async () => {
    const opened = await office(clerk);
    const ann = await opened.browser('ann');
    opened.pbx.answers.set('Park', ['Response: Error\nMessage: PJSIP/1002-00000002 is parked there']);
    ann.says({ type: 'command', id: 1, do: 'action', name: 'Park', headers: { Channel: 'PJSIP/1001-00000001' } });
    await opened.until(() => ann.all('reply').length === 1);
    expect(ann.last('reply')).toMatchObject({ code: 'GATEWAY_ACTION_FAILED', message: 'The PBX refused' });
    opened.pbx.answers.set('CoreShowChannels', [listed(2), listed(1)]);
    const page = opened.connect('asterclick.v1.xml');
    const documents: string[] = [];
    page.send = ({ text }) => void documents.push(text);
    page.says('<login username="ann" secret="ann"/>');
    page.says('<coreshowchannels/>');
    await opened.until(() => documents.some((text) => text.includes('coreshowchannelscomplete')));
    expect(documents.at(-1)).toContain('<listitems>1</listitems>');
    expect(documents.join()).not.toContain('1002-');
  });
});

test('of bridges of others nothing is told; of one in which the own channel was, also its end', async () => {
  const opened = await office({ extensions: 'own' });
  const ann = await opened.browser('ann');
  const bridge = (id: string) => `Privilege: call,all\nBridgeUniqueid: ${id}\nBridgeType: base\nBridgeNumChannels: 7`;
  opened.pbx.say(`Event: BridgeCreate\n${bridge('c')}`);
  opened.pbx.say(`Event: BridgeEnter\n${bridge('c')}\n${channelRows(2)}`);
  opened.pbx.say(`Event: BridgeLeave\n${bridge('c')}\n${channelRows(2)}`);
  opened.pbx.say(`Event: BridgeDestroy\n${bridge('c')}`);
  opened.pbx.say(`Event: BridgeLeave\n${bridge('b')}\n${channelRows(1)}`);
  opened.pbx.say(`Event: BridgeDestroy\n${bridge('b')}`);
  await opened.after();
  expect(ann.all('event').map(({ name, headers }) => [name, headers['BridgeUniqueid']])).toEqual([
    ['BridgeLeave', 'b'],
    ['BridgeDestroy', 'b'],
  ]);
});

function action(name: string, headers: Record<string, string>): object {
  return { do: 'action', name, headers };
}
