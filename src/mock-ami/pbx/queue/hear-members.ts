import { current, setConnected } from '../channel.ts';
import { tellDial } from '../dial-events.ts';
import { forwardLeg } from '../dial-forward.ts';
import { hangupNow } from '../hangup.ts';
import { stopMusic } from '../music.ts';
import type { LegReport } from '../outgoing-leg.ts';
import type { Pbx } from '../pbx.ts';
import { channelHeaders } from '../snapshot.ts';
import type { Channel, PartyId } from '../state.ts';
import { continuation, handle, type TaskHandler } from '../task.ts';
import { indicateRingingTo } from '../technology.ts';
import { memberAnswered } from './answered-member.ts';
import { pauseMember } from './change-members.ts';
import { forgetPending, giveUpCalls, liveAttempts, remainingMs } from './member-calls.ts';
import { type CallAttempt, findMember, type MemberCalls, queueConf, seconds } from './queue-state.ts';
import {
  callerPrepared,
  type ForCaller,
  legSays,
  memberRings,
  ringMembers,
  ringTimeout,
  watchCalls,
} from './queue-tasks.ts';
import { type Calling, findCalling, startTime } from './ring-members.ts';
import { entertain, holdInQueue } from './waiting-caller.ts';

/** A member that is called next needs more of the time that is left than this, in ms. */
const WORTH_TRYING_MS = 500;

/** Of phones that ring at once the one called last is heard first. Source: both runs of `queue-call-answered`. */
function ringHeardAfter(calls: MemberCalls, attempt: CallAttempt): number {
  return 0.75 * (calls.attempts.length - 1 - calls.attempts.indexOf(attempt));
}

/** A phone rings. */
function rings(pbx: Pbx, { caller, entry }: Calling, leg: Channel): void {
  tellDial(pbx, 'DialState', caller, leg, ['DialStatus', 'RINGING']);
  if (!('R' in entry.options)) return;
  stopMusic(pbx, caller);
  indicateRingingTo(pbx, caller);
}

/** The phone wants somebody else to be called in its place; option `i` forbids it. */
function forwarded(pbx: Pbx, calling: Calling, leg: Channel, attempt: CallAttempt, to: string): void {
  const { caller, queue, entry } = calling;
  const report = continuation(legSays, { caller: caller.uniqueid } as ForCaller & LegReport);
  const next = 'i' in entry.options ? undefined : forwardLeg(pbx, caller, leg, to, report);
  attempt.channel = next ?? '';
  if (next !== undefined) return;
  attempt.open = false;
  forgetPending(pbx, queue, attempt);
  leg.activity = undefined;
  hangupNow(pbx, leg);
  pbx.continueNow(continuation(watchCalls, { caller: caller.uniqueid }));
}

/** The called one has turned out to be somebody else: the caller learns it, unless several are called at once. */
function connected(pbx: Pbx, { caller, queue, entry }: Calling, party: PartyId): void {
  if (queueConf(pbx, queue).strategy !== 'ringall' && !('I' in entry.options)) setConnected(pbx, caller, party);
}

/** A member's phone ended the call, or its line is busy: the next one has its turn. Source: `wait_for_answer`, apps/app_queue.c. */
function failed(pbx: Pbx, calling: Calling, leg: Channel, attempt: CallAttempt): void {
  const { caller, queue, calls } = calling;
  const self = { caller: caller.uniqueid };
  tellDial(pbx, 'DialEnd', caller, leg, ['DialStatus', 'NOANSWER']);
  ringNoAnswer(pbx, calling, leg, attempt, (seconds(pbx.now) - calls.startedS) * 1000);
  forgetPending(pbx, queue, attempt);
  attempt.open = false;
  attempt.channel = '';
  if (leg.bridge === '') {
    leg.activity = undefined;
    hangupNow(pbx, leg);
  }
  const { strategy, timeoutRestart } = queueConf(pbx, queue);
  if (strategy === 'ringall') return pbx.continueNow(continuation(watchCalls, self));
  if (timeoutRestart) startTime(pbx, calling);
  calls.startedS = seconds(pbx.now);
  pbx.continueNow(continuation(remainingMs(pbx, calls) > WORTH_TRYING_MS ? ringMembers : watchCalls, self));
}

