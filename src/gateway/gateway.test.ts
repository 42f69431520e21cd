import { describe, expect, test } from 'vitest';
import { channelRows, lampRows, Office } from './office.test-support.ts';
import { fromSnapshot, toSnapshot } from './wire/model.ts';
import { CLOSE } from './wire/protocol.ts';
import { reduce } from './wire/reduce.ts';

describe('a browser', () => {
  test('is sent nothing before a good hello, and is closed when it says none', async () => {
    const office = await Office.open();
    const browser = office.connect();
    office.pbx.say(lampRows(1001, 1));
    await office.after(9_999);
    expect(browser.messages).toEqual([]);
    await office.after(2);
    expect(browser.messages).toMatchObject([{ type: 'error', code: 'GATEWAY_HELLO_TIMEOUT' }]);
    expect(browser.closedWith).toEqual({ code: CLOSE.helloTimeout, reason: 'GATEWAY_HELLO_TIMEOUT' });
  });

  test('gets welcome, snapshot, then events, each with the seq of the one before', async () => {
    const office = await Office.open();
    office.pbx.say(lampRows(1001, 1));
    await office.after();
    const browser = await office.browser();
    office.pbx.say(lampRows(1001, 16));
    office.pbx.say(`Event: UserEvent\nPrivilege: user,all\nUserEvent: Lab\nItem: a\nItem: b`);
    await office.after();
    expect(browser.messages.map(({ type }) => type)).toEqual(['welcome', 'snapshot', 'event', 'event']);
    const { seq, epoch } = browser.last('snapshot');
    expect(browser.last('welcome')).toMatchObject({
      version: 1,
      pbx: 'pbx',
      pbxState: 'up',
      epoch,
      seq,
      user: 'olga',
      resumed: false,
      rights: ['dial', 'hangUp', 'transfer', 'redirect', 'action'],
    });
    expect(browser.last('snapshot').model.extensions).toMatchObject([{ exten: '1001', status: 1 }]);
    expect(browser.all('event')).toEqual([
      {
        type: 'event',
        pbx: 'pbx',
        seq: seq + 1,
        prev: seq,
        at: expect.any(Number),
        name: 'ExtensionStatus',
        headers: {
          Exten: '1001',
          Context: 'hints-only',
          Hint: 'PJSIP/1001,CustomPresence:1001',
          Status: '16',
          StatusText: 'x',
        },
      },
      expect.objectContaining({ seq: seq + 2, prev: seq + 1, headers: { UserEvent: 'Lab', Item: ['a', 'b'] } }),
    ]);
  });

  test.each([
    ['an unknown user', { user: 'nobody', secret: 'x' }],
    ['a wrong secret', { user: 'olga', secret: 'ann' }],
    ['a user without a secret', { user: 'olga' }],
    ['a ticket that was made up', { ticket: '1.6f6c6761.9999999999999.00' }],
    ['a token, as nobody checks them', { token: 'eyJhbGciOiJub25lIn0.e30.' }],
  ])('with %s is refused, and told no more than that', async (_, proof) => {
    const office = await Office.open();
    const browser = office.connect();
    browser.says({ type: 'hello', ...proof });
    await office.until(() => browser.closedWith !== undefined);
    expect(browser.messages).toMatchObject([{ type: 'error', code: 'GATEWAY_LOGIN_REFUSED' }]);
    expect(browser.closedWith?.code).toBe(CLOSE.refused);
    office.pbx.say(lampRows(1001, 1));
    await office.after();
    expect(browser.messages).toHaveLength(1);
  });

  test('that sends a command before its hello, or a second hello, is closed', async () => {
    const office = await Office.open();
    const early = office.connect();
    early.says({ type: 'command', id: 1, do: 'dial', from: '1001', to: '1002' });
    expect(early.closedWith).toEqual({ code: CLOSE.protocolError, reason: 'GATEWAY_HELLO_EXPECTED' });
    const twice = await office.browser();
    twice.says({ type: 'hello', user: 'ann', secret: 'ann' });
    expect(twice.closedWith?.code).toBe(CLOSE.protocolError);
    await office.after();
    expect(twice.all('welcome')).toHaveLength(1);
    expect(office.pbx.actionNames).not.toContain('Originate');
  });

  test('that leaves while its secret is checked leaves nothing behind', async () => {
    const office = await Office.open();
    const browser = office.connect();
    browser.says({ type: 'hello', user: 'olga', secret: 'olga' });
    browser.leave();
    await office.after(100);
    expect(browser.messages).toEqual([]);
    expect(office.gateway.connections).toBe(0);
  });

  test('shares what is encoded with all who see the same', async () => {
    const office = await Office.open();
    const [one, other] = [await office.browser('olga'), await office.browser('victor')];
    office.pbx.say(lampRows(1001, 1));
    await office.after();
    expect(one.frames.at(-1)?.text).toContain('ExtensionStatus');
    expect(other.frames.at(-1)).toBe(one.frames.at(-1));
    expect(other.frames[1]).toBe(one.frames[1]);
  });

  test('that comes between any two events gets a model that its events complete', async () => {
    const office = await Office.open();
    const events = [
      `Event: Newchannel\n${channelRows(1, 'Ring')}`,
      `Event: Newchannel\n${channelRows(2, 'Down')}`,
      `Event: Newstate\n${channelRows(2, 'Up')}`,
      `Event: BridgeEnter\nBridgeUniqueid: b\nBridgeType: basic\n${channelRows(1, 'Up')}`,
      `Event: BridgeEnter\nBridgeUniqueid: b\nBridgeType: basic\n${channelRows(2, 'Up')}`,
      `Event: Hold\n${channelRows(1, 'Up')}`,
      lampRows(1002, 16),
    ];
    const browsers = [await office.browser()];
    for (const event of events) {
      office.pbx.say(event);
      browsers.push(await office.browser());
    }
    await office.after();
    const { ticket } = browsers[0]?.last('welcome') ?? {};
    for (const { messages } of browsers) {
      const [, snapshot, ...later] = messages;
      if (snapshot?.type !== 'snapshot') throw new Error('a snapshot comes second');
      const model = fromSnapshot(snapshot.model);
      let seq = snapshot.seq;
      for (const event of later) {
        if (event.type !== 'event') throw new Error('only events come after it');
        expect(event.prev).toBe(seq);
        seq = event.seq;
        reduce(model, event);
      }
      expect(toSnapshot(model)).toEqual(toSnapshot(office.gateway.model));
    }
    expect(ticket).toMatch(/^1\./);
  });
});

