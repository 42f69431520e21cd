import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { setUp } from './clients.test-support.ts';

describe('AmiServer', () => {
  it('sends an event to those who may see its class and want to, and to nobody else', () => {
    const { stage, logIn } = setUp();
    const clients = {
      admin: logIn('admin'),
      off: logIn('admin', 'Events: off'),
      user: logIn('admin', 'Events: call,user'),
      panel: logIn('panel'),
    };
    for (const client of Object.values(clients)) client.take();
    stage.simulation.perform('test', () => stage.simulation.emit('UserEvent', [['UserEvent', 'x']]));
    const seen = Object.entries(clients).filter(([, client]) => client.take().includes('Event: UserEvent\r\n'));
    expect(seen.map(([name]) => name)).toEqual(['admin', 'user']);
  });

  it('writes the text of an event once for all who see it, and not at all for nobody', () => {
    const { stage, logIn, server } = setUp();
    const encode = vi.spyOn(server.runtime.text, 'encode');
    onTestFinished(() => encode.mockRestore());
    const emit = () => stage.simulation.perform('test', () => stage.simulation.emit('UserEvent', [['UserEvent', 'x']]));
    const one = logIn();
    const other = logIn();
    one.take();
    encode.mockClear();
    emit();
    expect([one.take(), other.take()]).toEqual(
      Array(2).fill('Event: UserEvent\r\nPrivilege: user,all\r\nUserEvent: x\r\n\r\n'),
    );
    expect(encode).toHaveBeenCalledTimes(1);
    for (const client of [one, other]) client.send('Action: Events', 'EventMask: off');
    encode.mockClear();
    emit();
    expect(encode).not.toHaveBeenCalled();
  });

  it('sends what an action makes happen after its answer to the sender, and at once to others', () => {
    const { logIn } = setUp();
    const sender = logIn();
    const other = logIn();
    sender.take();
    sender.send('Action: UserEvent', 'UserEvent: Hi');
    expect(sender.take()).toMatch(/^Response: Success\r\nMessage: Event Sent\r\n\r\nEvent: UserEvent\r\n/);
    expect(other.take()).toMatch(/^Event: UserEvent\r\n/);
  });

  it('does one action after the other, and the rest of what was sent when a failed login ends the session is not done', () => {
    const { clock, server, connect } = setUp();
    const client = connect();
    client.take();
    client.send('Action: Login', 'Username: admin', 'Secret: wrong');
    client.send('Action: Login', 'Username: admin', 'Secret: adminpw');
    clock.advance(999);
    expect(client.take()).toBe('');
    clock.advance(1);
    expect(client.take()).toBe('Response: Error\r\nMessage: Authentication failed\r\n\r\n');
    expect(client.ended).toBe(true);
    expect(server.sessions.size).toBe(0);
  });

  it('lets nobody in without a user name, with the name of nobody, or from an address that is refused', () => {
    const { clock, connect } = setUp();
    const refused = (from: string, ...rows: string[]): boolean => {
      const client = connect({ from });
      client.send('Action: Login', ...rows);
      clock.advance(1000);
      return client.take().includes('Authentication failed');
    };
    expect(refused('127.0.0.1', 'Secret: adminpw')).toBe(true);
    expect(refused('127.0.0.1', 'Username: mallory', 'Secret: adminpw')).toBe(true);
    expect(refused('127.0.0.1', 'Username: acl', 'Secret: aclpw')).toBe(true);
    expect(refused('10.1.2.3', 'Username: acl', 'Secret: aclpw')).toBe(false);
    expect(refused('10.1.2.3', 'Username: admin', 'Secret: adminpw')).toBe(true);
  });

  it('asks for the right secret also in MD5, and not for the secret of another challenge', () => {
    const { clock, connect } = setUp();
    const client = connect();
    client.send('Action: Challenge', 'AuthType: PLAIN');
    expect(client.take()).toContain('Message: Must specify AuthType');
    client.send('Action: Challenge', 'AuthType: md5');
    expect(client.take()).toMatch(/^Response: Success\r\nChallenge: \d+\r\n\r\n$/);
    client.send('Action: Login', 'AuthType: MD5', 'Username: admin', 'Key: adminpw');
    clock.advance(1000);
    expect(client.take()).toContain('Authentication failed');
  });

  it('keeps the rights of a session when its user is gone from manager.conf, and takes no new one', () => {
    const { clock, stage, connect, logIn } = setUp();
    const panel = logIn('panel');
    panel.take();
    stage.pbx.changeConfig('manager.conf', { panel: 'remove' });
    stage.pbx.reload('manager');
    panel.send('Action: CoreStatus');
    expect(panel.take()).toContain('Response: Success');
    const again = connect();
    again.send('Action: Login', 'Username: panel', 'Secret: panelpw');
    clock.advance(1000);
    expect(again.take()).toContain('Authentication failed');
  });

  it('refuses connections while manager.conf switches it off, but keeps its sessions', () => {
    const { stage, server, logIn } = setUp();
    const client = logIn();
    const heard: boolean[] = [];
    server.onListening((listening) => heard.push(listening));
    stage.pbx.changeConfig('manager.conf', { general: { enabled: 'no' } });
    stage.pbx.reload('manager');
    expect(stage.connect()).toBeUndefined();
    client.take();
    client.send('Action: Ping');
    expect(client.take()).toContain('Ping: Pong');
    stage.pbx.changeConfig('manager.conf', { general: { enabled: 'yes' } });
    stage.pbx.reload('manager');
    expect(stage.connect()).toBeDefined();
    expect(heard).toEqual([false, true]);
  });

  it('keeps disabled events disabled when the line is gone, until a restart', () => {
    const { clock, stage, logIn } = setUp({ 'manager.conf': { general: { disabledevents: 'UserEvent' } } });
    const seesUserEvents = (): boolean => {
      const client = logIn();
      client.send('Action: UserEvent', 'UserEvent: x');
      return client.take().includes('Event: UserEvent\r\n');
    };
    expect(seesUserEvents()).toBe(false);
    stage.pbx.changeConfig('manager.conf', { general: { disabledevents: [] } });
    stage.pbx.reload('manager');
    expect(seesUserEvents()).toBe(false);
    stage.pbx.restart();
    clock.advance(3000);
    expect(seesUserEvents()).toBe(true);
  });

  it('stamps every event with its time where manager.conf says so, but not answers', () => {
    const { logIn } = setUp({ 'manager.conf': { general: { timestampevents: 'yes' } } });
    const client = logIn();
    client.take();
    client.send('Action: UserEvent', 'UserEvent: x');
    expect(client.take()).toMatch(
      /^Response: Success\r\nMessage: Event Sent\r\n\r\nEvent: UserEvent\r\nPrivilege: user,all\r\nTimestamp: \d+\.\d{6}\r\nUserEvent: x\r\n\r\n$/,
    );
  });

  it('answers every action that it is shutting down, from the order until the end', () => {
    const { clock, stage, logIn } = setUp();
    stage.phone('1001').dial('660');
    clock.advance(500);
    const client = logIn();
    client.take();
    stage.pbx.restart({ gracefully: true });
    client.send('Action: Ping');
    expect(client.take()).toBe('Response: Error\r\nMessage: Asterisk is shutting down\r\n\r\n');
    stage.phone('1001').hangUp();
    clock.advance(5000);
    expect(client.take()).toContain('Event: Shutdown\r\n');
    expect(client.ended).toBe(true);
  });

  it('cuts a reader who takes nothing for the time of writetimeout, in the middle of what was sent', () => {
    const { clock, server, stage, connect } = setUp();
    const client = connect({ capacityBytes: 10_000 });
    client.send('Action: Login', 'Username: admin', 'Secret: adminpw');
    client.take();
    client.link.pause();
    stage.simulation.perform('test', () => {
      for (let n = 0; n < 100; n++) stage.simulation.emit('UserEvent', [['Pad', 'x'.repeat(500)]]);
    });
    clock.advance(1000);
    expect(server.sessions.size).toBe(1);
    clock.advance(100);
    expect(server.sessions.size).toBe(0);
    client.link.resume();
    clock.advance(0);
    expect(client.ended).toBe(true);
  });

  it('bears with a reader who is slow but reads', () => {
    const { clock, server, stage, connect } = setUp();
    const client = connect({ capacityBytes: 10_000 });
    client.send('Action: Login', 'Username: admin', 'Secret: adminpw');
    client.link.pause();
    stage.simulation.perform('test', () => {
      for (let n = 0; n < 100; n++) stage.simulation.emit('UserEvent', [['Pad', 'x'.repeat(500)]]);
    });
    for (let n = 0; n < 10; n++) {
      clock.advance(600);
      client.link.resume();
      clock.advance(0);
      client.link.pause();
    }
    expect(server.sessions.size).toBe(1);
    expect(client.take().match(/Event: UserEvent/g)).toHaveLength(100);
  });

  it('reads no further from a client who sends ahead while its session waits', () => {
    const { server, connect } = setUp();
    const client = connect({ capacityBytes: 1000 });
    client.send('Action: Login', 'Username: admin', 'Secret: adminpw');
    client.send('Action: Originate', 'Channel: PJSIP/1002', 'Application: Wait', 'Data: 1');
    for (let n = 0; n < 50; n++) client.write('Action: Ping\r\n\r\n'.repeat(100));
    const [session] = server.sessions;
    expect(session?.waiting).toBeLessThan(200);
    expect(client.link.pendingBytes).toBeGreaterThan(40 * 100 * 16);
  });

  it('does what was sent before the client ended its side, then ends too', () => {
    const { clock, logIn, server } = setUp();
    const client = logIn();
    client.take();
    client.link.write(Buffer.from('Action: Ping\r\nActionID: 1\r\n\r\nAction: Ping\r\nActionID: 2\r\n\r\nAction: Pi'));
    client.link.end();
    clock.advance(0);
    expect(client.take().match(/ActionID: \d/g)).toEqual(['ActionID: 1', 'ActionID: 2']);
    expect(server.sessions.size).toBe(0);
  });

  it('notes every action: by whom, how it was answered, and what it could not do', () => {
    const { server, logIn } = setUp();
    const client = logIn('panel');
    client.send('Action: Ping', 'ActionID: 1');
    client.send('Action: DBPut', 'Family: a', 'Key: b');
    client.send('Action: Nonsense');
    client.send('ActionID: 4');
    client.send('Action: AOCMessage');
    const admin = logIn('admin');
    admin.send('Action: AOCMessage');
    admin.send('Action: MeetmeList');
    const noted = server.journal.entries.map(({ user, action, kind, answer }) => [user, action, kind, answer?.message]);
    expect(noted).toEqual([
      ['', 'Login', 'simulated', 'Authentication accepted'],
      ['panel', 'Ping', 'simulated', ''],
      ['panel', 'DBPut', 'denied', 'Permission denied'],
      ['panel', 'Nonsense', 'unknown', expect.stringContaining('Invalid/unknown command: Nonsense.')],
      ['panel', '', 'malformed', 'Missing action in request'],
      ['panel', 'AOCMessage', 'denied', 'Permission denied'],
      ['', 'Login', 'simulated', 'Authentication accepted'],
      ['admin', 'AOCMessage', 'simulated', expect.stringContaining('PartialChannel are not specified')],
      ['admin', 'MeetmeList', 'not-loaded', expect.stringContaining('Invalid/unknown command: MeetmeList.')],
    ]);
  });

  it('names in every event what caused it', () => {
    const { server, stage, logIn } = setUp();
    const client = logIn();
    const causes: string[] = [];
    stage.simulation.onEvent((event) => causes.push(`${event.name} ${event.cause}`));
    client.send('Action: UserEvent', 'UserEvent: x');
    expect(causes).toEqual([`UserEvent action:${server.journal.entries.at(-1)?.id}`]);
  });

  it('ends its sessions when it is closed, and no timer is left', () => {
    const { clock, stage, logIn } = setUp();
    const client = logIn();
    stage.dispose();
    clock.advance(0);
    expect(client.ended).toBe(true);
    expect(clock.pending).toBe(0);
  });
});
