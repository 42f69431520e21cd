import { channelSnapshot } from './channel-snapshot.ts';
import { count, header, type WireEvent } from './event.ts';
import type { Draft, Reducer } from './facts.ts';
import { type ConferenceMemberState, type ConferenceState, parkedKey } from './model.ts';
import { joinBridge, readBridge } from './reduce-bridges.ts';

/** Parking lots and conferences: where calls wait, and where many talk. Rows of `ParkedCalls` have the name and headers of events. */
export const PLACE_EVENTS: readonly (readonly [string, Reducer])[] = [
  ['ParkedCall', (draft, event) => park(draft, event)],
  // An attended transfer puts another channel into the space.
  ['ParkedCallSwap', (draft, event) => park(draft, event)],
  ...['UnParkedCall', 'ParkedCallTimeOut', 'ParkedCallGiveUp'].map((name): [string, Reducer] => [
    name,
    (draft, event) => draft.drop('parked', parkedKey(placeOf(event))),
  ]),
  ['ConfbridgeStart', (draft, event) => putConference(draft, conferenceOf(draft, event))],
  ['ConfbridgeEnd', (draft, event) => draft.drop('conference', header(event, 'Conference'))],
  ['ConfbridgeJoin', (draft, event) => joins(draft, event)],
  ['ConfbridgeLeave', (draft, event) => leaveConference(draft, event)],
  ['ConfbridgeMute', (draft, event) => changeMember(draft, event, { muted: true })],
  ['ConfbridgeUnmute', (draft, event) => changeMember(draft, event, { muted: false })],
  [
    'ConfbridgeTalking',
    (draft, event) => changeMember(draft, event, { talking: header(event, 'TalkingStatus') === 'on' }),
  ],
  ['ConfbridgeRecord', (draft, event) => putConference(draft, { ...conferenceOf(draft, event), recording: true })],
  ['ConfbridgeStopRecord', (draft, event) => putConference(draft, { ...conferenceOf(draft, event), recording: false })],
];

/** Takes a channel that is gone out of where it was. */
export function leavePlaces(draft: Draft, uniqueid: string): void {
  for (const [key, parked] of draft.model.parked) if (parked.uniqueid === uniqueid) draft.drop('parked', key);
  for (const conference of draft.model.conferences.values())
    if (conference.members.some((member) => member.uniqueid === uniqueid))
      putConference(draft, { ...conference, members: without(conference, uniqueid) });
}

/** Whom an attended transfer puts in a member's place has no BridgeEnter of its own. Source: recording `busy-hour-mix`. */
function joins(draft: Draft, event: WireEvent): void {
  const channel = draft.get('channel', header(event, 'Uniqueid'));
  const bridge = readBridge(draft, event);
  if (channel !== undefined && bridge !== undefined) joinBridge(draft, channel, bridge);
  joinConference(draft, event);
}

/** Takes over a member, from an event or from a row of `ConfbridgeList`. */
export function joinConference(draft: Draft, event: WireEvent): void {
  const { channel, callerIdNum, callerIdName } = channelSnapshot(event);
  const conference = conferenceOf(draft, event);
  const member: ConferenceMemberState = {
    uniqueid: header(event, 'Uniqueid'),
    channel,
    callerIdNum,
    callerIdName,
    admin: header(event, 'Admin') === 'Yes',
    muted: header(event, 'Muted') === 'Yes',
    talking: header(event, 'Talking') === 'Yes',
  };
  putConference(draft, { ...conference, members: [...without(conference, member.uniqueid), member] });
}

/** The conference that an event or a row names; one that is not known yet is empty. */
export function conferenceOf(draft: Draft, event: WireEvent): ConferenceState {
  const conference = header(event, 'Conference');
  return draft.get('conference', conference) ?? { conference, recording: false, members: [] };
}

export function putConference(draft: Draft, conference: ConferenceState): void {
  draft.put('conference', conference.conference, conference);
}

function leaveConference(draft: Draft, event: WireEvent): void {
  const conference = draft.get('conference', header(event, 'Conference'));
  if (conference === undefined) return;
  putConference(draft, { ...conference, members: without(conference, header(event, 'Uniqueid')) });
}

function changeMember(draft: Draft, event: WireEvent, change: Partial<ConferenceMemberState>): void {
  const conference = draft.get('conference', header(event, 'Conference'));
  if (conference === undefined) return;
  const uniqueid = header(event, 'Uniqueid');
  const members = conference.members.map((member) =>
    member.uniqueid === uniqueid ? { ...member, ...change } : member,
  );
  putConference(draft, { ...conference, members });
}

function without({ members }: ConferenceState, uniqueid: string): readonly ConferenceMemberState[] {
  return members.filter((member) => member.uniqueid !== uniqueid);
}

function placeOf(event: WireEvent): { readonly lot: string; readonly space: string } {
  return { lot: header(event, 'Parkinglot'), space: header(event, 'ParkingSpace') };
}

function park(draft: Draft, event: WireEvent): void {
  const place = placeOf(event);
  const parkee = channelSnapshot(event, 'Parkee');
  draft.put('parked', parkedKey(place), {
    ...place,
    uniqueid: header(event, 'ParkeeUniqueid'),
    channel: parkee.channel,
    callerIdNum: parkee.callerIdNum,
    callerIdName: parkee.callerIdName,
    parkedBy: header(event, 'ParkerDialString'),
    sinceMs: event.at - count(event, 'ParkingDuration') * 1000,
    untilMs: event.at + count(event, 'ParkingTimeout') * 1000,
  });
}
