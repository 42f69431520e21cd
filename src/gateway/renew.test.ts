import { describe, expect, test } from 'vitest';
import { lampRows, Office, settle, users } from './office.test-support.ts';
import type { UsersFile } from './users.ts';
import { CLOSE, JSON_PROTOCOL, XML_PROTOCOL } from './wire/protocol.ts';

async function file(change: (file: UsersFile) => UsersFile): Promise<UsersFile> {
  return change({ version: 1, users: await users() });
}

describe('other rules while browsers are there', () => {
  test('leave those in peace whom they do not concern', async () => {
    const office = await Office.open();
    const olga = await office.browser('olga');
    const before = olga.messages.length;
    office.gateway.renew({
      users: await file((old) => ({ ...old, users: old.users.filter(({ name }) => name !== 'ann') })),
    });
    await office.after(10);
    expect(olga.messages).toHaveLength(before);
    office.pbx.say(lampRows(1001, 1));
    await office.after(10);
    expect(olga.last('event').prev).toBe(olga.last('welcome').seq);
  });

  test('send away whose user is gone, or has another secret', async () => {
    const office = await Office.open();
    const [ann, victor] = [await office.browser('ann'), await office.browser('victor')];
    office.gateway.renew({
      users: await file((old) => ({
        ...old,
        users: old.users
          .filter(({ name }) => name !== 'ann')
          .map((user) => (user.name === 'victor' ? { ...user, secret: old.users[0]?.secret ?? '' } : user)),
      })),
    });
    for (const one of [ann, victor])
      expect(one.closedWith).toEqual({ code: CLOSE.refused, reason: 'GATEWAY_LOGIN_REFUSED' });
    office.pbx.say(lampRows(1001, 1));
    await office.after(10);
    expect(ann.all('event')).toEqual([]);
  });

  test('show at once what a role sees now, and no more: a welcome and a snapshot come again', async () => {
    const office = await Office.open();
    office.pbx.say(lampRows(1001, 1));
    await office.after(10);
    const olga = await office.browser('olga');
    expect(olga.last('snapshot').model.extensions).toHaveLength(1);
    const clerk = { events: ['Queue*'], hiddenHeaders: [], commands: [], channels: 'own', actions: {} } as const;
    office.gateway.renew({
      users: await file((old) => ({
        ...old,
        roles: { clerk },
        users: old.users.map((user) => (user.name === 'olga' ? { ...user, role: 'clerk' } : user)),
      })),
    });
    expect(olga.closedWith).toBeUndefined();
    expect(olga.all('welcome')).toMatchObject([
      { rights: expect.arrayContaining(['dial']) },
      { rights: [], resumed: false },
    ]);
    expect(olga.last('snapshot').model.extensions).toEqual([]);
    office.pbx.say(lampRows(1001, 0));
    olga.says({ type: 'command', id: 1, do: 'dial', from: '1001', to: '1002' });
    await office.until(() => olga.all('reply').length === 1);
    expect(olga.all('event')).toEqual([]);
    expect(olga.last('reply')).toMatchObject({ ok: false, code: 'GATEWAY_FORBIDDEN' });
  });

  test('bound who comes from now on', async () => {
    const office = await Office.open();
    await office.browser('olga');
    office.gateway.renew({ users: await file((old) => old), limits: { connectionsPerUser: 1 } });
    const second = office.connect();
    second.says({ type: 'hello', user: 'olga', secret: 'olga' });
    await office.until(() => second.closedWith !== undefined);
    expect(second.closedWith?.reason).toBe('GATEWAY_TOO_MANY_CONNECTIONS');
  });
});

