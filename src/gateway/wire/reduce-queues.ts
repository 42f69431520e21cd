import { channelSnapshot } from './channel-snapshot.ts';
import { count, header, type WireEvent } from './event.ts';
import type { Draft, Reducer } from './facts.ts';
import type { QueueCallerState, QueueMemberState, QueueState } from './model.ts';

export const QUEUE_EVENTS: readonly (readonly [string, Reducer])[] = [
  ...['Added', 'Status', 'Pause', 'Penalty', 'Ringinuse'].map(
    (what) => [`QueueMember${what}`, (draft, event) => putMember(draft, event, liveMember(event))] as [string, Reducer],
  ),
  ['QueueMemberRemoved', (draft, event) => dropMember(draft, event)],
  ['AttendedTransfer', (draft, event) => swapCaller(draft, event)],
  ['QueueCallerJoin', (draft, event) => putCaller(draft, header(event, 'Queue'), liveCaller(event))],
  ['QueueCallerLeave', (draft, event) => dropCaller(draft, header(event, 'Uniqueid'), header(event, 'Queue'))],
  ['QueueCallerAbandon', (draft, event) => dropCaller(draft, header(event, 'Uniqueid'), header(event, 'Queue'))],
];

/** The queue of that name; one that is not known yet is empty. */
export function queueOf(draft: Draft, queue: string): QueueState {
  return draft.get('queue', queue) ?? { queue, members: [], callers: [] };
}

export function putMember(draft: Draft, event: WireEvent, member: QueueMemberState): void {
  const queue = queueOf(draft, header(event, 'Queue'));
  const at = queue.members.findIndex((other) => other.interface === member.interface);
  const members = at < 0 ? [...queue.members, member] : queue.members.with(at, member);
  draft.put('queue', queue.queue, { ...queue, members });
}

/** Lets a caller in at its position; those behind move down. */
export function putCaller(draft: Draft, name: string, caller: QueueCallerState): void {
  const queue = queueOf(draft, name);
  const others = queue.callers.filter((other) => other.uniqueid !== caller.uniqueid);
  const place = Math.min(Math.max(caller.position, 1), others.length + 1) - 1;
  draft.put('queue', name, { ...queue, callers: numbered(others.toSpliced(place, 0, caller)) });
}

/** Takes a caller out of that queue (or of every one); those behind move up. */
export function dropCaller(draft: Draft, uniqueid: string, name?: string): void {
  for (const queue of draft.model.queues.values()) {
    if (name !== undefined && queue.queue !== name) continue;
    if (!queue.callers.some((caller) => caller.uniqueid === uniqueid)) continue;
    const callers = numbered(queue.callers.filter((caller) => caller.uniqueid !== uniqueid));
    draft.put('queue', queue.queue, { ...queue, callers });
  }
}

/** Who transfers somebody into a queue, where it waits itself, gives its place to them: no other event tells it. */
function swapCaller(draft: Draft, event: WireEvent): void {
  if (header(event, 'DestType') !== 'App' || header(event, 'Result') !== 'Success') return;
  // The one in the application is whichever of its two channels is in no bridge.
  const [goes, comes] =
    header(event, 'TransfereeUniqueid') === ''
      ? ['OrigTransferer', 'TransferTarget']
      : ['SecondTransferer', 'Transferee'];
  const gone = header(event, `${goes}Uniqueid`);
  const { channel, callerIdNum, callerIdName } = channelSnapshot(event, comes);
  const other = { uniqueid: header(event, `${comes}Uniqueid`), channel, callerIdNum, callerIdName };
  for (const queue of [...draft.model.queues.values()]) {
    const callers = queue.callers.map((caller) => (caller.uniqueid === gone ? { ...caller, ...other } : caller));
    draft.put('queue', queue.queue, { ...queue, callers });
  }
}

/** What live events and list rows say alike of a member. */
export function memberState(event: WireEvent): Omit<QueueMemberState, 'interface' | 'name'> {
  return {
    status: count(event, 'Status'),
    paused: header(event, 'Paused') === '1',
    pausedReason: header(event, 'PausedReason'),
    penalty: count(event, 'Penalty'),
    inCall: header(event, 'InCall') === '1',
  };
}

function liveMember(event: WireEvent): QueueMemberState {
  return { interface: header(event, 'Interface'), name: header(event, 'MemberName'), ...memberState(event) };
}

function liveCaller(event: WireEvent): QueueCallerState {
  const { channel, callerIdNum, callerIdName } = channelSnapshot(event);
  const uniqueid = header(event, 'Uniqueid');
  return { uniqueid, channel, position: count(event, 'Position'), callerIdNum, callerIdName, sinceMs: event.at };
}

function dropMember(draft: Draft, event: WireEvent): void {
  const queue = draft.get('queue', header(event, 'Queue'));
  if (queue === undefined) return;
  const members = queue.members.filter((member) => member.interface !== header(event, 'Interface'));
  draft.put('queue', queue.queue, { ...queue, members });
}

function numbered(callers: readonly QueueCallerState[]): readonly QueueCallerState[] {
  return callers.map((caller, index) => (caller.position === index + 1 ? caller : { ...caller, position: index + 1 }));
}
