import type { Pbx } from '../pbx.ts';
import { suits } from './empty-queue.ts';
import {
  type CallAttempt,
  type QueueEntry,
  type QueueMember,
  type QueueState,
  queueConf,
  seconds,
} from './queue-state.ts';

/** One step of penalty weighs more than anything that a strategy counts. */
const PENALTY_WEIGHT = 1_000_000;

/**
 * How soon a member's turn comes, the lower the sooner; `undefined` where the caller's limits exclude it. `place` counts the members.
 * Source: `calc_metric`, apps/app_queue.c.
 */
export function metricOf(
  pbx: Pbx,
  queue: QueueState,
  entry: QueueEntry,
  member: QueueMember,
  place: number,
): number | undefined {
  const conf = queueConf(pbx, queue);
  const countsPenalty = queue.members.length > conf.penaltyMembersLimit;
  const penalty = Math.max(member.penalty, entry.raisePenalty ?? 0);
  if (countsPenalty && !suits(entry, penalty)) return undefined;
  const weight = countsPenalty ? penalty * PENALTY_WEIGHT : 0;
  switch (conf.strategy) {
    case 'ringall':
      return weight;
    case 'linear':
      if (place > entry.linearPosition) entry.linearWrapped = true;
      return weight + (place < entry.linearPosition ? 1000 + place : place);
    case 'rrmemory':
    case 'rrordered':
      if (member.position > queue.roundPosition) queue.roundWrapped = true;
      return weight + (member.position < queue.roundPosition ? 1000 + member.position : member.position);
    case 'random':
      return weight + Math.floor(pbx.random() * 1000);
    case 'wrandom':
      return Math.floor(pbx.random() * (1 + penalty) * 1000);
    case 'fewestcalls':
      return weight + member.callsTaken;
    case 'leastrecent':
      return weight + (member.lastCall === 0 ? 0 : PENALTY_WEIGHT - (seconds(pbx.now) - member.lastCall));
  }
}

/** The attempt whose turn it is: open, not being called, of the lowest metric. */
export function bestAttempt(attempts: readonly CallAttempt[]): CallAttempt | undefined {
  const waiting = attempts.filter((attempt) => attempt.open && attempt.channel === '');
  return waiting.reduce<CallAttempt | undefined>(
    (best, attempt) => (best === undefined || attempt.metric < best.metric ? attempt : best),
    undefined,
  );
}

/** Remembers where to go on, for strategies that do. Source: `store_next_rr` and `store_next_lin`, apps/app_queue.c. */
export function rememberNext(pbx: Pbx, queue: QueueState, entry: QueueEntry, attempts: readonly CallAttempt[]): void {
  const { strategy } = queueConf(pbx, queue);
  const best = bestAttempt(attempts);
  const after = (present: number, wrapped: boolean): number =>
    best !== undefined ? best.metric % 1000 : wrapped ? 0 : present + 1;
  if (strategy === 'rrmemory' || strategy === 'rrordered') {
    queue.roundPosition = after(queue.roundPosition, queue.roundWrapped);
    queue.roundWrapped = false;
  }
  if (strategy === 'linear') {
    entry.linearPosition = after(entry.linearPosition, entry.linearWrapped);
    entry.linearWrapped = false;
  }
}
