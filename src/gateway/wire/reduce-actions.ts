import { header, type WireEvent } from './event.ts';
import type { Draft, Reducer } from './facts.ts';
import type { TransferState } from './model.ts';

/** What is done to a channel and stays with it: recordings and transfers. */
export const CHANNEL_ACTION_EVENTS: readonly (readonly [string, Reducer])[] = [
  ['MixMonitorStart', (draft, event) => record(draft, event)],
  ['MixMonitorStop', (draft, event) => draft.drop('recording', header(event, 'Uniqueid'))],
  ['MixMonitorMute', (draft, event) => mute(draft, event)],
  ['BlindTransfer', (draft, event) => transfer(draft, event, 'blind')],
  ['AttendedTransfer', (draft, event) => transfer(draft, event, 'attended')],
];

/** Forgets what was done to a channel that is gone. */
export function forgetActions(draft: Draft, uniqueid: string): void {
  draft.drop('recording', uniqueid);
  draft.drop('transfer', uniqueid);
}

function record(draft: Draft, event: WireEvent): void {
  const uniqueid = header(event, 'Uniqueid');
  if (draft.get('channel', uniqueid) === undefined) return;
  draft.put('recording', uniqueid, {
    uniqueid,
    channel: header(event, 'Channel'),
    readMuted: false,
    writeMuted: false,
  });
}

function mute(draft: Draft, event: WireEvent): void {
  const recording = draft.get('recording', header(event, 'Uniqueid'));
  if (recording === undefined) return;
  const direction = header(event, 'Direction');
  const muted = header(event, 'State') === '1';
  draft.put('recording', recording.uniqueid, {
    ...recording,
    readMuted: direction === 'write' ? recording.readMuted : muted,
    writeMuted: direction === 'read' ? recording.writeMuted : muted,
  });
}

function transfer(draft: Draft, event: WireEvent, kind: TransferState['kind']): void {
  const uniqueid = header(event, 'TransfereeUniqueid');
  if (header(event, 'Result') !== 'Success' || draft.get('channel', uniqueid) === undefined) return;
  const isBlind = kind === 'blind';
  draft.put('transfer', uniqueid, {
    uniqueid,
    channel: header(event, 'TransfereeChannel'),
    kind,
    by: header(event, isBlind ? 'TransfererChannel' : 'OrigTransfererChannel'),
    to: header(event, isBlind ? 'Extension' : 'TransferTargetChannel'),
    atMs: event.at,
  });
}
