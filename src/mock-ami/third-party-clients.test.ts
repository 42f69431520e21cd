import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { MockPbx } from './mock-pbx.node.ts';

/** As far as the tests use them: none of the packages has types. */
interface ManagerClient {
  on(event: string, listener: (message: Record<string, string>) => void): void;
  action(action: object, callback: (error: unknown, response: Record<string, string>) => void): void;
  keepConnected(): void;
  disconnect(callback: () => void): void;
}
interface AmiClient {
  connect(user: string, secret: string, options: { host: string; port: number }): Promise<unknown>;
  on(event: string, listener: (message: Record<string, string>) => void): AmiClient;
  action(action: object, asPromise: true): Promise<Record<string, string>>;
  disconnect(): void;
}
interface YanaClient {
  connect(connected: () => void): void;
  on(event: string, listener: (message: Record<string, string>) => void): void;
  send(action: object, callback: (message: Record<string, string>) => void): void;
  disconnect(callback: () => void): void;
}
interface AmiIoClient {
  connect(shouldReconnect: boolean): void;
  on(event: string, listener: (message: Record<string, string>) => void): void;
  send(action: object, callback: (error: unknown, response: Record<string, string>) => void): void;
  disconnect(): void;
}
interface AmiIo {
  readonly Client: new (options: object) => AmiIoClient;
  readonly SilentLogger: new () => object;
  readonly Action: { readonly Ping: new () => object };
}
interface NamiClient {
  open(): void;
  on(event: string, listener: (message: Record<string, string>) => void): void;
  send(action: object, callback: (response: Record<string, string>) => void): void;
  close(): void;
}
interface NamiPackage {
  readonly Nami: new (options: object) => NamiClient;
  readonly Actions: { readonly Ping: new () => object };
}

const require = createRequire(import.meta.url);
const createManager: (...options: unknown[]) => ManagerClient = require('asterisk-manager');
const AmiClientClass: new (options: object) => AmiClient = require('asterisk-ami-client');
const Yana: new (options: object) => YanaClient = require('yana');
const amiIo: AmiIo = require('ami-io');
const nami: NamiPackage = require('nami');

const SECRET = 'adminpw';

/** A small office at forty times the speed, with room for a call. */
function listen(): Promise<MockPbx> {
  return MockPbx.listen({ speed: 40, changes: { 'manager.conf': { admin: { secret: SECRET } } } });
}

/** Names of the events of a call, in order, until it is over. */
function callEvents(subscribe: (listener: (event: string) => void) => void): Promise<string[]> {
  const seen: string[] = [];
  let hangups = 0;
  return new Promise((resolve) => {
    subscribe((event) => {
      if (['Newchannel', 'DialBegin', 'BridgeEnter', 'Hold', 'Unhold', 'Hangup'].includes(event)) seen.push(event);
      if (event === 'Hangup') hangups += 1;
      if (hangups === 2) resolve(seen);
    });
  });
}

const HOLD_CALL = [
  'Newchannel',
  'Newchannel',
  'DialBegin',
  'BridgeEnter',
  'BridgeEnter',
  'Hold',
  'Unhold',
  'Hangup',
  'Hangup',
];

it('lets asterisk-manager log in, see a played call and send an action', async () => {
  await using pbx = await listen();
  const client = createManager(pbx.port, pbx.host, 'admin', SECRET, true);
  await new Promise<void>((resolve) => client.on('fullybooted', () => resolve()));
  const events = callEvents((listener) => client.on('managerevent', ({ event = '' }) => listener(event)));
  const response = await new Promise<Record<string, string>>((resolve, reject) => {
    client.action({ action: 'coresettings' }, (error, answer) => (error ? reject(error) : resolve(answer)));
  });
  expect(response['asteriskversion']).toBe('22.10.1');
  await pbx.play('hold-unhold');
  expect(await events).toEqual(HOLD_CALL);
  await new Promise<void>((resolve) => client.disconnect(resolve));
});

it('lets asterisk-ami-client log in, see a played call and send an action', async () => {
  await using pbx = await listen();
  const client = new AmiClientClass({ reconnect: false });
  await client.connect('admin', SECRET, { host: pbx.host, port: pbx.port });
  const events = callEvents((listener) => client.on('event', ({ Event = '' }) => listener(Event)));
  expect(await client.action({ Action: 'Ping' }, true)).toMatchObject({ Response: 'Success', Ping: 'Pong' });
  await pbx.play('hold-unhold');
  expect(await events).toEqual(HOLD_CALL);
  client.disconnect();
});

it('lets yana log in, see a played call and send an action', async () => {
  await using pbx = await listen();
  const client = new Yana({ host: pbx.host, port: pbx.port, login: 'admin', password: SECRET });
  await new Promise<void>((resolve) => client.connect(resolve));
  const events = callEvents((listener) => client.on('event', ({ Event = '' }) => listener(Event)));
  const answer = await new Promise((resolve) => client.send({ Action: 'Ping' }, resolve));
  expect(answer).toMatchObject({ Response: 'Success', Ping: 'Pong' });
  await pbx.play('hold-unhold');
  expect(await events).toEqual(HOLD_CALL);
  await new Promise<void>((resolve) => client.disconnect(resolve));
});

it('lets ami-io log in, see a played call and send an action', async () => {
  await using pbx = await listen();
  const logger = new amiIo.SilentLogger();
  const client = new amiIo.Client({ host: pbx.host, port: pbx.port, login: 'admin', password: SECRET, logger });
  const connected = new Promise<void>((resolve) => client.on('connected', () => resolve()));
  client.connect(false);
  await connected;
  const events = callEvents((listener) => client.on('event', ({ event = '' }) => listener(event)));
  const answer = await new Promise((resolve, reject) => {
    client.send(new amiIo.Action.Ping(), (error, response) => (error ? reject(error) : resolve(response)));
  });
  expect(answer).toMatchObject({ response: 'Success', ping: 'Pong' });
  await pbx.play('hold-unhold');
  expect(await events).toEqual(HOLD_CALL);
  client.disconnect();
});

it('lets nami log in, see a played call and send an action', async () => {
  await using pbx = await listen();
  const logger = { error: ignore, warn: ignore, info: ignore, debug: ignore };
  const client = new nami.Nami({ host: pbx.host, port: pbx.port, username: 'admin', secret: SECRET, logger });
  const connected = new Promise<void>((resolve) => client.on('namiConnected', () => resolve()));
  client.open();
  await connected;
  const events = callEvents((listener) => client.on('namiEvent', ({ event = '' }) => listener(event)));
  const answer = await new Promise((resolve) => client.send(new nami.Actions.Ping(), resolve));
  expect(answer).toMatchObject({ response: 'Success', ping: 'Pong' });
  await pbx.play('hold-unhold');
  expect(await events).toEqual(HOLD_CALL);
  client.close();
});

function ignore(): void {}
