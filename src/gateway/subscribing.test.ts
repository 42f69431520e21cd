import { describe, expect, test } from 'vitest';
import { channelRows, type FakeBrowser, lampRows, Office, users } from './office.test-support.ts';
import type { Role } from './roles.ts';
import type { UserRecord } from './users.ts';
import { CompactDecoder } from './wire/compact-decoder.ts';
import { COMPACT_PROTOCOL, type Hello, JSON_PROTOCOL, type SubscriptionRules } from './wire/protocol.ts';

const ONE: SubscriptionRules = [{ extensions: ['1001'] }];
const OTHER: SubscriptionRules = [{ extensions: ['1002'] }];

/** 1001 and 1002 have lamps, and each has a channel. */
async function office(options: Parameters<typeof Office.open>[0] = {}): Promise<Office> {
  const opened = await Office.open(options);
  for (const number of [1, 2]) {
    opened.pbx.say(lampRows(1000 + number, 1));
    opened.pbx.say(`Event: Newchannel\n${channelRows(number)}`);
  }
  await opened.after();
  return opened;
}

async function enter(opened: Office, hello: Partial<Hello>, protocol = JSON_PROTOCOL): Promise<FakeBrowser> {
  const browser = opened.connect(protocol);
  browser.says({ type: 'hello', ...(hello.ticket === undefined && { user: 'olga', secret: 'olga' }), ...hello });
  await opened.until(() => browser.messages.length > 0);
  return browser;
}

const numbers = (browser: FakeBrowser) => browser.last('snapshot').model.extensions.map(({ exten }) => exten);
const heard = (browser: FakeBrowser) => browser.all('event').map(({ name, headers }) => `${name} ${headers['Exten']}`);

async function ring(opened: Office, ...numbers: readonly number[]): Promise<void> {
  for (const number of numbers) opened.pbx.say(lampRows(number, 8));
  await opened.after();
}

test('a hello that subscribes gets no more than that, from the first snapshot on', async () => {
  const opened = await office();
  const browser = await enter(opened, { subscribe: ONE });
  expect(browser.last('snapshot').model).toMatchObject({
    channels: [{ channel: 'PJSIP/1001-00000001' }],
    calls: [{ channels: ['1.1'] }],
    extensions: [{ exten: '1001' }],
  });
  await ring(opened, 1001, 1002, 1001);
  expect(heard(browser)).toEqual(['ExtensionStatus 1001', 'ExtensionStatus 1001']);
  expect(browser.all('event')[1]).toMatchObject({ prev: browser.all('event')[0]?.seq });
});

