import type { ConferenceUser } from '../../config/confbridge-conf.ts';
import { type ActivityHandler, activityData } from '../activity.ts';
import type { Application } from '../application.ts';
import { enterBridge, takeOut } from '../bridge.ts';
import { memberGoes, memberReplaced, membersTold } from '../bridge-signals.ts';
import { applicationDone, argumentsOf } from '../dialplan-run.ts';
import { startMusic, stopMusic } from '../music.ts';
import type { Pbx } from '../pbx.ts';
import type { Bridge, Channel } from '../state.ts';
import { continuation, handle, type TaskHandler, task } from '../task.ts';
import { answerChannel } from '../technology.ts';
import { clearVariable, setVariable } from '../variables.ts';
import {
  adminHeader,
  closeConference,
  conferenceRooms,
  openConference,
  tellConference,
  tellVideoSource,
} from './conference.ts';
import { bridgeProfile, userProfile } from './conference-profile.ts';
import { type Conference, type ConferenceMember, conferences, findConference } from './conference-state.ts';
import { tellPeerNames } from './peer-names.ts';

const CONFERENCE = 'conference';
const turnedAway = task<{ channel: string }>('conference.turnedAway');
const joins = task<{ channel: string; conference: string; profile: ConferenceUser }>('conference.joins');
/** By number: the thread that was in the room comes back, and an attended transfer may have given it another channel meanwhile. */
const cameBack = task<{ channel: string; conference: string; member: number }>('conference.cameBack');
const kicked = task<{ channel: string; conference: string }>('conference.kicked');
export const speechChanged = task<{ endpoint: string; speaking: boolean }>('conference.speech');
const talks = task<{ channel: string; talking: boolean }>('conference.talks');

/** How long `conf-locked` plays, and how soon speech and silence are noticed, in ms. Source: recording `confbridge`. */
const LOCKED_MS = 1740;
const SPEECH_MS = 17;
const SILENCE_MS = 2497;
const OPEN_MS = 0.3;
/** While the room is being opened its members are in the bridge before they are told of. Source: both runs of `ami-redirect-two`, `core-show-channels-several`. */
const NEW_ROOM_MS = 100;

/** `ConfBridge(500,bridge profile,user profile,menu)`. Source: `confbridge_exec`, apps/app_confbridge.c. */
export const confbridge: Application = (pbx, channel, args) => {
  const [name = '', bridgeName = '', userName = ''] = argumentsOf(args);
  if (channel.state !== 'Up') answerChannel(pbx, channel);
  const profile = userProfile(pbx, channel, userName);
  const most = bridgeProfile(pbx, channel, bridgeName)?.maxMembers ?? 0;
  if (name === '' || profile === undefined) {
    setVariable(pbx, channel, 'CONFBRIDGE_RESULT', 'FAILED');
    return 'hangup';
  }
  const known = findConference(pbx, name);
  const full = most > 0 && (known?.members.length ?? 0) >= most;
  channel.activity = { name: CONFERENCE, data: { conference: name } };
  if (known !== undefined && !profile.admin && (known.locked || full)) {
    pbx.after(LOCKED_MS, turnedAway, { channel: channel.uniqueid });
    return 'wait';
  }
  const conference = known ?? openConference(pbx, name);
  pbx.after(known === undefined ? OPEN_MS : 0.1, joins, {
    channel: channel.uniqueid,
    conference: conference.name,
    profile,
  });
  return 'wait';
};

function join(pbx: Pbx, channel: Channel, conference: Conference, member: ConferenceMember): void {
  const bridge = pbx.bridge(conference.bridge);
  if (bridge === undefined) return;
  conference.members.push(member);
  const tell = (): void =>
    tellConference(pbx, conference, 'ConfbridgeJoin', member, [
      adminHeader(member),
      ['Muted', member.muted ? 'Yes' : 'No'],
    ]);
  const isNewRoom = pbx.now - bridge.createdMs < NEW_ROOM_MS;
  const then = continuation(cameBack, {
    channel: channel.uniqueid,
    conference: conference.name,
    member: member.number,
  });
  enterBridge(pbx, bridge, channel, then, undefined, isNewRoom ? undefined : tell);
  channel.activity = { name: CONFERENCE, data: { conference: conference.name } };
  tellPeerNames(pbx, bridge);
  if (isNewRoom) tell();
  musicWhenAlone(pbx, conference);
}

