import { describe, expect, it } from 'vitest';
import { AsterClick } from './asterclick.ts';
import { EMPTY_MODEL, event, fakePlatform, newest, settle, snapshot, welcome } from './fake-platform.test-support.ts';
import type { SubscriptionRule } from './subscription.ts';

const LAMPS: readonly SubscriptionRule[] = [{ events: ['ExtensionStatus'] }];
const ONE: readonly SubscriptionRule[] = [{ extensions: ['1001'] }];

async function online(subscribe?: readonly SubscriptionRule[]) {
  const { platform, clock, sockets } = fakePlatform();
  const credentials = { user: 'ann', secret: 's' };
  const client = new AsterClick({ url: 'ws://gateway/', credentials, platform, subscribe });
  const connected = client.connect();
  newest(sockets).open();
  await settle();
  newest(sockets).receive(welcome());
  newest(sockets).receive(snapshot());
  await connected;
  return { client, clock, sockets, socket: newest(sockets) };
}

const lamp = (status: string) => ({
  Exten: '1001',
  Context: 'hints',
  Hint: 'PJSIP/1001',
  Status: status,
  StatusText: 'x',
});
const channel = { Channel: 'PJSIP/1001-00000001', ChannelStateDesc: 'Ring', Uniqueid: '1.1', Linkedid: '1.1' };

describe('a subscription of the SDK', () => {
  it('is said in the hello, and in that of every session after', async () => {
    const { client, clock, sockets, socket } = await online(LAMPS);
    expect(socket.sent[0]).toMatchObject({ type: 'hello', subscribe: LAMPS });
    socket.drop();
    clock.advance(60_000);
    newest(sockets).open();
    await settle();
    expect(newest(sockets)).not.toBe(socket);
    expect(newest(sockets).sent[0]).toMatchObject({ subscribe: LAMPS, resume: { epoch: 'e1', seq: 10 } });
    client.close();
  });

  it('is not said where nothing is said of it', async () => {
    const { socket } = await online();
    expect(socket.sent[0]).not.toHaveProperty('subscribe');
  });

  it('may change: live shows the new part before the promise is settled, and events go on from there', async () => {
    const { client, socket } = await online(LAMPS);
    const heard: number[] = [];
    client.on('*', ({ seq }) => heard.push(seq));
    socket.receive(event(11, 'ExtensionStatus', lamp('1')));
    const done = client.subscribe(ONE).then(() => client.live.extension('1001')?.status);
    expect(socket.sent.at(-1)).toEqual({ type: 'subscribe', id: 1, rules: ONE });
    const model = {
      ...EMPTY_MODEL,
      extensions: [{ exten: '1001', context: 'hints', hint: 'PJSIP/1001', status: 8, statusText: 'x' }],
    };
    socket.receive(snapshot(20, 'e2', model));
    socket.receive({ type: 'reply', id: 1, ok: true, subscribed: [{ pbx: 'pbx', epoch: 'e2', seq: 20 }] });
    expect(await done).toBe(8);
    socket.receive(event(25, 'ExtensionStatus', lamp('0'), 18));
    expect(heard).toEqual([11, 25]);
    expect(client.live.extension('1001')?.status).toBe(0);
    expect(client.connection.name).toBe('online');
  });

  it('to everything is a rule that names nothing', async () => {
    const { client, socket, sockets, clock } = await online(ONE);
    const done = client.subscribe();
    expect(socket.sent.at(-1)).toEqual({ type: 'subscribe', id: 1, rules: [{}] });
    socket.receive({ type: 'reply', id: 1, ok: true, subscribed: [] });
    await done;
    socket.drop();
    clock.advance(60_000);
    newest(sockets).open();
    await settle();
    expect(newest(sockets).sent[0]).not.toHaveProperty('subscribe');
  });

  it('that is refused leaves the one before, with the reason of the gateway', async () => {
    const { client, socket, sockets, clock } = await online(ONE);
    const done = client.subscribe([{ events: ['hold'] }]);
    socket.receive({ type: 'reply', id: 1, ok: false, code: 'GATEWAY_BAD_MESSAGE', message: 'must be' });
    await expect(done).rejects.toMatchObject({ code: 'GATEWAY_BAD_MESSAGE' });
    socket.drop();
    clock.advance(60_000);
    newest(sockets).open();
    await settle();
    expect(newest(sockets).sent[0]).toMatchObject({ subscribe: ONE });
  });

  it('whose answer is lost with the connection is what the next session begins with', async () => {
    const { client, socket, sockets, clock } = await online(ONE);
    const done = client.subscribe(LAMPS);
    socket.drop();
    await expect(done).rejects.toMatchObject({ code: 'CLIENT_CONNECTION_LOST' });
    clock.advance(60_000);
    newest(sockets).open();
    await settle();
    expect(newest(sockets).sent[0]).toMatchObject({ subscribe: LAMPS });
  });

  it('without a session is what the next one begins with', async () => {
    const { platform, sockets } = fakePlatform();
    const client = new AsterClick({ url: 'ws://gateway/', credentials: { user: 'ann', secret: 's' }, platform });
    await client.subscribe(ONE);
    void client.connect();
    newest(sockets).open();
    await settle();
    expect(newest(sockets).sent[0]).toMatchObject({ subscribe: ONE });
  });

  it('after a hello that said something else is asked for as soon as there is a session', async () => {
    const { platform, sockets } = fakePlatform();
    const client = new AsterClick({ url: 'ws://gateway/', credentials: { user: 'ann', secret: 's' }, platform });
    void client.connect();
    const socket = newest(sockets);
    socket.open();
    await settle();
    void client.subscribe(ONE);
    socket.receive(welcome());
    socket.receive(snapshot());
    await settle();
    expect(socket.sent.slice(1)).toEqual([{ type: 'subscribe', id: 1, rules: ONE }]);
  });

  it('that keeps no channels makes none of their beginnings, in live or as calls', async () => {
    const { client, socket } = await online([{ events: ['Newchannel', 'ExtensionStatus'] }]);
    const told: string[] = [];
    client.watch('call', ({ fact }) => told.push(fact));
    socket.receive({ ...snapshot(12), keeps: ['extensions'] });
    socket.receive(event(13, 'Newchannel', channel));
    socket.receive(event(14, 'ExtensionStatus', lamp('1')));
    expect(client.live.calls).toEqual([]);
    expect(client.live.extensions).toHaveLength(1);
    expect(told).toEqual([]);
    socket.receive(snapshot(15));
    socket.receive(event(16, 'Newchannel', channel));
    expect([client.live.calls.length, told]).toEqual([1, ['calls']]);
  });
});
