import type { Pbx } from '../pbx.ts';
import type { Channel } from '../state.ts';
import { setVariable } from '../variables.ts';
import { type QueueEntry, type QueueMember, type QueueState, queueConf, seconds, waitedS } from './queue-state.ts';

type Variables = readonly (readonly [name: string, value: string])[];

/** What a queue does, as variables; QUEUENAME comes with them where a caller's channel gets them. */
export function figuresAsVariables(pbx: Pbx, queue: QueueState): Variables {
  const conf = queueConf(pbx, queue);
  const level = queue.completed > 0 ? (100 * queue.inTime) / queue.completed : 0;
  return [
    ['QUEUEMAX', String(conf.maxLen)],
    ['QUEUESTRATEGY', conf.strategy],
    ['QUEUECALLS', String(queue.entries.length)],
    ['QUEUEHOLDTIME', String(queue.holdTimeS)],
    ['QUEUETALKTIME', String(queue.talkTimeS)],
    ['QUEUECOMPLETED', String(queue.completed)],
    ['QUEUEABANDONED', String(queue.abandoned)],
    ['QUEUESRVLEVEL', String(conf.serviceLevel)],
    ['QUEUESRVLEVELPERF', level.toFixed(1)],
  ];
}

export function setAll(pbx: Pbx, channel: Channel, variables: Variables): void {
  for (const [name, value] of variables) setVariable(pbx, channel, name, value);
}

/** Where the queue says `setqueuevar`. Source: `set_queue_variables`, apps/app_queue.c. */
export function setQueueVariables(pbx: Pbx, queue: QueueState, channel: Channel): void {
  if (!queueConf(pbx, queue).setQueueVar) return;
  setAll(pbx, channel, [['QUEUENAME', queue.name], ...figuresAsVariables(pbx, queue)]);
}

/** What the two who are connected learn of each other, where the queue says so. Source: `try_calling`, apps/app_queue.c. */
export function setConnectVariables(
  pbx: Pbx,
  queue: QueueState,
  entry: QueueEntry,
  member: QueueMember,
  channels: readonly Channel[],
): void {
  const conf = queueConf(pbx, queue);
  if (conf.setInterfaceVar) {
    const variables: Variables = [
      ['MEMBERINTERFACE', member.interface],
      ['MEMBERNAME', member.name],
      ['MEMBERCALLS', String(member.callsTaken)],
      ['MEMBERLASTCALL', String(member.lastCall)],
      ['MEMBERPENALTY', String(member.penalty)],
      ['MEMBERDYNAMIC', member.membership === 'dynamic' ? '1' : '0'],
      ['MEMBERREALTIME', '0'],
    ];
    for (const channel of channels) setAll(pbx, channel, variables);
  }
  if (conf.setQueueEntryVar) {
    const variables: Variables = [
      ['QEHOLDTIME', String(waitedS(pbx, entry))],
      ['QEORIGINALPOS', String(entry.originalPosition)],
    ];
    for (const channel of channels) setAll(pbx, channel, variables);
  }
  for (const channel of channels) setQueueVariables(pbx, queue, channel);
}

/** A duration as `NAME` in seconds and `NAME_MS`. */
export function setDuration(pbx: Pbx, channel: Channel, name: string, ms: number): void {
  setVariable(pbx, channel, name, String(seconds(ms)));
  setVariable(pbx, channel, `${name}_MS`, String(ms));
}
