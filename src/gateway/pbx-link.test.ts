import { describe, expect, test } from 'vitest';
import { AmiError } from '../ami/ami-error.ts';
import { channelRows, lampRows, Office, settle, users } from './office.test-support.ts';
import { holds } from './wire/holds.ts';

/** An office whose gateway is told to open, and no further. */
async function closedOffice(options: ConstructorParameters<typeof Office>[1] = {}) {
  return new Office(await users(), options);
}

describe('filling the model', () => {
  test('takes calls, bridges, lamps and queues from the lists', async () => {
    const office = await closedOffice();
    const row = (number: number) =>
      `${channelRows(number)}\nDuration: 00:01:05\nBridgeId: b1`.replace('Privilege: call,all\n', '');
    office.pbx.answers.set(
      'CoreShowChannels',
      [1, 2].map((number) => `Event: CoreShowChannel\n${row(number)}`),
    );
    office.pbx.answers.set('BridgeList', [
      'Event: BridgeListItem\nBridgeUniqueid: b1\nBridgeType: basic\nBridgeTechnology: native_rtp',
    ]);
    office.pbx.answers.set('ExtensionStateList', [lampRows(1002, 16).replace('Privilege: call,all', 'X: y')]);
    office.pbx.answers.set('DeviceStateList', ['Event: DeviceStateChange\nDevice: PJSIP/1002\nState: ONHOLD']);
    office.pbx.answers.set('QueueStatus', [
      'Event: QueueParams\nQueue: sales\nCalls: 1',
      'Event: QueueMember\nQueue: sales\nName: Ann\nLocation: PJSIP/1001\nStatus: 1\nPaused: 1\nPausedReason: lunch\nPenalty: 3\nInCall: 0',
      'Event: QueueEntry\nQueue: sales\nPosition: 1\nChannel: PJSIP/1003-1\nUniqueid: 1.3\nCallerIDNum: unknown\nCallerIDName: Jo\nWait: 7',
    ]);
    await office.clock.runUntil(office.gateway.open(), settle);
    const { channels, bridges, calls, extensions, queues } = office.gateway.model;
    const now = office.clock.now();
    expect(bridges.get('b1')).toEqual({
      uniqueid: 'b1',
      type: 'basic',
      technology: 'native_rtp',
      name: '',
      channels: ['1.1', '1.2'],
    });
    expect(channels.get('1.1')).toMatchObject({ bridge: 'b1', stateDesc: 'Up' });
    expect(now - (channels.get('1.1')?.sinceMs ?? 0)).toBeCloseTo(65_000, -3);
    expect(calls.get('1.1')?.channels).toEqual(['1.1', '1.2']);
    expect(extensions.get('1002@hints-only')?.status).toBe(16);
    expect(queues.get('sales')).toMatchObject({
      members: [{ interface: 'PJSIP/1001', name: 'Ann', paused: true, pausedReason: 'lunch', penalty: 3 }],
      callers: [{ uniqueid: '1.3', position: 1, callerIdNum: '', callerIdName: 'Jo' }],
    });
    expect(holds(office.gateway.model)).toEqual([{ holding: '1.1', held: ['1.2'] }]);
  });

  test('never lets a row overwrite what an event has told since, nor bring back what is gone', async () => {
    const office = await closedOffice();
    const { pbx } = office;
    for (const list of ['CoreShowChannels', 'ExtensionStateList']) pbx.silentOn.add(list);
    void office.gateway.open();
    await office.after(1000);
    expect(office.gateway.pbxState).toBe('syncing');
    pbx.say(lampRows(1001, 16));
    pbx.say(`Event: Newchannel\n${channelRows(3, 'Ring', '1.3')}`);
    pbx.say(`Event: Newstate\n${channelRows(1, 'Up')}`);
    pbx.say(`Event: Hold\n${channelRows(1, 'Up')}`);
    pbx.say(`Event: Hangup\n${channelRows(2)}`);
    await office.after();
    pbx.answers.set(
      'ExtensionStateList',
      [1001, 1002].map((exten) => lampRows(exten, 1).replace('Privilege: call,all', 'X: y')),
    );
    const old = (number: number) =>
      `Event: CoreShowChannel\n${channelRows(number, 'Ring').replace('Privilege: call,all', 'X: y')}\nDuration: 00:00:01\nBridgeId: `;
    pbx.answers.set('CoreShowChannels', [old(1), old(2)]);
    for (const list of ['CoreShowChannels', 'ExtensionStateList']) pbx.answer(list);
    await office.after();
    expect(office.gateway.pbxState).toBe('up');
    const { channels, extensions } = office.gateway.model;
    expect([...extensions.values()].map(({ exten, status }) => [exten, status])).toEqual([
      ['1001', 16],
      ['1002', 1],
    ]);
    expect([...channels.keys()].toSorted()).toEqual(['1.1', '1.3']);
    expect(channels.get('1.1')).toMatchObject({ stateDesc: 'Up', holding: true });
  });

  test('leaves out a list that the PBX refuses, and says so', async () => {
    const office = await closedOffice();
    office.pbx.answers.set('QueueStatus', ['Response: Error\nMessage: Out of memory']);
    await office.clock.runUntil(office.gateway.open(), settle);
    expect(office.gateway.pbxState).toBe('up');
    expect(office.log).toContainEqual(
      expect.objectContaining({ fields: { pbx: 'pbx', list: 'QueueStatus', reason: 'Out of memory' } }),
    );
  });

  test('starts again where Asterisk says later that it has booted', async () => {
    const office = await Office.open();
    const browser = await office.browser();
    office.pbx.answers.set('ExtensionStateList', [lampRows(1001, 0).replace('Privilege: call,all', 'X: y')]);
    office.pbx.say('Event: FullyBooted\nPrivilege: system,all\nStatus: Fully Booted');
    await office.after();
    expect(office.gateway.model.extensions.size).toBe(1);
    expect(browser.all('pbx').map(({ state }) => state)).toEqual(['syncing', 'up']);
    expect(browser.last('snapshot').model.extensions).toHaveLength(1);
  });

  test('waits no longer than the word that Asterisk has booted', async () => {
    const office = await closedOffice();
    const start = office.clock.now();
    const opened = office.gateway.open();
    await office.until(() => office.pbx.actionNames.includes('Login'));
    office.pbx.say('Event: FullyBooted\nPrivilege: system,all\nStatus: Fully Booted');
    await office.until(() => office.gateway.pbxState === 'up');
    await opened;
    expect(office.clock.now()).toBe(start);
    expect(office.pbx.actionNames.filter((name) => name === 'QueueStatus')).toHaveLength(1);
  });
});

