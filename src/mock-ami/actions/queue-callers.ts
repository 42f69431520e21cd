import { isTrue } from '../config/conf-values.ts';
import type { Pbx } from '../pbx/pbx.ts';
import { changePriority } from '../pbx/queue/queue-line.ts';
import { findQueue, type QueueEntry, type QueueState } from '../pbx/queue/queue-state.ts';
import type { ActionHandlers } from './action.ts';
import type { ActionRequest, Answered } from './action-request.ts';

/** Source: apps/app_queue.c; recording `queue-withdraw-caller`. */
export const queueCallerActions: ActionHandlers = {
  QueueChangePriorityCaller: queueChangePriorityCaller,
  QueueWithdrawCaller: queueWithdrawCaller,
};

/** The caller that waits on the channel of that name. */
function findCaller(pbx: Pbx, queue: QueueState, channelName: string): QueueEntry | undefined {
  return queue.entries.find(({ channel }) => pbx.channel(channel)?.name === channelName);
}

function queueChangePriorityCaller(request: ActionRequest): Answered {
  const name = request.header('Queue');
  const caller = request.header('Caller');
  const wanted = request.header('Priority');
  if (name === '') return request.error("'Queue' not specified.");
  if (caller === '') return request.error("'Caller' not specified.");
  if (wanted === '') return request.error("'Priority' not specified.");
  const priority = Number.parseInt(wanted, 10);
  if (Number.isNaN(priority)) return request.error("'Priority' need integer.");
  const queue = findQueue(request.pbx, name);
  if (queue === undefined) return request.error('Unable to change priority caller on queue: No such queue');
  const entry = findCaller(request.pbx, queue, caller);
  if (entry === undefined) return request.error('Unable to change priority caller on queue: No such caller');
  changePriority(queue, entry, priority, isTrue(request.header('Immediate')));
  return request.success('Priority change for caller on queue');
}

/** The caller leaves when it looks at its turn next. */
function queueWithdrawCaller(request: ActionRequest): Answered {
  const name = request.header('Queue');
  const caller = request.header('Caller');
  if (name === '') return request.error("'Queue' not specified.");
  if (caller === '') return request.error("'Caller' not specified.");
  const queue = findQueue(request.pbx, name);
  if (queue === undefined) return request.error('Unable to request withdraw from queue: No such queue');
  const entry = findCaller(request.pbx, queue, caller);
  if (entry === undefined) return request.error('Unable to request withdraw from queue: No such caller');
  if (entry.withdrawn) return request.error('Unable to request withdraw from queue: Already requested');
  entry.withdrawn = true;
  entry.withdrawInfo = request.header('WithdrawInfo');
  return request.success('Withdraw requested successfully');
}