describe('to subscribe anew', () => {
  test('is answered by a snapshot, then by where it begins; nothing is missed, nothing comes twice', async () => {
    const opened = await office();
    const [browser, everything] = [await enter(opened, { subscribe: ONE }), await enter(opened, {})];
    opened.pbx.say(lampRows(1002, 2));
    opened.pbx.say(lampRows(1001, 2));
    await opened.after();
    const before = browser.messages.length;
    browser.says({ type: 'subscribe', id: 7, rules: OTHER });
    const [snapshot, reply, ...more] = browser.messages.slice(before);
    const { seq } = everything.last('event');
    expect(snapshot).toMatchObject({ type: 'snapshot', seq, model: { extensions: [{ exten: '1002', status: 2 }] } });
    const { epoch } = browser.last('snapshot');
    expect(reply).toEqual({ type: 'reply', id: 7, ok: true, subscribed: [{ pbx: 'pbx', epoch, seq }] });
    expect(more).toEqual([]);
    await ring(opened, 1001, 1002);
    expect(heard(browser)).toEqual(['ExtensionStatus 1001', 'ExtensionStatus 1002']);
    expect(browser.last('event').prev).toBeLessThanOrEqual(seq);
  });

  test('to what is subscribed to already is answered, and that is all', async () => {
    const opened = await office();
    const browser = await enter(opened, { subscribe: [{ extensions: ['1001', '1002'] }] });
    browser.says({ type: 'subscribe', id: 1, rules: [...OTHER, ...ONE] });
    expect(browser.messages.slice(2)).toMatchObject([{ type: 'reply', ok: true }]);
  });

  test('to everything gives everything', async () => {
    const opened = await office();
    const browser = await enter(opened, { subscribe: [] });
    expect(numbers(browser)).toEqual([]);
    browser.says({ type: 'subscribe', id: 1, rules: [{}] });
    expect(numbers(browser)).toEqual(['1001', '1002']);
    await ring(opened, 1002);
    expect(heard(browser)).toEqual(['ExtensionStatus 1002']);
  });

  test('in a form that is wrong is refused by a reply, and all stays as it is', async () => {
    const opened = await office();
    const browser = await enter(opened, { subscribe: ONE });
    browser.says(JSON.stringify({ type: 'subscribe', id: 3, rules: [{ events: ['hold'] }] }));
    expect(browser.last('reply')).toMatchObject({ id: 3, ok: false, code: 'GATEWAY_BAD_MESSAGE' });
    await ring(opened, 1002, 1001);
    expect(heard(browser)).toEqual(['ExtensionStatus 1001']);
  });

  test('before the welcome is no hello', async () => {
    const browser = (await office()).connect();
    browser.says({ type: 'subscribe', id: 1, rules: [] });
    expect(browser.closedWith?.reason).toBe('GATEWAY_HELLO_EXPECTED');
  });

  test('again and again is refused past ten times, and allowed a second later', async () => {
    const opened = await office();
    const browser = await enter(opened, {});
    for (let id = 0; id < 12; id++) browser.says({ type: 'subscribe', id, rules: id % 2 === 0 ? ONE : OTHER });
    expect(browser.all('reply').map(({ ok }) => ok)).toEqual([...Array(10).fill(true), false, false]);
    expect(browser.last('reply')).toMatchObject({ code: 'GATEWAY_TOO_MANY_SUBSCRIPTIONS' });
    await opened.after(1_000);
    browser.says({ type: 'subscribe', id: 20, rules: ONE });
    expect(browser.last('reply')).toMatchObject({ id: 20, ok: true });
  });
});

describe('coming back', () => {
  test('with the same subscription gives exactly what it missed of that', async () => {
    const opened = await office();
    const browser = await enter(opened, { subscribe: ONE });
    const { epoch, seq } = browser.last('snapshot');
    const { ticket } = browser.last('welcome');
    expect(browser.last('welcome').epoch).toBe(epoch);
    browser.leave();
    await ring(opened, 1001, 1002, 1002, 1001);
    const back = await enter(opened, { ticket, subscribe: [{ extensions: ['1001', '1001'] }], resume: { epoch, seq } });
    expect(back.last('welcome').resumed).toBe(true);
    expect(heard(back)).toEqual(['ExtensionStatus 1001', 'ExtensionStatus 1001']);
    await ring(opened, 1001);
    expect(
      back
        .all('event')
        .map(({ prev }) => prev)
        .slice(1),
    ).toEqual(
      back
        .all('event')
        .map(({ seq }) => seq)
        .slice(0, -1),
    );
  });

  test.each<[string, SubscriptionRules | undefined, SubscriptionRules | undefined]>([
    ['another', ONE, OTHER],
    ['none', ONE, undefined],
    ['one where there was none', undefined, ONE],
  ])('with %s gives a snapshot: what was seen before says nothing of what is to be seen', async (_, before, after) => {
    const opened = await office();
    const browser = await enter(opened, before === undefined ? {} : { subscribe: before });
    const { epoch, seq } = browser.last('snapshot');
    const back = await enter(opened, { ...(after && { subscribe: after }), resume: { epoch, seq } });
    expect(back.last('welcome').resumed).toBe(false);
    expect(numbers(back)).toEqual(after === undefined ? ['1001', '1002'] : [after[0]?.extensions?.[0]]);
  });

  test('in the compact protocol reads on, whether or not it still knows what it knew', async () => {
    const opened = await office();
    const stays = await enter(opened, { subscribe: ONE }, COMPACT_PROTOCOL);
    for (const knows of [true, false]) {
      const goes = await enter(opened, { subscribe: ONE }, COMPACT_PROTOCOL);
      await ring(opened, 1001, 1002);
      const { epoch } = goes.last('snapshot');
      const { seq } = goes.last('event');
      goes.leave();
      await ring(opened, 1002, 1001);
      const back = opened.connect(COMPACT_PROTOCOL);
      back.decoder = knows ? goes.decoder : new CompactDecoder();
      const resume = { epoch, seq, ...(knows && { lineage: goes.decoder.lineage }) };
      back.says({ type: 'hello', user: 'olga', secret: 'olga', subscribe: ONE, resume });
      await opened.until(() => back.messages.length > 0);
      await ring(opened, 1001);
      expect(back.last('welcome').resumed).toBe(true);
      expect(back.all('event')).toEqual(stays.all('event').slice(-2));
    }
  });
});

