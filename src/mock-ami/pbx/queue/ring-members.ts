import { current, setCaller, setConnected } from '../channel.ts';
import { tellDial } from '../dial-events.ts';
import { startGosub } from '../gosub.ts';
import { LATENCY } from '../latency.ts';
import { lessForwards } from '../max-forwards.ts';
import { dropLeg, type LegReport, watchLeg } from '../outgoing-leg.ts';
import type { Pbx } from '../pbx.ts';
import { channelHeaders } from '../snapshot.ts';
import type { Channel } from '../state.ts';
import { continuation, handle, type TaskHandler } from '../task.ts';
import { callChannel, requestChannel } from '../technology.ts';
import { inheritVariables, setVariable } from '../variables.ts';
import { giveUpCalls, liveAttempts } from './member-calls.ts';
import { noLongerPending } from './member-status.ts';
import { type CallAttempt, type MemberCalls, queueConf, seconds } from './queue-state.ts';
import { callMember, type ForCaller, legSays, ringMembers, ringNext, ringTimeout, watchCalls } from './queue-tasks.ts';
import { mayRing } from './queue-turn.ts';
import { bestAttempt } from './strategy.ts';
import { findWaiting, type Waiting } from './waiting-caller.ts';

/** A caller whose members are being called. */
export interface Calling extends Waiting {
  readonly calls: MemberCalls;
}

export function findCalling(pbx: Pbx, uniqueid: string): Calling | undefined {
  const waiting = findWaiting(pbx, uniqueid);
  const calls = waiting?.entry.calls;
  return waiting === undefined || calls === undefined || waiting.caller.hangupRequested
    ? undefined
    : { ...waiting, calls };
}

/** Calls those whose turn it is: all of the best metric at once, or the best one. Source: `ring_one`, apps/app_queue.c. */
function ringRound(pbx: Pbx, calling: Calling): void {
  const { caller, queue, calls } = calling;
  calls.ringing = true;
  const best = bestAttempt(calls.attempts);
  if (best === undefined) return watch(pbx, calling);
  const all = queueConf(pbx, queue).strategy === 'ringall';
  const round = all
    ? calls.attempts.filter(({ open, channel, metric }) => open && channel === '' && metric <= best.metric)
    : [best];
  calls.toRing = round.map((attempt) => attempt.interface);
  pbx.after(REQUEST_MS, ringNext, { caller: caller.uniqueid });
}

/** Making a channel for a member. Source: recording `queue-call-answered`. */
const REQUEST_MS = 0.3;

function ringNextMember(pbx: Pbx, calling: Calling): void {
  const { caller, queue, calls } = calling;
  const next = calls.toRing.shift();
  if (next === undefined) return roundEnds(pbx, calling);
  const attempt = calls.attempts.find(({ interface: name }) => name === next);
  if (attempt === undefined || !mayRing(pbx, queue, attempt)) {
    if (attempt !== undefined) attempt.open = false;
    return ringNextMember(pbx, calling);
  }
  const slash = attempt.interface.indexOf('/');
  const destination = attempt.interface.slice(slash + 1);
  const result = requestChannel(pbx, attempt.interface.slice(0, Math.max(0, slash)), destination, caller);
  if ('cause' in result) return cannotCall(pbx, calling, attempt);
  prepare(pbx, calling, attempt, result.channel, destination);
}

function cannotCall(pbx: Pbx, calling: Calling, attempt: CallAttempt): void {
  calling.queue.roundPosition++;
  calling.entry.linearPosition++;
  noLongerPending(pbx, attempt.interface);
  attempt.open = false;
  ringNextMember(pbx, calling);
}

