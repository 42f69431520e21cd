import { describe, expect, it } from 'vitest';
import { FAULTS, type FaultName } from './fault-table.ts';
import { Listener, stageForFaults } from './faults.test-support.ts';

const office = () => {
  const made = stageForFaults();
  return { ...made, client: Listener.loggedIn(made) };
};
const call = ({ stage, clock }: Pick<ReturnType<typeof stageForFaults>, 'stage' | 'clock'>): void => {
  stage.phone('1001').dial('1002');
  clock.advance(500);
  stage.phone('1002').answer();
  clock.advance(500);
  stage.phone('1001').hangUp();
  clock.advance(500);
};

describe('the door', () => {
  it('is shut, and open again: refuse-connections', () => {
    const { stage, client, clock } = office();
    const listening: boolean[] = [];
    stage.server.onListening((now) => listening.push(now));
    stage.faults.set('refuse-connections', { for: '10s' });
    expect(stage.connect()).toBeUndefined();
    client.ping('in');
    clock.advance(1);
    expect(client.answers).toEqual(['in']);
    clock.advance(10_000);
    expect(stage.connect()).toBeDefined();
    expect(listening).toEqual([false, true]);
  });

  it.each(['reset', 'closed'] as const)('lets so many in to throw them out: refuse-connections how %s', (how) => {
    const { stage, clock } = office();
    stage.faults.set('refuse-connections', { how, times: 2 });
    const clients = [0, 1, 2].map(() => new Listener(stage));
    clock.advance(1);
    expect(clients.map(({ reset }) => reset)).toEqual([how === 'reset', how === 'reset', false]);
    expect(clients.map(({ ended }) => ended)).toEqual([how === 'closed', how === 'closed', false]);
    expect(clients.map(({ text }) => text)).toEqual(['', '', 'Asterisk Call Manager/11.0.0\r\n']);
    expect(stage.faults.active).toEqual([]);
  });

  it('refuses whatever a login proves, a second later, and ends the connection: refuse-logins', () => {
    const made = stageForFaults();
    made.stage.faults.set('refuse-logins', { times: 1 });
    const refused = new Listener(made.stage);
    refused.send('Action: Login\r\nUsername: admin\r\nSecret: adminpw\r\n\r\n');
    made.clock.advance(999);
    expect(refused.text).toBe('Asterisk Call Manager/11.0.0\r\n');
    made.clock.advance(2);
    expect(refused.text).toContain('Response: Error\r\nMessage: Authentication failed\r\n\r\n');
    expect(refused.ended).toBe(true);
    const next = Listener.loggedIn(made);
    next.ping('a');
    made.clock.advance(1);
    expect(next.answers).toEqual(['a']);
  });

  it('lets logins wait: slow-logins', () => {
    const { stage, clock } = stageForFaults();
    stage.faults.set('slow-logins', { by: 2000 });
    const client = new Listener(stage);
    client.send('Action: Login\r\nUsername: admin\r\nSecret: adminpw\r\n\r\nAction: Ping\r\nActionID: a\r\n\r\n');
    clock.advance(1999);
    expect(client.text).not.toContain('Response');
    clock.advance(2);
    expect(client.text).toMatch(/Authentication accepted[\s\S]*ActionID: a/);
  });
});