describe('losing the PBX', () => {
  test('is told to browsers, whose model forgets the calls; then a snapshot with a new epoch comes', async () => {
    const office = await Office.open();
    office.pbx.say(`Event: Newchannel\n${channelRows(1)}`);
    office.pbx.say(lampRows(1001, 1));
    await office.after();
    const browser = await office.browser();
    const { epoch } = browser.last('snapshot');
    office.pbx.drop();
    await office.after();
    expect(office.gateway.pbxState).toBe('down');
    expect(browser.last('pbx')).toMatchObject({ state: 'down', reason: expect.stringContaining('ended') });
    expect(office.gateway.model.channels.size).toBe(0);
    expect(office.gateway.model.extensions.get('1001@hints-only')?.status).toBe(-1);
    await office.after(1000);
    expect(browser.messages.map(({ type }) => type)).toEqual(['welcome', 'snapshot', 'pbx', 'pbx', 'pbx', 'snapshot']);
    expect(browser.all('pbx').map(({ state }) => state)).toEqual(['down', 'syncing', 'up']);
    const fresh = browser.last('snapshot');
    expect(fresh.epoch).not.toBe(epoch);
    expect(fresh.seq).toBe(browser.last('pbx').seq);
    office.pbx.say(lampRows(1001, 1));
    await office.after();
    expect(browser.last('event')).toMatchObject({ prev: fresh.seq, seq: fresh.seq + 1 });
  });

  test('by its own word gives that as the reason', async () => {
    const office = await Office.open();
    const browser = await office.browser();
    office.pbx.say('Event: Shutdown\nPrivilege: system,all\nShutdown: Cleanly\nRestart: True');
    await office.after();
    office.pbx.drop();
    await office.after();
    expect(browser.last('pbx')).toMatchObject({ state: 'down', reason: 'Asterisk restarts' });
  });

  test('makes it come back after waits that double, cut by chance, up to a bound', async () => {
    const office = await Office.open({ pbxOptions: { backOff: { firstMs: 1000, maxMs: 4000 } } });
    office.pbx.down = true;
    office.pbx.drop();
    await office.after(30_000);
    const waits = office.log.filter(({ message }) => message === 'No link to the PBX').map(({ fields }) => fields);
    expect(waits.slice(0, 4)).toMatchObject([
      { retryInMs: 750 },
      { retryInMs: 1500 },
      { retryInMs: 3000 },
      { retryInMs: 3000 },
    ]);
    office.pbx.down = false;
    await office.after(4_000);
    expect(office.gateway.pbxState).toBe('up');
    office.pbx.drop();
    await office.after(1000);
    expect(office.pbx.connections).toBe(3);
  });

  test('in the middle of a fill starts anew', async () => {
    const office = await closedOffice();
    office.pbx.silentOn.add('QueueStatus');
    const opened = office.gateway.open();
    await office.after(1000);
    expect(office.gateway.pbxState).toBe('syncing');
    office.pbx.drop();
    office.pbx.silentOn.clear();
    await office.after(1000);
    await expect(opened).rejects.toMatchObject({ code: 'AMI_LINK_LOST' });
    expect(office.gateway.pbxState).toBe('up');
    expect(office.pbx.connections).toBe(2);
  });

  test('by a list that never ends is one more try', async () => {
    const office = await closedOffice();
    office.pbx.silentOn.add('QueueStatus');
    await expect(office.clock.runUntil(office.gateway.open(), settle)).rejects.toMatchObject({
      code: 'GATEWAY_PBX_DOWN',
      message: 'The model could not be filled: No answer to QueueStatus within 30000 ms',
    });
    office.pbx.silentOn.clear();
    await office.after(1000);
    expect(office.gateway.pbxState).toBe('up');
  });
});

