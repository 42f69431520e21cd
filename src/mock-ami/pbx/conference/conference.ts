import type { Header } from '../../../ami/message.ts';
import { createBridge, destroyBridge } from '../bridge.ts';
import { shown } from '../channel.ts';
import { deviceChanged, lookAtDevice, tellDevice } from '../device-watch.ts';
import type { Pbx } from '../pbx.ts';
import { bridgeHeaders, channelHeaders } from '../snapshot.ts';
import type { Bridge, Channel } from '../state.ts';
import { type Conference, type ConferenceMember, conferences } from './conference-state.ts';
import { tellPeerNames } from './peer-names.ts';

/** All rooms, oldest first. */
export function conferenceRooms(pbx: Pbx): Conference[] {
  return Object.values(conferences(pbx).rooms);
}

function serial(number: number): string {
  return number.toString(16).padStart(8, '0');
}

/** The first member opens the room: its bridge, with an announcer in it. Source: `conf_init`, apps/app_confbridge.c; recording `confbridge`. */
export function openConference(pbx: Pbx, name: string): Conference {
  const announcer = `CBAnn/${name}-${serial(conferences(pbx).nextAnnouncer++)};2`;
  pbx.state.nextChannel += 2; // both halves of the announcer take a uniqueid
  const bridge = createBridge(pbx, {
    type: 'base',
    technology: 'softmix',
    creator: 'ConfBridge',
    name,
    dissolveOnHangup: false,
  });
  bridge.unseen = [announcer];
  const conference: Conference = {
    name,
    bridge: bridge.uniqueid,
    announcer,
    recorder: '',
    recordFile: '',
    locked: false,
    muted: false,
    members: [],
  };
  conferences(pbx).rooms[name] = conference;
  deviceChanged(pbx, `confbridge:${name}`);
  tellConference(pbx, conference, 'ConfbridgeStart');
  return conference;
}

/** The last member has left: the room closes. */
export function closeConference(pbx: Pbx, conference: Conference): void {
  const bridge = pbx.bridge(conference.bridge);
  delete conferences(pbx).rooms[conference.name];
  deviceChanged(pbx, `confbridge:${conference.name}`);
  tellConference(pbx, conference, 'ConfbridgeEnd');
  if (bridge === undefined) return;
  bridge.unseen = [];
  destroyBridge(pbx, bridge);
  // The announcer's own device: in use while it leaves, then nobody knows of it.
  pbx.state.devices[`CBAnn/${conference.name}`] = '';
  pbx.after(1.2, tellDevice, { device: `CBAnn/${conference.name}` });
  pbx.after(7, lookAtDevice, { device: `CBAnn/${conference.name}` });
}

/** An event about the room; `member` adds the channel. Source: `send_conf_event`. */
export function tellConference(
  pbx: Pbx,
  conference: Conference,
  event: string,
  member?: ConferenceMember,
  more: readonly Header[] = [],
): void {
  const bridge = pbx.bridge(conference.bridge);
  const channel = member === undefined ? undefined : pbx.channel(member.channel);
  if (bridge === undefined) return;
  pbx.emit(event, [
    ['Conference', conference.name],
    ...bridgeHeaders(bridge),
    ...(channel === undefined ? [] : channelHeaders(shown(pbx, channel))),
    ...more,
  ]);
}

export function adminHeader(member: ConferenceMember): Header {
  return ['Admin', member.profile.admin ? 'Yes' : 'No'];
}

export function mute(pbx: Pbx, conference: Conference, member: ConferenceMember, muted: boolean): void {
  member.muted = muted;
  tellConference(pbx, conference, muted ? 'ConfbridgeMute' : 'ConfbridgeUnmute', member, [adminHeader(member)]);
}

export function record(pbx: Pbx, conference: Conference, file: string): void {
  const bridge = pbx.bridge(conference.bridge);
  if (bridge === undefined) return;
  conference.recorder = `CBRec/${conference.name}-${serial(conferences(pbx).nextRecorder++)}`;
  conference.recordFile = file;
  bridge.unseen.push(conference.recorder);
  tellPeerNames(pbx, bridge);
  tellConference(pbx, conference, 'ConfbridgeRecord');
}

export function stopRecording(pbx: Pbx, conference: Conference): void {
  const bridge = pbx.bridge(conference.bridge);
  if (bridge === undefined) return;
  tellConference(pbx, conference, 'ConfbridgeStopRecord');
  bridge.unseen = bridge.unseen.filter((name) => name !== conference.recorder);
  conference.recorder = '';
  tellPeerNames(pbx, bridge);
}

/** Shows one member's video to all. */
export function showVideoOf(pbx: Pbx, bridge: Bridge, uniqueid: string): void {
  const previous = bridge.videoSource;
  bridge.videoSource = uniqueid;
  tellVideoSource(pbx, bridge, previous);
}

/** Who is leaving counts no more. Source: recording `confbridge`. */
export function tellVideoSource(pbx: Pbx, bridge: Bridge, previous: string, leaving?: Channel): void {
  bridge.videoSourceMode = 'single';
  const channels = bridge.channels.filter((member) => member !== leaving?.uniqueid);
  pbx.emit('BridgeVideoSourceUpdate', [
    ...bridgeHeaders({ ...bridge, channels }),
    ['BridgePreviousVideoSource', previous],
  ]);
}

/** Those that are to be muted: the first whose channel's name begins so, `all`, or `participants` who are no admins. Source: `generic_mute_unmute_helper`, apps/app_confbridge.c. */
export function membersToMute(pbx: Pbx, conference: Conference, wanted: string): readonly ConferenceMember[] {
  return (
    groupOf(conference, wanted) ??
    conference.members.filter((member) => channelName(pbx, member).startsWith(wanted.toLowerCase())).slice(0, 1)
  );
}

/** Those that are to be thrown out and are not on their way yet: here a name counts whole. Source: `kick_conference_participant`, apps/app_confbridge.c. */
export function membersToKick(pbx: Pbx, conference: Conference, wanted: string): readonly ConferenceMember[] {
  const members =
    groupOf(conference, wanted) ??
    conference.members.filter((member) => channelName(pbx, member) === wanted.toLowerCase());
  return members.filter(({ result }) => result !== 'KICKED');
}

function groupOf({ members }: Conference, word: string): readonly ConferenceMember[] | undefined {
  if (word.toLowerCase() === 'all') return members;
  return word.toLowerCase() === 'participants' ? members.filter((member) => !member.profile.admin) : undefined;
}

function channelName(pbx: Pbx, { channel }: ConferenceMember): string {
  return pbx.channel(channel)?.name.toLowerCase() ?? '';
}
