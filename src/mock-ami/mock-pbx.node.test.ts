import { type AddressInfo, createConnection, createServer, Socket } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { ManualClock } from '../ami/manual-clock.ts';
import { phone, scenario, wait } from '../scenarios/builder.ts';
import { CONTROL_PROTOCOL } from './control/control-server.ts';
import { MockPbx } from './mock-pbx.node.ts';

/** A connection, and what it has said so far. */
class Client {
  readonly socket: Socket;
  text = '';
  readonly closed: Promise<void>;

  constructor(pbx: MockPbx) {
    this.socket = createConnection(pbx.port, pbx.host);
    this.closed = new Promise((resolve) => this.socket.on('close', () => resolve()));
    this.socket.on('data', (bytes) => {
      this.text += bytes.toString();
    });
  }

  send(...rows: string[]): void {
    this.socket.write(`${rows.join('\r\n')}\r\n\r\n`);
  }

  async sees(what: string): Promise<void> {
    while (!this.text.includes(what)) await new Promise((resolve) => this.socket.once('data', resolve));
  }

  static async loggedIn(pbx: MockPbx): Promise<Client> {
    const client = new Client(pbx);
    client.send('Action: Login', 'Username: admin', `Secret: ${pbx.stage.managerSecret('admin')}`);
    await client.sees('Authentication accepted');
    return client;
  }
}

/** Resolves with the code of the fault. */
function refused(pbx: MockPbx): Promise<string | undefined> {
  return new Promise((resolve) => {
    createConnection(pbx.port, pbx.host)
      .on('error', (error: NodeJS.ErrnoException) => resolve(error.code))
      .on('connect', () => resolve(undefined));
  });
}

