/**
 * The whole state of the simulated PBX, as plain data: a snapshot, a fork and a reset are a copy of it.
 * No closures, no classes, no clock: what happens next stands in `tasks`, by name.
 */
import type { Header } from '../../ami/message.ts';
import type { PhoneState } from '../phones/phone-state.ts';

/** Something to do later: a name that `Pbx` knows, and its data. */
export interface Continuation {
  readonly task: string;
  readonly data: unknown;
}

export interface ScheduledTask extends Continuation {
  readonly id: number;
  readonly dueMs: number;
  /** What made it happen: see {@link PbxEvent.cause}. */
  readonly cause: string;
}

/** AMI's channel states, with their wire numbers in {@link CHANNEL_STATES}. */
export type ChannelStateName = 'Down' | 'Rsrvd' | 'OffHook' | 'Dialing' | 'Ring' | 'Ringing' | 'Up' | 'Busy';

/** Order is the wire number. */
export const CHANNEL_STATES: readonly ChannelStateName[] = [
  'Down',
  'Rsrvd',
  'OffHook',
  'Dialing',
  'Ring',
  'Ringing',
  'Up',
  'Busy',
];

export interface PartyId {
  num: string;
  name: string;
}

/** What a snapshot of a channel shows; events carry these, never the live channel. */
export interface ChannelSnapshot {
  readonly channel: string;
  readonly state: ChannelStateName;
  readonly callerIdNum: string;
  readonly callerIdName: string;
  readonly connectedLineNum: string;
  readonly connectedLineName: string;
  readonly language: string;
  readonly accountCode: string;
  readonly context: string;
  readonly exten: string;
  readonly priority: number;
  readonly uniqueid: string;
  readonly linkedid: string;
  readonly application: string;
  readonly applicationData: string;
  readonly hangupCause: number;
  /** The SIP code that ended it; 0 where none did. */
  readonly techCause: number;
  /** `NAME=value` of the variables that manager.conf names in `channelvars`. */
  readonly managerVariables: readonly string[];
  /** All of it as events show it, made when it is first told: most snapshots are told several times. */
  headers?: readonly Header[];
}

/** What a channel is doing now. `data` belongs to the application or function of that name. */
export interface Activity {
  readonly name: string;
  data: unknown;
}

/** A dialplan run on a channel: where to go on, and what to do when it has ended. */
export interface DialplanRun {
  /** After the end of the call: the `h` extension, which a hangup does not stop. */
  readonly afterHangup?: boolean;
  /** `pbx`: the channel's own thread, which hangs the channel up at its end. `sub`: a Gosub run by an application. */
  readonly kind: 'pbx' | 'sub';
  /** Number of Gosub frames below which Return ends this run. */
  readonly gosubDepth: number;
  /** One application only: the run ends with it. */
  readonly once?: boolean;
  readonly then?: Continuation;
}

export interface GosubFrame {
  readonly context: string;
  readonly exten: string;
  readonly priority: number;
  /** LOCAL() variables and ARG1... of this frame, with what they hid. */
  readonly locals: Record<string, string>;
}

export interface Channel {
  readonly uniqueid: string;
  linkedid: string;
  name: string;
  readonly tech: 'PJSIP' | 'Local' | 'Announcer' | 'Recorder' | 'Other';
  /** Name of its endpoint; '' where the technology has none. */
  readonly endpoint: string;
  /** Id of the call at the phone whose dialog this channel is; '' where there is none. */
  phoneCall: string;
  readonly direction: 'in' | 'out';
  /** The far end, or a refusal, has ended the dialog already. */
  dialogOver: boolean;
  state: ChannelStateName;
  readonly createdMs: number;
  answeredMs: number;
  caller: PartyId;
  connected: PartyId;
  dialedNumber: string;
  language: string;
  accountCode: string;
  context: string;
  exten: string;
  priority: number;
  application: string;
  applicationData: string;
  hangupCause: number;
  techCause: number;
  /** In the order they were set first; names as stored (without the `__`). Those to inherit say how. */
  variables: Record<string, ChannelVariable>;
  gosub: GosubFrame[];
  /** Dialplan runs on this channel, innermost last. */
  runs: DialplanRun[];
  activity: Activity | undefined;
  /** Uniqueid of the bridge it is in, or ''. */
  bridge: string;
  /** What happens when it has left its bridge; absent: it is hung up. */
  afterBridge: Continuation | undefined;
  /** The far end (or the PBX) wants it gone; what runs on it notices and ends. */
  hangupRequested: boolean;
  /** Sent elsewhere (Redirect, transfer): what runs on it ends, and the dialplan goes on at its new place. */
  redirected: boolean;
  /** Put on hold by its own phone. */
  holding: boolean;
  /** The class of the music that plays to it, or ''. */
  music: string;
  /** Held by whom it talks to: its device counts as ONHOLD. */
  heldByPeer: boolean;
  /** Gone: only kept until this moment's work is done. */
  dead: boolean;
  published: ChannelSnapshot | undefined;
  /** Data of features and applications that outlive one activity, by their name. */
  extra: Record<string, unknown>;
}