describe('going down', () => {
  test('tells each browser when to come back, in words and by the close code', async () => {
    const office = await Office.open();
    const olga = await office.browser('olga');
    office.gateway.drain(8_000);
    // Chance is always a half here.
    expect(olga.last('error')).toMatchObject({ code: 'GATEWAY_GOING_AWAY', retryAfterMs: 4_000 });
    expect(olga.closedWith).toEqual({ code: CLOSE.goingAway, reason: 'GATEWAY_GOING_AWAY' });
    expect(office.gateway.isDraining).toBe(true);
  });

  test('says so in XML too', async () => {
    const office = await Office.open();
    const browser = office.connect(XML_PROTOCOL);
    const texts: string[] = [];
    browser.send = ({ text }) => void texts.push(text);
    browser.says('<login username="olga" secret="olga"/>');
    await office.until(() => texts.length > 0);
    office.gateway.drain(8_000);
    expect(texts.at(-1)).toContain('<retryafterms>4000</retryafterms>');
  });

  test('waits for the answers of commands that are under way, and takes no more', async () => {
    const office = await Office.open();
    office.pbx.silentOn.add('QueueStatus');
    const olga = await office.browser('olga');
    olga.says({ type: 'command', id: 1, do: 'action', name: 'QueueStatus' });
    await office.after(10);
    office.gateway.drain(8_000);
    olga.says({ type: 'command', id: 2, do: 'action', name: 'QueueStatus' });
    await office.after(10);
    expect(olga.closedWith).toBeUndefined();
    expect(olga.all('reply')).toMatchObject([{ id: 2, ok: false, code: 'GATEWAY_GOING_AWAY' }]);
    office.pbx.answer('QueueStatus');
    await office.until(() => olga.closedWith !== undefined);
    expect(olga.all('reply')[1]).toMatchObject({ id: 1, ok: true });
  });

  test('sends away who has not logged in yet as well', async () => {
    const office = await Office.open();
    const browser = office.connect(JSON_PROTOCOL);
    office.gateway.drain(1_000);
    expect(browser.closedWith?.code).toBe(CLOSE.goingAway);
  });
});

test('an attempt that was under way with the old secret is followed at once by one with the new', async () => {
  const office = new Office(await users());
  office.pbx.silentOn.add('Login');
  void office.gateway.open();
  await office.until(() => office.pbx.actionNames.includes('Login'));
  office.gateway.retryNow();
  office.pbx.say(
    `Response: Error\nActionID: ${office.pbx.actions.at(-1)?.get('ActionID')}\nMessage: Authentication failed`,
  );
  office.pbx.silentOn.clear();
  // Less than the shortest wait between two attempts.
  await office.after(1_000);
  expect(office.gateway.pbxState).toBe('up');
  expect(office.pbx.connections).toBe(2);
  office.gateway.close();
});

test('who is sent away or sees something else after a change is named in the log', async () => {
  const office = await Office.open();
  for (const name of ['ann', 'victor', 'olga']) await office.browser(name);
  office.log.length = 0;
  office.gateway.renew({
    users: await file((old) => ({
      ...old,
      users: old.users
        .filter(({ name }) => name !== 'ann')
        .map((user) => (user.name === 'victor' ? { ...user, role: 'operator' } : user)),
    })),
  });
  expect(office.log).toEqual([
    { message: 'A browser was sent away', fields: { user: 'ann', from: '192.0.2.1', code: 'GATEWAY_LOGIN_REFUSED' } },
    { message: 'A browser sees or may do something else now', fields: { user: 'victor', from: '192.0.2.1' } },
  ]);
});

test('lists that the AMI user may not ask for are named once, with what its section should have', async () => {
  const office = new Office(await users());
  const denied = ['Response: Error\nMessage: Permission denied'];
  for (const list of ['CoreShowChannels', 'ExtensionStateList', 'DeviceStateList'])
    office.pbx.answers.set(list, denied);
  await office.clock.runUntil(office.gateway.open(), settle);
  expect(office.log.filter(({ message }) => message.includes('may not ask'))).toEqual([
    {
      message: 'The AMI user may not ask for all lists: what these tell is known from events only',
      fields: {
        pbx: 'pbx',
        lists: 'CoreShowChannels ExtensionStateList DeviceStateList',
        hint: 'write = call,reporting,system in its section of manager.conf',
      },
    },
  ]);
  expect(office.gateway.pbxState).toBe('up');
});

test('a PBX that refuses the login is told from one that is away, tried more seldom, and at once when asked to', async () => {
  const office = new Office(await users());
  office.pbx.answers.set('Login', ['Response: Error\nMessage: Authentication failed']);
  const olga = await office.browser('olga');
  void office.gateway.open();
  await office.after(60_000);
  const trouble = () => office.gateway.pbxs[0]?.feed.trouble;
  expect(trouble()).toBe('login-refused');
  expect(olga.all('pbx')).toMatchObject([{ state: 'down', reason: 'The PBX does not let the gateway in' }]);
  // 3.75, 7.5, 15 and 30 s apart.
  expect(office.pbx.connections).toBe(5);
  office.pbx.answers.set('Login', ['Response: Success']);
  office.gateway.retryNow();
  await office.after(1_000);
  expect(office.gateway.pbxState).toBe('up');
  expect(trouble()).toBeUndefined();
  office.gateway.close();
});