describe('MockPbx', () => {
  it('listens on a free port, and lets phones call', async () => {
    await using pbx = await MockPbx.listen({ speed: 20 });
    const client = await Client.loggedIn(pbx);
    pbx.phone('1001').dials('1002');
    await client.sees('DialBegin');
    pbx.phone('1002').answers();
    await client.sees('BridgeEnter');
    expect(pbx.phone('1002').lamp).toBe('up');
  });

  it('gives the system every piece of a split write by itself', async () => {
    await using pbx = await MockPbx.listen({ speed: 20, faults: { 'split-writes': { longest: 1 } } });
    const given = vi.spyOn(Socket.prototype, 'write');
    onTestFinished(() => given.mockRestore());
    const client = new Client(pbx);
    await client.sees('Asterisk Call Manager/11.0.0\r\n');
    const pieces = given.mock.calls.map(([bytes]) => Buffer.from(bytes as Uint8Array).toString());
    expect(pieces).toEqual([...'Asterisk Call Manager/11.0.0\r\n']);
  });

  it('plays scenarios of the library, and those that are built', async () => {
    await using pbx = await MockPbx.listen({ speed: 40 });
    await pbx.play('call-busy');
    await pbx.play(scenario('ring', {}, [phone('1003').dials('1004'), wait('200ms'), phone('1003').hangsUp()]));
    expect(pbx.journal.entries.map(({ action }) => action)).toEqual(['Login', 'Logoff', 'Login', 'Logoff']);
  });

  it('refuses a scenario that must be there before the start', async () => {
    await using pbx = await MockPbx.listen();
    const wrong = scenario('mail', { given: { mailboxes: { '1001@default': 1 } } }, []);
    await expect(pbx.play(wrong)).rejects.toMatchObject({ code: 'MOCK_SCENARIO_NEEDS_START' });
  });

  it('says which port can not be had', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as AddressInfo;
    await expect(MockPbx.listen({ port })).rejects.toMatchObject({ code: 'AMI_LISTEN_FAILED' });
    taken.close();
  });

  it('ends sessions and refuses connections while it restarts, then listens on the same port', async () => {
    await using pbx = await MockPbx.listen({ speed: 20 });
    const client = await Client.loggedIn(pbx);
    pbx.power.restart();
    await client.closed;
    expect(client.text).toMatch(/Event: Shutdown\r\n.*\r\nShutdown: Cleanly\r\nRestart: True\r\n\r\n$/);
    let code = await refused(pbx);
    expect(code).toBe('ECONNREFUSED');
    while (code !== undefined) code = await refused(pbx);
    const again = await Client.loggedIn(pbx);
    await again.sees('Event: FullyBooted');
  });

  it('stops its clock, timers and ports when it is closed', async () => {
    const clock = new ManualClock();
    const pbx = await MockPbx.listen({ clock, control: {} });
    pbx.phone('1001').dials('1002');
    clock.advance(50);
    await pbx.close();
    expect(clock.pending).toBe(0);
    expect(await refused(pbx)).toBe('ECONNREFUSED');
  });

  it('waits for an expected action, come already or to come', async () => {
    await using pbx = await MockPbx.listen();
    const client = await Client.loggedIn(pbx);
    client.send('Action: DBPut', 'Family: a', 'Key: b', 'Val: 1');
    const entry = await pbx.expectAction('dbput', { Family: 'a', Val: /^\d$/ });
    expect(entry).toMatchObject({ user: 'admin', kind: 'simulated', answer: { response: 'Success' } });
    const next = pbx.expectAction('UserEvent');
    client.send('Action: UserEvent', 'UserEvent: Hello');
    await next;
    pbx.assertDone();
  });

  it('fails where an expected action does not come, or another does that changes something', async () => {
    const clock = new ManualClock();
    await using pbx = await MockPbx.listen({ clock });
    const expected = pbx.expectAction('Originate', { Exten: '1002' }, { within: 300 });
    clock.advance(301);
    await expect(expected).rejects.toMatchObject({
      code: 'MOCK_ACTION_MISSING',
      message: 'within 300 ms no action came that is Originate {Exten: 1002}; no action came at all',
    });
    expect(() => pbx.assertDone()).toThrow(/never came: Originate/);
  });

  it('tells what came instead of what was expected: the nearest one, and what differs in it', async () => {
    await using pbx = await MockPbx.listen();
    const client = await Client.loggedIn(pbx);
    client.send('Action: DBPut', 'Family: a', 'Key: b', 'Val: 1');
    client.send('Action: DBPut', 'Family: c', 'Key: d', 'Val: 2');
    await client.sees('Updated database successfully');
    await expect(pbx.expectAction('DBPut', { Family: 'c', Val: '3', Secret: 'x' }, { within: 20 })).rejects.toThrow(
      "within 20 ms no action came that is DBPut {Family: c, Val: 3, Secret: x}; nearest is DBPut, action 3, but Val is '2' and not '3', it has no Secret (there are Family, Key, Val)",
    );
    await expect(pbx.expectAction('Originate', {}, { within: 20 })).rejects.toThrow('there came 1 Login, 2 DBPut');
    await expect(pbx.expectAction('Originate', {}, { within: 20 })).rejects.toMatchObject({
      stack: expect.stringContaining('mock-pbx.node.test.ts'),
    });
    await pbx.expectAction('DBPut', { Key: 'b' });
    await expect(pbx.expectAction('DBPut', { Key: 'b' }, { within: 20 })).rejects.toThrow(
      "action 2 is what another expectation found; nearest is DBPut, action 3, but Key is 'd' and not 'b'",
    );
  });

  it('fails where an action came that nobody expected', async () => {
    await using pbx = await MockPbx.listen();
    const client = await Client.loggedIn(pbx);
    client.send('Action: CoreShowChannels');
    await client.sees('CoreShowChannelsComplete');
    pbx.assertDone();
    client.send('Action: DBDelTree', 'Family: all');
    await client.sees('Database entry not found');
    expect(() => pbx.assertDone()).toThrow(/came unexpected: DBDelTree \{Family: all\} by admin/);
  });

  it('is as at the start after a reset: the same commands give the same bytes', async () => {
    const clock = new ManualClock();
    await using pbx = await MockPbx.listen({ clock });
    const told: string[] = [];
    pbx.stage.simulation.onEvent(({ name, atMs, headers }) => told.push(JSON.stringify([name, atMs, headers])));
    const call = () => {
      pbx.phone('1001').dials('1002');
      clock.advance(500);
      pbx.phone('1002').answers();
      clock.advance(700);
      pbx.faults.set('clock-jump');
      return told.splice(0);
    };
    const first = call();
    expect(first.length).toBeGreaterThan(40);
    pbx.reset();
    expect([pbx.phone('1001').calls, pbx.clock.now()]).toEqual([[], 1_767_225_600_000]);
    expect(call()).toEqual(first);
    pbx.reset({ seed: 7 });
    expect(call()).not.toEqual(first);
    await using other = await MockPbx.listen({ clock: new ManualClock(), seed: 7 });
    expect(pbx.stage.start(7).state).toEqual(other.stage.start().state);
  });

  it('keeps as much of its journal as it is told to, and says how much is gone', async () => {
    await using pbx = await MockPbx.listen({ journal: { entries: 3 }, control: { port: 0, token: 't' } });
    const client = await Client.loggedIn(pbx);
    for (let n = 1; n <= 4; n++) client.send('Action: Ping', `ActionID: ping-${n}`);
    await client.sees('ping-4');
    const answer = await fetch(`http://127.0.0.1:${pbx.control?.port}/v1/journal`, {
      headers: { authorization: 'Bearer t' },
    });
    expect(await answer.json()).toMatchObject({ entries: [{ id: 3 }, { id: 4 }, { id: 5 }], dropped: 2 });
  });

  it('cuts connections at a reset, empties the journal and listens on the same port', async () => {
    await using pbx = await MockPbx.listen();
    const client = await Client.loggedIn(pbx);
    const expected = pbx.expectAction('Originate');
    pbx.reset();
    await expect(expected).rejects.toThrow('a reset came before');
    await client.closed;
    expect(pbx.journal.entries).toEqual([]);
    await Client.loggedIn(pbx);
    expect(pbx.journal.entries).toMatchObject([{ id: 1, action: 'Login' }]);
    pbx.assertDone();
  });

  it('goes on from a snapshot as often as wanted, itself or as another PBX', async () => {
    const clock = new ManualClock();
    await using pbx = await MockPbx.listen({ clock });
    pbx.phone('1001').dials('1002');
    clock.advance(500);
    const ringing = pbx.snapshot();
    await using fork = await pbx.fork();
    pbx.phone('1002').answers();
    clock.advance(500);
    expect([pbx.phone('1002').lamp, fork.phone('1002').lamp]).toEqual(['up', 'ringing']);
    expect(fork.port).not.toBe(pbx.port);
    pbx.restore(ringing);
    expect(pbx.phone('1002').lamp).toBe('ringing');
    pbx.phone('1002').rejects('busy');
    clock.advance(500);
    expect([pbx.phone('1002').calls, fork.phone('1002').calls.length]).toEqual([[], 1]);
  });

  it('does what sentences say, and lets time pass until nobody talks', async () => {
    await using pbx = await MockPbx.listen({ speed: 0 });
    const done = pbx.perform('1001 dials 1002', 'wait 1s', '1002 answers', 'wait 1min', '1001 hangs up');
    expect(pbx.runUntilIdle(10_000)).toBe(false);
    expect(pbx.phone('1001').lamp).toBe('up');
    expect(pbx.runUntilIdle()).toBe(true);
    await done;
    expect(pbx.journal.entries).toEqual([]);
    await expect(pbx.perform('1001 sings')).rejects.toMatchObject({ code: 'SCENARIO_WRONG' });
  });

  it('shows its phones over WebSocket to whoever has the token', async () => {
    await using pbx = await MockPbx.listen({ control: { token: 'to-ken' } });
    const url = pbx.control?.url ?? '';
    const refusal = await new Promise((resolve) =>
      new WebSocket(url.replace('to-ken', 'x'), CONTROL_PROTOCOL).on('error', resolve),
    );
    expect(String(refusal)).toContain('403');
    const socket = new WebSocket(url, CONTROL_PROTOCOL);
    const messages: { type: string }[] = [];
    const seen = new Promise<void>((resolve) => {
      socket.on('message', (data) => {
        messages.push(JSON.parse(String(data)));
        const types = new Set(messages.map(({ type }) => type));
        if (types.has('done') && types.has('phone')) resolve();
      });
    });
    socket.on('open', () => socket.send('{"id":1,"do":"dial","phone":"1001","number":"1002"}'));
    await seen;
    const [first] = messages;
    expect(first).toMatchObject({
      type: 'phones',
      version: 1,
      phones: expect.arrayContaining([expect.objectContaining({ name: '1001' })]),
    });
    socket.terminate();
  });

  it('refuses the page of another machine where no token is set', async () => {
    await using pbx = await MockPbx.listen({ control: {} });
    const url = pbx.control?.url ?? '';
    const refusal = await new Promise((resolve) => {
      new WebSocket(url, CONTROL_PROTOCOL, { origin: 'https://example.org' }).on('error', resolve);
    });
    expect(String(refusal)).toContain('403');
  });
});
