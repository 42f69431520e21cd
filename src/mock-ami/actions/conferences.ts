import { shown } from '../pbx/channel.ts';
import { kick } from '../pbx/conference/confbridge-app.ts';
import {
  conferenceRooms,
  membersToKick,
  membersToMute,
  mute,
  record,
  showVideoOf,
  stopRecording,
} from '../pbx/conference/conference.ts';
import { type Conference, findConference } from '../pbx/conference/conference-state.ts';
import { channelHeaders } from '../pbx/snapshot.ts';
import type { ActionHandler, ActionHandlers } from './action.ts';
import type { ActionRequest, Answered } from './action-request.ts';

const NO_CONFERENCE = 'No active conferences.';

/** Actions of app_confbridge. Source: apps/app_confbridge.c; recording `confbridge`. */
export const conferenceActions: ActionHandlers = {
  ConfbridgeList: (request) => {
    const name = request.header('Conference');
    if (name === '') return request.error('No Conference name provided.');
    return withConference(request, (conference) => listMembers(request, conference));
  },
  ConfbridgeListRooms: listRooms,
  ConfbridgeMute: muteAction(true),
  ConfbridgeUnmute: muteAction(false),
  ConfbridgeKick: (request) =>
    withNamedConference(request, (conference) => {
      const channel = request.header('Channel');
      const members = membersToKick(request.pbx, conference, channel);
      if (members.length === 0) return request.error('No Channel by that name found in Conference.');
      for (const member of members) kick(request.pbx, conference, member);
      return request.success(channel === 'all' ? 'All participants kicked' : 'User kicked');
    }),
  ConfbridgeLock: lockAction(true),
  ConfbridgeUnlock: lockAction(false),
  ConfbridgeStartRecord: (request) =>
    withNamedConference(request, (conference) => {
      if (conference.recorder !== '') return request.error('Conference is already being recorded.');
      record(request.pbx, conference, request.header('RecordFile'));
      return request.success('Conference Recording Started.');
    }),
  ConfbridgeStopRecord: (request) =>
    withNamedConference(request, (conference) => {
      if (conference.recorder === '') return request.error('Internal error while stopping recording.');
      request.success('Conference Recording Stopped.');
      stopRecording(request.pbx, conference);
      return 'answered';
    }),
  ConfbridgeSetSingleVideoSrc: (request) =>
    withChannelIn(request, (conference, channel) => {
      const { pbx } = request;
      const member = conference.members.find((each) => pbx.channel(each.channel)?.name.startsWith(channel));
      if (member === undefined) return request.error('No channel by that name found in conference.');
      const bridge = pbx.bridge(conference.bridge);
      request.success('Conference single video source set.');
      if (bridge !== undefined) showVideoOf(pbx, bridge, member.channel);
      return 'answered';
    }),
};

function muteAction(muted: boolean): ActionHandler {
  return (request) =>
    withChannelIn(request, (conference, channel) => {
      const members = membersToMute(request.pbx, conference, channel);
      if (members.length === 0) return request.error('No Channel by that name found in Conference.');
      for (const member of members) mute(request.pbx, conference, member, muted);
      return request.success(muted ? 'User muted' : 'User unmuted');
    });
}

function lockAction(locked: boolean): ActionHandler {
  return (request) =>
    withNamedConference(request, (conference) => {
      conference.locked = locked;
      return request.success(locked ? 'Conference locked' : 'Conference unlocked');
    });
}

function withNamedConference(request: ActionRequest, what: (conference: Conference) => Answered): Answered {
  if (request.header('Conference') === '') return request.error('No Conference name provided.');
  return withConference(request, what);
}

function withConference(request: ActionRequest, what: (conference: Conference) => Answered): Answered {
  const conference = findConference(request.pbx, request.header('Conference'));
  if (conference !== undefined) return what(conference);
  return request.error(conferenceRooms(request.pbx).length === 0 ? NO_CONFERENCE : 'No Conference by that name found.');
}

function withChannelIn(request: ActionRequest, what: (conference: Conference, channel: string) => Answered): Answered {
  if (request.header('Conference') === '') return request.error('No Conference name provided.');
  const channel = request.header('Channel');
  if (channel === '') return request.error('No channel name provided.');
  return withConference(request, (conference) => what(conference, channel));
}

function yes(value: boolean): string {
  return value ? 'Yes' : 'No';
}

function listMembers(request: ActionRequest, conference: Conference): Answered {
  const { pbx } = request;
  return request.list({
    message: 'Confbridge user list will follow',
    items: conference.members.flatMap((member) => {
      const channel = pbx.channel(member.channel);
      if (channel === undefined) return [];
      return {
        event: 'ConfbridgeList',
        headers: [
          ['Conference', conference.name],
          ['Admin', yes(member.profile.admin)],
          ['MarkedUser', yes(member.profile.marked)],
          ['WaitMarked', yes(member.profile.waitMarked)],
          ['EndMarked', yes(member.profile.endMarked)],
          ['EndMarkedAny', 'No'],
          ['Waiting', 'No'],
          ['Muted', yes(member.muted)],
          ['Talking', yes(member.talking)],
          ['AnsweredTime', String(Math.floor(pbx.now / 1000) - Math.floor(channel.answeredMs / 1000))],
          ...channelHeaders(shown(pbx, channel)),
        ],
      };
    }),
    complete: 'ConfbridgeListComplete',
    idBuffer: 80,
    actionIdStands: 'second',
  });
}

function listRooms(request: ActionRequest): Answered {
  const rooms = conferenceRooms(request.pbx);
  if (rooms.length === 0) return request.error(NO_CONFERENCE);
  return request.list({
    message: 'Confbridge conferences will follow',
    items: rooms.map((room) => ({
      event: 'ConfbridgeListRooms',
      headers: [
        ['Conference', room.name],
        ['Parties', String(room.members.length)],
        ['Marked', String(room.members.filter((member) => member.profile.marked).length)],
        ['Locked', yes(room.locked)],
        ['Muted', yes(room.muted)],
      ],
    })),
    complete: 'ConfbridgeListRoomsComplete',
    idBuffer: 512,
    actionIdStands: 'second',
  });
}
