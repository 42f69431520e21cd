/** Too much, too fast, too slow, too many. */
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { MAX_MESSAGE_BYTES } from '../../src/gateway/decode-json.ts';
import { CLOSE, JSON_PROTOCOL } from '../../src/gateway/wire/protocol.ts';
import { AttackRig, PROTOCOLS, type RigOptions } from './attack-rig.ts';
import { Attacker } from './attacker.ts';
import { actionIn, written } from './written.ts';

/** Close codes of RFC 6455 and its registry. */
const TOO_BIG = 1009;
const TRY_LATER = 1013;

let rig: AttackRig | undefined;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await rig?.[Symbol.asyncDispose]();
});

async function open(options: RigOptions = {}): Promise<AttackRig> {
  rig = await AttackRig.open(options);
  return rig;
}

const ask = (protocol: string) => written(protocol, actionIn(protocol, 'QueueStatus'));

/** A connection that has asked for a WebSocket, and then sends bytes as it likes. */
async function rawWebSocket(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => {});
  const upgrade = [
    'GET / HTTP/1.1',
    'Host: 127.0.0.1',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    `Sec-WebSocket-Protocol: ${JSON_PROTOCOL}`,
  ];
  socket.write(`${upgrade.join('\r\n')}\r\n\r\n`);
  await new Promise<void>((resolve) => {
    socket.once('data', () => resolve());
  });
  return socket;
}

