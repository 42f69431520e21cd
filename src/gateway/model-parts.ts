import type { ModelSnapshot } from './wire/model.ts';

/** A part of the model that events keep by themselves. Calls are kept as channels are. */
export type ModelPart =
  | Exclude<keyof ModelSnapshot, 'calls' | 'queues' | 'transfers'>
  | 'members'
  | 'callers'
  | 'blindTransfers'
  | 'attendedTransfers';

interface Upkeep {
  /** Where the part is to be seen. */
  readonly table: keyof ModelSnapshot;
  /** Events after which something is there that was not. */
  readonly begins: readonly string[];
  /** Events without which something would stay there, or as it was, for good. */
  readonly needs: readonly string[];
}

/** What a channel can be for a while, and the events of its beginning and its end: neither comes without the other. */
export const CHANNEL_FLAGS = {
  holding: ['Hold', 'Unhold'],
  music: ['MusicOnHoldStart', 'MusicOnHoldStop'],
  bridge: ['BridgeEnter', 'BridgeLeave'],
} as const;
export type ChannelFlag = keyof typeof CHANNEL_FLAGS;

const CHANNEL = ['Newchannel', 'Newstate', 'Hangup'];

/**
 * What keeps each part. Events that tell of a channel in passing are not needed: its caller id, connected line and place in the dialplan are
 * then as the last event told them that came.
 */
export const UPKEEP: Readonly<Record<ModelPart, Upkeep>> = {
  channels: { table: 'channels', begins: ['Newchannel'], needs: CHANNEL },
  bridges: {
    table: 'bridges',
    begins: ['BridgeCreate', 'BridgeEnter'],
    needs: [...CHANNEL, 'BridgeEnter', 'BridgeLeave', 'BridgeDestroy'],
  },
  extensions: { table: 'extensions', begins: ['ExtensionStatus'], needs: ['ExtensionStatus'] },
  devices: { table: 'devices', begins: ['DeviceStateChange'], needs: ['DeviceStateChange'] },
  members: {
    table: 'queues',
    begins: ['Added', 'Status', 'Pause', 'Penalty', 'Ringinuse'].map((what) => `QueueMember${what}`),
    needs: ['Added', 'Status', 'Pause', 'Penalty', 'Ringinuse', 'Removed'].map((what) => `QueueMember${what}`),
  },
  callers: {
    table: 'queues',
    begins: ['QueueCallerJoin'],
    needs: ['QueueCallerJoin', 'QueueCallerLeave', 'QueueCallerAbandon'],
  },
  parked: {
    table: 'parked',
    begins: ['ParkedCall', 'ParkedCallSwap'],
    needs: ['ParkedCall', 'ParkedCallSwap', 'UnParkedCall', 'ParkedCallTimeOut', 'ParkedCallGiveUp'],
  },
  conferences: {
    table: 'conferences',
    begins: ['Start', 'Join', 'Leave', 'Record', 'StopRecord', 'Mute', 'Unmute', 'Talking'].map(
      (what) => `Confbridge${what}`,
    ),
    needs: ['Start', 'Join', 'Leave', 'End', 'Record', 'StopRecord', 'Mute', 'Unmute', 'Talking'].map(
      (what) => `Confbridge${what}`,
    ),
  },
  mailboxes: { table: 'mailboxes', begins: ['MessageWaiting'], needs: ['MessageWaiting'] },
  contacts: { table: 'contacts', begins: ['ContactStatus'], needs: ['ContactStatus'] },
  presence: { table: 'presence', begins: ['PresenceStateChange'], needs: ['PresenceStateChange'] },
  recordings: {
    table: 'recordings',
    begins: ['MixMonitorStart'],
    needs: [...CHANNEL, 'MixMonitorStart', 'MixMonitorStop', 'MixMonitorMute'],
  },
  blindTransfers: { table: 'transfers', begins: ['BlindTransfer'], needs: [...CHANNEL, 'BlindTransfer'] },
  attendedTransfers: { table: 'transfers', begins: ['AttendedTransfer'], needs: [...CHANNEL, 'AttendedTransfer'] },
};

export const MODEL_PARTS = Object.keys(UPKEEP) as readonly ModelPart[];

/** The parts of queues; no other is about one. */
export const OF_QUEUES: ReadonlySet<ModelPart> = new Set(['members', 'callers']);

/**
 * The class of events whose class matters to a part. Source: the Privilege lines of all recordings; those of queues are of `agent`, those
 * of contacts of `system`.
 */
export function classOf(event: string): string {
  if (event.startsWith('Queue')) return 'agent';
  return event === 'ContactStatus' ? 'system' : 'call';
}