/** AgentRingNoAnswer, and the pause that the queue may put on the member for it. Source: `rna`, apps/app_queue.c. */
function ringNoAnswer(pbx: Pbx, calling: Calling, leg: Channel, attempt: CallAttempt, ringMs: number): void {
  const { caller, queue, entry } = calling;
  if ('R' in entry.options) entertain(pbx, calling);
  pbx.emit('AgentRingNoAnswer', [
    ...channelHeaders(current(pbx, caller)),
    ...channelHeaders(current(pbx, leg), 'Dest'),
    ['Queue', queue.name],
    ['Interface', attempt.interface],
    ['MemberName', attempt.memberName],
    ['RingTime', String(ringMs)],
  ]);
  const { autopause, autopauseDelay } = queueConf(pbx, queue);
  if (autopause === 'no') return;
  const lastCall = findMember(queue, attempt.interface)?.lastCall ?? 0;
  if (lastCall !== 0 && autopauseDelay > seconds(pbx.now) - lastCall) return;
  pauseMember(pbx, autopause === 'all' ? '' : queue.name, attempt.interface, true, 'Auto-Pause');
}

/** The time is over: told of each that rings, then of each as not answered. */
function timedOut(pbx: Pbx, calling: Calling): void {
  const { caller, calls } = calling;
  const live = liveAttempts(pbx, calls);
  for (const { attempt, leg } of live) ringNoAnswer(pbx, calling, leg, attempt, calls.timeoutMs ?? 0);
  for (const { leg } of live) tellDial(pbx, 'DialEnd', caller, leg, ['DialStatus', 'NOANSWER']);
  giveUpCalls(pbx, calling);
}

function heard(pbx: Pbx, data: ForCaller & LegReport): void {
  const calling = findCalling(pbx, data.caller);
  const leg = pbx.channel(data.leg);
  const attempt = calling?.calls.attempts.find(({ channel }) => channel === data.leg);
  if (calling === undefined || leg === undefined || attempt === undefined) return;
  // Who calls the members hears them when all are called.
  if (calling.calls.ringing) {
    pbx.after(0.2, legSays, data);
    return;
  }
  const { control } = data;
  if (control.kind === 'ringing')
    pbx.after(ringHeardAfter(calling.calls, attempt), memberRings, { caller: data.caller, leg: data.leg });
  else if (control.kind === 'answer') memberAnswered(pbx, calling, leg, attempt);
  else if (control.kind === 'connected') connected(pbx, calling, control.party);
  else if (control.kind === 'forward') forwarded(pbx, calling, leg, attempt, control.to);
  else if (control.kind === 'hangup') failed(pbx, calling, leg, attempt);
}

export const hearMembersTasks: readonly TaskHandler[] = [
  handle(legSays, heard),
  handle(memberRings, (pbx, { caller, leg: uniqueid }) => {
    const calling = findCalling(pbx, caller);
    const leg = pbx.channel(uniqueid);
    if (calling?.calls.attempts.some(({ channel }) => channel === uniqueid) && leg !== undefined)
      rings(pbx, calling, leg);
  }),
  handle(ringTimeout, (pbx, { caller }) => {
    const calling = findCalling(pbx, caller);
    if (calling !== undefined && !calling.calls.ringing) timedOut(pbx, calling);
  }),
  handle(callerPrepared, (pbx, { caller: uniqueid, queue: name }) => {
    const caller = pbx.channel(uniqueid);
    if (caller === undefined) return;
    holdInQueue(caller, name);
    if (caller.hangupRequested) pbx.machinery.activities.get('Queue')?.hungUp(pbx, caller);
    else pbx.continueNow(continuation(ringMembers, { caller: uniqueid }));
  }),
];