export interface ChannelVariable {
  readonly value: string;
  /** `_NAME`: to children once; `__NAME`: for ever. */
  readonly inherit: 'no' | 'once' | 'always';
}

export interface Bridge {
  readonly uniqueid: string;
  readonly type: 'basic' | 'base' | 'parking' | 'agent_hold' | 'stasis' | 'infrastructure';
  technology: string;
  creator: string;
  name: string;
  videoSourceMode: string;
  /** Uniqueid of the channel whose video all see; ''. */
  videoSource: string;
  /** Names of internal channels in it (announcer, recorder): counted, never told of. */
  unseen: string[];
  readonly createdMs: number;
  /** Uniqueids, in the order they came. */
  channels: string[];
  /** Ends when a channel that talks hangs up. */
  dissolveOnHangup: boolean;
  dissolving: boolean;
  /** Nobody is moved out of it by a transfer or an optimisation: others come in. Source: `AST_BRIDGE_FLAG_SWAP_INHIBIT_FROM`. */
  staysPut: boolean;
  extra: Record<string, unknown>;
}

export interface EndpointState {
  readonly name: string;
  contacts: Contact[];
}

export interface Contact {
  readonly uri: string;
  readonly aor: string;
  status: 'NonQualified' | 'Reachable' | 'Unreachable' | 'Unknown' | 'Removed';
  roundtripUsec: number;
  expiresMs: number;
  readonly userAgent: string;
  /** Kept over a restart and not asked since: it counts as out of reach. */
  awaitsCheck?: boolean;
}

export interface HintState {
  /** The last number told to watchers. */
  status: number;
}

export interface PbxState {
  readonly systemName: string;
  bootedMs: number;
  reloadedMs: number;
  /** All modules are loaded. */
  fullyBooted: boolean;
  /** Time of what is being done now, ms since the epoch. */
  nowMs: number;
  nextTask: number;
  tasks: ScheduledTask[];
  /** Channels of all kinds, for uniqueids. */
  nextChannel: number;
  /** By technology, for channel names. */
  nextSerial: Record<string, number>;
  callsProcessed: number;
  /** Rings of phones since the start; see `RACES.ringHeardFirst`. */
  rings: number;
  randomState: number;
  /** See `raceState` in races.ts. */
  raceState: number;
  channels: Record<string, Channel>;
  bridges: Record<string, Bridge>;
  endpoints: Record<string, EndpointState>;
  /** Last published device states; what is absent was never asked. */
  devices: Record<string, string>;
  /** Devices whose state will be looked at soon, so that quick changes collapse. */
  dirtyDevices: string[];
  customDevices: Record<string, string>;
  presence: Record<string, PresenceValue>;
  /** By `exten@context`. */
  hints: Record<string, HintState>;
  globals: Record<string, string>;
  astdb: Record<string, string>;
  phones: Record<string, PhoneState>;
  /** Newest channel name by endpoint, kept after its end. */
  newestChannel: Record<string, string>;
  /** State of parts that this page need not know: queues, parking, conferences, mailboxes ... each by its name. */
  parts: Record<string, unknown>;
}

export interface PresenceValue {
  readonly state: string;
  readonly subtype: string;
  readonly message: string;
}
