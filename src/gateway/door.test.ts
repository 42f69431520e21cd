import { expect, test } from 'vitest';
import { Office } from './office.test-support.ts';

const BUSY = 1013;
const hello = { type: 'hello', user: 'ann', secret: 'ann' } as const;

test('no more than so many connections come from one address, said hello or not', async () => {
  const office = await Office.open({ limits: { connectionsPerAddress: 3 } });
  const browsers = Array.from({ length: 4 }, () => office.connect());
  expect(browsers.map(({ closedWith }) => closedWith)).toEqual([
    undefined,
    undefined,
    undefined,
    { code: BUSY, reason: 'GATEWAY_TOO_MANY_CONNECTIONS' },
  ]);
  browsers[3]?.says(hello);
  await office.after();
  expect(browsers[3]?.all('welcome')).toEqual([]);
  browsers[3]?.leave();
  expect(office.connect().closedWith?.code).toBe(BUSY);
  browsers[0]?.leave();
  expect(office.connect().closedWith).toBeUndefined();
});

test('no more than so many connections are logged in as one user', async () => {
  const office = await Office.open({ limits: { connectionsPerUser: 2 } });
  const [one] = [await office.browser('ann'), await office.browser('ann')];
  const third = await office.browser('ann');
  expect(third.last('error').code).toBe('GATEWAY_TOO_MANY_CONNECTIONS');
  expect(third.closedWith?.code).toBe(BUSY);
  expect((await office.browser('olga')).last('welcome').user).toBe('olga');
  third.leave();
  const byTicket = office.connect();
  byTicket.says({ type: 'hello', ticket: one.last('welcome').ticket });
  await office.until(() => byTicket.messages.length > 0);
  expect(byTicket.closedWith?.code).toBe(BUSY);
  one.leave();
  expect((await office.browser('ann')).last('welcome').user).toBe('ann');
});

test('a connection that ends while its secret is checked is not counted', async () => {
  const office = await Office.open({ limits: { connectionsPerUser: 1, connectionsPerAddress: 1 } });
  const browser = office.connect();
  browser.says(hello);
  browser.leave();
  await office.after(100);
  expect((await office.browser('ann')).last('welcome').user).toBe('ann');
});

test('an address that stands for many, such as a reverse proxy, is not counted', async () => {
  const office = await Office.open({ limits: { connectionsPerAddress: 1, uncountedAddresses: ['192.0.2.1'] } });
  expect([office.connect(), office.connect()].map(({ closedWith }) => closedWith)).toEqual([undefined, undefined]);
});

test('a browser that talks too fast is closed; one that keeps to the rate is not', async () => {
  const office = await Office.open({ limits: { messagesPerSecond: 10, messageBurst: 5 } });
  const [steady, flood] = [await office.browser(), await office.browser()];
  for (let id = 1; id <= 50; id++) {
    await office.after(100);
    steady.says({ type: 'command', id, do: 'hangUp', channel: 'none' });
  }
  expect(steady.closedWith).toBeUndefined();
  await office.after();
  expect(steady.all('reply')).toHaveLength(50);
  for (let id = 1; id <= 50; id++) flood.says({ type: 'command', id, do: 'hangUp', channel: 'none' });
  await office.after();
  expect(flood.closedWith).toEqual({ code: BUSY, reason: 'GATEWAY_TOO_MANY_MESSAGES' });
  expect(flood.all('reply').length).toBeLessThanOrEqual(5);
});

test('failed logins make the next one wait, with a code to come back by', async () => {
  const office = await Office.open();
  const attempt = async (secret: string) => {
    const browser = office.connect();
    browser.says({ type: 'hello', user: 'ann', secret });
    await office.until(() => browser.messages.length > 0);
    return browser;
  };
  for (let turn = 0; turn < 5; turn++) expect((await attempt('guess')).closedWith?.code).toBe(4001);
  const early = await attempt('ann');
  expect(early.messages).toEqual([
    {
      type: 'error',
      code: 'GATEWAY_LOGIN_BACK_OFF',
      message: 'Too many failed logins; the next one may come in 1 s',
    },
  ]);
  expect(early.closedWith?.code).toBe(BUSY);
  await office.after(1000);
  expect((await attempt('ann')).last('welcome').user).toBe('ann');
});
