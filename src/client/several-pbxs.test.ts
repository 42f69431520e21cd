import { describe, expect, it } from 'vitest';
import { AsterClick } from './asterclick.ts';
import {
  EMPTY_MODEL,
  event,
  type FakeSocket,
  fakePlatform,
  newest,
  settle,
  snapshot,
  welcome,
} from './fake-platform.test-support.ts';

const lamp = (exten: string, status: number) => ({
  Exten: exten,
  Context: 'hints',
  Hint: `PJSIP/${exten}`,
  Status: String(status),
});
const of = (pbx: string, message: object) => ({ ...message, pbx });

/** A client that asks for all PBXs, greeted by a gateway that has `north` and `south`. */
async function greeted() {
  const { platform, clock, sockets } = fakePlatform();
  const client = new AsterClick({ url: 'ws://gw/', credentials: { user: 'ann', secret: 'x' }, pbx: '*', platform });
  const connected = client.connect();
  newest(sockets).open();
  await settle();
  const greet = (socket: FakeSocket, resumed: boolean) =>
    socket.receive({
      ...welcome({ pbx: 'north', resumed }),
      pbxs: [
        { pbx: 'north', pbxState: 'up', epoch: 'e1', seq: 10, resumed },
        { pbx: 'south', pbxState: 'down', epoch: 'e2', seq: 3, resumed: false },
      ],
    });
  greet(newest(sockets), false);
  return { client, connected, sockets, clock, greet };
}

describe('a client of several PBXs', () => {
  it('asks for them, and is connected once each has its snapshot', async () => {
    const { client, connected, sockets } = await greeted();
    const socket = newest(sockets);
    expect(socket.sent[0]).toEqual({ type: 'hello', user: 'ann', secret: 'x', pbx: '*' });
    let isConnected = false;
    void connected.then(() => {
      isConnected = true;
    });
    socket.receive(of('north', snapshot()));
    await settle();
    expect(isConnected).toBe(false);
    socket.receive(of('south', snapshot(3, 'e2')));
    await settle();
    expect(isConnected).toBe(true);
    expect(client.pbxs.map(({ name, state }) => [name, state])).toEqual([
      ['north', 'up'],
      ['south', 'down'],
    ]);
  });

  it('keeps a live state of each, and tells listeners where an event came from', async () => {
    const { client, sockets } = await greeted();
    const socket = newest(sockets);
    for (const pbx of ['north', 'south']) socket.receive(of(pbx, snapshot(10, 'e', EMPTY_MODEL)));
    const heard: string[] = [];
    client.on('ExtensionStatus', ({ pbx }) => heard.push(pbx));
    socket.receive(of('south', event(11, 'ExtensionStatus', lamp('1001', 1))));
    socket.receive(of('north', event(11, 'ExtensionStatus', lamp('1001', 8))));
    const [north, south] = client.pbxs;
    expect(heard).toEqual(['south', 'north']);
    expect([north, south].map((view) => view?.live.extension('1001')?.lamp)).toEqual(['ringing', 'up']);
    expect(client.live).toBe(north?.live);
  });

  it('notices a gap in one of the streams only', async () => {
    const { client, sockets } = await greeted();
    const socket = newest(sockets);
    for (const pbx of ['north', 'south']) socket.receive(of(pbx, snapshot(10)));
    socket.receive(of('north', event(11, 'Hold')));
    socket.receive(of('south', event(11, 'Hold')));
    expect(client.connection.name).toBe('online');
    socket.receive(of('south', event(13, 'Hold')));
    expect(client.connection).toMatchObject({ name: 'waiting', reason: expect.stringContaining('gap') });
  });

  it('comes back to where it was in each', async () => {
    const { client, sockets, clock, greet } = await greeted();
    const socket = newest(sockets);
    socket.receive(of('north', snapshot(10, 'e1')));
    socket.receive(of('south', snapshot(3, 'e2')));
    socket.receive(of('north', event(11, 'Hold')));
    socket.drop();
    clock.advance(1_000);
    newest(sockets).open();
    await settle();
    expect(newest(sockets).sent[0]).toEqual({
      type: 'hello',
      ticket: 'ticket-1',
      pbx: '*',
      resumes: { north: { epoch: 'e1', seq: 11 }, south: { epoch: 'e2', seq: 3 } },
    });
    const views = client.pbxs;
    greet(newest(sockets), true);
    expect(client.pbxs).toEqual(views);
  });

  it('sends a command to the PBX that it is given to', async () => {
    const { client, sockets } = await greeted();
    const socket = newest(sockets);
    const hungUp = client.pbxs[1]?.command({ do: 'hangUp', channel: 'PJSIP/1001-1' });
    void client.dial('1001', '1002').catch(() => {});
    expect(socket.sent.slice(1)).toEqual([
      { type: 'command', id: 1, pbx: 'south', do: 'hangUp', channel: 'PJSIP/1001-1' },
      { type: 'command', id: 2, do: 'dial', from: '1001', to: '1002' },
    ]);
    socket.receive({ type: 'reply', id: 1, ok: true });
    await expect(hungUp).resolves.toEqual({ headers: {}, rows: [] });
  });

  it('tells when there are other PBXs than before', async () => {
    const { client, sockets } = await greeted();
    const lists: (readonly string[])[] = [];
    client.watch('pbxs', (views) => lists.push(views.map(({ name }) => name)));
    newest(sockets).receive({
      ...welcome({ pbx: 'north' }),
      pbxs: [{ pbx: 'north', pbxState: 'up', epoch: 'e1', seq: 1, resumed: false }],
    });
    expect(lists).toEqual([['north']]);
  });
});

describe('a gateway that goes down', () => {
  it('is left alone for as long as it says, and no longer', async () => {
    const { client, sockets, clock } = await greeted();
    newest(sockets).receive({ type: 'error', code: 'GATEWAY_GOING_AWAY', message: 'Later', retryAfterMs: 7_000 });
    newest(sockets).drop(1001, 'GATEWAY_GOING_AWAY');
    expect(client.connection).toMatchObject({ name: 'waiting', reason: 'Later', retryAtMs: clock.now() + 7_000 });
    clock.advance(6_999);
    expect(sockets).toHaveLength(1);
    clock.advance(1);
    expect(sockets).toHaveLength(2);
  });

  it('is tried again after ten minutes, however long it says', async () => {
    const { client, sockets, clock } = await greeted();
    newest(sockets).receive({ type: 'error', code: 'GATEWAY_GOING_AWAY', message: 'Later', retryAfterMs: 1e12 });
    newest(sockets).drop(1001);
    expect(client.connection).toMatchObject({ name: 'waiting', retryAtMs: clock.now() + 600_000 });
  });
});