describe('bytes', () => {
  it('come one by one, each by itself: split-writes', () => {
    const { stage, clock, client } = office();
    stage.faults.set('split-writes', { every: 5 });
    client.ping('a');
    clock.advance(10_000);
    expect(new Set(client.chunks.map(({ bytes }) => bytes.length))).toEqual(new Set([1]));
    const times = client.chunks.map(({ atMs }) => atMs);
    expect(new Set(times.slice(1).map((atMs, at) => atMs - (times[at] ?? 0)))).toEqual(new Set([5]));
    expect(client.text).toMatch(/^Response: Success\r\nActionID: a\r\nPing: Pong\r\nTimestamp: [\d.]+\r\n\r\n$/);
  });

  it('come in pieces of seeded length, the same for the same seed: split-writes longest', () => {
    const lengths = (seed: number): number[] => {
      const made = stageForFaults(seed);
      const client = Listener.loggedIn(made);
      made.stage.faults.set('split-writes', { longest: 9 });
      client.ping('a');
      made.clock.advance(100);
      expect(client.answers).toEqual(['a']);
      return client.chunks.map(({ bytes }) => bytes.length);
    };
    expect(Math.max(...lengths(1))).toBeLessThanOrEqual(9);
    expect(new Set(lengths(1)).size).toBeGreaterThan(3);
    expect(lengths(1)).toEqual(lengths(1));
    expect(lengths(1)).not.toEqual(lengths(2));
  });

  it('come together: join-writes', () => {
    const { stage, clock, client } = office();
    stage.faults.set('join-writes', { within: 30 });
    for (const id of ['a', 'b', 'c']) client.ping(id);
    clock.advance(29);
    expect(client.chunks).toHaveLength(0);
    clock.advance(2);
    expect(client.chunks).toHaveLength(1);
    expect(client.answers).toEqual(['a', 'b', 'c']);
  });

  it('come late, in order: delay-writes', () => {
    const { stage, clock, client } = office();
    const startMs = clock.now();
    stage.faults.set('delay-writes', { by: '100ms', jitter: '50ms' });
    const sent: number[] = [];
    for (let n = 0; n < 40; n++) {
      client.ping(String(n));
      clock.advance(3);
      sent.push(clock.now() - startMs);
    }
    clock.advance(200);
    expect(client.answers).toEqual(Array.from({ length: 40 }, (_, n) => String(n)));
    const late = client.chunks.map(({ atMs }, at) => atMs - 20 - (sent[at] ?? 0));
    expect(Math.min(...late)).toBeGreaterThan(95);
    expect(Math.max(...late)).toBeLessThanOrEqual(150);
    expect(Math.max(...late) - Math.min(...late)).toBeGreaterThan(20);
  });

  it('come no faster than that: limit-bandwidth', () => {
    const { stage, clock, client } = office();
    stage.faults.set('limit-bandwidth', { bytesPerSecond: 1000 });
    call({ stage, clock });
    clock.advance(500);
    expect(client.text.length).toBeGreaterThan(1900);
    expect(client.text.length).toBeLessThanOrEqual(2020);
    clock.advance(60_000);
    expect(client.events.at(-1)).toBe('ExtensionStatus');
    expect(client.events.filter((name) => name === 'Hangup')).toHaveLength(2);
  });

  it('end in the middle of a message: drop-mid-message', () => {
    const { stage, clock, client } = office();
    stage.faults.set('drop-mid-message', { after: 1, times: 1 });
    client.ping('a');
    client.ping('b');
    clock.advance(1);
    expect(client.answers[0]).toBe('a');
    expect(client.text).not.toMatch(/\r\n\r\n[\s\S]*\r\n\r\n/);
    expect(client.text).toMatch(/\r\n\r\n[\s\S]+$/);
    expect([client.ended, client.reset]).toEqual([true, false]);
    expect(stage.server.sessions.size).toBe(0);
    const next = Listener.loggedIn({ stage, clock });
    next.ping('c');
    clock.advance(1);
    expect(next.answers).toEqual(['c']);
  });

  it('end with a reset: drop-mid-message how reset, reset-connections', () => {
    const { stage, clock, client } = office();
    const other = Listener.loggedIn({ stage, clock });
    client.forget();
    stage.faults.set('drop-mid-message', { how: 'reset', times: 1 });
    client.ping('a');
    clock.advance(1);
    expect(client.text).not.toContain('\r\n\r\n');
    expect([client.reset, other.reset]).toEqual([true, false]);
    stage.faults.set('reset-connections');
    clock.advance(1);
    expect(other.reset).toBe(true);
    expect(stage.server.sessions.size).toBe(0);
  });

  it('pass no more, while the connection stays: silence', () => {
    const { stage, clock, client } = office();
    stage.faults.set('silence', { for: '5s' });
    client.ping('a');
    clock.advance(6000);
    client.ping('b');
    call({ stage, clock });
    expect(client.chunks).toEqual([]);
    expect([client.ended, client.reset]).toEqual([false, false]);
    expect(stage.actions.filter(({ action }) => action === 'Ping')).toEqual([]);
    const next = Listener.loggedIn({ stage, clock });
    next.ping('c');
    clock.advance(1);
    expect(next.answers).toEqual(['c']);
    client.link.end();
    clock.advance(1);
    expect(stage.server.sessions.size).toBe(1);
  });

  it('of clients wait, those of the PBX do not: stop-reading', () => {
    const { stage, clock, client } = office();
    stage.faults.set('stop-reading');
    client.ping('a');
    call({ stage, clock });
    expect(client.answers).toEqual([]);
    expect(client.events).toContain('Hangup');
    stage.faults.clear('stop-reading');
    clock.advance(1);
    expect(client.answers).toEqual(['a']);
  });

  it('come between that are no AMI: send-garbage', () => {
    const { stage, clock, client } = office();
    stage.faults.set('send-garbage', { bytes: 7, times: 1 });
    client.ping('a');
    client.ping('b');
    clock.advance(1);
    expect(client.chunks.map(({ bytes }) => bytes.length)).toEqual([7, expect.any(Number), expect.any(Number)]);
    expect(client.answers).toEqual(['b']);
    expect(client.text.slice(7)).toMatch(/^Response: Success\r\nActionID: a\r\n/);
  });
});

