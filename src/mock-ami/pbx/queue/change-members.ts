import type { Pbx } from '../pbx.ts';
import {
  isAvailable,
  memberHeaders,
  memberStatus,
  noLongerPending,
  tellAvailability,
  tellQueueDevice,
} from './member-status.ts';
import { newQueueMember } from './new-queue-member.ts';
import { keepMembers } from './persistent-members.ts';
import { queuesInOrder } from './queue-order.ts';
import { findMember, findQueue, type QueueMember, type QueueState, queueConf, seconds } from './queue-state.ts';

/** Somebody who is to take the calls of a queue. */
export interface Joining {
  readonly interface: string;
  /** '': the interface. */
  readonly name?: string;
  readonly penalty?: number;
  readonly paused?: boolean;
  readonly reason?: string;
  /** '': the interface. */
  readonly stateInterface?: string;
  readonly wrapupTime?: number;
}

/** Adds a member: QueueMemberAdded. Source: `add_to_queue`, apps/app_queue.c; recording `queue-member-actions`. */
export function addMember(pbx: Pbx, queueName: string, joining: Joining): 'added' | 'already-there' | 'no-such-queue' {
  const queue = findQueue(pbx, queueName);
  if (queue === undefined) return 'no-such-queue';
  if (findMember(queue, joining.interface) !== undefined) return 'already-there';
  const stateInterface = joining.stateInterface || joining.interface;
  const paused = joining.paused ?? false;
  const member = newQueueMember({
    interface: joining.interface,
    name: joining.name || joining.interface,
    stateInterface,
    membership: 'dynamic',
    penalty: Math.max(0, joining.penalty ?? 0),
    paused,
    pausedReason: paused ? (joining.reason ?? '') : '',
    lastPause: paused ? seconds(pbx.now) : 0,
    loginTime: seconds(pbx.now),
    ringInUse: queueConf(pbx, queue).ringInUse,
    wrapupTime: Math.max(0, joining.wrapupTime ?? 0),
    status: memberStatus(pbx, stateInterface),
    position: queue.members.length,
  });
  queue.members.push(member);
  tellPause(pbx, queue, member.interface, member.paused);
  pbx.emit('QueueMemberAdded', memberHeaders(queue.name, member));
  if (isAvailable(pbx, queue, member)) tellAvailability(pbx, queue, true);
  keepMembers(pbx, queue);
  return 'added';
}

function tellPause(pbx: Pbx, queue: QueueState, memberInterface: string, paused: boolean): void {
  tellQueueDevice(pbx, `Queue:${queue.name}_pause_${memberInterface}`, paused ? 'INUSE' : 'NOT_INUSE');
}

/** Removes a member that has logged in: QueueMemberRemoved. Source: `remove_from_queue`, apps/app_queue.c. */
export function removeMember(
  pbx: Pbx,
  queueName: string,
  memberInterface: string,
): 'removed' | 'not-there' | 'no-such-queue' | 'not-dynamic' {
  const queue = findQueue(pbx, queueName);
  if (queue === undefined) return 'no-such-queue';
  const member = findMember(queue, memberInterface);
  if (member === undefined) return 'not-there';
  if (member.membership !== 'dynamic') return 'not-dynamic';
  pbx.emit('QueueMemberRemoved', memberHeaders(queue.name, member));
  noLongerPending(pbx, member.interface);
  tellPause(pbx, queue, member.interface, false);
  closeRound(queue, member);
  keepMembers(pbx, queue);
  if (!somebodyFree(pbx, queue)) tellAvailability(pbx, queue, false);
  return 'removed';
}

/** Nobody is skipped in the round when one goes. Source: `queue_member_follower_removal`, apps/app_queue.c. */
function closeRound(queue: QueueState, gone: QueueMember): void {
  queue.members = queue.members.filter((member) => member !== gone);
  for (const member of queue.members) if (member.position > gone.position) member.position--;
  if (gone.position < queue.roundPosition) queue.roundPosition--;
}

function somebodyFree(pbx: Pbx, queue: QueueState): boolean {
  return queue.members.some((member) => isAvailable(pbx, queue, member));
}

/** The member in that queue, or in all where the queue is ''. */
function membersNamed(
  pbx: Pbx,
  queueName: string,
  memberInterface: string,
): { queue: QueueState; member: QueueMember }[] {
  return queuesInOrder(pbx)
    .filter(({ name }) => queueName === '' || name.toLowerCase() === queueName.toLowerCase())
    .flatMap((queue) => {
      const member = findMember(queue, memberInterface);
      return member === undefined ? [] : [{ queue, member }];
    });
}

/**
 * Pauses a member in one queue or (`queueName` '') in all, or lets it go on; false where it is in none. Told even where nothing changes.
 * The reason of going on is told once and not kept. Source: `set_queue_member_pause`, apps/app_queue.c; recording `queue-member-actions`.
 */
export function pauseMember(
  pbx: Pbx,
  queueName: string,
  memberInterface: string,
  paused: boolean,
  reason = '',
): boolean {
  const found = membersNamed(pbx, queueName, memberInterface);
  for (const { queue, member } of found) {
    member.paused = paused;
    if (paused) member.lastPause = seconds(pbx.now);
    member.pausedReason = paused ? reason : '';
    tellPause(pbx, queue, member.interface, paused);
    keepMembers(pbx, queue);
    if (isAvailable(pbx, queue, member)) tellAvailability(pbx, queue, true);
    else if (!somebodyFree(pbx, queue)) tellAvailability(pbx, queue, false);
    pbx.emit('QueueMemberPause', memberHeaders(queue.name, { ...member, pausedReason: reason }));
  }
  return found.length > 0;
}

/** Source: `set_member_penalty_help_members`, apps/app_queue.c. */
export function setPenalty(pbx: Pbx, queueName: string, memberInterface: string, penalty: number): boolean {
  if (penalty < 0) return false;
  return change(pbx, queueName, memberInterface, 'QueueMemberPenalty', (member) => {
    member.penalty = penalty;
  });
}

/** Whether the member is called while it talks. Source: `set_queue_member_ringinuse`, apps/app_queue.c. */
export function setRingInUse(pbx: Pbx, queueName: string, memberInterface: string, ringInUse: boolean): boolean {
  return change(pbx, queueName, memberInterface, 'QueueMemberRinginuse', (member) => {
    member.ringInUse = ringInUse;
  });
}

function change(
  pbx: Pbx,
  queueName: string,
  memberInterface: string,
  event: string,
  apply: (member: QueueMember) => void,
): boolean {
  const found = membersNamed(pbx, queueName, memberInterface);
  for (const { queue, member } of found) {
    apply(member);
    pbx.emit(event, memberHeaders(queue.name, member));
  }
  return found.length > 0;
}

/** Forgets what was counted, of one queue or ('') of all. Source: `clear_queue`, apps/app_queue.c. */
export function resetQueues(pbx: Pbx, queueName: string): void {
  for (const queue of queuesInOrder(pbx)) {
    if (queueName !== '' && queue.name.toLowerCase() !== queueName.toLowerCase()) continue;
    Object.assign(queue, { holdTimeS: 0, talkTimeS: 0, completed: 0, abandoned: 0, inTime: 0, abandonedInTime: 0 });
    for (const member of queue.members) Object.assign(member, { callsTaken: 0, lastCall: 0, inCall: false });
  }
}
