import { once } from 'node:events';
import { createRequire } from 'node:module';
import { afterEach, describe, expect, it } from 'vitest';
import { AmiTestServer } from './ami-test-server.node.ts';

/** The package asterisk-ami-client, as far as these tests use it: it has no types. */
interface Client {
  connect(user: string, secret: string, address: Address): Promise<unknown>;
  disconnect(): void;
  on(event: string, listener: (value: Message) => void): Client;
  once(event: string, listener: (value: Message) => void): Client;
  action(message: Message): Client;
  action(message: Message, asPromise: true): Promise<Message>;
  option(name: string, value?: unknown): unknown;
  readonly connection: unknown;
  readonly isConnected: boolean | null;
  readonly lastEvent: Message | null;
  readonly lastResponse: Message | null;
  readonly lastAction: Message | null;
}
type Message = Record<string, string>;
interface Address {
  readonly host: string;
  readonly port: number;
}

const require = createRequire(import.meta.url);
const AmiClient: new (options?: object) => Client = require('asterisk-ami-client');
const AmiConnection: new (...args: unknown[]) => object = require('asterisk-ami-connector/lib/AmiConnection');

const [USER, SECRET] = ['test', 'test'];
const undo: (() => unknown)[] = [];

afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each();
});

/**
 * The server as the client's own suite has it. A real Asterisk tells of itself and of others; a user who reads nothing but what users send sees
 * what the suite expects: no event that it did not ask for.
 */
function makeServer(): AmiTestServer {
  const changes = { 'manager.conf': { [USER]: { read: 'user' } } };
  const server = new AmiTestServer({ credentials: { username: USER, secret: SECRET }, pbx: { speed: 50, changes } });
  undo.push(async () => {
    const closed = once(server, 'close');
    server.close();
    await closed;
  });
  return server;
}

async function listening(): Promise<{ server: AmiTestServer; address: Address }> {
  const server = makeServer();
  await server.listen(0);
  return { server, address: { host: '127.0.0.1', port: server.pbx?.port ?? 0 } };
}

function makeClient(options?: object): Client {
  const client = new AmiClient(options);
  // without a listener its errors would end the program
  client.on('internalError', () => undefined);
  undo.push(() => client.disconnect());
  return client;
}

/** A client that has logged in. */
async function connected(options?: object): Promise<{ client: Client; server: AmiTestServer; address: Address }> {
  const { server, address } = await listening();
  const client = makeClient(options);
  await client.connect(USER, SECRET, address);
  return { client, server, address };
}

function next(client: Client, event: string): Promise<Message> {
  return new Promise((resolve) => client.once(event, resolve));
}

/** Where nothing listens, and where the server can listen later. */
async function laterAddress(): Promise<{ server: AmiTestServer; address: Address }> {
  const { server, address } = await listening();
  const closed = once(server, 'close');
  server.close();
  await closed;
  return { server, address };
}

const TEST_EVENT = 'Event: TestEvent\r\nValue: TestValue\r\n\r\n';

