import type { Pbx } from '../pbx.ts';
import { isAvailable, isFree, memberStatus, noLongerPending, pendingMembers, wrapupS } from './member-status.ts';
import { queuesInOrder } from './queue-order.ts';
import {
  type CallAttempt,
  findMember,
  findQueue,
  type QueueEntry,
  type QueueState,
  queueConf,
  seconds,
} from './queue-state.ts';

/** How many callers could be served at once; for ringall and without autofill, one at most. Source: `num_available_members`, apps/app_queue.c. */
export function availableMembers(pbx: Pbx, queue: QueueState): number {
  const { autofill, strategy } = queueConf(pbx, queue);
  const free = queue.members.filter((member) => isAvailable(pbx, queue, member)).length;
  return autofill && strategy !== 'ringall' ? free : Math.min(free, 1);
}

/** Whether a caller stands so near the front that a free member could be its. Source: `is_our_turn`, apps/app_queue.c. */
export function isTurnOf(pbx: Pbx, queue: QueueState, entry: QueueEntry): boolean {
  const available = availableMembers(pbx, queue);
  const ahead = queue.entries.findIndex(({ channel }) => channel === entry.channel);
  if (ahead < 0) return false;
  const claimed = queue.entries.slice(0, ahead).filter(({ pending }) => !pending).length;
  return claimed < available && (queueConf(pbx, queue).autofill || ahead === 0);
}

/**
 * Whether a member may be called for a caller now; if so it counts as being called until its device changes.
 * Source: `can_ring_entry`, apps/app_queue.c.
 */
export function mayRing(pbx: Pbx, queue: QueueState, attempt: CallAttempt): boolean {
  const member = findMember(queue, attempt.interface);
  if (member === undefined || member.paused) return false;
  if (!member.ringInUse && !isFree(member.status)) return false;
  const last = attempt.lastQueue === '' ? undefined : findQueue(pbx, attempt.lastQueue);
  const rest = wrapupS(pbx, last ?? queue, member);
  if (rest > 0 && last !== undefined && member.inCall) return false;
  if (rest > 0 && seconds(pbx.now) - attempt.lastCall < rest) return false;
  if (isPreferredElsewhere(pbx, queue, attempt.interface)) return false;
  if (member.ringInUse) return true;
  const pending = pendingMembers(pbx);
  const key = member.interface.toLowerCase();
  if (pending.includes(key)) return false;
  pending.push(key);
  if (isFree(memberStatus(pbx, member.stateInterface))) return true;
  noLongerPending(pbx, member.interface);
  return false;
}

/** A queue of more weight, with more callers than free members, goes first. Source: `compare_weight`, apps/app_queue.c. */
function isPreferredElsewhere(pbx: Pbx, queue: QueueState, memberInterface: string): boolean {
  const { weight } = queueConf(pbx, queue);
  return queuesInOrder(pbx).some(
    (other) =>
      other !== queue &&
      other.entries.length > 0 &&
      findMember(other, memberInterface) !== undefined &&
      queueConf(pbx, other).weight > weight &&
      other.entries.length >= availableMembers(pbx, other),
  );
}
