import type { QueueConf } from '../../config/queues-conf.ts';
import type { DeviceStateName } from '../device-state.ts';
import type { Pbx } from '../pbx.ts';

/** A member of a queue, as app_queue keeps it. Times are seconds since the epoch, 0 for never. */
export interface QueueMember {
  name: string;
  readonly interface: string;
  stateInterface: string;
  readonly membership: 'static' | 'dynamic' | 'realtime';
  penalty: number;
  callsTaken: number;
  lastCall: number;
  lastPause: number;
  readonly loginTime: number;
  inCall: boolean;
  status: DeviceStateName;
  paused: boolean;
  pausedReason: string;
  ringInUse: boolean;
  /** Seconds; 0: as the queue says. */
  wrapupTime: number;
  /** Place in the round of rrmemory and rrordered. */
  position: number;
  /** The queue whose call it took last; ''. */
  lastQueue: string;
}

/** A member that is tried for a caller. */
export interface CallAttempt {
  readonly interface: string;
  readonly memberName: string;
  /** The lower, the sooner. */
  readonly metric: number;
  readonly lastCall: number;
  readonly lastQueue: string;
  /** May still be called, or is being called. */
  open: boolean;
  /** Uniqueid of the channel that calls it; '' before and after. */
  channel: string;
}

/** The calls to members that go on for one caller. */
export interface MemberCalls {
  attempts: CallAttempt[];
  /** How long members ring, in ms; `null`: as long as the caller waits. */
  readonly timeoutMs: number | null;
  /** Interfaces still to be called at once. */
  toRing: string[];
  /** Channels are being made: answers wait until all are called. */
  ringing: boolean;
  /** Since when the time runs. */
  startedMs: number;
  /** Second in which the present calls began. */
  startedS: number;
  timer: number;
}

/** A caller in a queue; plain data. `null` in place of a penalty: no limit. */
export interface QueueEntry {
  /** Uniqueid. */
  readonly channel: string;
  readonly queue: string;
  readonly options: Readonly<Record<string, string>>;
  readonly announce: string;
  readonly gosub: string;
  /** Name of the rule that changes the penalties. */
  readonly rule: string;
  readonly sinceMs: number;
  /** Second in which the queue is left; 0: never. */
  readonly expiresS: number;
  priority: number;
  originalPosition: number;
  /** Where it stood when it left the line; 0 before. */
  leftAt: number;
  maxPenalty: number | null;
  minPenalty: number | null;
  raisePenalty: number | null;
  /** Number of the rule's changes that are in force. */
  changesDone: number;
  /** Members are being called for it, or one is about to be connected. */
  pending: boolean;
  /** A member has answered and is being told what it is to know. */
  answered: boolean;
  withdrawn: boolean;
  withdrawInfo: string;
  /** Where a linear queue goes on. */
  linearPosition: number;
  linearWrapped: boolean;
  /** Rounds of option n. */
  tries: number;
  digits: string;
  lastPositionS: number;
  lastPositionSaid: number;
  lastPeriodicS: number;
  timer: number;
  calls: MemberCalls | undefined;
}

/** One queue as it is now. */
export interface QueueState {
  /** As queues.conf spells it. */
  readonly name: string;
  /** In the order they came. */
  members: QueueMember[];
  /** First in line first. */
  entries: QueueEntry[];
  /** Where the round of rrmemory and rrordered goes on. */
  roundPosition: number;
  roundWrapped: boolean;
  /** Average seconds that callers waited. */
  holdTimeS: number;
  /** Average seconds that they talked. */
  talkTimeS: number;
  completed: number;
  abandoned: number;
  /** Of the completed, those answered within the service level. */
  inTime: number;
  /** Of the abandoned, those that gave up within it. */
  abandonedInTime: number;
}

/** All queues by name; live, what is changed in it counts. */
export function queueStates(pbx: Pbx): Record<string, QueueState> {
  return pbx.part<Record<string, QueueState>>('queues', () => ({}));
}

/** The queue of that name, without regard to case. */
export function findQueue(pbx: Pbx, name: string): QueueState | undefined {
  const states = queueStates(pbx);
  if (Object.hasOwn(states, name)) return states[name];
  const wanted = name.toLowerCase();
  return Object.values(states).find((queue) => queue.name.toLowerCase() === wanted);
}

export function newQueue(name: string): QueueState {
  return {
    name,
    members: [],
    entries: [],
    roundPosition: 0,
    roundWrapped: false,
    holdTimeS: 0,
    talkTimeS: 0,
    completed: 0,
    abandoned: 0,
    inTime: 0,
    abandonedInTime: 0,
  };
}

/** What queues.conf says of it. A queue that was removed keeps its callers until they leave. */
export function queueConf(pbx: Pbx, queue: QueueState): QueueConf {
  const conf = pbx.config.queues.queues.get(queue.name);
  return conf ?? (pbx.part<Record<string, QueueConf>>('removedQueues', () => ({}))[queue.name] as QueueConf);
}

/** Whole seconds since the epoch: app_queue measures with `time()`. */
export function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}

/** Seconds that a caller has waited, as app_queue counts them: between two whole seconds. */
export function waitedS(pbx: Pbx, entry: Pick<QueueEntry, 'sinceMs'>): number {
  return seconds(pbx.now) - seconds(entry.sinceMs);
}

/** Place in line, from 1; 0 where it is not in line. */
export function positionOf(queue: QueueState, entry: QueueEntry): number {
  return queue.entries.findIndex(({ channel }) => channel === entry.channel) + 1;
}

export function findMember(queue: QueueState, memberInterface: string): QueueMember | undefined {
  const wanted = memberInterface.toLowerCase();
  return queue.members.find((member) => member.interface.toLowerCase() === wanted);
}
