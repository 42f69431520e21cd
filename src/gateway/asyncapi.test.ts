import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { Gateway } from './gateway.ts';
import { channelRows, FakeBrowser, FakePbx, lampRows, Office, settle, users } from './office.test-support.ts';

type Schema = Parameters<typeof z.fromJSONSchema>[0];

const document = parse(readFileSync(new URL('../../docs/asyncapi.yaml', import.meta.url), 'utf8')) as {
  readonly channels: { readonly stream: { readonly messages: Readonly<Record<string, unknown>> } };
  readonly components: {
    readonly messages: Readonly<Record<string, { readonly payload: object }>>;
    readonly schemas: Readonly<Record<string, object>>;
  };
};

/** The schema of a message with all that it refers to. */
function schemaOf(type: string): z.ZodType {
  const payload = document.components.messages[type]?.payload;
  if (payload === undefined) throw new Error(`The document has no message ${type}`);
  const text = JSON.stringify({ ...payload, $defs: document.components.schemas });
  return z.fromJSONSchema(JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/')) as Schema);
}

test('every message that browser and gateway exchange is as the AsyncAPI document says', async () => {
  const office = await Office.open();
  office.pbx.answers.set('CoreShowChannels', [
    `Event: CoreShowChannel\n${channelRows(1).replace('Privilege: call,all', 'X: y')}`,
  ]);
  const browser = await office.browser('olga');
  const said = [
    {
      type: 'hello',
      user: 'olga',
      secret: 'olga',
      subscribe: [{ events: ['Hold'], classes: ['call'], extensions: ['1001'], queues: ['*'] }],
      resume: { epoch: 'e', seq: 1, lineage: 'l' },
    },
    { type: 'command', id: 1, do: 'action', name: 'CoreShowChannels', headers: {} },
    { type: 'command', id: 2, do: 'hangUp', channel: 'none' },
    { type: 'subscribe', id: 3, rules: [{}, { queues: ['support'] }] },
  ] as const;
  for (const message of said.slice(1)) browser.says(message);
  browser.says({ type: 'subscribe', id: 4, rules: [{ events: ['Newchannel'] }] });
  browser.says({ type: 'subscribe', id: 5, rules: [{}] });
  browser.says('no JSON');
  office.pbx.say(lampRows(1001, 16));
  office.pbx.say('Event: UserEvent\nPrivilege: user,all\nItem: a\nItem: b');
  await office.after();
  office.pbx.drop();
  await office.after(2_000);
  const types = new Set(browser.messages.map(({ type }) => type));
  expect([...types].sort()).toEqual(['error', 'event', 'pbx', 'reply', 'snapshot', 'welcome']);
  expect(browser.all('snapshot').some(({ keeps }) => keeps !== undefined)).toBe(true);
  for (const message of [...browser.messages, ...said]) {
    expect(schemaOf(message.type).safeParse(message)).toMatchObject({ success: true });
    expect(schemaOf(message.type).safeParse({ ...message, type: 'other' })).toMatchObject({ success: false });
  }
  expect(Object.keys(document.components.messages)).toEqual(Object.keys(document.channels.stream.messages));
});

test('so is every message of a session of several PBXs: each says its PBX, and counts for it alone', async () => {
  const office = new Office(await users());
  const south = new FakePbx(office.runtime);
  const credentials = { username: 'gw', secret: 'x' };
  const gateway = new Gateway({
    runtime: office.runtime,
    pbx: [
      { name: 'north', connect: office.pbx.connect, credentials },
      { name: 'south', connect: south.connect, credentials },
    ],
    users: { version: 1, users: await users() },
  });
  await office.clock.runUntil(gateway.open(), settle);
  const browser = new FakeBrowser();
  browser.handlers = gateway.accept(browser);
  const position = { epoch: 'e', seq: 1, lineage: 'l' };
  const said = [
    { type: 'hello', user: 'olga', secret: 'olga', pbx: ['south', 'north'], resumes: { south: position } },
    { type: 'command', id: 1, pbx: 'north', do: 'hangUp', channel: 'none' },
  ] as const;
  browser.says(said[0]);
  await office.until(() => browser.messages.length > 0);
  browser.says(said[1]);
  for (const pbx of [office.pbx, south]) pbx.say(lampRows(1001, 16));
  await office.after(10);
  south.drop();
  await office.after(10);
  for (const message of [...browser.messages, ...said])
    expect(schemaOf(message.type).safeParse(message)).toMatchObject({ success: true });
  expect(browser.messages.map((message) => [message.type, 'pbx' in message && message.pbx])).toEqual([
    ['welcome', 'south'],
    ['snapshot', 'south'],
    ['snapshot', 'north'],
    ['event', 'north'],
    ['event', 'south'],
    ['reply', false],
    ['pbx', 'south'],
  ]);
});
