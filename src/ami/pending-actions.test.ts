import { describe, expect, it } from 'vitest';
import { latin1 } from './cuts.test-support.ts';
import { codeOf, loggedIn, outcome } from './session.test-support.ts';

describe('AmiSession, asking', () => {
  it('gives each answer to the action that it is for, in whatever order they come', async () => {
    const { session, say, settle, id } = await loggedIn();
    const first = outcome(session.request('Getvar', [['Variable', 'A']]));
    const second = outcome(session.request('Getvar', [['Variable', 'B']]));
    await settle();
    await say(`Response: Success\r\nActionID: ${id(0)}\r\nValue: b\r\n\r\n`);
    expect([first.value, second.value?.response.get('Value')]).toEqual([undefined, 'b']);
    await say(`Response: Success\r\nActionID: ${id(1)}\r\nValue: a\r\n\r\n`);
    expect(first.value).toMatchObject({ rows: [] });
    expect(first.value?.response.get('Value')).toBe('a');
    expect(first.value).not.toHaveProperty('complete');
  });

  it('takes an error for an answer', async () => {
    const { session, say, settle, id } = await loggedIn();
    const reply = outcome(session.request('Foo'));
    await settle();
    await say(`Response: Error\r\nActionID: ${id()}\r\nMessage: Invalid/unknown command: Foo.\r\n\r\n`);
    expect(reply.value?.response.response).toBe('Error');
  });

  it('takes an answer that comes byte by byte', async () => {
    const { session, far, settle, id } = await loggedIn();
    const reply = outcome(session.request('Ping'));
    await settle();
    for (const letter of `Response: Success\r\nActionID: ${id()}\r\nPing: Pong\r\n\r\n`) far.write(latin1(letter));
    await settle();
    expect(reply.value?.response.get('Ping')).toBe('Pong');
  });

  it('gives up after its time, and takes a late answer for a fault', async () => {
    const { session, say, settle, clock, id, faults } = await loggedIn({ timeoutMs: 5000 });
    const normal = outcome(session.request('A'));
    const patient = outcome(session.request('B', [], { timeoutMs: 60_000 }));
    await settle();
    clock.advance(5000);
    await settle();
    expect(normal.error).toEqual(codeOf('AMI_TIMEOUT'));
    expect(patient.error).toBeUndefined();
    await say(`Response: Success\r\nActionID: ${id(1)}\r\n\r\n`);
    expect(faults).toEqual([codeOf('AMI_UNEXPECTED_RESPONSE')]);
    await say(`Response: Success\r\nActionID: ${id(0)}\r\n\r\n`);
    expect([patient.value?.response.response, session.open, clock.pending]).toEqual(['Success', true, 0]);
  });

  it('writes nothing of an action that it refuses, and waits for nothing', async () => {
    const { session, settle, actions, clock } = await loggedIn();
    const before = actions.length;
    const reply = outcome(session.request('Originate', [['Channel', 'PJSIP/1001\r\nApplication: System']]));
    await settle();
    expect(reply.error).toEqual(codeOf('AMI_BAD_HEADER_VALUE'));
    expect([actions.length, clock.pending]).toEqual([before, 0]);
  });

  it('measures a ping', async () => {
    const { session, say, settle, clock, id } = await loggedIn();
    const ping = outcome(session.ping());
    await settle();
    clock.advance(7);
    await say(`Response: Success\r\nActionID: ${id()}\r\nPing: Pong\r\nTimestamp: 1795386136.030652\r\n\r\n`);
    expect(ping.value).toBe(7);
    const lost = outcome(session.ping(100));
    clock.advance(100);
    await settle();
    expect(lost.error).toEqual(codeOf('AMI_TIMEOUT'));
  });

  it('drops an answer beyond the bound, and goes on', async () => {
    const { session, say, settle, id, faults } = await loggedIn({ maxMessageBytes: 100 });
    const reply = outcome(session.request('Command', [['Command', 'core show help']]));
    await settle();
    await say(`Response: Success\r\nActionID: ${id()}\r\nOutput: ${'y'.repeat(200)}\r\n\r\n`);
    expect([reply.error, faults]).toEqual([codeOf('AMI_MESSAGE_TOO_LONG'), [codeOf('AMI_MESSAGE_TOO_LONG')]]);
    const ping = outcome(session.ping());
    await settle();
    await say(`Response: Success\r\nActionID: ${id()}\r\nPing: Pong\r\n\r\n`);
    expect(ping.value).toBe(0);
  });
});