test('who watches calls hears what happens in them, until that is ended', async () => {
  const office = await Office.open();
  const told: string[] = [];
  const end = office.gateway.watchCalls((fact, pbx) => told.push(`${pbx} ${fact.call} ${fact.fact}`));
  office.pbx.say(`Event: Newchannel\n${channelRows(1, 'Ring')}`);
  office.pbx.say(`Event: Hold\n${channelRows(1, 'Up')}`);
  await office.after();
  office.pbx.drop();
  await office.after(10);
  expect(told).toEqual(['pbx 1.1 calls', 'pbx 1.1 holds', 'pbx 1.1 ends']);
  end();
  await office.after(2_000);
  office.pbx.say(`Event: Newchannel\n${channelRows(2, 'Ring')}`);
  await office.after();
  expect(told).toHaveLength(3);
});

describe('coming back', () => {
  /** A browser that was there, and what it saw last. */
  async function position(office: Office) {
    const browser = await office.browser();
    const { epoch, seq } = browser.last('snapshot');
    return { epoch, seq: browser.all('event').at(-1)?.seq ?? seq, ticket: browser.last('welcome').ticket, browser };
  }

  async function comeBack(office: Office, hello: object) {
    const browser = office.connect();
    browser.says(JSON.stringify({ type: 'hello', ...hello }));
    await office.until(() => browser.messages.length > 0);
    return browser;
  }

  test('gives exactly what was missed, also to who had seen no event yet', async () => {
    const office = await Office.open();
    const { epoch, seq, ticket, browser } = await position(office);
    browser.leave();
    for (const status of [1, 16, 1]) office.pbx.say(lampRows(1001, status));
    await office.after();
    const again = await comeBack(office, { ticket, resume: { epoch, seq } });
    expect(again.messages.map(({ type }) => type)).toEqual(['welcome', 'event', 'event', 'event']);
    expect(again.last('welcome').resumed).toBe(true);
    expect(again.all('event').map((event) => [event.prev, event.seq, event.headers['Status']])).toEqual([
      [seq, seq + 1, '1'],
      [seq + 1, seq + 2, '16'],
      [seq + 2, seq + 3, '1'],
    ]);
    const later = await comeBack(office, { ticket, resume: { epoch, seq: seq + 3 } });
    expect(later.messages.map(({ type }) => type)).toEqual(['welcome']);
    office.pbx.say(lampRows(1001, 0));
    await office.after();
    expect(later.last('event')).toMatchObject({ seq: seq + 4, prev: seq + 3 });
  });

  test.each([
    ['of another epoch', () => ({ epoch: 'other', seq: 1 })],
    ['of the future', ({ epoch, seq }: { epoch: string; seq: number }) => ({ epoch, seq: seq + 100 })],
    ['from before this epoch', ({ epoch }: { epoch: string }) => ({ epoch, seq: 0 })],
  ])('with a position %s gives a snapshot, and says that it is none of the old', async (_, resumeAt) => {
    const office = await Office.open();
    const before = await position(office);
    const again = await comeBack(office, { ticket: before.ticket, resume: resumeAt(before) });
    expect(again.messages.map(({ type }) => type)).toEqual(['welcome', 'snapshot']);
    expect(again.last('welcome').resumed).toBe(false);
  });

  test('after more than is kept gives a snapshot', async () => {
    const office = await Office.open({ pbxOptions: { limits: { ringItems: 2, ringBytes: 1e6 } } });
    const { epoch, seq, ticket } = await position(office);
    for (const status of [1, 16]) office.pbx.say(lampRows(1001, status));
    await office.after();
    expect((await comeBack(office, { ticket, resume: { epoch, seq } })).last('welcome').resumed).toBe(true);
    office.pbx.say(lampRows(1001, 0));
    await office.after();
    expect((await comeBack(office, { ticket, resume: { epoch, seq } })).last('welcome').resumed).toBe(false);
  });

  test('with a ticket costs no hashing', async () => {
    const office = await Office.open();
    const { ticket } = await position(office);
    const browser = office.connect();
    browser.says({ type: 'hello', ticket });
    // No more than the promises that are settled already; a hash would take another turn of the event loop.
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    expect(browser.last('welcome')).toMatchObject({ user: 'olga' });
  });

  test('with a ticket that has expired is refused', async () => {
    const office = await Office.open();
    const { ticket } = await position(office);
    office.clock.advance(12 * 3600 * 1000 + 1);
    expect((await comeBack(office, { ticket })).closedWith?.code).toBe(CLOSE.refused);
  });
});