/** What the called channel takes over from the caller; nobody is told before it rings. Source: `ring_entry`, apps/app_queue.c. */
function prepare(pbx: Pbx, { caller, entry }: Calling, attempt: CallAttempt, leg: Channel, destination: string): void {
  attempt.channel = leg.uniqueid;
  setVariable(pbx, leg, 'DIALEDPEERNUMBER', destination);
  if (leg.accountCode === '') leg.accountCode = caller.accountCode;
  if ('C' in entry.options) leg.hangupCause = 26;
  leg.application = 'AppQueue';
  leg.applicationData = '(Outgoing Line)';
  if (leg.caller.num === '') setCaller(pbx, leg, { num: caller.connected.num || caller.dialedNumber || caller.exten });
  leg.connected = { ...caller.caller };
  inheritVariables(pbx, caller, leg);
  lessForwards(caller, leg);
  leg.context = caller.context;
  leg.exten = caller.exten;
  const then = { caller: caller.uniqueid, leg: leg.uniqueid };
  const before = entry.options['b'];
  if (before === undefined) pbx.after(LATENCY.call / 2, callMember, then);
  else startGosub(pbx, leg, before, continuation(callMember, then));
}

/** AgentCalled and DialBegin. Where members are called one after the other, the caller learns at once whom. */
function call(pbx: Pbx, calling: Calling, leg: Channel): void {
  const { caller, queue, entry, calls } = calling;
  const attempt = calls.attempts.find(({ channel }) => channel === leg.uniqueid);
  if (attempt === undefined) return;
  watchLeg(leg, continuation(legSays, { caller: caller.uniqueid } as ForCaller & LegReport));
  if (!callChannel(pbx, leg)) {
    dropLeg(pbx, leg);
    return cannotCall(pbx, calling, attempt);
  }
  pbx.emit('AgentCalled', [
    ...channelHeaders(current(pbx, caller)),
    ...channelHeaders(current(pbx, leg), 'Dest'),
    ['Queue', queue.name],
    ['Interface', attempt.interface],
    ['MemberName', attempt.memberName],
  ]);
  tellDial(pbx, 'DialBegin', caller, leg, ['DialString', attempt.interface]);
  if (queueConf(pbx, queue).strategy !== 'ringall' && !('I' in entry.options)) setConnected(pbx, caller, leg.caller);
  ringNextMember(pbx, calling);
}

/** Nobody of the round could be called: the next have their turn. */
function roundEnds(pbx: Pbx, calling: Calling): void {
  const { entry, calls } = calling;
  const expired = entry.expiresS > 0 && seconds(pbx.now) >= entry.expiresS;
  if (!expired && liveAttempts(pbx, calls).length === 0 && bestAttempt(calls.attempts) !== undefined)
    ringRound(pbx, calling);
  else watch(pbx, calling);
}

/** Waits for an answer, or goes on where nobody rings any more. Source: `wait_for_answer`, apps/app_queue.c. */
function watch(pbx: Pbx, calling: Calling): void {
  const { caller, queue, calls } = calling;
  calls.ringing = false;
  const self = { caller: caller.uniqueid };
  if (calls.startedMs === 0) startTime(pbx, calling);
  if (liveAttempts(pbx, calls).length > 0) return;
  const others = queueConf(pbx, queue).strategy === 'ringall' && bestAttempt(calls.attempts) !== undefined;
  if (others) pbx.continueNow(continuation(ringMembers, self));
  else giveUpCalls(pbx, calling);
}

/** The time for which members ring begins, or begins again. */
export function startTime(pbx: Pbx, { caller, calls }: Calling): void {
  pbx.cancel(calls.timer);
  calls.startedMs = pbx.now;
  calls.startedS = seconds(pbx.now);
  if (calls.timeoutMs !== null) calls.timer = pbx.after(calls.timeoutMs, ringTimeout, { caller: caller.uniqueid });
}

function forCalling<Data extends ForCaller>(what: (pbx: Pbx, calling: Calling, data: Data) => void) {
  return (pbx: Pbx, data: Data): void => {
    const calling = findCalling(pbx, data.caller);
    if (calling !== undefined) what(pbx, calling, data);
  };
}

export const ringMembersTasks: readonly TaskHandler[] = [
  handle(ringMembers, forCalling(ringRound)),
  handle(ringNext, forCalling(ringNextMember)),
  handle(watchCalls, forCalling(watch)),
  handle(
    callMember,
    forCalling((pbx, calling, { leg: uniqueid }) => {
      const leg = pbx.channel(uniqueid);
      if (leg !== undefined) call(pbx, calling, leg);
    }),
  ),
];
