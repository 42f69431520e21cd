import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../ami/manual-clock.ts';
import { AmiTestServer, type AmiTestServerOptions } from './ami-test-server.node.ts';

const CREDENTIALS = { username: 'test', secret: 'te;st' };

const undo: (() => unknown)[] = [];

afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each();
});

async function listen(options: AmiTestServerOptions = {}): Promise<AmiTestServer> {
  const server = new AmiTestServer({ silent: true, credentials: CREDENTIALS, ...options });
  await server.listen(0);
  undo.push(async () => {
    const closed = once(server, 'close');
    server.close();
    await closed;
  });
  return server;
}

class Client {
  readonly socket: Socket;
  text = '';

  constructor(server: AmiTestServer) {
    this.socket = createConnection(server.pbx?.port ?? 0, '127.0.0.1');
    this.socket.on('data', (bytes) => {
      this.text += bytes.toString();
    });
    undo.push(() => this.socket.destroy());
  }

  send(...rows: string[]): void {
    this.socket.write(`${rows.join('\r\n')}\r\n\r\n`);
  }

  async sees(what: string): Promise<void> {
    while (!this.text.includes(what)) await once(this.socket, 'data');
  }

  async logsIn({ username, secret } = CREDENTIALS): Promise<void> {
    this.send('Action: Login', `Username: ${username}`, `Secret: ${secret}`);
    await this.sees('Authentication accepted');
  }
}

async function connected(server: AmiTestServer): Promise<Client> {
  const client = new Client(server);
  await client.sees('Asterisk Call Manager');
  return client;
}

describe('AmiTestServer', () => {
  it('lets in who has the credentials, and tells how many have logged in', async () => {
    const server = await listen();
    const counts: number[] = [];
    server.on('connection', (count) => counts.push(count));
    await (await connected(server)).logsIn();
    const second = await connected(server);
    await second.logsIn();
    second.send('Action: Login', `Username: ${CREDENTIALS.username}`, `Secret: ${CREDENTIALS.secret}`);
    await second.sees('Already authenticated');
    expect(counts).toEqual([1, 2]);
  });

  it('goes on telling after a reset of the PBX, which numbers its sessions anew', async () => {
    const server = await listen({ maxConnections: 1 });
    const counts: number[] = [];
    server.on('connection', (count) => counts.push(count));
    const client = await connected(server);
    await client.logsIn();
    client.socket.on('error', () => {});
    const closed = new Promise((resolve) => client.socket.once('close', resolve));
    server.pbx?.reset();
    await closed;
    await (await connected(server)).logsIn();
    expect(counts).toEqual([1, 1]);
  });

  it('refuses who has not, as Asterisk does', async () => {
    const clock = new ManualClock();
    const server = await listen({ pbx: { clock } });
    const client = await connected(server);
    client.send('Action: Login', 'Username: test', 'Secret: wrong', 'ActionID: 7');
    while (server.pbx?.journal.entries.length === 0) await new Promise(setImmediate);
    clock.advance(1000);
    await once(client.socket, 'end');
    expect(client.text).toMatch(/Response: Error\r\nActionID: 7\r\nMessage: Authentication failed\r\n\r\n$/);
  });

  it('lets in the users of the configuration where no credentials are given', async () => {
    const server = new AmiTestServer();
    await server.listen({ port: 0, host: '127.0.0.1' });
    undo.push(() => server.close());
    await (await connected(server)).logsIn({ username: 'admin', secret: 'adminpw' });
    expect(server.getAuthClients()).toHaveLength(1);
  });

  it('knows its clients, those that have logged in and the others', async () => {
    const server = await listen();
    const client = await connected(server);
    await connected(server);
    expect(server.getUnAuthClients()).toHaveLength(2);
    await client.logsIn();
    expect([server.getAuthClients().length, server.getUnAuthClients().length]).toEqual([1, 1]);
    expect(server.getClients()).toHaveLength(2);
    expect(server.getAuthClients()[0]?.remotePort).toBe(client.socket.localPort);
    expect(server.getAuthClients()[0]).toBe(server.getAuthClients()[0]);
  });

  it('broadcasts text and bytes as they are, to who has logged in only', async () => {
    const server = await listen();
    const [client, stranger] = [await connected(server), await connected(server)];
    await client.logsIn();
    const message = 'Event: TestEvent\r\nName: Zoë\r\n\r\n';
    expect(server.broadcast(message).broadcast(Buffer.from('Event: Bytes\r\n\r\n'))).toBe(server);
    await client.sees('Event: Bytes');
    expect(client.text.endsWith(`${message}Event: Bytes\r\n\r\n`)).toBe(true);
    stranger.send('Action: Logoff');
    await once(stranger.socket, 'end');
    expect(stranger.text).not.toContain('Event:');
  });

  it('sends one client a message given as an object, a list as a repeated header', async () => {
    const server = await listen();
    const client = await connected(server);
    await client.logsIn();
    const [there] = AmiTestServer.objectValues({ only: server.getAuthClients()[0] });
    if (there !== undefined) AmiTestServer.sendToClient(there, { Response: 'Success', Output: ['one', 2] });
    await client.sees('Response: Success\r\nOutput: one\r\nOutput: 2\r\n\r\n');
    there?.end();
    await once(client.socket, 'end');
    there?.write('Event: TooLate\r\n\r\n');
    expect(server.getClients()).toEqual([]);
  });

  it('closes connections above maxConnections without a word', async () => {
    const server = await listen({ maxConnections: 1 });
    await (await connected(server)).logsIn();
    const second = new Client(server);
    second.socket.resume();
    await once(second.socket, 'end');
    expect(second.text).toBe('');
    expect(server.getClients()).toHaveLength(1);
  });

  it('sends away who has not logged in by authTimeout', async () => {
    const clock = new ManualClock();
    const server = await listen({ authTimeout: 2000, pbx: { clock } });
    const client = await connected(server);
    const ended = once(client.socket, 'end');
    clock.advance(2000);
    expect(server.getClients()).toHaveLength(1);
    clock.advance(1000);
    await ended;
  });

  it('answers as a PBX does, and has one behind it', async () => {
    const server = await listen({ pbx: { speed: 40 } });
    const client = await connected(server);
    await client.logsIn();
    client.send('Action: nosupport', 'ActionID: 1');
    await client.sees('Response: Error\r\nActionID: 1\r\nMessage: Invalid/unknown command');
    client.send('Action: ', 'ActionID: 2');
    await client.sees('Response: Error\r\nActionID: 2\r\nMessage: Missing action in request');
    server.pbx?.phone('1001').dials('1002');
    await client.sees('Event: DialBegin');
    client.send('Action: Logoff', 'ActionID: 3');
    await client.sees('Response: Goodbye\r\nActionID: 3\r\nMessage: Thanks for all the fish.\r\n\r\n');
  });

  it('keeps what it is told of the configuration besides', async () => {
    const changes = { 'manager.conf': { general: { timestampevents: 'yes' } } };
    const server = await listen({ pbx: { changes } });
    const client = await connected(server);
    await client.logsIn();
    server.pbx?.phone('1001').dials('1002');
    await client.sees('Timestamp: ');
  });

  it('can listen again on the same port once it is told to close', async () => {
    const server = await listen();
    const port = server.pbx?.port ?? 0;
    const client = await connected(server);
    const ended = once(client.socket, 'end');
    expect(server.close()).toBe(server);
    await server.listen(port);
    await ended;
    await (await connected(server)).logsIn();
    expect(server.pbx?.port).toBe(port);
  });
});