/** A frame from a browser, masked by zeros; `opcode` with 0x80 where the message ends with it. */
function frame(opcode: number, payload: Buffer): Buffer {
  const head = Buffer.from([opcode, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  head.writeBigUInt64BE(BigInt(payload.length), 2);
  return Buffer.concat([head, payload]);
}

/** What was received when the connection ended, and the close code in it. */
function ended(socket: Socket): Promise<{ readonly text: string; readonly code: number }> {
  const chunks: Buffer[] = [];
  return new Promise((resolve) => {
    socket.on('data', (chunk) => {
      chunks.push(Buffer.from(chunk));
      // A browser answers a close by one.
      if (codeIn(chunks) !== 0) socket.end();
    });
    socket.on('close', () => resolve({ text: Buffer.concat(chunks).toString('latin1'), code: codeIn(chunks) }));
  });
}

function codeIn(chunks: readonly Buffer[]): number {
  const all = Buffer.concat(chunks);
  const at = all.lastIndexOf(0x88);
  return at < 0 || all.length < at + 4 ? 0 : all.readUInt16BE(at + 2);
}

describe.each(PROTOCOLS)('in %s', (protocol) => {
  test('a message that is too long ends the connection, before the login and after', async () => {
    const { attacker, loggedIn } = methodsOf(await open());
    for (const each of [await attacker(protocol), await loggedIn('olga', protocol)]) {
      each.say(' '.repeat(MAX_MESSAGE_BYTES + 1));
      expect((await each.closed).code).toBe(TOO_BIG);
    }
    const short = await loggedIn('olga', protocol);
    short.say('é'.repeat(MAX_MESSAGE_BYTES / 2));
    expect(await short.answer()).toBe('GATEWAY_BAD_MESSAGE');
    await rig?.nothingReachedThePbx();
  });

  test('who says nothing, or never ends what they say, is sent away after ten seconds', async () => {
    const opened = await open();
    const silent = await opened.attacker(protocol);
    opened.clock.advance(9_999);
    expect(silent.socket.readyState).toBe(silent.socket.OPEN);
    opened.clock.advance(1);
    expect(await silent.answer()).toBe('GATEWAY_HELLO_TIMEOUT');
    expect(await silent.closed).toEqual({ code: CLOSE.helloTimeout, reason: 'GATEWAY_HELLO_TIMEOUT' });
    await opened.nothingReachedThePbx();
  });

  test('a flood of messages ends the connection; those of others stay', async () => {
    const opened = await open({ gateway: { limits: { messageBurst: 40, messagesPerSecond: 1 } } });
    const flood = await opened.loggedIn('olga', protocol);
    const other = await opened.loggedIn('olga', protocol);
    for (let count = 0; count < 200; count++) flood.say('nonsense');
    let answer = '';
    while (answer !== 'GATEWAY_TOO_MANY_MESSAGES') answer = await flood.answer();
    expect(await flood.closed).toEqual({ code: TRY_LATER, reason: 'GATEWAY_TOO_MANY_MESSAGES' });
    other.say(ask(protocol));
    expect(await other.answer()).toBe('ok');
    expect(await opened.reached()).toEqual([[['Action', 'QueueStatus']]]);
  });

  test('of a flood of commands no more than 32 reach the PBX before it has answered', async () => {
    const opened = await open();
    opened.pbx.faults.set('late-answers', { by: '1h', actions: ['QueueStatus'] });
    const flood = await opened.loggedIn('olga', protocol);
    for (let count = 0; count < 100; count++) flood.say(ask(protocol));
    for (let count = 0; count < 68; count++) expect(await flood.answer()).toBe('GATEWAY_TOO_MANY_COMMANDS');
    opened.pbx.faults.clear('late-answers');
    opened.pbx.clock.advance(3_600_000);
    for (let count = 0; count < 32; count++) expect(await flood.answer()).toBe('ok');
    expect(await opened.reached()).toHaveLength(32);
  });

  test('more connections of one user than there may be are sent away', async () => {
    const opened = await open({ gateway: { limits: { connectionsPerUser: 2 } } });
    await opened.loggedIn('ann', protocol);
    await opened.loggedIn('ann', protocol);
    const third = await opened.attacker(protocol);
    third.say(written(protocol, { type: 'hello', user: 'ann', secret: 'ann' }));
    expect(await third.answer()).toBe('GATEWAY_TOO_MANY_CONNECTIONS');
    expect(await third.closed).toEqual({ code: TRY_LATER, reason: 'GATEWAY_TOO_MANY_CONNECTIONS' });
    await opened.nothingReachedThePbx();
  });

  test('more connections of one address than there may be are sent away, said hello or not', async () => {
    const opened = await open({ gateway: { limits: { connectionsPerAddress: 3, uncountedAddresses: [] } } });
    await opened.attacker(protocol);
    await opened.attacker(protocol);
    const over = await opened.attacker(protocol);
    expect(await over.answer()).toBe('GATEWAY_TOO_MANY_CONNECTIONS');
    expect(await over.closed).toEqual({ code: TRY_LATER, reason: 'GATEWAY_TOO_MANY_CONNECTIONS' });
    await opened.nothingReachedThePbx();
  });

  test('who guesses secrets has to wait, and is then refused the right one too', async () => {
    const opened = await open();
    const guess = async (secret: string) => {
      const attacker = await opened.attacker(protocol);
      attacker.say(written(protocol, { type: 'hello', user: 'olga', secret }));
      const [answer, { code }] = [await attacker.answer(), await attacker.closed];
      return [answer, code];
    };
    for (let count = 1; count <= 5; count++)
      expect(await guess(`guess ${count}`)).toEqual(['GATEWAY_LOGIN_REFUSED', CLOSE.refused]);
    expect(await guess('olga')).toEqual(['GATEWAY_LOGIN_BACK_OFF', TRY_LATER]);
    opened.clock.advance(1_000);
    await opened.loggedIn('olga', protocol);
    await opened.nothingReachedThePbx();
  });
});

describe('below the protocols', () => {
  test('a message in pieces that never end is sent away with the hello that never comes', async () => {
    const opened = await open();
    const socket = await rawWebSocket(opened.server.port);
    const end = ended(socket);
    socket.write(frame(0x01, Buffer.from('{"type":"hello",')));
    for (let count = 0; count < 20; count++) socket.write(frame(0x00, Buffer.from(' ')));
    await opened.reached();
    opened.clock.advance(10_000);
    expect((await end).code).toBe(CLOSE.helloTimeout);
  });

  test.each([
    [
      'pieces that together are too long',
      () => [frame(0x01, Buffer.alloc(9, 32)), frame(0x80, Buffer.alloc(MAX_MESSAGE_BYTES, 32))],
      TOO_BIG,
    ],
    [
      'a length that nobody could send',
      () => [Buffer.from([0x81, 0xff, 0x7f, 255, 255, 255, 255, 255, 255, 255])],
      TOO_BIG,
    ],
    ['a frame without a mask', () => [Buffer.from([0x81, 1, 32])], 1002],
    ['an opcode that is none', () => [frame(0x83, Buffer.alloc(0))], 1002],
    ['a piece of nothing', () => [frame(0x80, Buffer.from('x'))], 1002],
    ['bytes that are no UTF-8', () => [frame(0x81, Buffer.from([0xff, 0xfe, 0x0a]))], 1007],
    ['bytes in place of text', () => [frame(0x82, Buffer.from([1, 2, 3]))], CLOSE.protocolError],
    ['a packed frame that nobody agreed on', () => [frame(0xc1, Buffer.from([0]))], 1002],
    ['a ping of 126 bytes', () => [frame(0x89, Buffer.alloc(126))], 1002],
  ])('%s ends the connection', async (_, frames, code) => {
    const opened = await open();
    const socket = await rawWebSocket(opened.server.port);
    const end = ended(socket);
    for (const each of frames()) socket.write(each);
    expect((await end).code).toBe(code);
    await opened.nothingReachedThePbx();
  });

  test('a packed bomb is not unpacked', async () => {
    const opened = await open({ server: { deflate: true } });
    const bomb = new Attacker(opened.server.webSocketUrl, JSON_PROTOCOL, {}, true);
    await bomb.opened;
    expect(bomb.socket.extensions).toContain('permessage-deflate');
    const before = process.memoryUsage().rss;
    bomb.socket.send(Buffer.alloc(50_000_000, 32), { binary: false, compress: true });
    expect((await bomb.closed).code).toBe(TOO_BIG);
    // The 50 MB are this test's own.
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
    await opened.nothingReachedThePbx();
  });

  test.each([
    ['nothing', ''],
    ['half a head', 'GET / HTTP/1.1\r\nHost: a\r\nX: '],
    ['half a head of an upgrade', 'GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n'],
    ['half a body', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc'],
  ])('who sends %s and no more is cut off', async (_, text) => {
    const opened = await open({ server: { requestTimeoutMs: 50 } });
    const socket = connect(opened.server.port, '127.0.0.1');
    sockets.push(socket);
    const end = ended(socket);
    socket.write(text);
    expect((await end).text).toMatch(/^(?:$|HTTP\/1\.1 40[58] )/);
    await opened.nothingReachedThePbx();
  });

  test.each([
    ['a head of 100 KB', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`, 431],
    ['10,000 headers', `GET / HTTP/1.1\r\nHost: a\r\n${'X: y\r\n'.repeat(10_000)}\r\n`, 431],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd', 400],
    [
      'a length and pieces at once (smuggling)',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n',
      400,
    ],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', 400],
    ['no HTTP', 'Action: Login\r\nUsername: admin\r\n\r\n', 400],
  ])('%s is refused', async (_, text, status) => {
    const opened = await open();
    const socket = connect(opened.server.port, '127.0.0.1');
    sockets.push(socket);
    const end = ended(socket);
    socket.write(text);
    expect((await end).text).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    await opened.nothingReachedThePbx();
  });
});

function methodsOf(opened: AttackRig): Pick<AttackRig, 'attacker' | 'loggedIn'> {
  return { attacker: opened.attacker.bind(opened), loggedIn: opened.loggedIn.bind(opened) };
}
