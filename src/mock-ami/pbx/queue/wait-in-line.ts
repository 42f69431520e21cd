import { canMatch } from '../../dialplan/match.ts';
import type { ActivityHandler } from '../activity.ts';
import { goToExisting } from '../dialplan-run.ts';
import type { Pbx } from '../pbx.ts';
import type { Channel } from '../state.ts';
import { continuation, handle, type TaskHandler } from '../task.ts';
import { sayPeriodic, sayPosition } from './announcements.ts';
import { isEmpty } from './empty-queue.ts';
import { leaveQueue } from './leave-queue.ts';
import { cancelCalls, startCalls } from './member-calls.ts';
import { followRule } from './penalty-rules.ts';
import { leaveLine } from './queue-line.ts';
import { queueConf, seconds } from './queue-state.ts';
import { announced, callsEnded, checkTurn, type ForCaller, retryOver, serve } from './queue-tasks.ts';
import { isTurnOf } from './queue-turn.ts';
import { entertain, findWaiting, IN_QUEUE, stopEntertaining, type Waiting } from './waiting-caller.ts';

/** How often a caller that is not at the front looks again, in ms; a little more than a second, as recorded. */
const RECHECK_MS = 1000.5;

function isExpired(pbx: Pbx, { entry }: Waiting): boolean {
  return entry.expiresS > 0 && seconds(pbx.now) >= entry.expiresS;
}

/** The time in line, until it is this caller's turn. Source: `wait_our_turn`, apps/app_queue.c. */
function waitForTurn(pbx: Pbx, waiting: Waiting): void {
  const { caller, queue, entry } = waiting;
  const self = { caller: caller.uniqueid };
  if (entry.withdrawn) return leaveQueue(pbx, waiting, 'WITHDRAW');
  if (isTurnOf(pbx, queue, entry)) return pbx.continueNow(continuation(serve, self));
  if (isExpired(pbx, waiting)) return leaveQueue(pbx, waiting, 'TIMEOUT');
  if (isEmpty(pbx, queue, entry, queueConf(pbx, queue).leaveWhenEmpty)) return leaveEmptyLine(pbx, waiting);
  const again = continuation(checkTurn, self);
  if (sayPosition(pbx, waiting, again) || sayPeriodic(pbx, waiting, again)) return;
  followRule(pbx, entry, caller, 'at');
  entry.timer = pbx.after(RECHECK_MS, checkTurn, self);
}

/** Out of line first: the caller is not counted as waiting when it is told why. */
function leaveEmptyLine(pbx: Pbx, waiting: Waiting): void {
  leaveLine(pbx, waiting.queue, waiting.entry, waiting.caller);
  leaveQueue(pbx, waiting, 'LEAVEEMPTY');
}

/** At the front: calls the members, again and again. Source: the loop of `queue_exec`, apps/app_queue.c. */
function serveCaller(pbx: Pbx, waiting: Waiting): void {
  const self = { caller: waiting.caller.uniqueid };
  if (isExpired(pbx, waiting)) return leaveQueue(pbx, waiting, 'TIMEOUT');
  if (waiting.entry.tries > 0) {
    if (sayPosition(pbx, waiting, continuation(serve, self))) return;
  }
  if (sayPeriodic(pbx, waiting, continuation(serve, self))) return;
  followRule(pbx, waiting.entry, waiting.caller, 'after');
  startCalls(pbx, waiting);
}

/** Nobody answered: waits a bit, or has had enough. */
function afterCalls(pbx: Pbx, waiting: Waiting): void {
  const { queue, entry } = waiting;
  const conf = queueConf(pbx, queue);
  entry.tries++;
  if (isEmpty(pbx, queue, entry, conf.leaveWhenEmpty)) return leaveQueue(pbx, waiting, 'LEAVEEMPTY');
  const oneByOne = conf.strategy === 'rrmemory' || conf.strategy === 'linear' || conf.strategy === 'rrordered';
  const hasTried = !oneByOne || entry.tries >= queue.members.length;
  if (isExpired(pbx, waiting) || ('n' in entry.options && hasTried)) return leaveQueue(pbx, waiting, 'TIMEOUT');
  if (entry.withdrawn) return leaveQueue(pbx, waiting, 'WITHDRAW');
  entry.timer = pbx.after(conf.retry * 1000, retryOver, { caller: entry.channel });
}

/** The caller hung up: it abandons. */
function abandon(pbx: Pbx, caller: Channel): void {
  const waiting = findWaiting(pbx, caller.uniqueid);
  // A member is being told of this caller: the end is noticed when that is over.
  if (waiting === undefined || waiting.entry.answered) return;
  stopEntertaining(pbx, caller);
  cancelCalls(pbx, waiting);
  leaveQueue(pbx, waiting, 'hangup');
}

/** A key of a waiting caller may lead out of the queue, into the context that queues.conf names. Source: `valid_exit`, apps/app_queue.c. */
function pressed(pbx: Pbx, caller: Channel, digit: string): void {
  const waiting = findWaiting(pbx, caller.uniqueid);
  if (waiting === undefined) return;
  const { context } = queueConf(pbx, waiting.queue);
  if (context === '') return;
  const exten = waiting.entry.digits + digit;
  const query = { context, exten, callerId: caller.caller.num, nowMs: pbx.now };
  waiting.entry.digits = canMatch(pbx.dialplan, query) ? exten : '';
  if (!goToExisting(pbx, caller, `${context},${exten},1`)) return;
  cancelCalls(pbx, waiting);
  leaveQueue(pbx, waiting, 'key');
}

export const queueActivity: ActivityHandler = {
  name: IN_QUEUE,
  hungUp: abandon,
  digit: pressed,
};

function forCaller<Data extends ForCaller>(what: (pbx: Pbx, waiting: Waiting, data: Data) => void) {
  return (pbx: Pbx, data: Data): void => {
    const waiting = findWaiting(pbx, data.caller);
    if (waiting !== undefined && !waiting.caller.hangupRequested) what(pbx, waiting, data);
  };
}

export const waitInLineTasks: readonly TaskHandler[] = [
  handle(checkTurn, forCaller(waitForTurn)),
  handle(serve, forCaller(serveCaller)),
  handle(callsEnded, forCaller(afterCalls)),
  handle(
    announced,
    forCaller((pbx, waiting, { then }) => {
      entertain(pbx, waiting);
      pbx.continueNow(then);
    }),
  ),
  handle(
    retryOver,
    forCaller((pbx, waiting) => {
      if (waiting.entry.withdrawn) leaveQueue(pbx, waiting, 'WITHDRAW');
      else if (isTurnOf(pbx, waiting.queue, waiting.entry)) serveCaller(pbx, waiting);
      else {
        entertain(pbx, waiting);
        waitForTurn(pbx, waiting);
      }
    }),
  ),
];