describe('a dead link', () => {
  test('is asked for a sign of life only when it is silent, and given up when none comes', async () => {
    const office = await Office.open({ pbxOptions: { silenceMs: 1000, pingTimeoutMs: 500 } });
    const pings = () => office.pbx.actionNames.filter((name) => name === 'Ping').length;
    for (let turn = 0; turn < 10; turn++) {
      await office.after(500);
      office.pbx.say(lampRows(1001, turn));
      await office.after();
    }
    expect(pings()).toBe(0);
    await office.after(1100);
    expect(pings()).toBe(1);
    await office.after(1100);
    expect(pings()).toBe(2);
    expect(office.gateway.pbxState).toBe('up');
    const browser = await office.browser();
    office.pbx.silentOn.add('Ping');
    await office.after(1600);
    expect(browser.all('pbx')[0]).toMatchObject({ state: 'down', reason: 'The PBX does not answer' });
    expect(office.pbx.connections).toBeGreaterThan(1);
  });
});

describe('the first attempt', () => {
  test('tells a refused login from a PBX that is not there', async () => {
    const refused = await closedOffice();
    refused.pbx.answers.set('Login', ['Response: Error\nMessage: Authentication failed']);
    await expect(refused.clock.runUntil(refused.gateway.open(), settle)).rejects.toMatchObject({
      code: 'AMI_LOGIN_REFUSED',
    });
    const absent = await closedOffice({
      pbxOptions: { connect: () => Promise.reject(new AmiError('AMI_CONNECT_FAILED', 'Cannot connect')) },
    });
    await expect(absent.clock.runUntil(absent.gateway.open(), settle)).rejects.toMatchObject({
      code: 'AMI_CONNECT_FAILED',
    });
    refused.gateway.close();
    absent.gateway.close();
  });

  test('is followed by others, and browsers may come meanwhile', async () => {
    const office = await closedOffice();
    office.pbx.down = true;
    void office.gateway.open();
    const browser = await office.browser();
    expect(browser.last('welcome').pbxState).toBe('down');
    office.pbx.down = false;
    await office.after(2000);
    expect(browser.all('pbx').map(({ state }) => state)).toEqual(['syncing', 'up']);
    expect(browser.all('snapshot')).toHaveLength(2);
  });

  test('that is called off by closing leaves no timer and no connection', async () => {
    const office = await closedOffice();
    void office.gateway.open();
    office.gateway.close();
    await office.after(60_000);
    expect(office.pbx.actionNames).toEqual([]);
    expect(office.clock.pending).toBe(0);
  });
});
