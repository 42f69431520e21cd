import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { channelRows, lampRows, Office } from './office.test-support.ts';

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
