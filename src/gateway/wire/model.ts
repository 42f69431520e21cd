/**
 * What the gateway knows of a PBX, as plain data: the types that snapshots carry. Values are Asterisk's own, but `<unknown>`
 * is '' and names are as people write them (`O'Neill`, where the wire says `O\\'Neill`).
 * `reduce` (see `reduce.ts`) turns events into the next state; gateway and SDK run the same one, so a snapshot and the events
 * after it are all that a browser needs.
 */

export interface ChannelState {
  readonly uniqueid: string;
  readonly linkedid: string;
  /** For example `PJSIP/1001-0000002c`. */
  readonly channel: string;
  /** `Down`, `Ring`, `Ringing`, `Up` ... */
  readonly stateDesc: string;
  readonly callerIdNum: string;
  readonly callerIdName: string;
  readonly connectedLineNum: string;
  readonly connectedLineName: string;
  readonly context: string;
  readonly exten: string;
  /** Uniqueid of the bridge it is in, or ''. */
  readonly bridge: string;
  /** The party at this channel has put the other on hold. */
  readonly holding: boolean;
  /** Hears music on hold. */
  readonly music: boolean;
  /** Milliseconds since the epoch: when made, and when answered (0: not yet). */
  readonly sinceMs: number;
  readonly answeredMs: number;
}

export interface BridgeState {
  readonly uniqueid: string;
  readonly type: string;
  readonly technology: string;
  readonly name: string;
  /** Uniqueids of the channels in it. */
  readonly channels: readonly string[];
}

/** The channels that share a linkedid now. */
export interface CallState {
  readonly linkedid: string;
  readonly channels: readonly string[];
  readonly sinceMs: number;
  /** When the first of its channels was answered; 0: none yet. */
  readonly answeredMs: number;
}

export interface ExtensionState {
  readonly exten: string;
  readonly context: string;
  readonly hint: string;
  /** As in ExtensionStatus: -1 unknown, 0 idle, 1 in use, 2 busy, 4 unavailable, 8 ringing, 9 in use and ringing, 16 on hold, 17 in use and on hold. */
  readonly status: number;
  readonly statusText: string;
}

export interface DeviceState {
  readonly device: string;
  /** `NOT_INUSE`, `INUSE`, `RINGING`, `ONHOLD` ... */
  readonly state: string;
}

export interface QueueState {
  readonly queue: string;
  /** In the order in which they became known. */
  readonly members: readonly QueueMemberState[];
  /** By position, the next one first. */
  readonly callers: readonly QueueCallerState[];
}

export interface QueueMemberState {
  readonly interface: string;
  readonly name: string;
  /** The device's state as a number: 1 not in use, 2 in use, 3 busy, 5 unavailable, 6 ringing, 7 ringing and in use, 8 on hold. */
  readonly status: number;
  readonly paused: boolean;
  readonly pausedReason: string;
  readonly penalty: number;
  readonly inCall: boolean;
}

export interface QueueCallerState {
  readonly uniqueid: string;
  readonly channel: string;
  readonly position: number;
  readonly callerIdNum: string;
  readonly callerIdName: string;
  /** When it joined, ms since the epoch. */
  readonly sinceMs: number;
}

/** A call that waits in a parking lot. */
export interface ParkedState {
  readonly lot: string;
  readonly space: string;
  readonly uniqueid: string;
  readonly channel: string;
  readonly callerIdNum: string;
  readonly callerIdName: string;
  /** The dial string of whoever parked it: `PJSIP/1002`. */
  readonly parkedBy: string;
  /** When it was parked, and when that ends, ms since the epoch; to a second where a list told it. */
  readonly sinceMs: number;
  readonly untilMs: number;
}

export interface ConferenceState {
  readonly conference: string;
  readonly recording: boolean;
  /** In the order of their coming. */
  readonly members: readonly ConferenceMemberState[];
}

export interface ConferenceMemberState {
  readonly uniqueid: string;
  readonly channel: string;
  readonly callerIdNum: string;
  readonly callerIdName: string;
  readonly admin: boolean;
  readonly muted: boolean;
  readonly talking: boolean;
}

export interface MailboxState {
  /** `1002@default`. */
  readonly mailbox: string;
  readonly newMessages: number;
  readonly oldMessages: number;
}

/** Where a phone is registered. */
export interface ContactState {
  readonly aor: string;
  readonly uri: string;
  readonly endpoint: string;
  /** `Reachable`, `Unreachable`, `NonQualified` ...; `Unknown` while there is no link to the PBX. */
  readonly status: string;
}

export interface PresenceState {
  /** `CustomPresence:1001`. */
  readonly presentity: string;
  /** `available`, `away`, `xa`, `chat`, `dnd`, `unavailable`, `not_set`. */
  readonly status: string;
  readonly subtype: string;
  readonly message: string;
}

/** A channel that is being recorded (MixMonitor). No list tells it, so only what began while the gateway listened is here. */
export interface RecordingState {
  readonly uniqueid: string;
  readonly channel: string;
  /** What the channel hears, or says, is left out now. */
  readonly readMuted: boolean;
  readonly writeMuted: boolean;
}

