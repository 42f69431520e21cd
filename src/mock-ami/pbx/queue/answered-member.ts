import { type ActivityHandler, activityData, beginActivity } from '../activity.ts';
import { current, setConnected } from '../channel.ts';
import { tellDial } from '../dial-events.ts';
import { hangupSoon } from '../hangup.ts';
import type { Pbx } from '../pbx.ts';
import { channelHeaders } from '../snapshot.ts';
import type { Channel } from '../state.ts';
import { continuation, handle, type TaskHandler } from '../task.ts';
import { startConnecting } from './connect-member.ts';
import { leaveQueue } from './leave-queue.ts';
import { endCalls, hangUpCalls } from './member-calls.ts';
import { leaveLine } from './queue-line.ts';
import { type CallAttempt, findMember, type MemberCalls, queueConf, waitedS } from './queue-state.ts';
import { type Connection, callsEnded, type ForCaller, memberReady, type Winner } from './queue-tasks.ts';
import { setConnectVariables } from './queue-variables.ts';
import { rememberNext } from './strategy.ts';
import { findWaiting, stopEntertaining, type Waiting } from './waiting-caller.ts';

/** What the member is told before it is connected, about: an announcement, or for how long the caller waited. */
const ANNOUNCEMENT_MS = 2000;

/** A member answered: the others stop ringing. Source: `try_calling`, apps/app_queue.c; recording `queue-call-answered`. */
export function memberAnswered(
  pbx: Pbx,
  waiting: Waiting & { calls: MemberCalls },
  leg: Channel,
  attempt: CallAttempt,
): void {
  const { caller, queue, entry, calls } = waiting;
  pbx.cancel(calls.timer);
  tellDial(pbx, 'DialEnd', caller, leg, ['DialStatus', 'ANSWER']);
  for (const { channel } of calls.attempts) {
    const other = channel === leg.uniqueid ? undefined : pbx.channel(channel);
    if (other !== undefined) tellDial(pbx, 'DialEnd', caller, other, ['DialStatus', 'CANCEL']);
  }
  if (!('I' in entry.options)) setConnected(pbx, caller, leg.caller);
  rememberNext(pbx, queue, entry, calls.attempts);
  queue.holdTimeS = (queue.holdTimeS * 3 + waitedS(pbx, entry)) >> 2;
  const alone = calls.attempts.filter(({ channel }) => channel !== '').length === 1;
  hangUpCalls(pbx, waiting, calls, leg.uniqueid);
  const ringTimeS = calls.timeoutMs === null ? 0 : Math.max(0, Math.floor((pbx.now - calls.startedMs) / 1000));
  endCalls(pbx, entry);
  entry.pending = true;
  const conf = queueConf(pbx, queue);
  const delayMs =
    conf.memberDelay * 1000 +
    (entry.announce === '' ? 0 : ANNOUNCEMENT_MS) +
    (conf.reportHoldTime ? ANNOUNCEMENT_MS : 0);
  const winner = {
    caller: caller.uniqueid,
    member: leg.uniqueid,
    interface: attempt.interface,
    memberName: attempt.memberName,
    ringTimeS,
  };
  // With one phone of many the member is marked as talking before its device is looked at; else after. Source: recordings `queue-*`.
  const timer = pbx.after(delayMs + (alone && conf.strategy === 'ringall' ? 0.05 : 0.35), memberReady, winner);
  entry.answered = true;
  beginActivity(leg, MEMBER, { winner, timer } satisfies MemberData);
}

/** The member is told what it is to know, or waits for the caller. */
const MEMBER = 'QueueMember';

interface MemberData {
  readonly winner: ForCaller & Winner;
  readonly timer: number;
}

export const queueMemberActivity: ActivityHandler = {
  name: MEMBER,
  hungUp: (pbx, leg) => {
    const data = activityData<MemberData>(leg, MEMBER);
    if (data === undefined) return;
    pbx.cancel(data.timer);
    pbx.continueNow(continuation(memberReady, data.winner));
  },
};

/** The caller leaves the line, and the two are connected. */
function ready(pbx: Pbx, waiting: Waiting, winner: Winner, leg: Channel | undefined): void {
  const { caller, queue, entry } = waiting;
  entry.answered = false;
  entry.pending = false;
  if (caller.hangupRequested || caller.redirected) return callerGone(pbx, waiting, leg);
  if (leg === undefined || leg.hangupRequested) return dumped(pbx, waiting, winner, leg);
  stopEntertaining(pbx, caller);
  const member = findMember(queue, winner.interface);
  if (member !== undefined) setConnectVariables(pbx, queue, entry, member, [caller, leg]);
  leaveLine(pbx, queue, entry, caller);
  const connection: Connection = {
    ...winner,
    queue: queue.name,
    options: entry.options,
    sinceMs: entry.sinceMs,
    answeredMs: pbx.now,
    inTime: waitedS(pbx, entry) <= queueConf(pbx, queue).serviceLevel,
  };
  startConnecting(pbx, caller, leg, connection, entry.gosub);
}

/** The member hung up on the caller while it was being told: AgentDump, and the caller waits on. */
function dumped(pbx: Pbx, waiting: Waiting, winner: Winner, leg: Channel | undefined): void {
  const { caller, queue } = waiting;
  if (leg !== undefined) {
    pbx.emit('AgentDump', [
      ...channelHeaders(current(pbx, caller)),
      ...channelHeaders(current(pbx, leg), 'Dest'),
      ['Queue', queue.name],
      ['Interface', winner.interface],
      ['MemberName', winner.memberName],
    ]);
    letGo(pbx, caller, leg);
  }
  pbx.continueNow(continuation(callsEnded, { caller: caller.uniqueid }));
}

/** The caller hung up while the member was being told of it. */
function callerGone(pbx: Pbx, waiting: Waiting, leg: Channel | undefined): void {
  if (leg !== undefined) letGo(pbx, waiting.caller, leg);
  leaveQueue(pbx, waiting, 'hangup');
}

function letGo(pbx: Pbx, caller: Channel, leg: Channel): void {
  tellDial(pbx, 'DialEnd', caller, leg, ['DialStatus', 'NOANSWER']);
  leg.activity = undefined;
  hangupSoon(pbx, leg);
}

export const answeredMemberTasks: readonly TaskHandler[] = [
  handle(memberReady, (pbx, { caller, ...winner }) => {
    const waiting = findWaiting(pbx, caller);
    const leg = pbx.channel(winner.member);
    if (waiting !== undefined) ready(pbx, waiting, winner, leg);
    else if (leg !== undefined) hangupSoon(pbx, leg);
  }),
];
