import { describe, expect, it } from 'vitest';
import { CLOSE, type ServerMessage } from '../gateway/wire/protocol.ts';
import { Connection, type ConnectionOptions } from './connection.ts';
import type { ConnectionState } from './connection-state.ts';
import { event, fakePlatform, newest, settle, snapshot, welcome } from './fake-platform.test-support.ts';

const ANN = { user: 'ann', secret: 's3cret' };

function connect(over: Partial<ConnectionOptions> = {}, chance = 1) {
  const { platform, clock, sockets } = fakePlatform(chance);
  const states: ConnectionState[] = [];
  const messages: ServerMessage[] = [];
  const connection = new Connection({ url: 'ws://gateway/', credentials: ANN, ...over }, platform, {
    state: (state) => states.push(state),
    message: (message) => messages.push(message),
  });
  connection.open();
  const online = async (from = welcome()) => {
    newest(sockets).open();
    await settle();
    newest(sockets).receive(from);
    if (!from.resumed) newest(sockets).receive(snapshot(from.seq, from.epoch));
  };
  const seqs = () => messages.flatMap((message) => (message.type === 'event' ? [message.seq] : []));
  return { connection, clock, sockets, states, messages, online, seqs };
}

describe('Connection', () => {
  it('asks for the JSON protocol and says hello with user and secret once the socket is open', async () => {
    const { sockets, states } = connect();
    expect(newest(sockets).protocols).toEqual(['asterclick.v1.compact', 'asterclick.v1.json']);
    expect(newest(sockets).sent).toEqual([]);
    newest(sockets).open();
    await settle();
    expect(newest(sockets).sent).toEqual([{ type: 'hello', ...ANN }]);
    expect(states.map(({ name }) => name)).toEqual(['connecting', 'greeting']);
  });

  it('is online with the rights of the welcome', async () => {
    const { connection, online } = connect();
    await online();
    expect(connection.state).toEqual({ name: 'online', user: 'ann', rights: ['dial', 'hangUp'], resumed: false });
  });

  it('comes back after a loss with the ticket and the last position it has seen', async () => {
    const { clock, sockets, online } = connect();
    await online();
    newest(sockets).receive(event(11, 'Hold'));
    newest(sockets).drop();
    clock.advance(60_000);
    expect(sockets).toHaveLength(2);
    newest(sockets).open();
    await settle();
    expect(newest(sockets).sent).toEqual([{ type: 'hello', ticket: 'ticket-1', resume: { epoch: 'e1', seq: 11 } }]);
  });

  it('hands on what was missed after a resumed welcome, and nothing twice', async () => {
    const { clock, sockets, online, seqs } = connect();
    await online();
    newest(sockets).receive(event(11, 'Hold'));
    newest(sockets).drop();
    clock.advance(60_000);
    await online(welcome({ resumed: true, seq: 13 }));
    newest(sockets).receive(event(11, 'Hold'));
    newest(sockets).receive(event(12, 'Unhold'));
    newest(sockets).receive(event(13, 'Hangup'));
    expect(seqs()).toEqual([11, 12, 13]);
  });

  it('takes a jump in seq that prev explains as no gap', async () => {
    const { sockets, online, seqs } = connect();
    await online();
    newest(sockets).receive(event(14, 'Hold', {}, 10));
    newest(sockets).receive(event(20, 'Unhold', {}, 14));
    expect(seqs()).toEqual([14, 20]);
  });

  it('starts over without a position when a message of the stream is missing', async () => {
    const { connection, clock, sockets, online, seqs } = connect();
    await online();
    newest(sockets).receive(event(13, 'Hold', {}, 12));
    expect(seqs()).toEqual([]);
    expect(connection.state).toMatchObject({ name: 'waiting', reason: 'A gap before message 13 of the stream.' });
    clock.advance(60_000);
    newest(sockets).open();
    await settle();
    expect(newest(sockets).sent).toEqual([{ type: 'hello', ticket: 'ticket-1' }]);
  });

  it('drops events that come between a welcome and its snapshot: the snapshot has them', async () => {
    const { sockets, seqs } = connect();
    newest(sockets).open();
    await settle();
    newest(sockets).receive(welcome());
    newest(sockets).receive(event(9, 'Hold'));
    newest(sockets).receive(snapshot(10));
    newest(sockets).receive(event(11, 'Unhold'));
    expect(seqs()).toEqual([11]);
  });

  it('goes on from a later snapshot, of another epoch too', async () => {
    const { sockets, online, seqs } = connect();
    await online();
    newest(sockets).receive(snapshot(40, 'e2'));
    newest(sockets).receive(event(41, 'Hold', {}, 38));
    expect(seqs()).toEqual([41]);
  });

  it('ends when the gateway refuses the secret, with what it said', async () => {
    const { connection, clock, sockets } = connect();
    newest(sockets).open();
    await settle();
    newest(sockets).receive({ type: 'error', code: 'GATEWAY_REFUSED', message: 'Wrong user or secret' });
    newest(sockets).drop(CLOSE.refused, 'GATEWAY_REFUSED');
    expect(connection.state).toMatchObject({
      name: 'closed',
      error: { code: 'CLIENT_REFUSED', message: 'Wrong user or secret' },
    });
    clock.advance(600_000);
    expect(sockets).toHaveLength(1);
  });

  it('falls back to the credentials when its ticket is refused', async () => {
    const { clock, sockets, online } = connect();
    await online();
    newest(sockets).drop();
    clock.advance(60_000);
    newest(sockets).open();
    await settle();
    newest(sockets).drop(CLOSE.refused);
    clock.advance(60_000);
    newest(sockets).open();
    await settle();
    expect(newest(sockets).sent).toMatchObject([{ type: 'hello', ...ANN }]);
  });

  it('ends when the gateway says that the protocol was broken', async () => {
    const { connection, sockets, online } = connect();
    await online();
    newest(sockets).drop(CLOSE.protocolError, 'no');
    expect(connection.state).toMatchObject({ name: 'closed', error: { code: 'CLIENT_PROTOCOL' } });
  });

  it('doubles the bound of the back-off with each failed try', () => {
    const { clock, sockets, states } = connect({ backOff: { baseMs: 100, maxMs: 1_000 } });
    for (let tries = 0; tries < 6; tries += 1) {
      newest(sockets).drop();
      clock.advance(1_000);
    }
    const delays = states.flatMap((state) => (state.name === 'waiting' ? [state.retryAtMs] : []));
    const started = delays.map((retryAtMs, index) => retryAtMs - (1_000_000 + index * 1_000));
    expect(started).toEqual([200, 400, 800, 1_000, 1_000, 1_000]);
  });

  it('draws the delay at random, so that many browsers come back spread out', () => {
    const { connection, sockets, clock } = connect({ backOff: { baseMs: 1_000, maxMs: 30_000 } }, 0.25);
    newest(sockets).drop();
    expect(connection.state).toMatchObject({ name: 'waiting', retryAtMs: clock.now() + 500 });
  });

  it('keeps backing off from a gateway that drops every session at once', async () => {
    const { connection, clock, sockets, online } = connect({ backOff: { baseMs: 100, maxMs: 10_000 } });
    for (let tries = 0; tries < 3; tries += 1) {
      await online();
      newest(sockets).drop(CLOSE.goingAway);
      clock.advance(10_000);
    }
    await online();
    newest(sockets).drop(CLOSE.goingAway);
    expect(connection.state).toMatchObject({ retryAtMs: clock.now() + 1_600 });
  });

  it('begins the back-off anew after a session that lasted', async () => {
    const { connection, clock, sockets, online } = connect({ backOff: { baseMs: 100, maxMs: 10_000 } });
    newest(sockets).drop();
    clock.advance(10_000);
    await online();
    clock.advance(5_000);
    newest(sockets).drop();
    expect(connection.state).toMatchObject({ retryAtMs: clock.now() + 100 });
  });

  it('gives up a try that gets no welcome in time', () => {
    const { connection, clock, sockets } = connect({ welcomeTimeoutMs: 3_000 });
    newest(sockets).open();
    clock.advance(3_000);
    expect(connection.state).toMatchObject({ name: 'waiting', reason: 'No welcome within 3000 ms.' });
    expect(newest(sockets).closedWith).toBe(1000);
  });

  it('hears nothing more of a socket that it gave up', async () => {
    const { connection, clock, sockets, online, seqs } = connect();
    await online();
    const [first] = sockets;
    first?.drop();
    clock.advance(60_000);
    first?.receive(event(11, 'Hold'));
    first?.drop();
    expect(seqs()).toEqual([]);
    expect(connection.state.name).toBe('connecting');
  });

  it('tries at once when it is opened while it waits', () => {
    const { connection, sockets } = connect();
    newest(sockets).drop();
    connection.open();
    expect(sockets).toHaveLength(2);
  });

  it('asks for fresh credentials for each login that needs them', async () => {
    let asked = 0;
    const credentials = async () => ({ token: `token-${++asked}` });
    const { clock, sockets } = connect({ credentials });
    for (let tries = 0; tries < 2; tries += 1) {
      newest(sockets).open();
      await settle();
      newest(sockets).drop();
      clock.advance(60_000);
    }
    expect(sockets.flatMap(({ sent }) => sent)).toMatchObject([{ token: 'token-1' }, { token: 'token-2' }]);
  });

  it('tries again later when no credentials can be had now', async () => {
    const credentials = () => Promise.reject(new Error('login page is down'));
    const { connection, sockets } = connect({ credentials });
    newest(sockets).open();
    await settle();
    expect(connection.state).toMatchObject({ name: 'waiting', reason: 'No credentials: Error: login page is down' });
  });

  it('starts over when what it gets is no message', async () => {
    const { connection, sockets, online } = connect();
    await online();
    newest(sockets).receive('{"type":');
    expect(connection.state).toMatchObject({ name: 'waiting', reason: 'The gateway sent what is no message.' });
  });

  it('ends at a URL that no WebSocket takes', () => {
    const { platform } = fakePlatform();
    class Picky {
      constructor() {
        throw new SyntaxError('bad URL');
      }
    }
    const states: ConnectionState[] = [];
    const options = { url: 'nonsense', credentials: ANN };
    const withPicky = { ...platform, webSocket: Picky as never };
    new Connection(options, withPicky, { state: (state) => states.push(state), message: () => {} }).open();
    expect(states.at(-1)).toMatchObject({ name: 'closed', error: { code: 'CLIENT_BAD_URL' } });
  });

  it('refuses to send while it is not online', () => {
    const { connection } = connect();
    const hangUp = { type: 'command', id: 1, do: 'hangUp', channel: 'PJSIP/1001-00000001' } as const;
    expect(() => connection.send(hangUp)).toThrowError(expect.objectContaining({ code: 'CLIENT_NOT_CONNECTED' }));
  });

  it('stays closed once closed, until it is opened', async () => {
    const { connection, clock, sockets, online } = connect();
    await online();
    connection.close();
    clock.advance(600_000);
    expect(sockets).toHaveLength(1);
    expect(newest(sockets).closedWith).toBe(1000);
    connection.open();
    expect(sockets).toHaveLength(2);
  });
});
