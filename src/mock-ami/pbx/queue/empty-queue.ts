import type { EmptyRule } from '../../config/queues-conf.ts';
import type { DeviceStateName } from '../device-state.ts';
import type { Pbx } from '../pbx.ts';
import { isWrappingUp, memberStatus } from './member-status.ts';
import type { QueueEntry, QueueMember, QueueState } from './queue-state.ts';

/** Whether nobody counts as there for a caller; a rule without conditions says no. Source: `get_member_status`, apps/app_queue.c. */
export function isEmpty(pbx: Pbx, queue: QueueState, entry: QueueEntry, rule: EmptyRule): boolean {
  if (rule.length === 0) return false;
  const counts = (member: QueueMember, status: DeviceStateName): boolean => {
    if (rule.includes('penalty') && !suits(entry, member.penalty)) return false;
    if (ABSENT[status] !== undefined && rule.includes(ABSENT[status])) return false;
    if (rule.includes('paused') && member.paused) return false;
    return !(rule.includes('wrapup') && isWrappingUp(pbx, queue, member));
  };
  if (queue.members.some((member) => counts(member, member.status))) return false;
  // Ringing may have ended without the queue having heard of it yet.
  return (
    !rule.includes('ringing') ||
    !queue.members.some((member) => counts(member, memberStatus(pbx, member.stateInterface)))
  );
}

const ABSENT: Readonly<Partial<Record<DeviceStateName, EmptyRule[number]>>> = {
  INVALID: 'invalid',
  UNAVAILABLE: 'unavailable',
  INUSE: 'inuse',
  RINGING: 'ringing',
  UNKNOWN: 'unknown',
};

/** Whether a caller's limits let a member of that penalty be called. */
export function suits(entry: QueueEntry, penalty: number): boolean {
  return (
    (entry.maxPenalty === null || penalty <= entry.maxPenalty) &&
    (entry.minPenalty === null || penalty >= entry.minPenalty)
  );
}
