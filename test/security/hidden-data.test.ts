/**
 * What a user may not see, looked for in everything that they are told: Carl sees what concerns 1001, without numbers and names of
 * callers. In every protocol; compact messages are read before they are searched.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { XML_PROTOCOL } from '../../src/gateway/wire/protocol.ts';
import { AttackRig, PROTOCOLS } from './attack-rig.ts';
import type { Attacker } from './attacker.ts';
import { actionIn, written } from './written.ts';

/** Of a caller whom nobody else is called like; and of phones that are not Carl's. */
const CALLER = /4930555/;
const NAME = /Zaphod/;
const OTHERS = /PJSIP\/100[23]-|support/;

let rig: AttackRig;
/** Of a call between 1002 and 1003. */
let others = '';
beforeAll(async () => {
  rig = await AttackRig.open();
  await rig.pbx.perform(
    '1001 will answer after 1ms',
    '1003 will answer after 1ms',
    '1002 dials 1003',
    'trunk calls 1001 from "Zaphod" <+4930555>',
    'wait until 1001 is up',
    'wait until 1003 is up',
  );
  await rig.reached();
  others =
    [...rig.gateway.model.channels.values()].find(({ channel }) => channel.startsWith('PJSIP/1002-'))?.channel ?? '';
  expect(others).not.toBe('');
}, 30_000);
afterAll(() => rig[Symbol.asyncDispose]());

const told = (attacker: Attacker) => JSON.stringify(attacker.heard);
/** Holds and resumes on both calls, so that events of all kinds come. */
async function stir(): Promise<void> {
  await rig.pbx.perform('1001 holds', '1002 holds', '1001 resumes', '1002 resumes');
  await rig.reached();
}

function expectHidden(attacker: Attacker): void {
  for (const secret of [CALLER, NAME, OTHERS]) expect(told(attacker)).not.toMatch(secret);
}

describe.each(PROTOCOLS)('in %s', (protocol) => {
  test('who may see it all does: the search finds what is there', async () => {
    const olga = await rig.loggedIn('olga', protocol);
    await stir();
    olga.say(written(protocol, actionIn(protocol, 'CoreShowChannels')));
    expect(await olga.answer()).toBe('ok');
    await olga.first((heard) => heard.type === 'reply' || String(heard['text']).includes('<listitems>'));
    for (const secret of [CALLER, NAME, OTHERS]) expect(told(olga)).toMatch(secret);
    await rig.reached();
  });

  test('a hidden header is in no snapshot and in no event', async () => {
    const carl = await rig.loggedIn('carl', protocol);
    await stir();
    await carl.first(({ name, type }) => name === 'Unhold' || type === 'unhold');
    expect(told(carl)).toMatch(/PJSIP\/1001-/);
    expectHidden(carl);
    await rig.nothingReachedThePbx();
  });

  test.each([
    ['CoreShowChannels', {}],
    ['Status', {}],
    ['QueueStatus', {}],
    ['ExtensionState', { Exten: '1003' }],
    ['ExtensionState', { Exten: '1001', Context: 'from-phones' }],
  ])('a hidden header is in no reply: %s', async (name, headers: Record<string, string>) => {
    const carl = await rig.loggedIn('carl', protocol);
    carl.say(written(protocol, actionIn(protocol, name, headers)));
    expect(await carl.answer()).toBe('ok');
    // The answer of the next action comes behind all rows of this one.
    carl.say(written(protocol, actionIn(protocol, 'QueueStatus', { Queue: 'sales' })));
    expect(await carl.answer()).toBe('ok');
    expectHidden(carl);
    expect(await rig.reached()).toHaveLength(2);
  });

  test('a hidden header is in no text of a refusal: neither the words of the PBX nor whether a channel is there', async () => {
    const carl = await rig.loggedIn('carl', protocol);
    const refused = (name: string, headers: Record<string, string>) =>
      carl.say(written(protocol, actionIn(protocol, name, headers)));
    refused('Status', { Channel: others });
    refused('Status', { Channel: 'PJSIP/1002-ffffffff' });
    refused('Park', { Channel: others });
    refused('ExtensionState', { Exten: '1001', Context: 'x'.repeat(79) });
    for (let count = 0; count < 4; count++) await carl.answer();
    const words = carl.heard.flatMap(({ message, text }) =>
      message !== undefined ? [message] : (/<message>([^<]*)/.exec(String(text))?.[1] ?? []),
    );
    expect(new Set(words.slice(0, 3)).size).toBe(1);
    expectHidden(carl);
    expect(await rig.reached()).toMatchObject([
      [
        ['Action', 'ExtensionState'],
        ['Exten', '1001'],
        ['Context', 'x'.repeat(79)],
      ],
    ]);
  });

  test("another user's ticket is not another's eyes: what one has missed is what one may see", async () => {
    if (protocol === XML_PROTOCOL) return;
    const olga = await rig.loggedIn('olga', protocol);
    const { epoch, seq } = await olga.first(({ type }) => type === 'snapshot');
    await stir();
    const mine = await (await rig.loggedIn('carl', protocol)).first(({ type }) => type === 'welcome');
    const back = await rig.attacker(protocol);
    const resume = { epoch, seq, lineage: olga.lineage };
    back.say(written(protocol, { type: 'hello', ticket: mine['ticket'], resume }));
    await back.first(({ type }) => type === 'welcome');
    await rig.reached();
    back.say(written(protocol, actionIn(protocol, 'QueueStatus', { Queue: 'sales' })));
    expect(await back.answer()).toBe('ok');
    expectHidden(back);
  });
});

test('an end of a list does not tell how much of it one may not see', async () => {
  const carl = await rig.loggedIn('carl', XML_PROTOCOL);
  carl.say('<coreshowchannels/>');
  const end = await carl.first(({ text }) => String(text).includes('<listitems>'));
  expect(end['text']).toContain('<listitems>1</listitems>');
  expect(rig.gateway.model.channels.size).toBe(4);
  expect(await rig.reached()).toEqual([[['Action', 'CoreShowChannels']]]);
});

test('a user who sees nothing of a PBX is not told by its health that it is there', async () => {
  const answer = await fetch(new URL('/healthz', rig.server.url));
  expect(await answer.json()).toEqual({ status: 'ok', pbx: 'up', browsers: expect.any(Number) });
});

test('chat is signed with the extension of who says it, whatever they claim', async () => {
  const [ann, carl] = [await rig.loggedIn('ann', XML_PROTOCOL), await rig.loggedIn('carl', XML_PROTOCOL)];
  carl.say('<asterclick><chatsend from="1002"><![CDATA[<event name="login"/>]]></chatsend></asterclick>');
  const line = await ann.first(({ type }) => type === 'chatline');
  expect(line['text']).toContain('from="1001"');
  expect(line['text']).toContain('&lt;event name=&quot;login&quot;/&gt;');
  await rig.nothingReachedThePbx();
});

test('who has not logged in is told nothing at all', async () => {
  const silent = await Promise.all(PROTOCOLS.map((protocol) => rig.attacker(protocol)));
  await stir();
  expect(silent.map(({ heard }) => heard)).toEqual([[], [], []]);
});
