/** First messages that let nobody in: no proof, a wrong one, something else in its place, or more than one. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CLOSE, COMPACT_PROTOCOL, JSON_PROTOCOL, XML_PROTOCOL } from '../../src/gateway/wire/protocol.ts';
import { AttackRig, PROTOCOLS } from './attack-rig.ts';
import { written } from './written.ts';

const REFUSED = 'GATEWAY_LOGIN_REFUSED';
const BAD_MESSAGE = 'GATEWAY_BAD_MESSAGE';

let rig: AttackRig;
beforeAll(async () => {
  rig = await AttackRig.open();
}, 30_000);
afterAll(() => rig[Symbol.asyncDispose]());

const codeFor = (hello: object, protocol: string) => rig.helloCode(hello, protocol);

describe.each([JSON_PROTOCOL, COMPACT_PROTOCOL])('in %s', (protocol) => {
  test.each<readonly [string, object, string, number]>([
    ['no proof', {}, REFUSED, CLOSE.refused],
    ['a user alone', { user: 'olga' }, REFUSED, CLOSE.refused],
    ['a secret alone', { secret: 'olga' }, REFUSED, CLOSE.refused],
    ['a user that is a list', { user: ['olga'], secret: 'olga' }, BAD_MESSAGE, CLOSE.protocolError],
    ['a secret that is an object', { user: 'olga', secret: {} }, BAD_MESSAGE, CLOSE.protocolError],
    ['a token of 20,000 letters', { token: 'a'.repeat(20_000) }, BAD_MESSAGE, CLOSE.protocolError],
    ['a secret of 5,000 letters', { user: 'olga', secret: 'a'.repeat(5000) }, BAD_MESSAGE, CLOSE.protocolError],
    ['a ticket of 5,000 letters', { ticket: 'a'.repeat(5000) }, BAD_MESSAGE, CLOSE.protocolError],
    ['101 PBXs', { user: 'olga', secret: 'olga', pbx: Array(101).fill('a') }, BAD_MESSAGE, CLOSE.protocolError],
    ['a PBX that is none', { user: 'olga', secret: 'olga', pbx: 'constructor' }, 'GATEWAY_NO_SUCH_PBX', CLOSE.refused],
    ['a PBX with a line end', { user: 'olga', secret: 'olga', pbx: 'pbx\r\n' }, 'GATEWAY_NO_SUCH_PBX', CLOSE.refused],
    [
      'a position that is none',
      { user: 'olga', secret: 'olga', resume: { epoch: 1, seq: -1 } },
      BAD_MESSAGE,
      CLOSE.protocolError,
    ],
  ])('a hello with %s is refused', async (_, hello, code, closeCode) => {
    expect(await codeFor(hello, protocol)).toEqual([code, closeCode]);
    await rig.nothingReachedThePbx();
  });

  test.each([
    ['by the prototype', '"__proto__":{"epoch":"x","seq":1}'],
    ['by the constructor', '"constructor":{"epoch":"x","seq":1}'],
    ['of another gateway', '"pbx":{"epoch":"x","seq":1}'],
    ['of a time to come', '"pbx":{"epoch":"x","seq":9007199254740991}'],
  ])('a position %s gets a snapshot, and nothing else', async (_, resumes) => {
    const attacker = await rig.attacker(protocol);
    attacker.say(`{"type":"hello","user":"vic","secret":"vic","pbx":"*","resumes":{${resumes}}}`);
    expect(await attacker.first(({ type }) => type === 'welcome')).toMatchObject({ resumed: false });
    await attacker.first(({ type }) => type === 'snapshot');
    await rig.nothingReachedThePbx();
  });
});

describe.each(PROTOCOLS)('in %s', (protocol) => {
  test.each([
    ['a wrong secret', { user: 'ann', secret: 'anm' }],
    ['the start of a secret', { user: 'carl', secret: 'car' }],
    ['a secret with more behind it', { user: 'control', secret: 'control ' }],
    ['the stored form of a secret', { user: 'vic', secret: 'scrypt:2:1:1' }],
    ['a user in other letters', { user: 'Olga', secret: 'olga' }],
    ['a user by the prototype', { user: '__proto__', secret: '' }],
    ['a user by the constructor', { user: 'constructor', secret: 'constructor' }],
    ['nobody', { user: '', secret: '' }],
  ])('%s is refused', async (_, hello) => {
    expect(await codeFor(hello, protocol)).toEqual([REFUSED, CLOSE.refused]);
    await rig.nothingReachedThePbx();
  });

  test('a command in place of a hello is refused', async () => {
    const attacker = await rig.attacker(protocol);
    attacker.say(written(protocol, { type: 'command', id: 1, do: 'dial', from: '1001', to: '1002' }));
    expect(await attacker.answer()).toBe('GATEWAY_HELLO_EXPECTED');
    // Programs of 2011 begin with anything, and log in when they are told to.
    if (protocol !== XML_PROTOCOL) expect((await attacker.closed).code).toBe(CLOSE.protocolError);
    await rig.nothingReachedThePbx();
  });

  test('a second hello, to become somebody else, ends the session', async () => {
    const vic = await rig.loggedIn('vic', protocol);
    vic.say(written(protocol, { type: 'hello', user: 'olga', secret: 'olga' }));
    expect(await vic.answer()).toBe('GATEWAY_HELLO_EXPECTED');
    expect((await vic.closed).code).toBe(CLOSE.protocolError);
    await rig.nothingReachedThePbx();
  });

  test('a command right behind a wrong hello, before it is judged, is never carried out', async () => {
    const attacker = await rig.attacker(protocol);
    attacker.say(written(protocol, { type: 'hello', user: 'olga', secret: 'wrong once' }));
    attacker.say(written(protocol, { type: 'command', id: 1, do: 'dial', from: '1001', to: '1002' }));
    expect(await attacker.answer()).toMatch(/^GATEWAY_(?:LOGIN_REFUSED|HELLO_EXPECTED)$/);
    await attacker.closed;
    await rig.nothingReachedThePbx();
  });
});
