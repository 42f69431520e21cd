/** Messages that are not of the protocol: wrong kinds of values, numbers beyond counting, nesting without end. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { JSON_PROTOCOL } from '../../src/gateway/wire/protocol.ts';
import { AttackRig } from './attack-rig.ts';
import { action, command } from './written.ts';

const BAD_MESSAGE = 'GATEWAY_BAD_MESSAGE';

let rig: AttackRig;
beforeAll(async () => {
  rig = await AttackRig.open();
}, 30_000);
afterAll(() => rig[Symbol.asyncDispose]());

describe('a message in JSON', () => {
  test.each([
    ['a command that is none', command({ do: 'shell', name: 'id' })],
    ['a command by the prototype', command({ do: '__proto__' })],
    ['a command that is a list', command({ do: ['dial'], from: '1001', to: '1002' })],
    ['a number in place of text', command({ do: 'dial', from: 1001, to: 1002 })],
    ['an object in place of text', command({ do: 'hangUp', channel: { toString: 'x' } })],
    ['a list in place of text', command({ do: 'hangUp', channel: ['PJSIP/1001-1', 'PJSIP/1002-1'] })],
    ['nothing in place of text', command({ do: 'hangUp', channel: null })],
    ['headers that are a list', action('QueueStatus', [['Queue', 'a']] as never)],
    ['a header that is an object', action('QueueStatus', { Queue: { a: 1 } })],
    ['a header that is a list of lists', action('QueueStatus', { Queue: [['a']] })],
    ['a header that is a number', action('QueueStatus', { Queue: 1 })],
    ['101 headers', action('QueueStatus', { Queue: Array.from({ length: 101 }, () => 'a') })],
    ['60,000 headers', action('QueueStatus', { Queue: Array.from({ length: 15_000 }, () => 'a') })],
    ['a header of 513 letters', action('QueueStatus', { Queue: 'a'.repeat(513) })],
  ])('with %s is refused', async (_, said) => {
    expect(await rig.codeFor('olga', JSON_PROTOCOL, said)).toBe(BAD_MESSAGE);
    await rig.nothingReachedThePbx();
  });

  test.each([
    ['a number beyond all counting', '1e999'],
    ['a number beyond what counts exactly', '9007199254740993'],
    ['a negative number', '-1'],
    ['half a number', '0.5'],
    ['a number in words', '"7"'],
    ['a number of 60,000 digits', '9'.repeat(60_000)],
    ['nothing', 'null'],
    ['an object', '{"valueOf":7}'],
  ])('whose id is %s is refused', async (_, id) => {
    expect(
      await rig.codeFor('olga', JSON_PROTOCOL, `{"type":"command","id":${id},"do":"dial","from":"1","to":"2"}`),
    ).toBe(BAD_MESSAGE);
    await rig.nothingReachedThePbx();
  });

  test.each([
    ['lists in lists without end', '['.repeat(60_000)],
    ['lists in lists to their end', '['.repeat(30_000) + ']'.repeat(30_000)],
    ['objects in objects', `${'{"type":'.repeat(6_000)}1${'}'.repeat(6_000)}`],
    [
      'lists in a header',
      `{"type":"command","id":7,"do":"action","name":"QueueStatus","headers":{"Queue":${'['.repeat(30_000)}${']'.repeat(30_000)}}}`,
    ],
    ['no JSON', '{"type":"command"'],
    ['nothing', ''],
    ['text alone', '"command"'],
    ['null', 'null'],
    ['JSON behind a byte order mark', '\ufeff{"type":"command","id":7,"do":"action","name":"QueueStatus"}'],
    ['two messages in one', '{"type":"command","id":7,"do":"action","name":"QueueStatus"}{}'],
    ['keys by the prototype alone', '{"__proto__":{"type":"command","id":7,"do":"action","name":"QueueStatus"}}'],
    [
      'keys by the constructor',
      '{"constructor":{"prototype":{"type":"command"}},"id":7,"do":"action","name":"QueueStatus"}',
    ],
  ])('of %s is refused', async (_, text) => {
    expect(await rig.codeFor('olga', JSON_PROTOCOL, text)).toBe(BAD_MESSAGE);
    expect(({} as Record<string, unknown>)['type']).toBeUndefined();
    await rig.nothingReachedThePbx();
  });
});
