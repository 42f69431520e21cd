import type { AmiMessage, Header } from '../../src/ami/message.ts';
import type { Office } from './office.ts';
import { partiesOf, type ToldModel } from './told-model.ts';

const PATIENCE_MS = 2000;

/** Asks for a list; gives its rows. Runs the clock until it is complete. */
export function askFor({ admin, clock }: Office, action: string, headers: readonly Header[] = []): AmiMessage[] {
  const id = admin.send(action, headers);
  const rows: AmiMessage[] = [];
  let complete = false;
  const until = clock.now() + PATIENCE_MS;
  const stop = admin.onMessage((message) => {
    if (message.get('ActionID') !== id) return;
    if (message.response === 'Error' || message.get('EventList') === 'Complete') complete = true;
    else if (message.event !== undefined) rows.push(message);
  });
  while (!complete && clock.now() < until && clock.runNext());
  stop();
  if (!complete) throw new Error(`${action} was not answered`);
  return rows;
}

/** Takes the states at the start, which no event tells, from the lists. */
export function learnStates(office: Office, told: ToldModel): void {
  for (const row of askFor(office, 'DeviceStateList'))
    told.devices.set(row.get('Device') ?? '', row.get('State') ?? '');
  for (const row of askFor(office, 'ExtensionStateList')) told.extensions.set(hintOf(row), row.get('Status') ?? '');
  for (const row of askFor(office, 'BridgeList')) told.bridges.set(row.get('BridgeUniqueid') ?? '', new Set());
  for (const row of askFor(office, 'QueueStatus'))
    if (row.event === 'QueueMember') told.members.set(`${row.get('Queue')} ${row.get('Location')}`, memberOf(row));
}

/** Every list action beside what the events told; a sentence for each difference. */
export function listFaults(office: Office, told: ToldModel): string[] {
  const faults: string[] = [];
  const same = (what: string, listed: Iterable<string>, known: Iterable<string>): void => {
    const [a, b] = [[...listed].sort(), [...known].sort()];
    const only = (left: string[], right: string[]) => left.filter((one) => !right.includes(one)).join(' | ');
    if (a.join('\n') !== b.join('\n')) faults.push(`${what} lists [${only(a, b)}], events told [${only(b, a)}]`);
  };
  const channels = [...told.channels].map(([id, { name, state, bridge, parties }]) =>
    [id, name, state, bridge, parties].join(' '),
  );
  same(
    'CoreShowChannels',
    askFor(office, 'CoreShowChannels').map((row) => channelOf(row, 'BridgeId')),
    channels,
  );
  same(
    'Status',
    askFor(office, 'Status').map((row) => channelOf(row, 'BridgeID')),
    channels,
  );
  same(
    'BridgeList',
    askFor(office, 'BridgeList').map((row) => row.get('BridgeUniqueid') ?? ''),
    told.bridges.keys(),
  );
  for (const [bridge, members] of told.bridges)
    same(
      `BridgeInfo ${bridge}`,
      askFor(office, 'BridgeInfo', [['BridgeUniqueid', bridge]]).map((row) => row.get('Uniqueid') ?? ''),
      members,
    );
  queues(office, told, same);
  same(
    'ParkedCalls',
    askFor(office, 'ParkedCalls').map(
      (row) => `${row.get('Parkinglot')} ${row.get('ParkingSpace')} ${row.get('ParkeeUniqueid')}`,
    ),
    [...told.parked].map(([place, id]) => `${place} ${id}`),
  );
  same(
    'ConfbridgeListRooms',
    askFor(office, 'ConfbridgeListRooms').map((row) => `${row.get('Conference')} ${row.get('Parties')}`),
    [...told.conferences].map(([name, members]) => `${name} ${members.size}`),
  );
  for (const [name, members] of told.conferences)
    same(
      `ConfbridgeList ${name}`,
      askFor(office, 'ConfbridgeList', [['Conference', name]]).map((row) => row.get('Uniqueid') ?? ''),
      members,
    );
  same(
    'Agents',
    askFor(office, 'Agents')
      .filter((row) => isWelcomed(told, row))
      .map((row) => `${row.get('Agent')} ${row.get('Channel')}`),
    [...told.agents].map(([agent, channel]) => `${agent} ${channel}`),
  );
  const dialing = new Set(told.quietCallers().map((endpoint) => `${endpoint}@hints-only`));
  const isSettled = (row: AmiMessage): boolean => !dialing.has(hintOf(row));
  same(
    'DeviceStateList',
    askFor(office, 'DeviceStateList').map((row) => `${row.get('Device')} ${row.get('State')}`),
    [...told.devices].map(([device, state]) => `${device} ${state}`),
  );
  same(
    'ExtensionStateList',
    askFor(office, 'ExtensionStateList')
      .filter(isSettled)
      .map((row) => `${hintOf(row)} ${row.get('Status')}`),
    [...told.extensions].filter(([hint]) => !dialing.has(hint)).map(([hint, status]) => `${hint} ${status}`),
  );
  return faults;
}

/** An agent is listed as soon as it logs in, told of once it has heard that it is in. Source: recording `agent-pool`. */
function isWelcomed(told: ToldModel, row: AmiMessage): boolean {
  const channel = told.channels.get(row.get('Uniqueid') ?? '');
  return channel !== undefined && channel.bridge !== '';
}

type Same = (what: string, listed: Iterable<string>, known: Iterable<string>) => void;

function queues(office: Office, told: ToldModel, same: Same): void {
  const rows = askFor(office, 'QueueStatus');
  same(
    'QueueStatus callers',
    rows.filter(({ event }) => event === 'QueueEntry').map((row) => `${row.get('Queue')} ${row.get('Uniqueid')}`),
    [...told.callers].flatMap(([queue, ids]) => [...ids].map((id) => `${queue} ${id}`)),
  );
  const text = ({ status, paused }: ReturnType<typeof memberOf>) => `status ${status} paused ${paused}`;
  same(
    'QueueStatus members',
    rows
      .filter(({ event }) => event === 'QueueMember')
      .map((row) => `${row.get('Queue')} ${row.get('Location')} ${text(memberOf(row))}`),
    [...told.members].map(([key, member]) => `${key} ${text(member)}`),
  );
}

function channelOf(row: AmiMessage, bridge: string): string {
  return [row.get('Uniqueid'), row.get('Channel'), row.get('ChannelState'), row.get(bridge), partiesOf(row)].join(' ');
}

function hintOf(row: AmiMessage): string {
  return `${row.get('Exten')}@${row.get('Context')}`;
}

function memberOf(row: AmiMessage): { status: string; paused: string } {
  return { status: row.get('Status') ?? '', paused: row.get('Paused') ?? '' };
}