/** A channel that was transferred, and where to; it stays until the channel is gone or transferred again. No list tells it. */
export interface TransferState {
  readonly uniqueid: string;
  readonly channel: string;
  readonly kind: 'blind' | 'attended';
  /** The channel that transferred it. */
  readonly by: string;
  /** A number; for an attended transfer the other channel. */
  readonly to: string;
  readonly atMs: number;
}

/** Everything, as arrays, so that it is JSON as it stands. */
export interface ModelSnapshot {
  readonly channels: readonly ChannelState[];
  readonly bridges: readonly BridgeState[];
  readonly calls: readonly CallState[];
  readonly extensions: readonly ExtensionState[];
  readonly devices: readonly DeviceState[];
  readonly queues: readonly QueueState[];
  readonly parked: readonly ParkedState[];
  readonly conferences: readonly ConferenceState[];
  readonly mailboxes: readonly MailboxState[];
  readonly contacts: readonly ContactState[];
  readonly presence: readonly PresenceState[];
  readonly recordings: readonly RecordingState[];
  readonly transfers: readonly TransferState[];
}

/** The same by key, as `reduce` keeps it; entries are never changed in place, only replaced. */
export interface Model {
  /** By uniqueid. */
  readonly channels: Map<string, ChannelState>;
  /** By uniqueid. */
  readonly bridges: Map<string, BridgeState>;
  /** By linkedid. */
  readonly calls: Map<string, CallState>;
  /** By `exten@context`. */
  readonly extensions: Map<string, ExtensionState>;
  /** By device. */
  readonly devices: Map<string, DeviceState>;
  /** By name. */
  readonly queues: Map<string, QueueState>;
  /** By `space@lot`. */
  readonly parked: Map<string, ParkedState>;
  /** By number. */
  readonly conferences: Map<string, ConferenceState>;
  /** By `number@context`. */
  readonly mailboxes: Map<string, MailboxState>;
  /** By `aor uri`. */
  readonly contacts: Map<string, ContactState>;
  /** By presentity. */
  readonly presence: Map<string, PresenceState>;
  /** By uniqueid of the channel. */
  readonly recordings: Map<string, RecordingState>;
  /** By uniqueid of who was transferred. */
  readonly transfers: Map<string, TransferState>;
}

export function emptyModel(): Model {
  return {
    channels: new Map(),
    bridges: new Map(),
    calls: new Map(),
    extensions: new Map(),
    devices: new Map(),
    queues: new Map(),
    parked: new Map(),
    conferences: new Map(),
    mailboxes: new Map(),
    contacts: new Map(),
    presence: new Map(),
    recordings: new Map(),
    transfers: new Map(),
  };
}

export function toSnapshot(model: Model): ModelSnapshot {
  return {
    channels: [...model.channels.values()],
    bridges: [...model.bridges.values()],
    calls: [...model.calls.values()],
    extensions: [...model.extensions.values()],
    devices: [...model.devices.values()],
    queues: [...model.queues.values()],
    parked: [...model.parked.values()],
    conferences: [...model.conferences.values()],
    mailboxes: [...model.mailboxes.values()],
    contacts: [...model.contacts.values()],
    presence: [...model.presence.values()],
    recordings: [...model.recordings.values()],
    transfers: [...model.transfers.values()],
  };
}

export function fromSnapshot(snapshot: ModelSnapshot): Model {
  return {
    channels: keyed(snapshot.channels, (channel) => channel.uniqueid),
    bridges: keyed(snapshot.bridges, (bridge) => bridge.uniqueid),
    calls: keyed(snapshot.calls, (call) => call.linkedid),
    extensions: keyed(snapshot.extensions, extensionKey),
    devices: keyed(snapshot.devices, (device) => device.device),
    queues: keyed(snapshot.queues, (queue) => queue.queue),
    parked: keyed(snapshot.parked, parkedKey),
    conferences: keyed(snapshot.conferences, (each) => each.conference),
    mailboxes: keyed(snapshot.mailboxes, (each) => each.mailbox),
    contacts: keyed(snapshot.contacts, contactKey),
    presence: keyed(snapshot.presence, (each) => each.presentity),
    recordings: keyed(snapshot.recordings, (each) => each.uniqueid),
    transfers: keyed(snapshot.transfers, (each) => each.uniqueid),
  };
}

/** The key of an extension: the same number may stand in several contexts. */
export function extensionKey(extension: { readonly exten: string; readonly context: string }): string {
  return `${extension.exten}@${extension.context}`;
}

export function parkedKey({ space, lot }: { readonly space: string; readonly lot: string }): string {
  return `${space}@${lot}`;
}

export function contactKey({ aor, uri }: { readonly aor: string; readonly uri: string }): string {
  return `${aor} ${uri}`;
}

function keyed<State>(states: readonly State[], key: (state: State) => string): Map<string, State> {
  return new Map(states.map((state) => [key(state), state]));
}