/** Who is alone hears music, where its profile says so. */
function musicWhenAlone(pbx: Pbx, conference: Conference): void {
  for (const member of conference.members) {
    const channel = pbx.channel(member.channel);
    if (channel === undefined || !member.profile.musicOnHoldWhenEmpty) continue;
    if (conference.members.length === 1) startMusic(pbx, channel, member.profile.musicOnHoldClass);
    else stopMusic(pbx, channel);
  }
}

/** A member goes: told, and the room closes behind the last. Marked members may take others with them. */
function leave(pbx: Pbx, channel: Channel, conference: Conference, member: ConferenceMember): void {
  const bridge = pbx.bridge(conference.bridge);
  if (bridge === undefined) return;
  const last = conference.members.length === 1;
  stopMusic(pbx, channel);
  clearVariable(pbx, channel, 'BRIDGEPEER');
  const thrownOut = member.result !== '';
  if (thrownOut) setVariable(pbx, channel, 'CONFBRIDGE_RESULT', member.result);
  const shown = last ? bridge.videoSource : '';
  if (last) bridge.videoSource = '';
  tellConference(pbx, conference, 'ConfbridgeLeave', member, [adminHeader(member)]);
  conference.members = conference.members.filter((other) => other !== member);
  if (shown !== '') tellVideoSource(pbx, bridge, shown, channel);
  takeOut(pbx, channel);
  channel.afterBridge = undefined;
  if (channel.hangupCause === 0) channel.hangupCause = 16;
  if (!thrownOut) setVariable(pbx, channel, 'CONFBRIDGE_RESULT', 'HANGUP');
  remain(pbx, conference, bridge, member);
}

/** Those who stay learn that a member has gone. */
function remain(pbx: Pbx, conference: Conference, bridge: Bridge, member: ConferenceMember): void {
  if (conference.members.length === 0) return closeConference(pbx, conference);
  tellPeerNames(pbx, bridge);
  musicWhenAlone(pbx, conference);
  const marked = conference.members.some((other) => other.profile.marked);
  if (!member.profile.marked || marked) return;
  for (const other of conference.members) if (other.profile.endMarked) kick(pbx, conference, other, 'ENDMARKED');
}

/** A member that was put elsewhere (Park, a bridge of the manager's) is back from there: only now the conference knows that it is gone. */
function leaveAtLast(pbx: Pbx, channel: Channel, conference: Conference, member: ConferenceMember): void {
  const bridge = pbx.bridge(conference.bridge);
  if (bridge === undefined) return;
  tellConference(pbx, conference, 'ConfbridgeLeave', member, [adminHeader(member)]);
  conference.members = conference.members.filter((other) => other !== member);
  setVariable(pbx, channel, 'CONFBRIDGE_RESULT', 'HANGUP');
  remain(pbx, conference, bridge, member);
}

/** Throws a member out; the dialplan goes on with it. */
export function kick(
  pbx: Pbx,
  conference: Conference,
  member: ConferenceMember,
  result: ConferenceMember['result'] = 'KICKED',
): void {
  member.result = result;
  pbx.after(0.2, kicked, { channel: member.channel, conference: conference.name });
}

function membership(pbx: Pbx, channel: Channel): { conference: Conference; member: ConferenceMember } | undefined {
  const name = activityData<{ conference: string }>(channel, CONFERENCE)?.conference;
  const conference = name === undefined ? undefined : findConference(pbx, name);
  const member = conference?.members.find((candidate) => candidate.channel === channel.uniqueid);
  return conference === undefined || member === undefined ? undefined : { conference, member };
}

export const conferenceActivity: ActivityHandler = {
  name: CONFERENCE,
  hungUp: (pbx, channel) => {
    const found = membership(pbx, channel);
    if (found !== undefined) leave(pbx, channel, found.conference, found.member);
    else channel.activity = undefined;
    pbx.continueAfter(0.1, continuation(applicationDone, { channel: channel.uniqueid, result: 'hangup' }));
  },
};

