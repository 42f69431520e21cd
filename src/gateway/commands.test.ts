import { describe, expect, test } from 'vitest';
import { channelRows, type FakeBrowser, lampRows, Office, type OfficeOptions } from './office.test-support.ts';
import type { Role } from './roles.ts';
import { BUILT_IN_ROLES } from './roles.ts';
import type { Reply } from './wire/protocol.ts';

/** 1001 and 1002 talk; 1003 waits. All have lamps. */
async function talkingOffice(options: OfficeOptions = {}): Promise<Office> {
  const office = await Office.open(options);
  const { pbx } = office;
  for (const exten of [1001, 1002, 1003]) {
    pbx.say(lampRows(exten, 0));
    pbx.say(`Event: DeviceStateChange\nPrivilege: call,all\nDevice: PJSIP/${exten}\nState: INUSE`);
  }
  for (const number of [1, 2]) pbx.say(`Event: Newchannel\n${channelRows(number)}`);
  await office.after();
  pbx.answers.set('Getvar', ['Response: Success\nVariable: PJSIP_ENDPOINT\nValue: from-phones']);
  for (const name of ['Originate', 'Hangup', 'BlindTransfer', 'Redirect', 'QueuePause'])
    pbx.answers.set(name, [`Response: Success\nMessage: ${name} done`]);
  pbx.actions.length = 0;
  return office;
}

async function ask(office: Office, browser: FakeBrowser, command: object, id = 1): Promise<Reply> {
  browser.says(JSON.stringify({ type: 'command', id, ...command }));
  await office.until(() => browser.all('reply').some((reply) => reply.id === id));
  return browser.last('reply');
}

/** The last action but Getvar, as rows, without Action and ActionID. */
function sent(office: Office): readonly string[] {
  const action = office.pbx.actions.findLast((each) => each.get('Action') !== 'Getvar');
  return action?.headers.filter(([name]) => name !== 'ActionID').map(([name, value]) => `${name}: ${value}`) ?? [];
}

const one = 'PJSIP/1001-00000001';
const two = 'PJSIP/1002-00000002';

describe('a command becomes an action', () => {
  test.each([
    [
      'dial: the phone of the number rings first, never in a way that blocks the session',
      { do: 'dial', from: '1003', to: '*8' },
      [
        'Action: Originate',
        'Channel: PJSIP/1003',
        'Context: from-phones',
        'Exten: *8',
        'Priority: 1',
        'Timeout: 30000',
        'Async: true',
      ],
    ],
    ['hangUp', { do: 'hangUp', channel: one }, ['Action: Hangup', `Channel: ${one}`]],
    [
      'transfer: the channel is that of whoever transfers',
      { do: 'transfer', channel: two, to: '1003' },
      ['Action: BlindTransfer', `Channel: ${two}`, 'Context: from-phones', 'Exten: 1003'],
    ],
    [
      'redirect of one',
      { do: 'redirect', channel: one, to: '661' },
      ['Action: Redirect', `Channel: ${one}`, 'Context: from-phones', 'Exten: 661', 'Priority: 1'],
    ],
    [
      'redirect of two',
      { do: 'redirect', channel: one, extraChannel: two, to: '500' },
      [
        'Action: Redirect',
        `Channel: ${one}`,
        'Context: from-phones',
        'Exten: 500',
        'Priority: 1',
        `ExtraChannel: ${two}`,
        'ExtraContext: from-phones',
        'ExtraExten: 500',
        'ExtraPriority: 1',
      ],
    ],
    [
      'an action from the list',
      {
        do: 'action',
        name: 'QueuePause',
        headers: { Queue: 'sales', Interface: 'PJSIP/1001', Paused: 'true', Reason: 'tea: now' },
      },
      ['Action: QueuePause', 'Queue: sales', 'Interface: PJSIP/1001', 'Paused: true', 'Reason: tea: now'],
    ],
  ])('%s', async (_, command, rows) => {
    const office = await talkingOffice();
    const reply = await ask(office, await office.browser('olga'), command);
    expect(reply).toMatchObject({ ok: true, response: { Response: 'Success' } });
    expect(sent(office)).toEqual(rows);
  });

  test('in the context that the operator of the gateway names', async () => {
    const office = await talkingOffice({ context: 'internal' });
    await ask(office, await office.browser('olga'), { do: 'transfer', channel: two, to: '1003' });
    expect(sent(office)).toContain('Context: internal');
    expect(office.pbx.actionNames).not.toContain('Getvar');
  });

  test('in the context of the channel where the PBX does not tell that of its phone', async () => {
    const office = await talkingOffice();
    office.pbx.answers.delete('Getvar');
    await ask(office, await office.browser('olga'), { do: 'transfer', channel: two, to: '1003' });
    expect(sent(office)).toContain('Context: from-phones');
  });

  test('and changes nothing in the model, which only events do', async () => {
    const office = await talkingOffice();
    const browser = await office.browser('olga');
    await ask(office, browser, { do: 'hangUp', channel: one });
    expect(office.gateway.model.channels.size).toBe(2);
    expect(browser.all('event')).toEqual([]);
  });
});

