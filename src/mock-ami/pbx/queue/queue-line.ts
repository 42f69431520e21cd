import { emitShown } from '../channel.ts';
import type { Pbx } from '../pbx.ts';
import type { Channel } from '../state.ts';
import { setVariable } from '../variables.ts';
import { tellQueueDevice } from './member-status.ts';
import { positionOf, type QueueEntry, type QueueState, queueConf, queueStates, waitedS } from './queue-state.ts';
import { setQueueVariables } from './queue-variables.ts';

/** Puts a caller in line, behind those of the same priority: QueueCallerJoin. Source: `join_queue`, apps/app_queue.c. */
export function joinLine(pbx: Pbx, queue: QueueState, entry: QueueEntry, channel: Channel, wanted: number): void {
  const before = placeFor(queue.entries, entry.priority, wanted);
  queue.entries.splice(before, 0, entry);
  entry.originalPosition = before + 1;
  if (queue.entries.length === 1) tellQueueDevice(pbx, `Queue:${queue.name}`, 'RINGING');
  emitShown(pbx, channel, 'QueueCallerJoin', [
    ['Queue', queue.name],
    ['Position', String(before + 1)],
    ['Count', String(queue.entries.length)],
  ]);
}

/** Before the first of lower priority; before one of the same where a position is wanted. */
function placeFor(entries: readonly QueueEntry[], priority: number, wanted: number): number {
  const at = entries.findIndex(
    (other, index) => priority > other.priority || (wanted > 0 && priority >= other.priority && wanted <= index + 1),
  );
  return at < 0 ? entries.length : at;
}

/** Takes a caller out of line: QueueCallerLeave, and QUEUEPOSITION. The others move up. Source: `leave_queue`, apps/app_queue.c. */
export function leaveLine(pbx: Pbx, queue: QueueState, entry: QueueEntry, channel: Channel): void {
  const position = positionOf(queue, entry);
  if (position === 0) return;
  entry.leftAt = position;
  queue.entries.splice(position - 1, 1);
  if (queue.entries.length === 0) tellQueueDevice(pbx, `Queue:${queue.name}`, 'NOT_INUSE');
  emitShown(pbx, channel, 'QueueCallerLeave', [
    ['Queue', queue.name],
    ['Position', String(position)],
    ['Count', String(queue.entries.length)],
  ]);
  setVariable(pbx, channel, 'QUEUEPOSITION', String(position));
  if (queue.entries.length === 0 && !pbx.config.queues.queues.has(queue.name)) delete queueStates(pbx)[queue.name];
}

/** The caller got nobody: QueueCallerAbandon. Source: `record_abandoned`, apps/app_queue.c. */
export function recordAbandoned(pbx: Pbx, queue: QueueState, entry: QueueEntry, channel: Channel): void {
  setVariable(pbx, channel, 'ABANDONED', 'TRUE');
  setQueueVariables(pbx, queue, channel);
  const held = waitedS(pbx, entry);
  queue.abandoned++;
  if (held <= queueConf(pbx, queue).serviceLevel) queue.abandonedInTime++;
  emitShown(pbx, channel, 'QueueCallerAbandon', [
    ['Queue', queue.name],
    ['Position', String(positionOf(queue, entry) || entry.leftAt)],
    ['OriginalPosition', String(entry.originalPosition)],
    ['HoldTime', String(held)],
  ]);
}

/** Gives a waiting caller another priority; `atOnce` it moves to the place that goes with it. Source: `change_priority_caller_on_queue`. */
export function changePriority(queue: QueueState, entry: QueueEntry, priority: number, atOnce: boolean): void {
  entry.priority = priority;
  if (!atOnce) return;
  const others = queue.entries.filter((other) => other !== entry);
  others.splice(placeFor(others, priority, 0), 0, entry);
  queue.entries = others;
}
