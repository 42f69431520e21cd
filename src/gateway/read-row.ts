import { channelSnapshot } from './wire/channel-snapshot.ts';
import { count, header, type WireEvent } from './wire/event.ts';
import { Draft } from './wire/facts.ts';
import { type ChannelState, contactKey, type Model } from './wire/model.ts';
import { joinBridge, readBridge } from './wire/reduce-bridges.ts';
import { putChannel } from './wire/reduce-channels.ts';
import { LAMP_EVENTS } from './wire/reduce-lamps.ts';
import { PHONE_EVENTS, putMailbox } from './wire/reduce-phones.ts';
import { conferenceOf, joinConference, PLACE_EVENTS, putConference } from './wire/reduce-places.ts';
import { memberState, putCaller, putMember, queueOf } from './wire/reduce-queues.ts';

/** The lists that a model is filled from. */
export const LISTS = [
  'CoreShowChannels',
  'BridgeList',
  'ExtensionStateList',
  'DeviceStateList',
  'QueueStatus',
  'ParkedCalls',
  'ConfbridgeListRooms',
  'VoicemailUsersList',
  'PJSIPShowContacts',
  'PresenceStateList',
] as const;

const ROWS: ReadonlyMap<string, (draft: Draft, row: WireEvent) => void> = new Map([
  ['CoreShowChannel', readChannelRow],
  ['BridgeListItem', (draft, row) => void readBridge(draft, row)],
  ['QueueParams', (draft, row) => draft.put('queue', header(row, 'Queue'), queueOf(draft, header(row, 'Queue')))],
  ['QueueMember', readMemberRow],
  ['QueueEntry', readCallerRow],
  ['ConfbridgeListRooms', (draft, row) => putConference(draft, conferenceOf(draft, row))],
  ['ConfbridgeList', joinConference],
  ['VoicemailUserEntry', readMailboxRow],
  ['ContactList', readContactRow],
  ...LAMP_EVENTS,
  ...PLACE_EVENTS.filter(([name]) => name === 'ParkedCall'),
  ...PHONE_EVENTS.filter(([name]) => name === 'PresenceStateChange'),
]);

/** Takes a row of one of the {@link LISTS} into the model, over whatever is there. */
export function readRow(model: Model, row: WireEvent): void {
  ROWS.get(row.name)?.(new Draft(model), row);
}

function readChannelRow(draft: Draft, row: WireEvent): void {
  const uniqueid = header(row, 'Uniqueid');
  if (uniqueid === '') return;
  const before = draft.get('channel', uniqueid);
  const channel: ChannelState = {
    uniqueid,
    ...channelSnapshot(row),
    bridge: before?.bridge ?? '',
    holding: before?.holding ?? false,
    music: before?.music ?? false,
    ...channelTimes(row, before),
  };
  putChannel(draft, channel);
  const bridge = header(row, 'BridgeId');
  if (bridge === '') return;
  const known = draft.get('bridge', bridge) ?? { uniqueid: bridge, type: '', technology: '', name: '', channels: [] };
  joinBridge(draft, channel, known);
}

/** A row says how long the channel is there; when it was answered nobody says, so that is taken for the same time. */
function channelTimes(row: WireEvent, before: ChannelState | undefined): Pick<ChannelState, 'sinceMs' | 'answeredMs'> {
  if (before !== undefined) return { sinceMs: before.sinceMs, answeredMs: before.answeredMs };
  const [hours = 0, minutes = 0, seconds = 0] = header(row, 'Duration').split(':').map(Number);
  const sinceMs = row.at - ((hours * 60 + minutes) * 60 + seconds) * 1000;
  return { sinceMs, answeredMs: header(row, 'ChannelStateDesc') === 'Up' ? sinceMs : 0 };
}

/** Rows of `QueueStatus` name a member otherwise than events do. Source: recording `queue-status`. */
function readMemberRow(draft: Draft, row: WireEvent): void {
  putMember(draft, row, { interface: header(row, 'Location'), name: header(row, 'Name'), ...memberState(row) });
}

function readCallerRow(draft: Draft, row: WireEvent): void {
  const named = (value: string) => (value === 'unknown' ? '' : value);
  putCaller(draft, header(row, 'Queue'), {
    uniqueid: header(row, 'Uniqueid'),
    channel: header(row, 'Channel'),
    position: count(row, 'Position'),
    callerIdNum: named(header(row, 'CallerIDNum')),
    callerIdName: named(header(row, 'CallerIDName')),
    sinceMs: row.at - count(row, 'Wait') * 1000,
  });
}

/** Source: recording `voicemail-mwi`. */
function readMailboxRow(draft: Draft, row: WireEvent): void {
  const mailbox = `${header(row, 'VoiceMailbox')}@${header(row, 'VMContext')}`;
  putMailbox(draft, mailbox, count(row, 'NewMessageCount'), count(row, 'OldMessageCount'));
}

/** An object's name is that of its AOR and a digest of its URI. Source: recording `pjsip-lists`. */
function readContactRow(draft: Draft, row: WireEvent): void {
  const [aor = ''] = header(row, 'ObjectName').split(/;@|@@/);
  const contact = { aor, uri: header(row, 'Uri'), endpoint: header(row, 'Endpoint'), status: header(row, 'Status') };
  draft.put('contact', contactKey(contact), contact);
}