describe('an answer', () => {
  test('with a list has its rows', async () => {
    const office = await talkingOffice();
    office.pbx.answers.set('QueueStatus', [
      'Event: QueueParams\nQueue: sales',
      'Event: QueueMember\nQueue: sales\nName: Ann',
    ]);
    const reply = await ask(office, await office.browser('victor'), { do: 'action', name: 'QueueStatus' });
    expect(reply).toMatchObject({ ok: false, code: 'GATEWAY_FORBIDDEN' });
    expect(await ask(office, await office.browser('olga'), { do: 'action', name: 'QueueStatus' })).toMatchObject({
      ok: true,
      rows: [
        { name: 'QueueParams', headers: { Queue: 'sales' } },
        { name: 'QueueMember', headers: { Queue: 'sales', Name: 'Ann' } },
      ],
    });
  });

  test('goes to whoever asked, by the id that they gave, in the order of the answers', async () => {
    const office = await talkingOffice();
    const [olga, ann] = [await office.browser('olga'), await office.browser('ann')];
    office.pbx.silentOn.add('Hangup');
    olga.says({ type: 'command', id: 5, do: 'hangUp', channel: one });
    ann.says({ type: 'command', id: 5, do: 'action', name: 'ExtensionStateList' });
    await office.until(() => ann.all('reply').length > 0);
    expect(olga.all('reply')).toEqual([]);
    office.pbx.answer('Hangup');
    await office.until(() => olga.all('reply').length > 0);
    expect(olga.all('reply')).toEqual([
      { type: 'reply', id: 5, ok: true, response: { Response: 'Success', Message: 'Hangup done' } },
    ]);
    expect(ann.all('reply')).toHaveLength(1);
  });

  test('that is an error of the PBX has its words', async () => {
    const office = await talkingOffice();
    office.pbx.answers.set('Hangup', ['Response: Error\nMessage: No such channel']);
    const reply = await ask(office, await office.browser(), { do: 'hangUp', channel: one });
    expect(reply).toEqual({
      type: 'reply',
      id: 1,
      ok: false,
      code: 'GATEWAY_ACTION_FAILED',
      message: 'No such channel',
    });
  });

  test('that does not come in time is told as that', async () => {
    const office = await talkingOffice();
    const browser = await office.browser();
    office.pbx.silentOn.add('Hangup');
    browser.says({ type: 'command', id: 1, do: 'hangUp', channel: one });
    await office.after(10_500);
    expect(browser.last('reply')).toMatchObject({ ok: false, code: 'GATEWAY_ACTION_TIMEOUT' });
  });

  test('while there is no PBX, or when it goes meanwhile, is that', async () => {
    const office = await talkingOffice({ pbxOptions: { backOff: { firstMs: 1e6, maxMs: 1e6 } } });
    const browser = await office.browser();
    office.pbx.silentOn.add('Hangup');
    browser.says({ type: 'command', id: 1, do: 'hangUp', channel: one });
    await office.after();
    office.pbx.drop();
    await office.after();
    expect(browser.last('reply')).toMatchObject({ id: 1, ok: false, code: 'GATEWAY_PBX_DOWN' });
    expect(await ask(office, browser, { do: 'action', name: 'QueueStatus' }, 2)).toMatchObject({
      code: 'GATEWAY_PBX_DOWN',
    });
  });

  test('is awaited by a few at a time: a flood does not reach the PBX', async () => {
    const office = await talkingOffice({ limits: { messageBurst: 2_000 } });
    const browser = await office.browser();
    office.pbx.silentOn.add('Hangup');
    for (let id = 1; id <= 1000; id++) browser.says({ type: 'command', id, do: 'hangUp', channel: one });
    await office.after();
    expect(office.pbx.actions).toHaveLength(32);
    expect(browser.all('reply')).toHaveLength(968);
    expect(browser.last('reply')).toMatchObject({ ok: false, code: 'GATEWAY_TOO_MANY_COMMANDS' });
    office.pbx.answer('Hangup');
    await office.after();
    expect(browser.all('reply').filter(({ ok }) => ok)).toHaveLength(1);
    browser.says({ type: 'command', id: 1001, do: 'hangUp', channel: one });
    await office.after();
    expect(office.pbx.actions).toHaveLength(33);
  });

  test('to a browser that has left goes nowhere', async () => {
    const office = await talkingOffice();
    const browser = await office.browser();
    office.pbx.silentOn.add('Hangup');
    browser.says({ type: 'command', id: 1, do: 'hangUp', channel: one });
    await office.after();
    browser.leave();
    office.pbx.answer('Hangup');
    await office.after();
    expect(browser.all('reply')).toEqual([]);
  });
});