describe('events', () => {
  const eventsOf = (name: string, values: Record<string, string | number>): string[] => {
    const { stage, clock, client } = office();
    stage.faults.set(name, values);
    call({ stage, clock });
    clock.advance(500);
    return client.events;
  };
  const whole = eventsOf('delay-writes', { by: 0 });

  it('come twice: duplicate-events', () => {
    expect(eventsOf('duplicate-events', {})).toEqual(whole.flatMap((name) => [name, name]));
    const holds = eventsOf('duplicate-events', { events: 'newchannel+BridgeEnter', times: 3 });
    expect(holds.length - whole.length).toBe(3);
    expect(holds.filter((name) => name === 'Newchannel')).toHaveLength(4);
    expect(holds.filter((name) => name === 'BridgeEnter')).toHaveLength(3);
  });

  it('do not come: lose-events', () => {
    expect(eventsOf('lose-events', {})).toEqual([]);
    expect(eventsOf('lose-events', { events: 'Hangup' })).toEqual(whole.filter((name) => name !== 'Hangup'));
    const some = eventsOf('lose-events', { chance: '50%' });
    expect(some.length).toBeGreaterThan(whole.length * 0.2);
    expect(some.length).toBeLessThan(whole.length * 0.8);
    expect(eventsOf('lose-events', { chance: 0.5 })).toEqual(some);
  });

  it('come in another order, all of them: reorder-events', () => {
    const twoCalls = (within: number): string[] => {
      const { stage, clock, client } = office();
      if (within > 0) stage.faults.set('reorder-events', { within });
      stage.phone('1001').dial('1002');
      stage.phone('1003').dial('1004');
      clock.advance(500);
      return client.text.split('\r\n\r\n');
    };
    const inOrder = twoCalls(0);
    const mixed = twoCalls(20);
    expect(mixed).not.toEqual(inOrder);
    expect([...mixed].sort()).toEqual([...inOrder].sort());
    expect(twoCalls(20)).toEqual(mixed);
    const ofCall = (events: readonly string[], phone: string) =>
      events.filter((event) => event.includes(`Channel: PJSIP/${phone}-`));
    for (const phone of ['1001', '1003']) expect(ofCall(mixed, phone)).toEqual(ofCall(inOrder, phone));
  });
});

describe('answers', () => {
  it('come late, events before them: late-answers', () => {
    const { stage, clock, client } = office();
    stage.faults.set('late-answers', { by: '3s', actions: 'Ping' });
    client.ping('a');
    client.send('Action: Status\r\nActionID: b\r\n\r\n');
    call({ stage, clock });
    clock.advance(1000);
    expect(client.answers).toEqual([]);
    expect(client.events).toContain('Hangup');
    clock.advance(1000);
    expect(client.answers).toEqual(['a', 'b']);
    expect(client.events.at(-1)).toBe('StatusComplete');
  });

  it('come before the connection ends, late as they are: late-answers', () => {
    const { stage, clock, client } = office();
    stage.faults.set('late-answers', { by: '3s' });
    client.send('Action: Logoff\r\n\r\n');
    clock.advance(2999);
    expect([client.text, client.ended]).toEqual(['', false]);
    clock.advance(2);
    expect(client.text).toContain('Response: Goodbye');
    expect(client.ended).toBe(true);
  });

  it('do not come, with all the rows of their lists: lose-answers', () => {
    const { stage, clock, client } = office();
    stage.faults.set('lose-answers', { actions: 'CoreShowChannels', times: 1 });
    stage.phone('1001').dial('1002');
    clock.advance(500);
    client.forget();
    for (const id of ['a', 'b']) client.send(`Action: CoreShowChannels\r\nActionID: ${id}\r\n\r\n`);
    client.ping('c');
    clock.advance(1);
    expect(client.answers).toEqual(['b', 'c']);
    expect(client.events).toEqual(['CoreShowChannel', 'CoreShowChannel', 'CoreShowChannelsComplete']);
    expect(stage.actions.filter(({ action }) => action === 'CoreShowChannels')).toHaveLength(2);
  });
});