test('the same subscriptions of the same role share their bytes, however they are written', async () => {
  const opened = await office();
  const one = await enter(opened, { subscribe: [{ events: ['Ext*'] }, { queues: ['a', 'b'] }] });
  const same = await enter(opened, { subscribe: [{ queues: ['b', 'a', 'b'] }, { events: ['Ext**'] }] });
  const agent = await enter(opened, {
    user: 'ann',
    secret: 'ann',
    subscribe: [{ events: ['Ext*'] }, { queues: ['a', 'b'] }],
  });
  await ring(opened, 1001);
  expect(same.frames.at(-1)).toBe(one.frames.at(-1));
  // An agent does other things than an operator, but sees the same.
  expect(agent.frames.at(-1)).toBe(one.frames.at(-1));
  expect(opened.gateway.pbxs[0]?.feed.views).toBe(1);
});

test('views that nobody uses are dropped, but for some of the last', async () => {
  const opened = await office();
  const browser = await enter(opened, {});
  for (let number = 0; number < 200; number++) {
    const rules = [{ extensions: [String(number)] }];
    browser.says({ type: 'subscribe', id: number, rules });
    await opened.after(1_000);
  }
  expect(browser.all('reply').every(({ ok }) => ok)).toBe(true);
  expect(opened.gateway.pbxs[0]?.feed.views).toBeLessThan(50);
});

test('as many different views as are allowed, and then only what others see too', async () => {
  const opened = await office({ limits: { views: 3 } });
  const browsers = [
    await enter(opened, {}),
    await enter(opened, { subscribe: ONE }),
    await enter(opened, { subscribe: OTHER }),
  ];
  browsers[2]?.says({ type: 'subscribe', id: 1, rules: [{ events: ['Hold'] }] });
  expect(browsers[2]?.last('reply')).toMatchObject({ ok: false, code: 'GATEWAY_TOO_MANY_VIEWS' });
  const late = await enter(opened, { subscribe: [] });
  expect(late.closedWith).toEqual({ code: 1013, reason: 'GATEWAY_TOO_MANY_VIEWS' });
  browsers[2]?.says({ type: 'subscribe', id: 2, rules: ONE });
  expect(browsers[2]?.last('reply')).toMatchObject({ ok: true });
  // That made room.
  expect((await enter(opened, { subscribe: [] })).closedWith).toBeUndefined();
});