describe('is refused, and nothing of it reaches AMI:', () => {
  const F = 'GATEWAY_FORBIDDEN';
  const V = 'GATEWAY_BAD_VALUE';
  const N = 'GATEWAY_NO_SUCH_CHANNEL';
  const M = 'GATEWAY_BAD_MESSAGE';
  test.each([
    ['a viewer who dials', 'victor', { do: 'dial', from: '1001', to: '1002' }, F],
    ['a viewer who hangs up', 'victor', { do: 'hangUp', channel: one }, F],
    ['an agent who dials from another phone', 'ann', { do: 'dial', from: '1002', to: '1003' }, F],
    ['an agent who hangs up another phone', 'ann', { do: 'hangUp', channel: two }, F],
    ['an agent who transfers on another phone', 'ann', { do: 'transfer', channel: two, to: '1001' }, F],
    ['an agent who redirects another phone', 'ann', { do: 'redirect', channel: two, to: '1001' }, F],
    [
      'an agent who takes another phone along',
      'ann',
      { do: 'redirect', channel: one, extraChannel: two, to: '1001' },
      F,
    ],
    [
      'an agent who pauses somebody else',
      'ann',
      { do: 'action', name: 'QueuePause', headers: { Interface: 'PJSIP/1002', Paused: '1' } },
      F,
    ],
    [
      'an agent who mutes somebody else',
      'ann',
      { do: 'action', name: 'MuteAudio', headers: { Channel: two, State: 'on' } },
      F,
    ],
    ['every channel at once, by a pattern', 'olga', { do: 'hangUp', channel: '/.*/' }, N],
    ['a channel by its uniqueid', 'olga', { do: 'hangUp', channel: '1.1' }, N],
    ['a channel by a part of its name', 'olga', { do: 'hangUp', channel: 'PJSIP/1001' }, N],
    ['no channel', 'olga', { do: 'hangUp', channel: '' }, N],
    ['a channel that every object has', 'olga', { do: 'hangUp', channel: 'constructor' }, N],
    ['a shell by dialplan application', 'olga', { do: 'dial', from: '1001', to: '1002,1,System(id)' }, V],
    ['another context by the number', 'olga', { do: 'dial', from: '1001', to: '1002@from-trunk' }, V],
    ['two phones by the number', 'olga', { do: 'dial', from: '1001&PJSIP/1002', to: '1003' }, V],
    ['another technology by the number', 'olga', { do: 'dial', from: 'Local/900@x', to: '1003' }, V],
    ['a function in the number', 'olga', { do: 'dial', from: '1001', to: '$' + '{SHELL(id)}' }, V],
    ['a number with a blank', 'olga', { do: 'transfer', channel: one, to: '10 02' }, V],
    ['a number that is empty', 'olga', { do: 'transfer', channel: one, to: '' }, V],
    ['a number that is too long', 'olga', { do: 'redirect', channel: one, to: '1'.repeat(65) }, V],
    ['a phone that nobody knows', 'olga', { do: 'dial', from: '4711', to: '1002' }, V],
    ['an action header by a command', 'olga', { do: 'dial', from: '1001', to: '1002\r\nApplication: System' }, M],
    ['a second action by a line end', 'olga', { do: 'hangUp', channel: `${one}\r\n\r\nAction: Command` }, M],
    ['Command', 'olga', { do: 'action', name: 'Command', headers: { Command: 'core stop now' } }, F],
    [
      'Originate to an application',
      'olga',
      { do: 'action', name: 'Originate', headers: { Application: 'System', Data: 'id' } },
      F,
    ],
    ['UpdateConfig', 'olga', { do: 'action', name: 'UpdateConfig', headers: { SrcFilename: 'manager.conf' } }, F],
    ['ModuleLoad', 'olga', { do: 'action', name: 'ModuleLoad', headers: { Module: 'x.so' } }, F],
    ['GetConfig', 'olga', { do: 'action', name: 'GetConfig', headers: { Filename: 'manager.conf' } }, F],
    ['Setvar', 'olga', { do: 'action', name: 'Setvar', headers: { Variable: 'SHELL(id)', Value: '' } }, F],
    ['Getvar of a function', 'olga', { do: 'action', name: 'Getvar', headers: { Variable: 'SHELL(id)' } }, F],
    ['Logoff of the gateway itself', 'olga', { do: 'action', name: 'Logoff' }, F],
    ['Events, which would blind everybody', 'olga', { do: 'action', name: 'Events', headers: { EventMask: 'off' } }, F],
    ['an action in other letters', 'olga', { do: 'action', name: 'COMMAND', headers: { Command: 'x' } }, F],
    ['an allowed action in other letters', 'olga', { do: 'action', name: 'queuestatus' }, F],
    ['an action that every object has', 'olga', { do: 'action', name: 'constructor' }, F],
    ['an action by the prototype', 'olga', { do: 'action', name: '__proto__', headers: {} }, F],
    ['a second action in the name', 'olga', { do: 'action', name: 'QueueStatus\r\nAction: Command' }, M],
    [
      'a header that the action may not carry',
      'olga',
      { do: 'action', name: 'QueueStatus', headers: { Variable: 'x' } },
      F,
    ],
    ['an ActionID of the browser', 'olga', { do: 'action', name: 'QueueStatus', headers: { ActionID: 'x' } }, F],
    [
      'a second Action among the headers',
      'olga',
      { do: 'action', name: 'QueueStatus', headers: { Action: 'Command' } },
      F,
    ],
    ['a header that every object has', 'olga', { do: 'action', name: 'QueueStatus', headers: { constructor: 'x' } }, F],
    [
      'a line end in a header',
      'olga',
      { do: 'action', name: 'QueueStatus', headers: { Queue: 'a\r\nAction: Command' } },
      M,
    ],
    ['a queue that is more than a name', 'olga', { do: 'action', name: 'QueueStatus', headers: { Queue: 'a b' } }, V],
    [
      'a device that nobody knows',
      'olga',
      { do: 'action', name: 'QueuePause', headers: { Interface: 'Local/9@x' } },
      V,
    ],
    ['a flag that is none', 'olga', { do: 'action', name: 'QueuePause', headers: { Paused: 'maybe' } }, V],
    ['a pattern where a channel is due', 'olga', { do: 'action', name: 'Park', headers: { Channel: '/./' } }, N],
    ['digits that are none', 'olga', { do: 'action', name: 'PlayDTMF', headers: { Channel: one, Digit: '1&2' } }, V],
  ])('%s', async (_, user, command, code) => {
    const office = await talkingOffice();
    const reply = await ask(office, await office.browser(user), command);
    expect(reply).toMatchObject({ id: 1, ok: false, code });
    expect(office.pbx.actionNames).toEqual([]);
  });
});

