import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { MockPbx } from './mock-pbx.node.ts';

/** As far as the tests use them: neither package has types. */
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

const require = createRequire(import.meta.url);
const createManager: (...options: unknown[]) => ManagerClient = require('asterisk-manager');
const AmiClientClass: new (options: object) => AmiClient = require('asterisk-ami-client');

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