/** One channel is a member in another's place: its bridge never sees it leave. Source: recording `busy-hour-mix`. */
function replaceMember(pbx: Pbx, from: Channel, to: Channel): void {
  const found = membership(pbx, from);
  const bridge = pbx.bridge(from.bridge);
  if (found === undefined || bridge === undefined) return;
  const { conference, member } = found;
  const next: ConferenceMember = { ...member, channel: to.uniqueid, talking: false };
  conference.members = conference.members.map((other) => (other === member ? next : other));
  bridge.channels = bridge.channels.map((uniqueid) => (uniqueid === from.uniqueid ? to.uniqueid : uniqueid));
  from.bridge = '';
  to.bridge = bridge.uniqueid;
  tellConference(pbx, conference, 'ConfbridgeJoin', next, [adminHeader(next), ['Muted', next.muted ? 'Yes' : 'No']]);
}

export const conferenceTasks: readonly TaskHandler[] = [
  handle(memberGoes, (pbx, { channel: uniqueid }) => {
    const channel = pbx.channel(uniqueid);
    const found = channel === undefined ? undefined : membership(pbx, channel);
    if (found !== undefined)
      tellConference(pbx, found.conference, 'ConfbridgeLeave', found.member, [adminHeader(found.member)]);
  }),
  handle(memberReplaced, (pbx, { from, to }) => {
    const [leaver, comer] = [pbx.channel(from), pbx.channel(to)];
    if (leaver !== undefined && comer !== undefined) replaceMember(pbx, leaver, comer);
  }),
  handle(membersTold, (pbx, { bridge: uniqueid }) => {
    const bridge = pbx.bridge(uniqueid);
    if (bridge !== undefined) tellPeerNames(pbx, bridge);
  }),
  handle(cameBack, (pbx, { channel: uniqueid, conference: name, member: number }) => {
    const channel = pbx.channel(uniqueid);
    const conference = findConference(pbx, name);
    if (channel === undefined) return;
    const member = conference?.members.find((candidate) => candidate.number === number);
    if (conference !== undefined && member !== undefined) leaveAtLast(pbx, channel, conference, member);
    const result = channel.hangupRequested ? 'hangup' : 'next';
    pbx.continueAfter(0.1, continuation(applicationDone, { channel: uniqueid, result }));
  }),
  handle(joins, (pbx, { channel: uniqueid, conference: name, profile }) => {
    const channel = pbx.channel(uniqueid);
    const conference = findConference(pbx, name);
    if (conference === undefined) return;
    if (channel === undefined || channel.hangupRequested) {
      if (conference.members.length === 0) closeConference(pbx, conference);
      return;
    }
    join(pbx, channel, conference, {
      number: conferences(pbx).nextMember++,
      channel: uniqueid,
      profile,
      joinedMs: pbx.now,
      muted: profile.startMuted,
      talking: false,
      result: '',
    });
  }),
  handle(turnedAway, (pbx, { channel: uniqueid }) => {
    const channel = pbx.channel(uniqueid);
    if (channel === undefined || activityData(channel, CONFERENCE) === undefined) return;
    setVariable(pbx, channel, 'CONFBRIDGE_RESULT', 'FAILED');
    pbx.continueNow(continuation(applicationDone, { channel: uniqueid, result: 'hangup' }));
  }),
  handle(kicked, (pbx, { channel: uniqueid }) => {
    const channel = pbx.channel(uniqueid);
    const found = channel === undefined ? undefined : membership(pbx, channel);
    if (channel === undefined || found === undefined) return;
    leave(pbx, channel, found.conference, found.member);
    pbx.continueAfter(0.1, continuation(applicationDone, { channel: uniqueid, result: 'next' }));
  }),
  handle(speechChanged, (pbx, { endpoint, speaking }) => {
    for (const conference of conferenceRooms(pbx)) {
      for (const member of conference.members) {
        if (!member.profile.talkDetectionEvents || pbx.channel(member.channel)?.endpoint !== endpoint) continue;
        pbx.after(speaking ? SPEECH_MS : SILENCE_MS, talks, { channel: member.channel, talking: speaking });
      }
    }
  }),
  handle(talks, (pbx, { channel: uniqueid, talking }) => {
    const channel = pbx.channel(uniqueid);
    const found = channel === undefined ? undefined : membership(pbx, channel);
    if (channel === undefined || found === undefined || found.member.talking === talking) return;
    if ((pbx.state.phones[channel.endpoint]?.speaking ?? false) !== talking) return;
    found.member.talking = talking;
    tellConference(pbx, found.conference, 'ConfbridgeTalking', found.member, [
      ['TalkingStatus', talking ? 'on' : 'off'],
      adminHeader(found.member),
    ]);
  }),
];
