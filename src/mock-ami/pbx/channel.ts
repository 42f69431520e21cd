import type { Header } from '../../ami/message.ts';
import { deviceChanged, tellDevice } from './device-watch.ts';
import { causeText } from './hangup-causes.ts';
import { LATENCY } from './latency.ts';
import { localConnected } from './local-signals.ts';
import type { Pbx } from './pbx.ts';
import { channelHeaders, takeSnapshot } from './snapshot.ts';
import type { Channel, ChannelSnapshot, ChannelStateName, PartyId } from './state.ts';

/** What a new channel may be given; the rest starts as Asterisk starts it. */
export interface NewChannel {
  readonly name: string;
  readonly tech: Channel['tech'];
  readonly endpoint?: string;
  readonly direction: Channel['direction'];
  readonly state: ChannelStateName;
  readonly caller: PartyId;
  readonly accountCode?: string;
  readonly language?: string;
  readonly context: string;
  readonly exten: string;
  readonly phoneCall?: string;
  /** The channel whose call this one joins: its linkedid is shared. */
  readonly parent?: Channel | undefined;
  /** Replaces the uniqueid (ChannelId of Originate). */
  readonly uniqueid?: string;
  /** Internal channels (announcers, recorders) are not told of. */
  readonly silent?: boolean;
}

/** Makes a channel and tells of it: Newchannel. Source: `__ast_channel_alloc_ap`, main/channel.c. */
export function newChannel(pbx: Pbx, spec: NewChannel): Channel {
  const uniqueid = spec.uniqueid ?? nextUniqueid(pbx);
  const channel: Channel = {
    uniqueid,
    linkedid: spec.parent?.linkedid ?? uniqueid,
    name: spec.name,
    tech: spec.tech,
    endpoint: spec.endpoint ?? '',
    phoneCall: spec.phoneCall ?? '',
    direction: spec.direction,
    dialogOver: false,
    state: spec.state,
    createdMs: pbx.now,
    answeredMs: 0,
    caller: { ...spec.caller },
    connected: { num: '', name: '' },
    dialedNumber: spec.direction === 'in' && spec.tech !== 'Local' ? spec.exten : '',
    language: spec.language ?? 'en',
    accountCode: spec.accountCode ?? '',
    context: spec.context,
    exten: spec.exten,
    priority: 1,
    application: '',
    applicationData: '',
    hangupCause: 0,
    techCause: 0,
    variables: {},
    gosub: [],
    runs: [],
    activity: undefined,
    bridge: '',
    afterBridge: undefined,
    hangupRequested: false,
    redirected: false,
    holding: false,
    music: '',
    heldByPeer: false,
    dead: false,
    published: undefined,
    extra: {},
  };
  pbx.state.channels[uniqueid] = channel;
  if (channel.endpoint !== '') pbx.state.newestChannel[channel.endpoint] = channel.name;
  publish(pbx, channel);
  return channel;
}

/** `epochseconds.counter`, the counter shared by all channels, internal ones too. */
export function nextUniqueid(pbx: Pbx): string {
  return `${Math.floor(pbx.now / 1000)}.${pbx.state.nextChannel++}`;
}

/** Serial of a channel name: eight hex digits, one counter a technology. */
export function nextSerial(pbx: Pbx, tech: string): string {
  const serial = pbx.state.nextSerial[tech] ?? 0;
  pbx.state.nextSerial[tech] = serial + 1;
  return serial.toString(16).padStart(8, '0');
}

/**
 * Shows the channel as it is now: compares with what was shown last, and tells the differences.
 * Changes stay unseen until then, just as in Asterisk, and several changes at once are told with the same values.
 * Source: `ast_channel_publish_snapshot`, main/stasis_channels.c, and the monitors of main/manager_channels.c.
 */
export function publish(pbx: Pbx, channel: Channel): void {
  const before = channel.published;
  const now = takeSnapshot(channel, pbx.machinery.managerVariables(pbx, channel));
  channel.published = now;
  if (before === undefined) {
    pbx.emit('Newchannel', channelHeaders(now));
    return;
  }
  if (before.state !== now.state) pbx.emit('Newstate', channelHeaders(now));
  if (saysNewExten(before, now)) {
    pbx.emit('Newexten', [
      ...channelHeaders(now),
      ['Extension', now.exten],
      ['Application', now.application],
      ['AppData', now.applicationData],
    ]);
  }
  tellParties(pbx, before, now);
}

/** Told even of a channel that has ended: of its last snapshot. Source: recordings `queue-agent-busy`, `pickup-group`. */
function tellParties(pbx: Pbx, before: ChannelSnapshot, now: ChannelSnapshot): void {
  if (before.callerIdNum !== now.callerIdNum || before.callerIdName !== now.callerIdName) {
    pbx.emit('NewCallerid', [...channelHeaders(now), ['CID-CallingPres', '0 (Presentation Allowed, Not Screened)']]);
  }
  if (before.accountCode !== now.accountCode) {
    pbx.emit('NewAccountCode', [...channelHeaders(now), ['OldAccountCode', before.accountCode]]);
  }
  if (before.connectedLineNum === now.connectedLineNum && before.connectedLineName === now.connectedLineName) return;
  pbx.emit('NewConnectedLine', channelHeaders(now));
}

