import { shown } from '../channel.ts';
import type { PbxEvent } from '../event.ts';
import type { EventWatcher } from '../machinery.ts';
import type { Pbx } from '../pbx.ts';
import { channelHeaders } from '../snapshot.ts';
import { handle, type TaskHandler, task } from '../task.ts';
import { getVariable } from '../variables.ts';
import { queuesInOrder } from './queue-order.ts';
import { findMember, findQueue, seconds } from './queue-state.ts';

/** A call between a caller and a member, until they part. */
export interface QueueCall {
  /** Uniqueids; those of the channels that take their places when a Local channel goes out of the way. */
  caller: string;
  member: string;
  readonly queue: string;
  readonly interface: string;
  readonly memberName: string;
  readonly sinceMs: number;
  readonly answeredMs: number;
  readonly inTime: boolean;
}

interface WatchedCall extends QueueCall {
  readonly id: number;
  /** Where the two talk; '' until the caller has entered. */
  bridge: string;
  /** Who will stand for the caller or the member when an optimisation has ended. */
  successors: Record<string, string>;
  ending: boolean;
}

interface WatchedCalls {
  next: number;
  calls: WatchedCall[];
}

type Reason = 'caller' | 'agent' | 'transfer';

const callEnds = task<{ id: number; reason: Reason }>('queue.callEnds');

function watched(pbx: Pbx): WatchedCalls {
  return pbx.part<WatchedCalls>('queueCalls', () => ({ next: 1, calls: [] }));
}

/** From now on the call's end is noticed, whatever becomes of its channels. Source: `setup_stasis_subs`, apps/app_queue.c. */
export function watchQueueCall(pbx: Pbx, call: QueueCall): void {
  const { caller, member, queue, interface: name, memberName, sinceMs, answeredMs, inTime } = call;
  const all = watched(pbx);
  all.calls.push({
    id: all.next++,
    caller,
    member,
    queue,
    interface: name,
    memberName,
    sinceMs,
    answeredMs,
    inTime,
    bridge: '',
    successors: {},
    ending: false,
  });
}

function headerOf(event: PbxEvent, header: string): string {
  return event.headers.find(([name]) => name === header)?.[1] ?? '';
}

/** The caller or the member hangs up, unless it does so as a part of a transfer. Source: `handle_hangup`. */
function hangsUp(pbx: Pbx, event: PbxEvent): void {
  const uniqueid = headerOf(event, 'Uniqueid');
  const call = watched(pbx).calls.find(({ caller, member }) => caller === uniqueid || member === uniqueid);
  const channel = pbx.channel(uniqueid);
  if (call === undefined || channel === undefined) return;
  if (getVariable(pbx, channel, 'ATTENDEDTRANSFER') || getVariable(pbx, channel, 'BLINDTRANSFER')) return;
  end(pbx, call, call.caller === uniqueid ? 'caller' : 'agent', 0.1);
}

/** Source: `handle_blind_transfer` and `handle_attended_transfer`. */
function transferred(pbx: Pbx, event: PbxEvent): void {
  if (headerOf(event, 'Result') !== 'Success' || headerOf(event, 'DestType') === 'Threeway') return;
  const bridges = ['BridgeUniqueid', 'OrigBridgeUniqueid', 'SecondBridgeUniqueid'].map((name) => headerOf(event, name));
  const call = watched(pbx).calls.find(({ bridge }) => bridge !== '' && bridges.includes(bridge));
  if (call !== undefined) end(pbx, call, 'transfer', 0.35);
}

/** Source: `handle_bridge_enter`. */
function entered(pbx: Pbx, event: PbxEvent): void {
  const uniqueid = headerOf(event, 'Uniqueid');
  const call = watched(pbx).calls.find(({ caller, bridge }) => bridge === '' && caller === uniqueid);
  if (call !== undefined) call.bridge = headerOf(event, 'BridgeUniqueid');
}

/** A Local channel between them goes out of the way: another channel takes its place. Source: `handle_local_optimization_begin`. */
function optimizing(pbx: Pbx, event: PbxEvent): void {
  const source = headerOf(event, 'SourceUniqueid');
  for (const call of watched(pbx).calls) {
    if (source !== '' && headerOf(event, 'LocalOneUniqueid') === call.member) call.successors[call.member] = source;
    if (source !== '' && headerOf(event, 'LocalTwoUniqueid') === call.caller) call.successors[call.caller] = source;
  }
}

function optimized(pbx: Pbx, event: PbxEvent): void {
  for (const call of watched(pbx).calls) {
    for (const half of [headerOf(event, 'LocalOneUniqueid'), headerOf(event, 'LocalTwoUniqueid')]) {
      const successor = call.successors[half];
      if (successor === undefined) continue;
      if (half === call.member) call.member = successor;
      else call.caller = successor;
      delete call.successors[half];
    }
  }
}

/** The end is told a moment later, from another thread. */
function end(pbx: Pbx, call: WatchedCall, reason: Reason, delayMs: number): void {
  if (call.ending) return;
  call.ending = true;
  pbx.after(delayMs, callEnds, { id: call.id, reason });
}

/** AgentComplete, and what the queue and the member count. Source: `send_agent_complete` and `update_queue`. */
function complete(pbx: Pbx, call: WatchedCall, reason: Reason): void {
  const all = watched(pbx);
  all.calls = all.calls.filter((other) => other !== call);
  const caller = pbx.channel(call.caller);
  const member = pbx.channel(call.member);
  const talkS = seconds(pbx.now) - seconds(call.answeredMs);
  pbx.emit('AgentComplete', [
    ...(caller === undefined ? [] : channelHeaders(shown(pbx, caller))),
    ...(member === undefined ? [] : channelHeaders(shown(pbx, member), 'Dest')),
    ['Queue', call.queue],
    ['Interface', call.interface],
    ['MemberName', call.memberName],
    ['HoldTime', String(seconds(call.answeredMs) - seconds(call.sinceMs))],
    ['TalkTime', String(talkS)],
    ['Reason', reason],
  ]);
  for (const queue of queuesInOrder(pbx)) {
    const counts = pbx.config.queues.sharedLastCall || queue.name === call.queue;
    const one = counts ? findMember(queue, call.interface) : undefined;
    if (one !== undefined)
      Object.assign(one, {
        lastCall: seconds(pbx.now),
        callsTaken: one.callsTaken + 1,
        lastQueue: call.queue,
        inCall: false,
      });
  }
  const queue = findQueue(pbx, call.queue);
  if (queue === undefined) return;
  queue.completed++;
  if (call.inTime) queue.inTime++;
  queue.talkTimeS = queue.inTime === 1 ? talkS : (queue.talkTimeS * 3 + talkS) >> 2;
}

export const queueCallTasks: readonly TaskHandler[] = [
  handle(callEnds, (pbx, { id, reason }) => {
    const call = watched(pbx).calls.find((one) => one.id === id);
    if (call !== undefined) complete(pbx, call, reason);
  }),
];

export const queueCallWatchers: Readonly<Record<string, EventWatcher>> = {
  HangupRequest: hangsUp,
  SoftHangupRequest: hangsUp,
  BlindTransfer: transferred,
  AttendedTransfer: transferred,
  BridgeEnter: entered,
  LocalOptimizationBegin: optimizing,
  LocalOptimizationEnd: optimized,
};
