import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { type AddressInfo, connect as connectSocket, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { nodeRuntime } from '../ami/runtime.node.ts';
import { MAX_MESSAGE_BYTES } from './decode-json.ts';
import { Gateway, type GatewayOptions } from './gateway.ts';
import { GatewayServer, type GatewayServerOptions } from './gateway-server.node.ts';
import { lampRows } from './office.test-support.ts';
import { serveOffice } from './served-office.test-support.ts';
import { CLOSE, JSON_PROTOCOL, type ServerMessage } from './wire/protocol.ts';

/** Needs the long form of a frame's length, and more than one byte a letter. */
const LONG = 'Grüße-木-'.repeat(10_000);

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each();
});

async function serve(server: Partial<GatewayServerOptions> = {}, gateway: Partial<GatewayOptions> = {}) {
  const office = await serveOffice({ server, gateway });
  undo.push(() => office.close());
  return office;
}

interface ClientOptions {
  readonly origin?: string;
  readonly protocols?: string[];
  /** Takes packed messages, where they are offered. */
  readonly packs?: boolean;
}

/** A browser on a real socket. */
class Client {
  readonly socket: WebSocket;
  readonly messages: ServerMessage[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;
  readonly opened: Promise<void>;
  #heard: () => void = () => {};

  constructor(server: GatewayServer, options: ClientOptions = {}) {
    const { protocols = [JSON_PROTOCOL], origin, packs = true } = options;
    this.socket = new WebSocket(server.webSocketUrl, protocols, {
      ...(origin !== undefined && { origin }),
      perMessageDeflate: packs,
    });
    this.socket.on('message', (data) => {
      this.messages.push(JSON.parse(String(data)));
      this.#heard();
    });
    this.closed = new Promise((resolve) => {
      this.socket.on('close', (code, reason) => resolve({ code, reason: String(reason) }));
    });
    this.opened = new Promise((resolve, reject) => {
      this.socket.once('open', resolve).once('error', reject);
    });
    this.opened.catch(() => {});
    undo.push(() => this.socket.terminate());
  }

  async login(user: string): Promise<this> {
    await this.opened;
    this.say({ type: 'hello', user, secret: user });
    await this.until((messages) => messages.length >= 2);
    return this;
  }

  say(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  async until(condition: (messages: readonly ServerMessage[]) => boolean): Promise<void> {
    while (!condition(this.messages))
      await new Promise<void>((resolve) => {
        this.#heard = resolve;
      });
  }
}

function get(server: GatewayServer, path: string, options: { method?: string; headers?: Record<string, string> } = {}) {
  return new Promise<{ status: number; body: string; headers: Record<string, unknown> }>((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: server.port, path, ...options }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body, headers: response.headers }));
    });
    asked.on('error', reject).end();
  });
}

describe('where packed messages are offered', () => {
  test('who takes them gets all in order, others as ever, and a bomb is not unpacked', async () => {
    const { server, pbx } = await serve({ deflate: true });
    const packs = await new Client(server).login('olga');
    const plain = await new Client(server, { packs: false }).login('victor');
    expect([packs.socket.extensions, plain.socket.extensions]).toEqual(['permessage-deflate', '']);
    for (const size of [1, 9_000, 2]) pbx.say(`Event: UserEvent\nPrivilege: user,all\nUserEvent: ${'x'.repeat(size)}`);
    for (const client of [packs, plain]) {
      await client.until((messages) => messages.length >= 5);
      const sizes = client.messages.map((message) => message.type === 'event' && message.headers['UserEvent']?.length);
      expect(sizes).toEqual([false, false, 1, 9_000, 2]);
    }
    packs.socket.send(' '.repeat(10 * MAX_MESSAGE_BYTES), { compress: true });
    expect((await packs.closed).code).toBe(1009);
  });
});

