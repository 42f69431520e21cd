import { describe, expect, it } from 'vitest';
import { leftover, type Played, playQueue } from '../queue/queue-play.test-support.ts';

const dialplan = [
  'exten => 780,1,AgentLogin(2001,s)',
  ' same => n,UserEvent(Left,Status:${AGENT_STATUS})',
  'exten => 781,1,AgentRequest(2001)',
  ' same => n,UserEvent(Left,Status:${AGENT_STATUS})',
  ' same => n,Hangup()',
  'exten => 782,1,AgentLogin(9999)',
  ' same => n,UserEvent(Left,Status:${AGENT_STATUS})',
  'exten => 783,1,AgentRequest(9999)',
  ' same => n,UserEvent(Left,Status:${AGENT_STATUS})',
].join('\n');

/** 1004 is the agent 2001, and its probation is over. */
const LOGGED_IN = ['1004 dials 780', 'wait 8s'];
const play = (steps: readonly string[], agent = ''): Played =>
  playQueue(steps, { dialplan, agents: agent === '' ? '' : `[2001](+)\n${agent}` });
const devices = (played: Played) => played.all('DeviceStateChange', 'State').length;
const agentDevice = (played: Played) =>
  played.events
    .filter(({ name, headers }) => name === 'DeviceStateChange' && headers['Device'] === 'Agent:2001')
    .map(({ headers }) => headers['State']);
const inOneBridge = (played: Played, bridge = played.all('BridgeEnter', 'BridgeUniqueid').at(-1)) =>
  played.events
    .filter(({ name, headers }) => name === 'BridgeEnter' && headers['BridgeUniqueid'] === bridge)
    .map(({ headers }) => headers['Channel']?.slice(0, 10));