test('an agent may act on the own extension, whatever device its hint names', async () => {
  const office = await talkingOffice();
  const browser = await office.browser('ann');
  expect(await ask(office, browser, { do: 'hangUp', channel: one })).toMatchObject({ ok: true });
  expect(await ask(office, browser, { do: 'dial', from: '1001', to: '1003' }, 2)).toMatchObject({ ok: true });
  office.pbx.say(lampRows(1001, 0).replace('PJSIP/1001', 'SIP/desk7'));
  await office.after();
  expect(await ask(office, browser, { do: 'hangUp', channel: one }, 3)).toMatchObject({
    ok: false,
    code: 'GATEWAY_FORBIDDEN',
  });
});

describe('a role that hides something', () => {
  async function hiding(role: Partial<Role>): Promise<{ office: Office; browser: FakeBrowser }> {
    const { users } = await import('./office.test-support.ts');
    const [olga] = await users();
    if (olga === undefined || BUILT_IN_ROLES['operator'] === undefined) throw new Error('olga is an operator');
    const roles = { clerk: { ...BUILT_IN_ROLES['operator'], ...role } };
    const office = await talkingOffice({ users: { version: 1, roles, users: [{ ...olga, role: 'clerk' }] } });
    return { office, browser: await office.browser('olga') };
  }

  test('hides a header in events, in the snapshot, and in the rows of an answer, under any prefix', async () => {
    const { office, browser } = await hiding({ hiddenHeaders: ['CallerIDNum', 'CallerIDName'] });
    expect(browser.last('snapshot').model.channels[0]).toMatchObject({
      callerIdNum: '',
      callerIdName: '',
      exten: '1002',
    });
    office.pbx.say(`Event: DialBegin\nPrivilege: call,all\nDestCallerIDNum: 1002\nDestChannel: ${two}`);
    await office.after();
    expect(browser.last('event').headers).toEqual({ DestChannel: two });
    office.pbx.answers.set('Status', [`Event: Status\n${channelRows(1).replace('call,all', 'Call')}`]);
    await ask(office, browser, { do: 'action', name: 'Status' });
    expect(browser.frames.map(({ text }) => text).join()).not.toMatch(/Phone [12]|CallerID/);
  });

  test('hides an event, what it makes of the model, and the rows that tell the same', async () => {
    const { office, browser } = await hiding({ events: ['ExtensionStatus', 'Queue*'] });
    expect(browser.last('snapshot').model).toMatchObject({ channels: [], calls: [], devices: [] });
    expect(browser.last('snapshot').model.extensions).toHaveLength(3);
    office.pbx.say(`Event: Hold\n${channelRows(1)}`);
    office.pbx.say(lampRows(1002, 16));
    await office.after();
    const [event] = browser.all('event');
    expect(browser.all('event')).toHaveLength(1);
    expect(event?.name).toBe('ExtensionStatus');
    expect(event?.prev).toBeLessThanOrEqual(browser.last('snapshot').seq);
    office.pbx.answers.set('CoreShowChannels', [`Event: CoreShowChannel\nChannel: ${one}`]);
    expect(await ask(office, browser, { do: 'action', name: 'CoreShowChannels' })).toMatchObject({
      ok: true,
      rows: [],
    });
  });
});