describe('a browser that reads too slowly', () => {
  test('is closed with a code to come back by, and nobody else waits for it', async () => {
    const office = await Office.open({ outboxBytes: 3_000 });
    const [slow, quick] = [await office.browser(), await office.browser()];
    const { epoch, seq } = slow.last('snapshot');
    slow.reads = false;
    for (let turn = 0; turn < 20; turn++) office.pbx.say(lampRows(1001, turn));
    await office.after();
    expect(slow.closedWith).toEqual({ code: CLOSE.slow, reason: 'GATEWAY_TOO_SLOW' });
    expect(slow.pendingBytes).toBeLessThanOrEqual(3_000);
    expect(quick.all('event')).toHaveLength(20);
    const seen = slow.all('event').at(-1)?.seq ?? seq;
    const again = office.connect();
    again.says({ type: 'hello', ticket: slow.last('welcome').ticket, resume: { epoch, seq: seen } });
    await office.until(() => again.messages.length > 0);
    expect([...slow.all('event'), ...again.all('event')].map((event) => event.headers['Status'])).toEqual(
      quick.all('event').map((event) => event.headers['Status']),
    );
  });

  test('is not closed for a snapshot that is longer than the bound', async () => {
    const office = await Office.open({ outboxBytes: 500 });
    for (let exten = 0; exten < 100; exten++) office.pbx.say(lampRows(exten, 0));
    await office.after();
    const browser = office.connect();
    browser.reads = false;
    browser.says({ type: 'hello', user: 'olga', secret: 'olga' });
    await office.until(() => browser.messages.length > 0);
    expect(browser.last('snapshot').model.extensions).toHaveLength(100);
    office.pbx.say(lampRows(1, 1));
    await office.after();
    expect(browser.closedWith).toBeUndefined();
    expect(browser.all('event')).toHaveLength(1);
    for (let turn = 0; turn < 5; turn++) office.pbx.say(lampRows(1, turn));
    await office.after();
    expect(browser.closedWith?.code).toBe(CLOSE.slow);
  });
});

test('a gateway that goes down says so to every browser, and leaves the PBX with a word', async () => {
  const office = await Office.open();
  const browser = await office.browser();
  office.gateway.close();
  await office.after(100);
  expect(browser.last('error').code).toBe('GATEWAY_GOING_AWAY');
  expect(browser.closedWith?.code).toBe(CLOSE.goingAway);
  expect(office.pbx.actionNames.at(-1)).toBe('Logoff');
  await office.after(60_000);
  expect(office.pbx.connections).toBe(1);
});