describe('an agent', () => {
  it('takes a call after the beep, and waits again when the caller hangs up', () => {
    const played = play([
      ...LOGGED_IN,
      '1001 dials 781',
      'wait 2s',
      '1001 hangs up',
      'wait 1s',
      '1004 hangs up',
      'wait 1s',
    ]);
    const callers = played.events.find(
      ({ name, headers }) => name === 'BridgeEnter' && /1001/.test(headers['Channel'] ?? ''),
    );
    expect(inOneBridge(played, callers?.headers['BridgeUniqueid'])).toEqual(['PJSIP/1001', 'PJSIP/1004']);
    expect(agentDevice(played)).toEqual(['NOT_INUSE', 'INUSE', 'NOT_INUSE', 'UNAVAILABLE']);
    expect(played.all('AgentLogoff', 'Agent')).toEqual(['2001']);
    expect(leftover(played)).toEqual([]);
  });

  it('waits again when it has transferred its caller, and goes with one that transfers it', () => {
    const talking = [...LOGGED_IN, '1001 dials 781', 'wait 2s'];
    const sent = play([
      ...talking,
      '1004 transfers 1001 to 1003',
      'wait 1s',
      '1003 answers',
      'wait 1s',
      '1001 hangs up',
      '1004 hangs up',
      'wait 1s',
    ]);
    expect(inOneBridge(sent)).toEqual(['PJSIP/1003', 'PJSIP/1001']);
    expect(sent.all('MusicOnHoldStart', 'Channel').map((name) => name?.slice(0, 10))).toEqual([
      'PJSIP/1004',
      'PJSIP/1004',
    ]);
    expect(leftover(sent)).toEqual([]);
    const consulted = [
      '1001 dials 1003',
      'wait 500ms',
      '1003 answers',
      'wait 500ms',
      '1001 connects 1004 and 1003',
      'wait 1s',
    ];
    const taken = play([...talking, ...consulted, '1003 hangs up', 'wait 1s', '1004 hangs up', 'wait 1s']);
    expect(taken.all('AttendedTransfer', 'TransfereeChannel').map((name) => name?.slice(0, 10))).toEqual([
      'PJSIP/1004',
    ]);
    expect(taken.all('AgentLogoff', 'Agent')).toEqual(['2001']);
    expect(leftover(taken)).toEqual([]);
  });

  it('that has to accept its calls does so by its keys', () => {
    const steps = [...LOGGED_IN, '1001 dials 781', 'wait 1s'];
    const accepted = play([...steps, '1004 presses "#"', 'wait 1s', '1001 hangs up', '1004 hangs up'], 'ackcall = yes');
    const ignored = play([...steps, 'wait 2s', '1001 hangs up', '1004 hangs up'], 'ackcall = yes');
    expect(accepted.variable('AGENT_STATUS')).toBe('');
    expect(ignored.variable('AGENT_STATUS')).toBe('NOT_CONNECTED');
    expect(leftover(ignored)).toEqual([]);
  });

  it('is logged off where it does not accept in time', () => {
    const played = play([...LOGGED_IN, '1001 dials 781', 'wait 8s'], 'ackcall = yes\nautologoff = 3');
    expect(played.all('AgentLogoff', 'Agent')).toEqual(['2001']);
    expect(played.all('UserEvent', 'Status')).toEqual(['NOT_CONNECTED']);
    expect(leftover(played)).toEqual([]);
  });

  it('rests after a call: another caller finds it busy', () => {
    const played = play(
      [
        ...LOGGED_IN,
        '1001 dials 781',
        'wait 2s',
        '1001 hangs up',
        'wait 500ms',
        '1002 dials 781',
        'wait 1s',
        '1004 hangs up',
        'wait 1s',
      ],
      'wrapuptime = 20000',
    );
    expect(played.all('UserEvent', 'Status')).toEqual(['BUSY']);
  });

  it('is freed by a caller that leaves before it has heard the beep', () => {
    const played = play(
      [...LOGGED_IN, '1001 dials 781', 'wait 50ms', '1001 hangs up', 'wait 1s', '1002 dials 781'].concat([
        'wait 2s',
        '1002 hangs up',
        'wait 1s',
        '1004 hangs up',
        'wait 1s',
      ]),
    );
    expect(agentDevice(played)).toEqual(['NOT_INUSE', 'INUSE', 'NOT_INUSE', 'INUSE', 'NOT_INUSE', 'UNAVAILABLE']);
    expect(devices(played)).toBeGreaterThan(6);
    expect(leftover(played)).toEqual([]);
  });

  it("ends its caller's call by hanging up, and is logged off", () => {
    const played = play([...LOGGED_IN, '1001 dials 781', 'wait 2s', '1004 hangs up', 'wait 1s']);
    expect(played.all('AgentLogoff', 'Agent')).toEqual(['2001']);
    expect(leftover(played)).toEqual([]);
  });

  it.each([
    ['once its call is over', 'true', ['LATER']],
    ['at once', 'false', []],
  ])('is logged off %s with Soft: %s', (_when, soft, logoffs) => {
    const played = play([
      ...LOGGED_IN,
      '1001 dials 781',
      'wait 2s',
      `admin sends AgentLogoff: {Agent: 2001, Soft: "${soft}"}`,
      'wait 2s',
      'admin sends UserEvent: {UserEvent: Later}',
      'wait 100ms',
      ...(soft === 'true' ? ['1001 hangs up'] : []),
      'wait 2s',
    ]);
    const order = played.events
      .filter(({ name }) => name === 'UserEvent' || name === 'AgentLogoff')
      .map(({ name }) => name);
    expect(order).toEqual(logoffs.length > 0 ? ['UserEvent', 'AgentLogoff'] : ['AgentLogoff', 'UserEvent']);
    expect(leftover(played)).toEqual([]);
  });

  it.each([
    ['782', [], 'INVALID'],
    ['783', [], 'INVALID'],
    ['781', [], 'NOT_LOGGED_IN'],
    ['780', LOGGED_IN, 'ALREADY_LOGGED_IN'],
    ['781', ['1004 dials 780', 'wait 1s'], 'BUSY'],
  ])('%s after %j: %s', (exten, before, status) => {
    const played = play([...before, `1001 dials ${exten}`, 'wait 1s']);
    expect(played.all('UserEvent', 'Status')).toEqual([status]);
  });

  it('stays where agents.conf does not name it any more, until it logs off', () => {
    const played = play([
      ...LOGGED_IN,
      'pbx changes agents.conf: {"2001": remove}',
      'pbx reloads app_agent_pool.so',
      'admin sends Agents: {}',
      'wait 100ms',
      '1004 hangs up',
      'wait 1s',
      'admin sends Agents: {}',
      'wait 100ms',
    ]);
    expect(played.all('Agents', 'Agent')).toEqual(['2001', '2002', '2002']);
  });
});
