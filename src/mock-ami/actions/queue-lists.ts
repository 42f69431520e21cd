import type { Header } from '../../ami/message.ts';
import type { Pbx } from '../pbx/pbx.ts';
import { isFree, memberFigures } from '../pbx/queue/member-status.ts';
import { membersInOrder, queuesInOrder } from '../pbx/queue/queue-order.ts';
import { type QueueEntry, type QueueMember, type QueueState, queueConf, waitedS } from '../pbx/queue/queue-state.ts';
import type { ActionHandlers } from './action.ts';
import type { ActionRequest, Answered, ListItem } from './action-request.ts';

export const queueListActions: ActionHandlers = { QueueStatus: queueStatus, QueueSummary: queueSummary };

/** Queues, their members and callers; an unknown queue gives an empty list. Source: `manager_queues_status`, apps/app_queue.c; recording `queue-status`. */
function queueStatus(request: ActionRequest): Answered {
  const { pbx } = request;
  const wanted = request.header('Member');
  const items = listedQueues(request).flatMap((queue): ListItem[] => {
    const members = membersInOrder(pbx, queue).filter(
      (member) => wanted === '' || member.interface === wanted || member.name === wanted,
    );
    return [
      { event: 'QueueParams', headers: paramHeaders(pbx, queue) },
      ...members.map((member) => ({ event: 'QueueMember', headers: memberHeaders(queue.name, member) })),
      ...queue.entries.map((entry, index) => ({ event: 'QueueEntry', headers: entryHeaders(pbx, entry, index + 1) })),
    ];
  });
  return request.list({
    message: 'Queue status will follow',
    items,
    complete: 'QueueStatusComplete',
    actionIdStands: 'last',
  });
}

/** Source: `manager_queues_summary`, apps/app_queue.c; recording `queue-summary`. */
function queueSummary(request: ActionRequest): Answered {
  const { pbx } = request;
  const items = listedQueues(request).map((queue): ListItem => {
    const members = queue.members.filter(({ status }) => status !== 'UNAVAILABLE' && status !== 'INVALID');
    const free = members.filter(({ status, paused }) => !paused && isFree(status));
    const headers: Header[] = [
      ['Queue', queue.name],
      ['LoggedIn', String(members.length)],
      ['Available', String(free.length)],
      ['Callers', String(queue.entries.length)],
      ['HoldTime', String(queue.holdTimeS)],
      ['TalkTime', String(queue.talkTimeS)],
      ['LongestHoldTime', String(Math.max(0, ...queue.entries.map((entry) => waitedS(pbx, entry))))],
    ];
    return { event: 'QueueSummary', headers };
  });
  return request.list({
    message: 'Queue summary will follow',
    items,
    complete: 'QueueSummaryComplete',
    actionIdStands: 'last',
  });
}

function listedQueues(request: ActionRequest): QueueState[] {
  const wanted = request.header('Queue').toLowerCase();
  return queuesInOrder(request.pbx).filter(({ name }) => wanted === '' || name.toLowerCase() === wanted);
}

function paramHeaders(pbx: Pbx, queue: QueueState): Header[] {
  const conf = queueConf(pbx, queue);
  const { completed, abandoned, inTime, abandonedInTime } = queue;
  const share = (part: number, whole: number): string => (whole === 0 ? 0 : (100 * part) / whole).toFixed(1);
  return [
    ['Queue', queue.name],
    ['Max', String(conf.maxLen)],
    ['Strategy', conf.strategy],
    ['Calls', String(queue.entries.length)],
    ['Holdtime', String(queue.holdTimeS)],
    ['TalkTime', String(queue.talkTimeS)],
    ['Completed', String(completed)],
    ['Abandoned', String(abandoned)],
    ['ServiceLevel', String(conf.serviceLevel)],
    ['ServicelevelPerf', share(inTime, completed)],
    ['ServicelevelPerf2', share(inTime + abandonedInTime, completed + abandoned)],
    ['Weight', String(conf.weight)],
  ];
}

/** Other names and another set than in the live events of the same member. */
function memberHeaders(queue: string, member: QueueMember): Header[] {
  return [
    ['Queue', queue],
    ['Name', member.name],
    ['Location', member.interface],
    ...memberFigures(member),
    ['Wrapuptime', String(member.wrapupTime)],
  ];
}

function entryHeaders(pbx: Pbx, entry: QueueEntry, position: number): Header[] {
  const channel = pbx.channel(entry.channel);
  const orUnknown = (value: string | undefined): string => (value === undefined || value === '' ? 'unknown' : value);
  return [
    ['Queue', entry.queue],
    ['Position', String(position)],
    ['Channel', channel?.name ?? ''],
    ['Uniqueid', entry.channel],
    ['CallerIDNum', orUnknown(channel?.caller.num)],
    ['CallerIDName', orUnknown(channel?.caller.name)],
    ['ConnectedLineNum', orUnknown(channel?.connected.num)],
    ['ConnectedLineName', orUnknown(channel?.connected.name)],
    ['Wait', String(waitedS(pbx, entry))],
    ['Priority', String(entry.priority)],
  ];
}
