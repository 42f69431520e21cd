/**
 * What the gateway knows of a PBX, as plain data: the types that snapshots carry. Names and values are Asterisk's own.
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
  readonly members: readonly QueueMemberState[];
  readonly callers: readonly QueueCallerState[];
}

export interface QueueMemberState {
  readonly interface: string;
  readonly name: string;
  readonly status: number;
  readonly paused: boolean;
  readonly inCall: boolean;
}

export interface QueueCallerState {
  readonly uniqueid: string;
  readonly channel: string;
  readonly position: number;
  readonly callerIdNum: string;
  readonly callerIdName: string;
}

/** Everything, as arrays, so that it is JSON as it stands. */
export interface ModelSnapshot {
  readonly channels: readonly ChannelState[];
  readonly bridges: readonly BridgeState[];
  readonly calls: readonly CallState[];
  readonly extensions: readonly ExtensionState[];
  readonly devices: readonly DeviceState[];
  readonly queues: readonly QueueState[];
}
