import type { AmiMessage } from '../../src/ami/message.ts';
import { type Model, toSnapshot } from '../../src/gateway/wire/model.ts';
import { askFor } from './lists.ts';
import type { Office } from './office.ts';

/** What there is, by list, a line a thing, sorted. */
export type Listing = Readonly<Record<string, readonly string[]>>;

/** What the PBX's own lists say now, read without the gateway's code. */
export function listedModel(office: Office): Listing {
  const rows = (action: string, event: string, ...headers: readonly string[]) =>
    lines(
      askFor(office, action).filter((row) => row.event === event),
      headers,
    );
  const rooms = askFor(office, 'ConfbridgeListRooms').map((row) => row.get('Conference') ?? '');
  return {
    channels: rows(
      'CoreShowChannels',
      'CoreShowChannel',
      'Uniqueid',
      'Channel',
      'ChannelStateDesc',
      'BridgeId',
      'Linkedid',
    ),
    bridges: rows('BridgeList', 'BridgeListItem', 'BridgeUniqueid', 'BridgeType'),
    members: rows('QueueStatus', 'QueueMember', 'Queue', 'Location', 'Status', 'Paused'),
    callers: rows('QueueStatus', 'QueueEntry', 'Queue', 'Position', 'Uniqueid'),
    parked: rows('ParkedCalls', 'ParkedCall', 'Parkinglot', 'ParkingSpace', 'ParkeeUniqueid'),
    rooms: rooms.toSorted(),
    talkers: rooms
      .flatMap((room) =>
        lines(askFor(office, 'ConfbridgeList', [['Conference', room]]), ['Conference', 'Uniqueid', 'Admin', 'Muted']),
      )
      .toSorted(),
    mailboxes: rows('VoicemailUsersList', 'VoicemailUserEntry', 'VoiceMailbox', 'VMContext', 'NewMessageCount'),
    contacts: rows('PJSIPShowContacts', 'ContactList', 'Endpoint', 'Uri', 'Status'),
    presence: rows('PresenceStateList', 'PresenceStateChange', 'Presentity', 'Status'),
    devices: rows('DeviceStateList', 'DeviceStateChange', 'Device', 'State'),
    lamps: rows('ExtensionStateList', 'ExtensionStatus', 'Exten', 'Context', 'Status'),
  };
}

/** The same as a gateway knows it. */
export function knownModel(model: Model): Listing {
  const all = toSnapshot(model);
  const yes = (flag: boolean) => (flag ? 'Yes' : 'No');
  return {
    channels: sorted(all.channels.map((one) => [one.uniqueid, one.channel, one.stateDesc, one.bridge, one.linkedid])),
    bridges: sorted(all.bridges.map((one) => [one.uniqueid, one.type])),
    members: sorted(
      all.queues.flatMap(({ queue, members }) =>
        members.map((one) => [queue, one.interface, String(one.status), one.paused ? '1' : '0']),
      ),
    ),
    callers: sorted(
      all.queues.flatMap(({ queue, callers }) => callers.map((one) => [queue, String(one.position), one.uniqueid])),
    ),
    parked: sorted(all.parked.map((one) => [one.lot, one.space, one.uniqueid])),
    rooms: sorted(all.conferences.map(({ conference }) => [conference])),
    talkers: sorted(
      all.conferences.flatMap(({ conference, members }) =>
        members.map((one) => [conference, one.uniqueid, yes(one.admin), yes(one.muted)]),
      ),
    ),
    mailboxes: sorted(all.mailboxes.map((one) => [...one.mailbox.split('@'), String(one.newMessages)])),
    contacts: sorted(all.contacts.map((one) => [one.endpoint, one.uri, one.status])),
    presence: sorted(all.presence.map((one) => [one.presentity, one.status])),
    devices: sorted(all.devices.map((one) => [one.device, one.state])),
    lamps: sorted(all.extensions.map((one) => [one.exten, one.context, String(one.status)])),
  };
}

function lines(rows: readonly AmiMessage[], headers: readonly string[]): readonly string[] {
  return sorted(rows.map((row) => headers.map((name) => row.get(name) ?? '')));
}

function sorted(rows: readonly (readonly string[])[]): readonly string[] {
  return rows.map((row) => row.join(' ')).toSorted();
}
