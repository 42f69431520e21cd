import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AttackRig, PROTOCOLS } from './attack-rig.ts';
import { actionIn, written } from './written.ts';

let rig: AttackRig;
beforeAll(async () => {
  rig = await AttackRig.open();
}, 30_000);
afterAll(() => rig[Symbol.asyncDispose]());

describe('the witness', () => {
  test.each(PROTOCOLS)('sees a command of %s that is allowed, and how it was written', async (protocol) => {
    const olga = await rig.loggedIn('olga', protocol);
    olga.say(written(protocol, actionIn(protocol, 'QueueStatus', { Queue: 'sales' })));
    expect(await olga.answer()).toBe('ok');
    expect(await rig.reached()).toEqual([
      [
        ['Action', 'QueueStatus'],
        ['Queue', 'sales'],
      ],
    ]);
    await rig.nothingReachedThePbx();
  });

  test('sees what another manager client sends, and then says so', async () => {
    await rig.pbx.perform('admin sends DBGet: {Family: a, Key: b}');
    await expect(rig.nothingReachedThePbx()).rejects.toThrow('It reached the PBX');
  });
});
