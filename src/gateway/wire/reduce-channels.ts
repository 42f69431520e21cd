import { type ChannelSnapshot, channelSnapshot } from './channel-snapshot.ts';
import { header, type WireEvent } from './event.ts';
import type { Draft, Reducer } from './facts.ts';
import type { ChannelState } from './model.ts';
import { forgetActions } from './reduce-actions.ts';
import { dropFromBridge } from './reduce-bridges.ts';
import { leavePlaces } from './reduce-places.ts';
import { dropCaller } from './reduce-queues.ts';

export const CHANNEL_EVENTS: readonly (readonly [string, Reducer])[] = [
  ['Newchannel', (draft, event) => openChannel(draft, event)],
  ['Hangup', (draft, event) => closeChannel(draft, header(event, 'Uniqueid'))],
  ['Rename', (draft, event) => changeChannel(draft, header(event, 'Uniqueid'), { channel: header(event, 'Newname') })],
  // The channel of Hold is the one that holds; music is heard by the other. Source: recording `hold-unhold`.
  ['Hold', (draft, event) => changeChannel(draft, header(event, 'Uniqueid'), { holding: true })],
  ['Unhold', (draft, event) => changeChannel(draft, header(event, 'Uniqueid'), { holding: false })],
  ['MusicOnHoldStart', (draft, event) => changeChannel(draft, header(event, 'Uniqueid'), { music: true })],
  ['MusicOnHoldStop', (draft, event) => changeChannel(draft, header(event, 'Uniqueid'), { music: false })],
];

/**
 * Takes over what an event says of its channel, if that is known. Snapshots under a prefix (`Dest...`, `TransferTarget...`)
 * and those of RTCP reports can be older than what is known. Source: recordings `attended-transfer`, `call-forward-302`.
 */
export function readChannel(draft: Draft, event: WireEvent): void {
  const channel = draft.get('channel', header(event, 'Uniqueid'));
  if (channel === undefined || event.name.startsWith('RTCP')) return;
  if (!Object.hasOwn(event.headers, 'ChannelStateDesc')) return;
  const snapshot = channelSnapshot(event);
  if (saysTheSame(channel, snapshot)) return;
  const answeredMs = channel.answeredMs === 0 && snapshot.stateDesc === 'Up' ? event.at : channel.answeredMs;
  putChannel(draft, { ...channel, ...snapshot, answeredMs });
}

/** Writes a channel and keeps the call that it belongs to in step. */
export function putChannel(draft: Draft, channel: ChannelState): void {
  const before = draft.get('channel', channel.uniqueid);
  draft.put('channel', channel.uniqueid, channel);
  if (before !== undefined && before.linkedid !== channel.linkedid) leaveCall(draft, before);
  joinCall(draft, channel);
}

function openChannel(draft: Draft, event: WireEvent): void {
  const uniqueid = header(event, 'Uniqueid');
  if (uniqueid === '' || draft.get('channel', uniqueid) !== undefined) return;
  const snapshot = channelSnapshot(event);
  const answeredMs = snapshot.stateDesc === 'Up' ? event.at : 0;
  putChannel(draft, { uniqueid, ...snapshot, bridge: '', holding: false, music: false, sinceMs: event.at, answeredMs });
}

function closeChannel(draft: Draft, uniqueid: string): void {
  const channel = draft.get('channel', uniqueid);
  if (channel === undefined) return;
  dropFromBridge(draft, channel);
  dropCaller(draft, uniqueid);
  leavePlaces(draft, uniqueid);
  forgetActions(draft, uniqueid);
  draft.drop('channel', uniqueid);
  leaveCall(draft, channel);
}

function changeChannel(draft: Draft, uniqueid: string, change: Partial<ChannelState>): void {
  const channel = draft.get('channel', uniqueid);
  if (channel !== undefined) putChannel(draft, { ...channel, ...change });
}

function joinCall(draft: Draft, { linkedid, uniqueid, sinceMs, answeredMs }: ChannelState): void {
  const call = draft.get('call', linkedid);
  const channels = call?.channels ?? [];
  draft.put('call', linkedid, {
    linkedid,
    channels: channels.includes(uniqueid) ? channels : [...channels, uniqueid],
    sinceMs: Math.min(call?.sinceMs ?? sinceMs, sinceMs),
    answeredMs: earliest(call?.answeredMs ?? 0, answeredMs),
  });
}

function leaveCall(draft: Draft, { linkedid, uniqueid }: ChannelState): void {
  const call = draft.get('call', linkedid);
  if (call === undefined) return;
  const channels = call.channels.filter((other) => other !== uniqueid);
  if (channels.length === 0) draft.drop('call', linkedid);
  else draft.put('call', linkedid, { ...call, channels });
}

/** The earlier of two moments, of which 0 means never. */
function earliest(one: number, other: number): number {
  if (one === 0 || other === 0) return one + other;
  return Math.min(one, other);
}

function saysTheSame(channel: ChannelState, snapshot: ChannelSnapshot): boolean {
  return (Object.keys(snapshot) as (keyof ChannelSnapshot)[]).every((name) => channel[name] === snapshot[name]);
}
