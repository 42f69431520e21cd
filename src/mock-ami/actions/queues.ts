import type { Header } from '../../ami/message.ts';
import type { QueueConf } from '../config/queues-conf.ts';
import { DEVICE_STATES } from '../pbx/device-state.ts';
import type { Pbx } from '../pbx/pbx.ts';
import { type QueueEntry, queueFigures } from '../pbx/queue-figures.ts';
import { type QueueMember, queueMembers } from '../pbx/queue-members.ts';
import type { ActionHandlers } from './action.ts';
import type { ActionRequest, Answered, ListItem } from './action-request.ts';
import { hashOrder, QUEUE_TABLE } from './hash-order.ts';

export const queueActions: ActionHandlers = { QueueStatus: queueStatus, QueueSummary: queueSummary };

/** Queues, their members and callers; an unknown queue gives an empty list. Source: `manager_queues_status`, apps/app_queue.c; recording `queue-status`. */
function queueStatus(request: ActionRequest): Answered {
  const { pbx } = request;
  const wanted = request.header('Member');
  const items = listedQueues(request).flatMap((queue): ListItem[] => {
    const members = (queueMembers(pbx)[queue.name] ?? []).filter(
      (member) => wanted === '' || member.interface === wanted || member.name === wanted,
    );
    return [
      { event: 'QueueParams', headers: paramHeaders(pbx, queue) },
      ...members.map((member) => ({ event: 'QueueMember', headers: memberHeaders(queue.name, member) })),
      ...queueFigures(pbx, queue.name).entries.map((entry, index) => ({
        event: 'QueueEntry',
        headers: entryHeaders(pbx, queue.name, entry, index + 1),
      })),
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
    const members = (queueMembers(pbx)[queue.name] ?? []).filter(
      ({ status }) => status !== 'UNAVAILABLE' && status !== 'INVALID',
    );
    const free = members.filter(({ status, paused }) => !paused && (status === 'NOT_INUSE' || status === 'UNKNOWN'));
    const { entries, holdTimeS, talkTimeS } = queueFigures(pbx, queue.name);
    const headers: Header[] = [
      ['Queue', queue.name],
      ['LoggedIn', String(members.length)],
      ['Available', String(free.length)],
      ['Callers', String(entries.length)],
      ['HoldTime', String(holdTimeS)],
      ['TalkTime', String(talkTimeS)],
      ['LongestHoldTime', String(Math.max(0, ...entries.map(({ sinceMs }) => secondsSince(pbx, sinceMs))))],
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

function listedQueues(request: ActionRequest): QueueConf[] {
  const wanted = request.header('Queue').toLowerCase();
  const queues = [...request.pbx.config.queues.queues.values()];
  const chosen = queues.filter(({ name }) => wanted === '' || name.toLowerCase() === wanted);
  return hashOrder(chosen, QUEUE_TABLE, ({ name }) => name);
}

function paramHeaders(pbx: Pbx, queue: QueueConf): Header[] {
  const figures = queueFigures(pbx, queue.name);
  const { completed, abandoned, inTime, abandonedInTime } = figures;
  const share = (part: number, whole: number): string => (whole === 0 ? 0 : (100 * part) / whole).toFixed(1);
  return [
    ['Queue', queue.name],
    ['Max', String(queue.maxLen)],
    ['Strategy', queue.strategy],
    ['Calls', String(figures.entries.length)],
    ['Holdtime', String(figures.holdTimeS)],
    ['TalkTime', String(figures.talkTimeS)],
    ['Completed', String(completed)],
    ['Abandoned', String(abandoned)],
    ['ServiceLevel', String(queue.serviceLevel)],
    ['ServicelevelPerf', share(inTime, completed)],
    ['ServicelevelPerf2', share(inTime + abandonedInTime, completed + abandoned)],
    ['Weight', String(queue.weight)],
  ];
}

/** Other names and another set than in the live events of the same member. */
function memberHeaders(queue: string, member: QueueMember): Header[] {
  return [
    ['Queue', queue],
    ['Name', member.name],
    ['Location', member.interface],
    ['StateInterface', member.stateInterface],
    ['Membership', member.membership],
    ['Penalty', String(member.penalty)],
    ['CallsTaken', String(member.callsTaken)],
    ['LastCall', String(member.lastCall)],
    ['LastPause', String(member.lastPause)],
    ['LoginTime', String(member.loginTime)],
    ['InCall', member.inCall ? '1' : '0'],
    ['Status', String(DEVICE_STATES.indexOf(member.status))],
    ['Paused', member.paused ? '1' : '0'],
    ['PausedReason', member.pausedReason],
    ['Wrapuptime', String(member.wrapupTime)],
  ];
}

function entryHeaders(pbx: Pbx, queue: string, entry: QueueEntry, position: number): Header[] {
  const channel = pbx.channel(entry.channel);
  const orUnknown = (value: string | undefined): string => (value === undefined || value === '' ? 'unknown' : value);
  return [
    ['Queue', queue],
    ['Position', String(position)],
    ['Channel', channel?.name ?? ''],
    ['Uniqueid', entry.channel],
    ['CallerIDNum', orUnknown(channel?.caller.num)],
    ['CallerIDName', orUnknown(channel?.caller.name)],
    ['ConnectedLineNum', orUnknown(channel?.connected.num)],
    ['ConnectedLineName', orUnknown(channel?.connected.name)],
    ['Wait', String(secondsSince(pbx, entry.sinceMs))],
    ['Priority', String(entry.priority)],
  ];
}

/** Asterisk counts from the whole second in which the caller came. */
function secondsSince(pbx: Pbx, ms: number): number {
  return Math.floor(pbx.now / 1000) - Math.floor(ms / 1000);
}