describe('the PBX', () => {
  it('restarts with every id anew: restart, crash', () => {
    const { stage, clock, client } = office();
    const newest = (): string | undefined => {
      stage.phone('1001').dial('1002');
      clock.advance(500);
      return stage.newestChannelOf('1001');
    };
    const uniqueid = () => stage.simulation.channels().at(-1)?.uniqueid;
    expect(newest()).toBe('PJSIP/1001-00000000');
    const before = uniqueid();
    stage.faults.set('restart');
    clock.advance(5000);
    expect(client.text).toContain('Event: Shutdown');
    expect(client.ended).toBe(true);
    expect(newest()).toBe('PJSIP/1001-00000000');
    expect(uniqueid()).not.toBe(before);
    const second = Listener.loggedIn({ stage, clock });
    stage.faults.set('crash', { down: '10s' });
    clock.advance(9000);
    expect(second.reset).toBe(true);
    expect(second.text).not.toContain('Shutdown');
    expect(stage.connect()).toBeUndefined();
    clock.advance(3000);
    expect(stage.connect()).toBeDefined();
  });

  it('shows another time; what was to happen by then happens: clock-jump', () => {
    const { stage, clock, client } = office();
    const timestamp = (): number => {
      client.forget();
      client.ping('a');
      clock.advance(1);
      return Math.round(Number(/Timestamp: (.*)\r/.exec(client.text)?.[1]) - clock.now() / 1000 + 0.5);
    };
    expect(timestamp()).toBe(0);
    stage.faults.set('clock-jump', { by: '60min' });
    expect(timestamp()).toBe(3600);
    stage.faults.set('clock-jump', { by: '90min', direction: 'back' });
    expect(timestamp()).toBe(-1800);
    call({ stage, clock });
    expect(stage.simulation.channels()).toEqual([]);
    stage.phone('1001').dial('1002');
    clock.advance(500);
    expect(Number(stage.simulation.channels().at(-1)?.uniqueid.split('.')[0])).toBeLessThan(clock.now() / 1000 - 1790);
  });
});

describe('faults', () => {
  it('work all at once, the same for the same seed', () => {
    const session = (seed: number): string => {
      const made = stageForFaults(seed);
      const client = Listener.loggedIn(made);
      const { faults } = made.stage;
      faults.set('split-writes', { longest: 5 });
      faults.set('delay-writes', { by: 20, jitter: 30 });
      faults.set('duplicate-events', { chance: 0.3 });
      faults.set('lose-events', { chance: 0.1 });
      faults.set('reorder-events', { within: 10 });
      faults.set('send-garbage', { bytes: 3, chance: 0.1 });
      faults.set('limit-bandwidth', { bytesPerSecond: 20_000 });
      call(made);
      made.clock.advance(5000);
      return client.chunks.map(({ atMs, bytes }) => `${atMs} ${Buffer.from(bytes).toString('hex')}`).join('\n');
    };
    expect(session(1)).toBe(session(1));
    expect(session(1)).not.toBe(session(2));
  });

  it.each(FAULTS.filter(({ kind }) => kind === 'lasting').map(({ name }) => name))(
    'leave no timer when the stage ends, and none when they are cleared: %s',
    (name: FaultName) => {
      const { stage, clock, client } = office();
      stage.faults.set(name, { for: '1min' });
      const late = stage.connect();
      client.ping('a');
      stage.phone('1001').dial('1002');
      clock.advance(5);
      stage.faults.clear();
      expect(stage.faults.active).toEqual([]);
      stage.faults.set(name, { for: '1min' });
      client.ping('b');
      late?.end();
      clock.advance(5);
      stage.dispose();
      clock.advance(0);
      expect(clock.pending).toBe(0);
    },
  );

  it('say what they are set to, and how often they have struck', () => {
    const { stage, clock, client } = office();
    stage.faults.set('lose-answers', { chance: '50%' });
    for (let n = 0; n < 10; n++) client.ping(String(n));
    clock.advance(1);
    const [fault] = stage.faults.active;
    expect(fault).toEqual({
      name: 'lose-answers',
      values: { actions: [], chance: 0.5, times: 0, for: 0 },
      sinceMs: expect.any(Number),
      struck: 10 - client.answers.length,
    });
    expect(JSON.parse(JSON.stringify(fault))).toEqual(fault);
  });
});
