/** ActionIDs: a browser's own, another's, and forged ones. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { JSON_PROTOCOL, XML_PROTOCOL } from '../../src/gateway/wire/protocol.ts';
import type { JournalEntry } from '../../src/mock-ami/actions/journal.ts';
import { AttackRig, PROTOCOLS } from './attack-rig.ts';
import type { Attacker } from './attacker.ts';
import { action, actionIn, written } from './written.ts';

const FORBIDDEN = 'GATEWAY_FORBIDDEN';

let rig: AttackRig;
beforeAll(async () => {
  rig = await AttackRig.open();
}, 30_000);
afterAll(() => rig[Symbol.asyncDispose]());

describe('an ActionID', () => {
  test.each(PROTOCOLS.slice(0, 2))(
    'of the sender, to get the answer to another, is refused in %s',
    async (protocol) => {
      expect(await rig.codeFor('olga', protocol, action('QueueStatus', { ActionID: '1' }))).toBe(FORBIDDEN);
      await rig.nothingReachedThePbx();
    },
  );

  test('of the sender stays out of AMI in XML', async () => {
    expect(await rig.codeFor('olga', XML_PROTOCOL, '<queuestatus queue="sales" actionid="1"/>')).toBe('ok');
    expect(await rig.reached()).toEqual([
      [
        ['Action', 'QueueStatus'],
        ['Queue', 'sales'],
      ],
    ]);
  });

  test.each(PROTOCOLS)('that two use at once gives each only what they asked for, in %s', async (protocol) => {
    const [olga, ann] = [await rig.loggedIn('olga', protocol), await rig.loggedIn('ann', protocol)];
    const asks = (Queue: string) => written(protocol, actionIn(protocol, 'QueueStatus', { Queue }));
    for (let time = 0; time < 10; time++) {
      olga.say(asks('sales'));
      ann.say(asks('support'));
    }
    for (let time = 0; time < 10; time++) for (const each of [olga, ann]) expect(await each.answer()).toBe('ok');
    const answersOf = ({ heard }: Attacker) =>
      JSON.stringify(heard.filter(({ type, text }) => type === 'reply' || String(text).includes('_HTML5_')));
    expect(answersOf(olga)).not.toMatch(/support/);
    expect(answersOf(ann)).not.toMatch(/sales/);
    expect(await rig.reached()).toHaveLength(20);
  });

  test('of a command under way, forged in an event by another manager client, is no answer to it', async () => {
    rig.pbx.faults.set('late-answers', { by: '60s', actions: ['QueueStatus'] });
    rig.pbx.clock.speed = 20;
    const olga = await rig.loggedIn('olga');
    const asked = new Promise<JournalEntry>((resolve) => rig.pbx.journal.onChange(resolve));
    olga.say(written(JSON_PROTOCOL, actionIn(JSON_PROTOCOL, 'QueueStatus', { Queue: 'sales' })));
    const id = (await asked).headers.find(([name]) => name === 'ActionID')?.[1];
    await rig.pbx.perform(`admin sends UserEvent: {UserEvent: forged, ActionID: "${id}", EventList: Complete}`);
    await olga.first(
      ({ name, headers: told }) => name === 'UserEvent' && (told as { ActionID?: string }).ActionID === id,
    );
    expect(olga.heard.some(({ type }) => type === 'reply')).toBe(false);
    rig.pbx.clock.advance(60_000);
    expect(await olga.answer()).toBe('ok');
    expect(JSON.stringify(olga.heard.find(({ type }) => type === 'reply'))).not.toContain('forged');
  });
});
