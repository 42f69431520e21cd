import { isFalse, isTrue } from '../config/conf-values.ts';
import { addMember, pauseMember, removeMember, setPenalty, setRingInUse } from '../pbx/queue/change-members.ts';
import type { ActionHandlers } from './action.ts';
import type { ActionRequest, Answered } from './action-request.ts';

/** Source: the manager actions of apps/app_queue.c; recording `queue-member-actions`. */
export const queueMemberActions: ActionHandlers = {
  QueueAdd: queueAdd,
  QueueRemove: queueRemove,
  QueuePause: queuePause,
  QueuePenalty: queuePenalty,
  QueueMemberRingInUse: queueMemberRingInUse,
};

/** The whole number that a header begins with; 0 where there is none. */
function integer(text: string): number {
  return Number.parseInt(text, 10) || 0;
}

function queueAdd(request: ActionRequest): Answered {
  const queue = request.header('Queue');
  const memberInterface = request.header('Interface');
  if (queue === '') return request.error("'Queue' not specified.");
  if (memberInterface === '') return request.error("'Interface' not specified.");
  const done = addMember(request.pbx, queue, {
    interface: memberInterface,
    name: request.header('MemberName'),
    penalty: integer(request.header('Penalty')),
    paused: isTrue(request.header('Paused')),
    reason: request.header('Reason'),
    stateInterface: request.header('StateInterface'),
    wrapupTime: integer(request.header('Wrapuptime')),
  });
  switch (done) {
    case 'added':
      return request.success('Added interface to queue');
    case 'already-there':
      return request.error('Unable to add interface: Already there');
    case 'no-such-queue':
      return request.error('Unable to add interface to queue: No such queue');
  }
}

function queueRemove(request: ActionRequest): Answered {
  const queue = request.header('Queue');
  const memberInterface = request.header('Interface');
  if (queue === '' || memberInterface === '') return request.error("Need 'Queue' and 'Interface' parameters.");
  switch (removeMember(request.pbx, queue, memberInterface)) {
    case 'removed':
      return request.success('Removed interface from queue');
    case 'not-there':
      return request.error('Unable to remove interface: Not there');
    case 'no-such-queue':
      return request.error('Unable to remove interface from queue: No such queue');
    case 'not-dynamic':
      return request.error('Member not dynamic');
  }
}

function queuePause(request: ActionRequest): Answered {
  const memberInterface = request.header('Interface');
  const wanted = request.header('Paused');
  if (memberInterface === '' || wanted === '') return request.error("Need 'Interface' and 'Paused' parameters.");
  const paused = isTrue(wanted);
  const found = pauseMember(request.pbx, request.header('Queue'), memberInterface, paused, request.header('Reason'));
  if (!found) return request.error('Interface not found');
  return request.success(paused ? 'Interface paused successfully' : 'Interface unpaused successfully');
}

function queuePenalty(request: ActionRequest): Answered {
  const memberInterface = request.header('Interface');
  const penalty = request.header('Penalty');
  if (memberInterface === '' || penalty === '') return request.error("Need 'Interface' and 'Penalty' parameters.");
  const found = setPenalty(request.pbx, request.header('Queue'), memberInterface, integer(penalty));
  return found
    ? request.success('Interface penalty set successfully')
    : request.error('Invalid interface, queuename or penalty');
}

function queueMemberRingInUse(request: ActionRequest): Answered {
  const memberInterface = request.header('Interface');
  const wanted = request.header('RingInUse');
  if (memberInterface === '' || wanted === '') return request.error("Need 'Interface' and 'RingInUse' parameters.");
  if (!isTrue(wanted) && !isFalse(wanted)) {
    return request.error("'RingInUse' parameter must be a truth value (yes/no, on/off, 0/1, etc)");
  }
  const found = setRingInUse(request.pbx, request.header('Queue'), memberInterface, isTrue(wanted));
  return found
    ? request.success('Interface ringinuse set successfully')
    : request.error('Invalid interface, queuename, or ringinuse value\n');
}