/** The cases of the suite of asterisk-ami-client 1.1.5 that a server has a part in, in its order. */
describe('asterisk-ami-client, by the cases of its own suite', () => {
  describe('connects', () => {
    it('with the right credentials, and gives its connection', async () => {
      const { address } = await listening();
      expect(await makeClient().connect(USER, SECRET, address)).toBeInstanceOf(AmiConnection);
    });

    it('not with wrong ones: it says so in the words of the server', async () => {
      const { address } = await listening();
      await expect(makeClient().connect('username', 'secret', address)).rejects.toThrow(
        'AMI message: Authentication failed',
      );
    });
  });

  describe('connects again', () => {
    const eager = { reconnect: true, attemptsDelay: 20 };

    it('until the server is there', async () => {
      const { server, address } = await laterAddress();
      const connecting = makeClient(eager).connect(USER, SECRET, address);
      setTimeout(() => server.listen(address), 50);
      await connecting;
      expect(server.getAuthClients()).toHaveLength(1);
    });

    it('until the server refuses it', async () => {
      const { server, address } = await laterAddress();
      const connecting = makeClient(eager).connect('username', 'secret', address);
      setTimeout(() => server.listen(address), 50);
      await expect(connecting).rejects.toThrow('AMI message: Authentication failed');
    });

    it('no more often than it may', async () => {
      const { address } = await laterAddress();
      const client = makeClient({ ...eager, maxAttemptsCount: 1 });
      await expect(client.connect(USER, SECRET, address)).rejects.toThrow(
        'Reconnection error after max count attempts.',
      );
    });

    it('not where it is not to', async () => {
      const { address } = await laterAddress();
      const connecting = makeClient({ reconnect: false }).connect(USER, SECRET, address);
      await expect(connecting).rejects.toThrow(`connect ECONNREFUSED 127.0.0.1:${address.port}`);
    });

    it('after the server has gone and come back', async () => {
      const { client, server, address } = await connected({ ...eager, maxAttemptsCount: null });
      const gone = next(client, 'disconnect');
      server.close();
      await gone;
      const back = next(client, 'connect');
      await server.listen(address);
      await back;
      expect(client.isConnected).toBe(true);
    });
  });

  describe('keeps the last', () => {
    it('event, and has none before', async () => {
      const { client, server } = await connected();
      expect(client.lastEvent).toBeNull();
      server.broadcast(TEST_EVENT);
      const event = await next(client, 'event');
      expect(event).toEqual({ Event: 'TestEvent', Value: 'TestValue' });
      expect(client.lastEvent).toEqual(event);
    });

    it('response, and has none before', async () => {
      const { client } = await connected();
      expect(client.lastResponse).toBeNull();
      client.action({ Action: 'Ping' });
      expect(await next(client, 'response')).toMatchObject({ Response: 'Success', Ping: 'Pong' });
      expect(client.lastResponse).toMatchObject({ Response: 'Success', Ping: 'Pong' });
    });

    it.each([[{ Action: 'Ping' }], [{ Action: 'Ping', ActionID: '1234567' }]])(
      'action %o, and has none before',
      async (action) => {
        const { client } = await connected();
        expect(client.lastAction).toBeNull();
        client.action(action);
        expect(client.lastAction).toEqual(action);
      },
    );
  });

  describe('tells', () => {
    it('that it is connected', async () => {
      const { address } = await listening();
      const client = makeClient();
      const told = next(client, 'connect');
      await client.connect(USER, SECRET, address);
      expect(await told).toBeInstanceOf(AmiConnection);
    });

    it('that it is not any more', async () => {
      const { client, server } = await connected();
      const told = next(client, 'disconnect');
      server.close();
      await told;
      expect(client.isConnected).toBe(false);
    });

    it('that it tries again', async () => {
      const { client, server } = await connected({ reconnect: true });
      const told = next(client, 'reconnection');
      server.close();
      await told;
    });

    it.each(['event', 'TestEvent'])('events, as %s', async (name) => {
      const { client, server } = await connected();
      const told = next(client, name);
      server.broadcast('Event: TestEvent\r\n\r\n');
      expect(await told).toEqual({ Event: 'TestEvent' });
    });

    it.each(['response', 'resp_1234567'])('responses, as %s', async (name) => {
      const { client } = await connected();
      const told = next(client, name);
      client.action({ Action: 'Ping', ActionID: '1234567' });
      expect(await told).toMatchObject({ Response: 'Success', Ping: 'Pong', ActionID: '1234567' });
    });

    it('bytes, as they come', async () => {
      const { client, server } = await connected();
      const told = next(client, 'data');
      server.broadcast('test chunk\r\n\r\n');
      expect(String(await told)).toBe('test chunk\r\n\r\n');
    });
  });

  describe('promises the response of an action', () => {
    it.each([
      [
        { Action: 'Ping', ActionID: '1234567' },
        { Response: 'Success', Ping: 'Pong', ActionID: '1234567' },
      ],
      [{ Action: 'Ping' }, { Response: 'Success', Ping: 'Pong' }],
    ])('%o', async (action, expected) => {
      const { client } = await connected();
      const promise = client.action(action, true);
      expect(promise).toBeInstanceOf(Promise);
      const { Timestamp, ...rest } = await promise;
      expect(Timestamp).toMatch(/^\d+\.\d{6}$/);
      expect(rest).toEqual(expected);
      expect(client.lastResponse).not.toHaveProperty('$time');
    });

    it('and breaks it where the server goes before it has answered', async () => {
      const { client, server } = await connected();
      server.pbx?.faults.set('lose-answers', { actions: 'Ping' });
      const promise = client.action({ Action: 'Ping' }, true);
      await server.pbx?.expectAction('Ping');
      server.close();
      await expect(promise).rejects.toThrow('Client disconnected.');
    });
  });

  describe('marks', () => {
    it.each([true, false])('events and responses with the time where it is to: %s', async (addTime) => {
      const { client, server } = await connected({ addTime });
      const event = next(client, 'event');
      server.broadcast(TEST_EVENT);
      expect('$time' in (await event)).toBe(addTime);
      const response = next(client, 'response');
      client.action({ Action: 'Ping' });
      expect('$time' in (await response)).toBe(addTime);
    });

    it.each([
      [false, undefined],
      [true, expect.stringMatching(/^--spec_\d{13}$/)],
    ])(
      'actions with an ActionID of its own, and shows it where it is to: %s',
      async (dontDeleteSpecActionId, shown) => {
        const { client, server } = await connected({ dontDeleteSpecActionId });
        const response = next(client, 'response');
        client.action({ Action: 'Ping' });
        expect((await response)['ActionID']).toEqual(shown);
        const sent = await server.pbx?.expectAction('Ping', { ActionID: /^--spec_\d{13}$/ });
        expect(sent?.answer?.response).toBe('Success');
      },
    );
  });

  describe('knows whether it is connected', () => {
    it('before, while and after', async () => {
      const { server, address } = await listening();
      const client = makeClient();
      expect([client.connection, client.isConnected]).toEqual([null, null]);
      await client.connect(USER, SECRET, address);
      expect(client.connection).toBeInstanceOf(AmiConnection);
      expect(client.isConnected).toBe(true);
      const gone = next(client, 'disconnect');
      server.close();
      await gone;
      expect(client.isConnected).toBe(false);
    });
  });

  describe('leaves out events', () => {
    it.each([
      [null, ['Test1', 'Test2']],
      [['Test1'], ['Test2']],
    ])('of the filter %o', async (eventFilter, expected) => {
      const { client, server } = await connected({ eventFilter });
      const events: (string | undefined)[] = [];
      client.on('event', ({ Event }) => events.push(Event));
      const response = next(client, 'response');
      for (const name of ['Test1', 'Test2']) server.broadcast(`Event: ${name}\r\nValue: x\r\n\r\n`);
      server.broadcast('Response: Success\r\n\r\n');
      expect(await response).toEqual({ Response: 'Success' });
      expect(events).toEqual(expected);
    });
  });

  describe('keeps the connection alive', () => {
    it('with Pings of its own where it is to', async () => {
      const { server } = await connected({ keepAlive: true, keepAliveDelay: 10 });
      for (let times = 0; times < 3; times++) await server.pbx?.expectAction('Ping', { ActionID: /^--spec_/ });
    });

    it('not where it is not to', async () => {
      const { client, server } = await connected({ keepAlive: false, keepAliveDelay: 1 });
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(server.pbx?.journal.entries.map(({ action }) => action.toLowerCase())).toEqual(['login']);
      expect(client.isConnected).toBe(true);
    });
  });
});