/** Source: `channel_newexten`, main/manager_channels.c: a place that was not told yet, or the first application. */
function saysNewExten(before: ChannelSnapshot, now: ChannelSnapshot): boolean {
  if (now.application === '') return false;
  return (
    before.context !== now.context ||
    before.exten !== now.exten ||
    before.priority !== now.priority ||
    before.application === ''
  );
}

/** Emits an event with what the channel showed last. */
export function emitShown(pbx: Pbx, channel: Channel, name: string, more: readonly Header[] = []): void {
  pbx.emit(name, [...channelHeaders(shown(pbx, channel)), ...more]);
}

/** What the channel showed last. */
export function shown(pbx: Pbx, channel: Channel): ChannelSnapshot {
  return channel.published ?? current(pbx, channel);
}

/** What the channel would show now, without telling anybody. */
export function current(pbx: Pbx, channel: Channel): ChannelSnapshot {
  return takeSnapshot(channel, pbx.machinery.managerVariables(pbx, channel));
}

/** Source: `ast_setstate`, main/channel.c. */
export function setChannelState(pbx: Pbx, channel: Channel, state: ChannelStateName): void {
  if (channel.state === state) return;
  channel.state = state;
  if (state === 'Up' && channel.answeredMs === 0) channel.answeredMs = pbx.now;
  publish(pbx, channel);
  channelDeviceChanged(pbx, channel);
}

/** The device of the channel is looked at again soon; that of a Local channel is told each time, as nobody remembers it. */
export function channelDeviceChanged(pbx: Pbx, channel: Channel): void {
  const device = deviceOf(channel);
  if (device === '') return;
  if (channel.tech === 'Local')
    pbx.after(channel.dead ? LATENCY.localGone : LATENCY.deviceState, tellDevice, { device });
  else deviceChanged(pbx, device);
}

/** `PJSIP/1001` of `PJSIP/1001-0000002c`. */
export function deviceOf(channel: Channel): string {
  if (channel.tech === 'PJSIP') return `PJSIP/${channel.endpoint}`;
  if (channel.tech === 'Local') return channel.name.slice(0, channel.name.lastIndexOf('-'));
  return '';
}

/** The flags of `ast_softhangup`, which SoftHangupRequest shows as its Cause. */
export const SOFT_HANGUP = { device: 1, asyncGoto: 2, shutdown: 4, timeout: 8, appUnload: 16, explicit: 32 } as const;

/** The far end asks for the end of the call. Source: `ast_queue_hangup_with_cause`. */
export function queueHangup(pbx: Pbx, channel: Channel, cause?: number): void {
  if (channel.dead) return;
  if (cause !== undefined) channel.hangupCause = cause;
  channel.hangupRequested = true;
  emitHangupRequest(pbx, channel, 'HangupRequest', channel.hangupCause);
}

/** Somebody inside asks for the end of the call. Source: `ast_softhangup`. */
export function softHangup(pbx: Pbx, channel: Channel, flag: number): void {
  channel.hangupRequested = true;
  emitHangupRequest(pbx, channel, 'SoftHangupRequest', flag);
}

function emitHangupRequest(
  pbx: Pbx,
  channel: Channel,
  name: 'HangupRequest' | 'SoftHangupRequest',
  cause: number,
): void {
  const headers: Header[] = [];
  // Of a Local channel the cause is told even where it is none. Source: recording `permission-denied`.
  if (cause !== 0 || channel.tech === 'Local') headers.push(['Cause', String(cause)]);
  if (channel.techCause !== 0) headers.push(['TechCause', String(channel.techCause)]);
  emitShown(pbx, channel, name, headers);
}

/** The channel's end: Hangup. What runs on it must have ended. Source: `ast_hangup`, main/channel.c. */
export function endChannel(pbx: Pbx, channel: Channel): void {
  if (channel.dead) return;
  channel.dead = true;
  channel.activity = undefined;
  channel.runs = [];
  const last = current(pbx, channel);
  const headers: Header[] = [
    ...channelHeaders(last),
    ['Cause', String(channel.hangupCause)],
    ['Cause-txt', causeText(channel.hangupCause)],
  ];
  if (channel.techCause !== 0) headers.push(['TechCause', String(channel.techCause)]);
  pbx.emit('Hangup', headers);
  tellParties(pbx, channel.published ?? last, last);
  delete pbx.state.channels[channel.uniqueid];
  channelDeviceChanged(pbx, channel);
}

/** Puts a new caller id in force and tells of it. */
export function setCaller(pbx: Pbx, channel: Channel, caller: Partial<PartyId>): void {
  Object.assign(channel.caller, caller);
  publish(pbx, channel);
}

/** Tells the channel whom it talks to; NewConnectedLine where that changed. */
export function setConnected(pbx: Pbx, channel: Channel, connected: PartyId): void {
  channel.connected = { ...connected };
  publish(pbx, channel);
  if (channel.tech === 'Local') pbx.after(0, localConnected, { channel: channel.uniqueid });
}