describe('AmiSession, gathering a list', () => {
  const start = (id: string) =>
    `Response: Success\r\nActionID: ${id}\r\nEventList: start\r\nMessage: will follow\r\n\r\n`;
  const row = (id: string, name = 'CoreShowChannel') => `Event: ${name}\r\nActionID: ${id}\r\n\r\n`;
  const complete = (id: string) =>
    `Event: ListComplete\r\nActionID: ${id}\r\nEventList: Complete\r\nListItems: 2\r\n\r\n`;
  const hold = 'Event: Hold\r\nPrivilege: call,all\r\n\r\n';

  it('gives rows and end together, and live events between them to the listener', async () => {
    const { session, say, settle, id, events } = await loggedIn();
    const reply = outcome(session.request('CoreShowChannels'));
    await settle();
    await say(start(id()) + row(id()) + hold + row(id()));
    expect(reply.value).toBeUndefined();
    await say(complete(id()));
    expect(reply.value?.rows.map(({ event }) => event)).toEqual(['CoreShowChannel', 'CoreShowChannel']);
    expect(reply.value?.complete?.get('ListItems')).toBe('2');
    expect(events.map(({ event }) => event)).toEqual(['Hold']);
  });

  it('tells of response, rows and live events in the order they came', async () => {
    const order: string[] = [];
    const { session, say, settle, id } = await loggedIn({ onEvent: ({ event }) => order.push(`live ${event}`) });
    const reply = session.request('CoreShowChannels', [], {
      onResponse: ({ response }) => order.push(`response ${response}`),
      onRow: ({ event }) => order.push(`row ${event}`),
    });
    await settle();
    await say(hold + start(id()) + hold + row(id(), 'A') + hold + row(id(), 'B') + complete(id()) + hold);
    await reply;
    const live = 'live Hold';
    expect(order).toEqual([live, 'response Success', live, 'row A', live, 'row B', live]);
  });

  it('is not fooled by an event of another session that repeats its ActionID', async () => {
    const { session, say, settle, id, events } = await loggedIn();
    const reply = outcome(session.request('CoreShowChannels'));
    await settle();
    const forged = `Event: UserEvent\r\nPrivilege: user,all\r\nUserEvent: x\r\nActionID: ${id()}\r\nEventList: Complete\r\n\r\n`;
    await say(start(id()) + forged + row(id()));
    expect([reply.value, events.map(({ event }) => event)]).toEqual([undefined, ['UserEvent']]);
    await say(complete(id()));
    expect(reply.value?.rows).toHaveLength(1);
  });

  it('waits as long as rows come', async () => {
    const { session, say, settle, clock, id } = await loggedIn({ timeoutMs: 1000 });
    const reply = outcome(session.request('CoreShowChannels'));
    await settle();
    for (const part of [start(id()), row(id()), row(id())]) {
      clock.advance(900);
      await say(part);
    }
    clock.advance(999);
    await settle();
    expect(reply.error).toBeUndefined();
    clock.advance(1);
    await settle();
    expect(reply.error).toEqual(codeOf('AMI_TIMEOUT'));
  });

  it('lets no row that comes too late pass for a live event', async () => {
    const { session, say, settle, clock, id, events, faults } = await loggedIn();
    const reply = outcome(session.request('DeviceStateList'));
    await settle();
    await say(start(id()));
    clock.advance(10_000);
    await say(row(id(), 'DeviceStateChange') + complete(id()));
    expect(reply.error).toEqual(codeOf('AMI_TIMEOUT'));
    expect([events, faults.length]).toEqual([[], 2]);
  });

  it('ends an older list at the event that the caller names', async () => {
    const { session, say, settle, id } = await loggedIn();
    const reply = outcome(session.request('QueueStatus', [], { until: 'QueueStatusComplete' }));
    await settle();
    await say(
      `Response: Success\r\nActionID: ${id()}\r\nMessage: Queue status will follow\r\n\r\n${row(id(), 'QueueParams')}`,
    );
    expect(reply.value).toBeUndefined();
    await say(`Event: QueueStatusComplete\r\nActionID: ${id()}\r\n\r\n`);
    expect(reply.value?.rows.map(({ event }) => event)).toEqual(['QueueParams']);
    expect(reply.value?.complete?.event).toBe('QueueStatusComplete');
  });

  it('waits for an outcome that comes later, or before the response, and tells the listener too', async () => {
    const { session, say, settle, id, events } = await loggedIn();
    const originateResponse = () =>
      `Event: OriginateResponse\r\nPrivilege: call,all\r\nActionID: ${id()}\r\nResponse: Failure\r\nReason: 3\r\n\r\n`;
    const queued = () => `Response: Success\r\nActionID: ${id()}\r\nMessage: Originate successfully queued\r\n\r\n`;
    for (const parts of [
      [queued, originateResponse],
      [originateResponse, queued],
    ]) {
      const reply = outcome(session.request('Originate', [], { until: 'OriginateResponse' }));
      await settle();
      for (const part of parts) {
        expect(reply.value).toBeUndefined();
        await say(part());
      }
      expect(reply.value?.complete?.get('Reason')).toBe('3');
    }
    expect(events.map(({ event }) => event)).toEqual(['OriginateResponse', 'OriginateResponse']);
  });

  it('ends with an error, asked for a list or not', async () => {
    const { session, say, settle, id, clock } = await loggedIn();
    const refused = outcome(session.request('QueueStatus', [], { until: 'QueueStatusComplete' }));
    const broken = outcome(session.request('CoreShowChannelMap'));
    await settle();
    const error = (to: string) => `Response: Error\r\nActionID: ${to}\r\nMessage: no\r\n\r\n`;
    await say(error(id(1)) + start(id(0)) + error(id(0)));
    expect([refused.value?.response.response, broken.value?.response.response]).toEqual(['Error', 'Error']);
    expect(clock.pending).toBe(0);
  });

  it('is ended by a list that never ends', async () => {
    const { session, say, settle, id, clock } = await loggedIn();
    const reply = outcome(session.request('CoreShowChannels'));
    await settle();
    await say(start(id()) + row(id()).repeat(100_001));
    expect(reply.error).toEqual(codeOf('AMI_LIST_TOO_LONG'));
    expect([session.open, clock.pending]).toEqual([true, 0]);
  });
});