describe('who sees a part of the PBX', () => {
  const clerk: Role = {
    events: ['*'],
    hiddenHeaders: ['CallerIDName'],
    extensions: 'own',
    commands: ['action'],
    channels: 'own',
    actions: { CoreShowChannels: {} },
  };

  async function bounded(): Promise<Office> {
    const known = (await users()).map((user): UserRecord => (user.name === 'ann' ? { ...user, role: 'clerk' } : user));
    return office({ users: { version: 1, roles: { clerk }, users: known } });
  }

  test('learns nothing more by a subscription: what is out of sight is as if it were not there', async () => {
    const opened = await bounded();
    const ask = async (subscribe: SubscriptionRules) => {
      const browser = await enter(opened, { user: 'ann', secret: 'ann', subscribe });
      await ring(opened, 1002);
      opened.pbx.say(`Event: Hold\n${channelRows(2)}`);
      await opened.after();
      const [{ epoch: _, ...snapshot }] = [browser.last('snapshot')];
      return { ...snapshot, seq: 0, heard: heard(browser), types: browser.messages.map(({ type }) => type) };
    };
    const others = await ask([{ extensions: ['1002'] }]);
    expect(others.heard).toEqual([]);
    expect(await ask([{ extensions: ['9999'] }])).toEqual(others);
    expect(await ask([{ extensions: ['1002'], events: ['*'] }, { queues: ['nowhere'] }])).toEqual(others);
    const all = await ask([{}]);
    expect(all.model.extensions.map(({ exten }) => exten)).toEqual(['1001']);
    expect(JSON.stringify(all)).not.toMatch(/1002-|Phone 1/);
  });

  test('gets the answers to what it asks for whole, whatever it subscribed to', async () => {
    const opened = await bounded();
    opened.pbx.answers.set(
      'CoreShowChannels',
      [1, 2].map((number) => `Event: CoreShowChannel\n${channelRows(number).replace('Privilege: call,all\n', '')}`),
    );
    const browser = await enter(opened, { user: 'ann', secret: 'ann', subscribe: [] });
    browser.says({ type: 'command', id: 1, do: 'action', name: 'CoreShowChannels' });
    await opened.until(() => browser.all('reply').length === 1);
    expect(browser.last('reply')).toMatchObject({ rows: [{ headers: { Channel: 'PJSIP/1001-00000001' } }] });
  });

  test('keeps its subscription when the role changes, within what that lets see', async () => {
    const opened = await bounded();
    const browser = await enter(opened, { user: 'ann', secret: 'ann', subscribe: [{ extensions: ['100*'] }] });
    expect(numbers(browser)).toEqual(['1001']);
    opened.gateway.renew({ users: { version: 1, users: await users() } });
    expect(numbers(browser)).toEqual(['1001', '1002']);
    opened.pbx.say('Event: UserEvent\nPrivilege: user,all\nUserEvent: Lunch');
    await ring(opened, 1002);
    expect(heard(browser)).toEqual(['ExtensionStatus 1002']);
  });
});

test('a phone that comes under a number which is seen is shown by a snapshot, also to who comes back', async () => {
  const opened = await office();
  const browser = await enter(opened, { subscribe: [{ extensions: ['2001'] }] });
  const { epoch, seq } = browser.last('snapshot');
  expect(browser.last('snapshot').model.channels).toEqual([]);
  opened.pbx.say(lampRows(2001, 1).replace('PJSIP/2001', 'PJSIP/1002'));
  await opened.after();
  expect(browser.messages.slice(2).map(({ type }) => type)).toEqual(['event', 'snapshot']);
  expect(browser.last('snapshot').model.channels).toMatchObject([{ channel: 'PJSIP/1002-00000002' }]);
  const back = await enter(opened, { subscribe: [{ extensions: ['2001'] }], resume: { epoch, seq } });
  expect(back.last('welcome').resumed).toBe(false);
  opened.pbx.say(`Event: Hold\n${channelRows(2)}`);
  await opened.after();
  expect([browser, back].map((each) => each.last('event').name)).toEqual(['Hold', 'Hold']);
});

test('the PBX going and coming is told whatever is subscribed to', async () => {
  const opened = await office();
  const browser = await enter(opened, { subscribe: [] });
  opened.pbx.drop();
  await opened.after(2_000);
  expect(browser.all('pbx').map(({ state }) => state)).toEqual(['down', 'syncing', 'up']);
  expect(browser.last('snapshot').seq).toBe(browser.last('pbx').seq);
});

test('a browser of 2011 gets all that its user may see: its wire format has no subscriptions', async () => {
  const opened = await office();
  const page = opened.connect('');
  const documents: string[] = [];
  page.send = ({ text }) => void documents.push(text);
  page.says('<?xml version="1.0"?><login username="olga" secret="olga"/>');
  await opened.until(() => documents.length > 0);
  page.says('<?xml version="1.0"?><events eventmask="off"/>');
  await ring(opened, 1001, 1002);
  expect(documents.filter((text) => text.includes('name="extensionstatus"'))).toHaveLength(2);
});
