import { tellDial } from '../dial-events.ts';
import { startGosub } from '../gosub.ts';
import { hangupSoon } from '../hangup.ts';
import { isLeg } from '../outgoing-leg.ts';
import type { Pbx } from '../pbx.ts';
import type { Channel } from '../state.ts';
import { continuation } from '../task.ts';
import { isFree, noLongerPending } from './member-status.ts';
import { membersInOrder } from './queue-order.ts';
import {
  type CallAttempt,
  findMember,
  type MemberCalls,
  type QueueEntry,
  type QueueState,
  queueConf,
  seconds,
} from './queue-state.ts';
import { callerPrepared, callsEnded, ringMembers } from './queue-tasks.ts';
import { metricOf, rememberNext } from './strategy.ts';
import type { Waiting } from './waiting-caller.ts';

/** Begins to call members for a caller. Source: `try_calling`, apps/app_queue.c. */
export function startCalls(pbx: Pbx, { caller, queue, entry }: Waiting): void {
  const self = { caller: caller.uniqueid };
  entry.calls = {
    attempts: attemptsFor(pbx, queue, entry),
    timeoutMs: ringTime(pbx, queue, entry),
    toRing: [],
    ringing: true,
    startedMs: 0,
    startedS: 0,
    timer: 0,
  };
  entry.pending = true;
  const before = entry.options['B'];
  if (before === undefined) return pbx.continueNow(continuation(ringMembers, self));
  startGosub(pbx, caller, before, continuation(callerPrepared, { ...self, queue: queue.name }));
}

/** One attempt a member that suits, the last member first, as Asterisk lists them. */
function attemptsFor(pbx: Pbx, queue: QueueState, entry: QueueEntry): CallAttempt[] {
  return membersInOrder(pbx, queue)
    .flatMap((member, place): CallAttempt[] => {
      const metric = metricOf(pbx, queue, entry, member, place);
      if (metric === undefined) return [];
      const { lastCall, lastQueue } = member;
      return [
        { interface: member.interface, memberName: member.name, metric, lastCall, lastQueue, open: true, channel: '' },
      ];
    })
    .reverse();
}

/** How long members ring: what the queue says, or what is left of the caller's time. `null`: as long as it waits. */
function ringTime(pbx: Pbx, queue: QueueState, entry: QueueEntry): number | null {
  const { timeout, timeoutPriority } = queueConf(pbx, queue);
  const left = entry.expiresS > 0 ? entry.expiresS - seconds(pbx.now) : undefined;
  const configured = timeout > 0 ? timeout : undefined;
  const wins =
    timeoutPriority === 'app' && left !== undefined && (configured === undefined || left <= configured)
      ? left
      : configured;
  return wins === undefined ? null : wins * 1000;
}

/** The attempts whose members are being called now, with their channels. */
export function liveAttempts(pbx: Pbx, calls: MemberCalls): { attempt: CallAttempt; leg: Channel }[] {
  return calls.attempts.flatMap((attempt) => {
    const leg = attempt.channel === '' ? undefined : pbx.channel(attempt.channel);
    return leg === undefined ? [] : [{ attempt, leg }];
  });
}

/** Ms for which the members may ring on. */
export function remainingMs(pbx: Pbx, calls: MemberCalls): number {
  return calls.timeoutMs === null ? Number.POSITIVE_INFINITY : calls.startedMs + calls.timeoutMs - pbx.now;
}

/** Nobody answered in time: the calls are taken back, and the caller waits on. */
export function giveUpCalls(pbx: Pbx, waiting: Waiting): void {
  const { caller, queue, entry } = waiting;
  if (entry.calls === undefined) return;
  rememberNext(pbx, queue, entry, entry.calls.attempts);
  hangUpCalls(pbx, waiting, entry.calls);
  endCalls(pbx, entry);
  pbx.continueNow(continuation(callsEnded, { caller: caller.uniqueid }));
}

/** The caller is gone: every call ends as cancelled, told once by who waits for the answer and once by who hangs up. */
export function cancelCalls(pbx: Pbx, waiting: Waiting): void {
  const { caller, queue, entry } = waiting;
  if (entry.calls === undefined) return;
  for (const { leg } of liveAttempts(pbx, entry.calls))
    if (wasCalled(leg)) tellDial(pbx, 'DialEnd', caller, leg, ['DialStatus', 'CANCEL']);
  rememberNext(pbx, queue, entry, entry.calls.attempts);
  hangUpCalls(pbx, waiting, entry.calls);
  endCalls(pbx, entry);
}

export function endCalls(pbx: Pbx, entry: QueueEntry): void {
  pbx.cancel(entry.calls?.timer);
  entry.calls = undefined;
  entry.pending = false;
}

/** Hangs up all that ring but one: DialEnd each. Source: `hangupcalls`, apps/app_queue.c. */
export function hangUpCalls(pbx: Pbx, { caller, queue, entry }: Waiting, calls: MemberCalls, except = ''): void {
  for (const { attempt, leg } of liveAttempts(pbx, calls)) {
    if (leg.uniqueid === except) continue;
    if (except !== '' || 'C' in entry.options) leg.hangupCause = ANSWERED_ELSEWHERE;
    if (wasCalled(leg)) tellDial(pbx, 'DialEnd', caller, leg, ['DialStatus', 'CANCEL']);
    forgetPending(pbx, queue, attempt);
    attempt.open = false;
    attempt.channel = '';
    if (leg.bridge !== '') continue;
    leg.activity = undefined;
    hangupSoon(pbx, leg, 0.4);
  }
}

/** DialBegin was told of it. Somebody may have put it into a bridge since. */
function wasCalled(leg: Channel): boolean {
  return isLeg(leg) || leg.bridge !== '';
}

/** A member whose device never changed, so that nothing else would tell that it is free again. */
export function forgetPending(pbx: Pbx, queue: QueueState, attempt: CallAttempt): void {
  const status = findMember(queue, attempt.interface)?.status;
  if (status !== undefined && isFree(status)) noLongerPending(pbx, attempt.interface);
}

const ANSWERED_ELSEWHERE = 26;
