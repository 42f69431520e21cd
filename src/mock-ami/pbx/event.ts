import type { Header } from '../../ami/message.ts';

/** One AMI event as the PBX makes it, before a session's mask and filters. */
export interface PbxEvent {
  readonly name: string;
  /** The `Privilege` header, for example `call,all`; its words are the event's classes. */
  readonly privilege: string;
  /** All headers after `Event` and `Privilege`. */
  readonly headers: readonly Header[];
  /** Id of what made it happen: `step:3`, `action:admin-2`, `timer:17`; ladders, latency and fault ordering use it. */
  readonly cause: string;
  readonly atMs: number;
  /** Set where the bytes are not valid UTF-8. */
  readonly encoding?: 'latin1';
}

export type PbxEventListener = (event: PbxEvent) => void;

const EVENTS_BY_CLASS = {
  call: `AttendedTransfer BlindTransfer BridgeCreate BridgeDestroy BridgeEnter BridgeLeave BridgeMerge BridgeVideoSourceUpdate CEL
    ChanSpyStart ChanSpyStop ConfbridgeEnd ConfbridgeJoin ConfbridgeLeave ConfbridgeMute ConfbridgeRecord ConfbridgeStart
    ConfbridgeStopRecord ConfbridgeTalking ConfbridgeUnmute DeviceStateChange DialBegin DialEnd DialState ExtensionStatus Flash Hangup
    HangupRequest Hold LocalBridge LocalOptimizationBegin LocalOptimizationEnd MessageWaiting MixMonitorMute MixMonitorStart
    MixMonitorStop MusicOnHoldStart MusicOnHoldStop NewAccountCode NewCallerid NewConnectedLine Newchannel Newstate OriginateResponse
    ParkedCall ParkedCallGiveUp ParkedCallSwap ParkedCallTimeOut Pickup PresenceStateChange PresenceStatus Rename SoftHangupRequest
    UnParkedCall Unhold`,
  agent: `AgentCalled AgentComplete AgentConnect AgentDump AgentLogin AgentLogoff AgentRingNoAnswer QueueCallerAbandon QueueCallerJoin
    QueueCallerLeave QueueMemberAdded QueueMemberPause QueueMemberPenalty QueueMemberRemoved QueueMemberRinginuse QueueMemberStatus`,
  agi: 'AGIExecEnd AGIExecStart AsyncAGIEnd AsyncAGIExec AsyncAGIStart',
  system: 'ContactStatus FullyBooted LogChannel Load PJSIPMaintenanceStatus PeerStatus Registry Reload Shutdown Unload',
  security: `AuthMethodNotAllowed ChallengeResponseFailed ChallengeSent FailedACL InvalidAccountID InvalidPassword InvalidTransport
    LoadAverageLimit MemoryLimit RequestBadFormat RequestNotAllowed RequestNotSupported SessionLimit SuccessfulAuth UnexpectedAddress`,
  dialplan: 'HangupHandlerPop HangupHandlerPush HangupHandlerRun Newexten VarSet',
  reporting: 'RTCPReceived RTCPSent',
  dtmf: 'DTMFBegin DTMFEnd',
  user: 'UserEvent VoicemailPasswordChange',
  cdr: 'Cdr',
} as const;

const PRIVILEGE_OF = new Map<string, string>(
  Object.entries(EVENTS_BY_CLASS).flatMap(([klass, names]) =>
    names.split(/\s+/).map((name): [string, string] => [name, `${klass},all`]),
  ),
);

/** The `Privilege` header of an event. Source: catalogue of Asterisk 22 and the recordings. */
export function privilegeOf(eventName: string): string {
  return PRIVILEGE_OF.get(eventName) ?? 'call,all';
}
