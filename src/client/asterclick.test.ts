import { describe, expect, it } from 'vitest';
import { AsterClick } from './asterclick.ts';
import { event, fakePlatform, newest, settle, snapshot, welcome } from './fake-platform.test-support.ts';

const CHANNEL = {
  Channel: 'PJSIP/1001-0000002c',
  ChannelStateDesc: 'Up',
  CallerIDNum: '1001',
  CallerIDName: 'Alice Adams',
  ConnectedLineNum: '1002',
  ConnectedLineName: 'Bob Brown',
  Context: 'from-phones',
  Exten: '1002',
  Uniqueid: '1.44',
  Linkedid: '1.44',
};

async function online(over: Parameters<typeof welcome>[0] = {}) {
  const { platform, clock, sockets } = fakePlatform();
  const client = new AsterClick({ url: 'ws://gateway/', credentials: { user: 'ann', secret: 's' }, platform });
  const connected = client.connect();
  newest(sockets).open();
  await settle();
  newest(sockets).receive(welcome(over));
  newest(sockets).receive(snapshot());
  await connected;
  return { client, clock, sockets, socket: newest(sockets) };
}

describe('AsterClick', () => {
  it('hands each event to the listeners of its name, and to those of *', async () => {
    const { client, socket } = await online();
    const heard: string[] = [];
    client.on('Hold', ({ headers }) => heard.push(`hold ${headers.CallerIDNum}`));
    client.on('*', ({ name }) => heard.push(name));
    socket.receive(event(11, 'Hold', CHANNEL));
    socket.receive(event(12, 'Unhold', CHANNEL));
    expect(heard).toEqual(['hold 1001', 'Hold', 'Unhold']);
  });

  it('shows an event with the times at which it was seen', async () => {
    const { client, clock, socket } = await online();
    const seen = new Promise((resolve) => client.once('Hold', resolve));
    socket.receive(event(11, 'Hold', { ...CHANNEL, Timestamp: '1795387717.857655' }));
    expect(await seen).toMatchObject({
      seq: 11,
      gatewayAtMs: 999_990,
      receivedAtMs: clock.now(),
      madeAtMs: 1_795_387_717_857.655,
    });
  });

  it('has the live state changed before listeners hear of the event', async () => {
    const { client, socket } = await online();
    let holding: boolean | undefined;
    client.on('Hold', () => {
      holding = client.live.model.channels.get('1.44')?.holding;
    });
    socket.receive(event(11, 'Newchannel', CHANNEL));
    socket.receive(event(12, 'Hold', CHANNEL));
    expect(holding).toBe(true);
  });

  it('tells what happens in calls, also where the PBX is lost', async () => {
    const { client, socket } = await online();
    const told: unknown[] = [];
    client.watch('call', (fact) => told.push([fact.fact, 'party' in fact ? fact.party?.phone : undefined]));
    socket.receive(event(11, 'Newchannel', { ...CHANNEL, ChannelStateDesc: 'Ring' }));
    socket.receive(event(12, 'Hold', CHANNEL));
    socket.receive({ type: 'pbx', pbx: 'pbx', state: 'down', seq: 13, prev: 12, at: 1 });
    expect(told).toEqual([
      ['calls', '1001'],
      ['holds', '1001'],
      ['ends', undefined],
    ]);
  });

  it('goes on telling others when a listener throws', async () => {
    const { client, socket } = await online();
    const uncaught = new Promise((resolve) => process.once('uncaughtException', resolve));
    const heard: string[] = [];
    client.on('Hold', () => {
      throw new Error('a fault of the page');
    });
    client.on('Hold', ({ name }) => heard.push(name));
    socket.receive(event(11, 'Hold', CHANNEL));
    expect(heard).toEqual(['Hold']);
    expect(await uncaught).toMatchObject({ message: 'a fault of the page' });
  });

  it('tells nothing more to a listener that was taken off or whose signal aborted', async () => {
    const { client, socket } = await online();
    const heard: string[] = [];
    const abort = new AbortController();
    const off = client.on('Hold', () => heard.push('first'));
    client.on('Hold', () => heard.push('second'), { signal: abort.signal });
    off();
    abort.abort();
    socket.receive(event(11, 'Hold', CHANNEL));
    expect(heard).toEqual([]);
  });

  it('loops over events until the loop is left', async () => {
    const { client, socket } = await online();
    const seqs: number[] = [];
    const loop = (async () => {
      for await (const { seq } of client.events('Hold')) {
        seqs.push(seq);
        if (seqs.length === 2) break;
      }
    })();
    for (const seq of [11, 12, 13]) socket.receive(event(seq, 'Hold', CHANNEL));
    await loop;
    expect(seqs).toEqual([11, 12]);
  });

  it('fails a loop that lets more events wait than its limit', async () => {
    const { client, socket } = await online();
    const events = client.events('Hold', { limit: 2 });
    for (const seq of [11, 12, 13]) socket.receive(event(seq, 'Hold', CHANNEL));
    expect(await events.next()).toMatchObject({ value: { seq: 11 } });
    expect(await events.next()).toMatchObject({ value: { seq: 12 } });
    await expect(events.next()).rejects.toMatchObject({ code: 'CLIENT_TOO_SLOW' });
  });

  it('sends a command and resolves with the answer to it', async () => {
    const { client, socket } = await online();
    const dialled = client.dial('1001', '1002');
    await settle();
    expect(socket.sent.at(-1)).toEqual({ type: 'command', id: 1, do: 'dial', from: '1001', to: '1002' });
    socket.receive({ type: 'reply', id: 1, ok: true, response: { Response: 'Success' } });
    expect(await dialled).toEqual({ headers: { Response: 'Success' }, rows: [] });
  });

  it('matches answers to commands by id, in whatever order they come', async () => {
    const { client, socket } = await online();
    const first = client.action('QueueStatus');
    const second = client.action('Ping');
    await settle();
    socket.receive({ type: 'reply', id: 2, ok: true, response: { Ping: 'Pong' } });
    socket.receive({ type: 'reply', id: 1, ok: true, rows: [{ name: 'QueueParams', headers: { Queue: 'sales' } }] });
    expect((await second).headers).toEqual({ Ping: 'Pong' });
    expect((await first).rows).toEqual([{ name: 'QueueParams', headers: { Queue: 'sales' } }]);
  });

  it("rejects a refused command with the gateway's code", async () => {
    const { client, socket } = await online();
    const hungUp = client.hangUp('PJSIP/1001-0000002c');
    await settle();
    socket.receive({ type: 'reply', id: 1, ok: false, code: 'GATEWAY_FORBIDDEN', message: '"ann" may not hangUp' });
    await expect(hungUp).rejects.toMatchObject({ code: 'GATEWAY_FORBIDDEN', message: '"ann" may not hangUp' });
  });

  it('rejects commands that the connection broke under', async () => {
    const { client, socket } = await online();
    const hungUp = client.hangUp('PJSIP/1001-0000002c');
    await settle();
    socket.drop();
    await expect(hungUp).rejects.toMatchObject({ code: 'CLIENT_CONNECTION_LOST' });
  });

  it('rejects a command that is not answered in time', async () => {
    const { client, clock } = await online();
    const hungUp = client.hangUp('PJSIP/1001-0000002c');
    await settle();
    clock.advance(15_000);
    await expect(hungUp).rejects.toMatchObject({ code: 'CLIENT_COMMAND_TIMEOUT' });
  });

  it('rejects a command at once while there is no session', async () => {
    const { client, socket } = await online();
    socket.drop();
    await expect(client.dial('1001', '1002')).rejects.toMatchObject({ code: 'CLIENT_NOT_CONNECTED' });
  });

  it('rejects connect when the gateway does not let the user in', async () => {
    const { platform, sockets } = fakePlatform();
    const client = new AsterClick({ url: 'ws://gateway/', credentials: { user: 'ann', secret: 'no' }, platform });
    const connected = client.connect();
    newest(sockets).open();
    await settle();
    newest(sockets).drop(4001);
    await expect(connected).rejects.toMatchObject({ code: 'CLIENT_REFUSED' });
  });

  it('knows which commands its user may send', async () => {
    const { client, socket } = await online();
    expect([client.may('dial'), client.may('redirect')]).toEqual([true, false]);
    socket.drop();
    expect(client.may('dial')).toBe(false);
  });

  it('forgets calls and lamps when the PBX is lost, and says so', async () => {
    const { client, socket } = await online();
    const states: string[] = [];
    client.watch('pbx', (state) => states.push(state));
    socket.receive(event(11, 'Newchannel', CHANNEL));
    socket.receive(event(12, 'ExtensionStatus', { Exten: '1001', Context: 'hints', Hint: 'PJSIP/1001', Status: '1' }));
    expect(client.live.calls).toHaveLength(1);
    socket.receive({ type: 'pbx', pbx: 'pbx', state: 'down', seq: 13, prev: 12, at: 0 });
    expect(client.live.calls).toEqual([]);
    expect(client.live.extension('1001')).toMatchObject({ lamp: 'unknown' });
    expect(states).toEqual(['down']);
  });

  it('replays a missed loss of the PBX on the way back, not before what happened ahead of it', async () => {
    const { client, clock, sockets, socket } = await online();
    socket.drop();
    clock.advance(60_000);
    newest(sockets).open();
    await settle();
    newest(sockets).receive(welcome({ resumed: true, pbxState: 'down', seq: 12 }));
    newest(sockets).receive(event(11, 'Newchannel', CHANNEL));
    newest(sockets).receive({ type: 'pbx', pbx: 'pbx', state: 'down', seq: 12, prev: 11, at: 0 });
    expect(client.live.calls).toEqual([]);
    expect(client.pbx).toBe('down');
  });

  it("counts running times by the gateway's clock", async () => {
    const { client, clock, socket } = await online();
    socket.receive({ ...event(11, 'Hold', CHANNEL), at: clock.now() - 3_600_000 });
    expect(client.nowMs()).toBe(clock.now() - 3_600_000);
  });
});