describe('over real sockets', () => {
  test('an event of the PBX reaches every browser, and a command the PBX', async () => {
    const { server, pbx } = await serve();
    const [one, other] = [await new Client(server).login('olga'), await new Client(server).login('victor')];
    expect(one.socket.protocol).toBe(JSON_PROTOCOL);
    expect(one.socket.extensions).toBe('');
    for (const [exten, status] of [
      [1002, 16],
      [1003, 8],
    ] as const)
      pbx.say(lampRows(exten, status));
    pbx.say(`Event: UserEvent\nPrivilege: user,all\nUserEvent: ${LONG}`);
    for (const client of [one, other]) {
      await client.until((messages) => messages.length >= 5);
      expect(client.messages.slice(2)).toMatchObject([
        { type: 'event', name: 'ExtensionStatus', headers: { Exten: '1002', Status: '16' } },
        { type: 'event', name: 'ExtensionStatus', headers: { Exten: '1003', Status: '8' } },
        { type: 'event', name: 'UserEvent', headers: { UserEvent: LONG } },
      ]);
    }
    pbx.answers.set('QueueStatus', ['Event: QueueParams\nQueue: sales']);
    one.say({ type: 'command', id: 9, do: 'action', name: 'QueueStatus' });
    await one.until((messages) => messages.some(({ type }) => type === 'reply'));
    expect(one.messages.at(-1)).toMatchObject({ type: 'reply', id: 9, ok: true, rows: [{ name: 'QueueParams' }] });
  });

  test('a browser that stops reading is closed, others go on', async () => {
    const { server, pbx } = await serve({}, { outboxBytes: 100_000 });
    const [slow, quick] = [await new Client(server).login('olga'), await new Client(server).login('olga')];
    slow.socket.pause();
    const pad = 'x'.repeat(10_000);
    let sent = 0;
    // As much as the kernel takes for a reader that does not read, and then some.
    for (; sent < 3000; sent++) {
      pbx.say(`Event: UserEvent\nPrivilege: user,all\nUserEvent: ${pad}\nNumber: ${sent}`);
      if (sent % 50 === 0) await quick.until((messages) => messages.length >= sent);
    }
    await quick.until((messages) => messages.length >= sent + 2);
    slow.socket.resume();
    // By the code where the close could still be read, else by the end of the connection.
    expect([CLOSE.slow, 1006]).toContain((await slow.closed).code);
    expect(slow.messages.length).toBeLessThan(sent);
    expect(quick.socket.readyState).toBe(WebSocket.OPEN);
  });

  test('closing sends everybody away with a code to come back by, and frees the port', async () => {
    const { server } = await serve();
    const client = await new Client(server).login('olga');
    const { port } = server;
    await server.close();
    expect(await client.closed).toEqual({ code: CLOSE.goingAway, reason: 'GATEWAY_GOING_AWAY' });
    await expect(
      new Promise((resolve, reject) => connectSocket(port, '127.0.0.1').on('connect', resolve).on('error', reject)),
    ).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('a client that leaves is forgotten', async () => {
    const { server, gateway } = await serve();
    const client = await new Client(server).login('olga');
    expect(gateway.connections).toBe(1);
    client.socket.terminate();
    await client.closed;
    while (gateway.connections > 0) await new Promise((resolve) => setImmediate(resolve));
  });
});

describe('at the door', () => {
  test.each([
    ['a page from elsewhere', { origin: 'https://evil.example' }, 403],
    ['a client that asks for no protocol of ours', { protocols: ['soap'] }, 400],
  ])('%s is refused', async (_, options, status) => {
    const { server, gateway } = await serve();
    await expect(new Client(server, options).opened).rejects.toThrow(`Unexpected server response: ${status}`);
    expect(gateway.connections).toBe(0);
  });

  test('a page of its own, and one that is listed, come in', async () => {
    const { server } = await serve({ origins: ['https://panel.example.org'] });
    for (const origin of ['https://panel.example.org', server.url.replace(/\/$/, '')])
      await new Client(server, { origin }).opened;
  });

  test('the first protocol that both know is spoken', async () => {
    const { server } = await serve();
    const client = new Client(server, { protocols: ['other', JSON_PROTOCOL] });
    await client.opened;
    expect(client.socket.protocol).toBe(JSON_PROTOCOL);
  });

  test('a message longer than it reads ends the connection, unread', async () => {
    const { server, gateway } = await serve();
    const client = new Client(server);
    await client.opened;
    client.socket.send('x'.repeat(MAX_MESSAGE_BYTES + 1));
    expect((await client.closed).code).toBe(1009);
    while (gateway.connections > 0) await new Promise((resolve) => setImmediate(resolve));
  });

  test('bytes that are no text end the connection', async () => {
    const { server } = await serve();
    const binary = new Client(server);
    await binary.opened;
    binary.socket.send(Buffer.from([1, 2, 3]));
    expect((await binary.closed).code).toBe(CLOSE.protocolError);
  });

  test('who connects and says nothing is closed', async () => {
    const { server } = await serve({}, { helloTimeoutMs: 30 });
    const client = new Client(server);
    expect(await client.closed).toEqual({ code: CLOSE.helloTimeout, reason: 'GATEWAY_HELLO_TIMEOUT' });
  });

  test('an address in use is told as that', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    undo.push(() => other.close());
    const { port } = other.address() as AddressInfo;
    const gateway = new Gateway({
      runtime: nodeRuntime(),
      users: { version: 1, users: [] },
      pbx: { connect: () => Promise.reject(new Error('no PBX')), credentials: { username: '', secret: '' } },
    });
    await expect(GatewayServer.listen({ gateway, port })).rejects.toMatchObject({
      code: 'GATEWAY_LISTEN_FAILED',
      message: expect.stringContaining(`127.0.0.1:${port}`),
      cause: expect.objectContaining({ code: 'EADDRINUSE' }),
    });
  });
});

describe('health', () => {
  test('says that it lives, and whether it has its PBX', async () => {
    const { server, pbx } = await serve();
    await new Client(server).login('olga');
    expect(await get(server, '/healthz')).toMatchObject({
      status: 200,
      body: '{"status":"ok","pbx":"up","browsers":1}\n',
    });
    expect(await get(server, '/readyz')).toMatchObject({ status: 200 });
    pbx.drop();
    while ((await get(server, '/readyz')).status === 200);
    expect(await get(server, '/healthz')).toMatchObject({ status: 200 });
  });
});

describe('pages', () => {
  async function pages() {
    const folder = mkdtempSync(join(tmpdir(), 'asterclick-'));
    undo.push(() => rmSync(folder, { recursive: true }));
    const root = join(folder, 'root');
    mkdirSync(join(root, 'sub'), { recursive: true });
    mkdirSync(join(folder, 'root-of-another'));
    writeFileSync(join(root, 'index.html'), '<p>home</p>');
    writeFileSync(join(root, 'a b.js'), 'export {}');
    writeFileSync(join(root, 'sub', 'index.html'), '<p>sub</p>');
    writeFileSync(join(root, '.secret'), 'secret');
    writeFileSync(join(folder, 'outside.txt'), 'secret');
    writeFileSync(join(folder, 'root-of-another', 'x.txt'), 'secret');
    symlinkSync(join(folder, 'outside.txt'), join(root, 'link.txt'));
    symlinkSync(join(folder, 'root-of-another'), join(root, 'linked'));
    return serve({ staticFolder: root });
  }

  test('are served with their type', async () => {
    const { server } = await pages();
    expect(await get(server, '/')).toMatchObject({
      status: 200,
      body: '<p>home</p>',
      headers: { 'content-type': 'text/html; charset=utf-8', 'x-content-type-options': 'nosniff' },
    });
    expect(await get(server, '/a%20b.js?v=1')).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/javascript; charset=utf-8' },
    });
    expect(await get(server, '/sub/')).toMatchObject({ status: 200, body: '<p>sub</p>' });
    expect(await get(server, '/index.html', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
  });

  test('that a browser has already are not sent again', async () => {
    const { server } = await pages();
    const { etag } = (await get(server, '/')).headers;
    expect(await get(server, '/', { headers: { 'if-none-match': String(etag) } })).toMatchObject({
      status: 304,
      body: '',
    });
  });

  test.each([
    '/nothing.html',
    '/../outside.txt',
    '/%2e%2e/outside.txt',
    '/..%2foutside.txt',
    '/sub/../../outside.txt',
    '/sub/%2e%2e%2f%2e%2e%2foutside.txt',
    '/..%5coutside.txt',
    '/....//outside.txt',
    '//etc/passwd',
    '/%00',
    '/index.html%00.js',
    '/%',
    '/%ff',
    '/.secret',
    '/link.txt',
    '/linked/x.txt',
    '/../root-of-another/x.txt',
    '/index.html/x',
    `/${'a/'.repeat(5000)}`,
  ])('do not lead out of their folder: %s', async (path) => {
    const { server } = await pages();
    const answer = await get(server, path);
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain('secret');
  });

  test('are only read', async () => {
    const { server } = await pages();
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
      expect(await get(server, '/', { method })).toMatchObject({ status: 405 });
  });

  test('are not there where none were given', async () => {
    const { server } = await serve();
    expect(await get(server, '/')).toMatchObject({ status: 404 });
  });
});
