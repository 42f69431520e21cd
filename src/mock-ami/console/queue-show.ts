import { DEVICE_TEXTS } from '../actions/pjsip-objects.ts';
import type { Pbx } from '../pbx/pbx.ts';
import { type QueueMember, type QueueState, queueConf, queueStates, waitedS } from '../pbx/queue/queue-state.ts';
import type { ConsoleRequest } from './console-command.ts';

/** All queues, by name, or one. Source: `__queues_show`, apps/app_queue.c; recording `command-action`. */
export function queueShow({ host, words }: ConsoleRequest): string[] {
  const [wanted] = words;
  const queues = Object.values(queueStates(host.pbx)).filter(({ name }) => wanted === undefined || name === wanted);
  if (queues.length === 0) return [wanted === undefined ? 'No queues.' : `No such queue: ${wanted}.`];
  queues.sort((one, other) => (one.name < other.name ? -1 : 1));
  return [...queues.flatMap((queue) => [...queueLines(host.pbx, queue), '']), ''];
}

function queueLines(pbx: Pbx, queue: QueueState): string[] {
  const conf = queueConf(pbx, queue);
  const { entries, holdTimeS, talkTimeS, completed, abandoned, inTime, abandonedInTime, members } = queue;
  const limit = conf.maxLen === 0 ? 'unlimited' : String(conf.maxLen);
  const share = (part: number, whole: number): string => (whole === 0 ? 0 : (100 * part) / whole).toFixed(1);
  const levels = `SL:${share(inTime, completed)}%, SL2:${share(inTime + abandonedInTime, completed + abandoned)}%`;
  const callers = entries.map((entry, index) => {
    const waited = waitedS(pbx, entry);
    const time = `${Math.floor(waited / 60)}:${String(waited % 60).padStart(2, '0')}`;
    return `      ${index + 1}. ${pbx.channel(entry.channel)?.name ?? ''} (wait: ${time}, prio: ${entry.priority})`;
  });
  return [
    `${queue.name} has ${entries.length} calls (max ${limit}) in '${conf.strategy}' strategy (${holdTimeS}s holdtime, ${talkTimeS}s talktime), W:${conf.weight}, C:${completed}, A:${abandoned}, ${levels} within ${conf.serviceLevel}s`,
    ...(members.length === 0
      ? ['   No Members']
      : ['   Members: ', ...members.map((member) => memberLine(pbx, member))]),
    ...(callers.length === 0 ? ['   No Callers'] : ['   Callers: ', ...callers]),
  ];
}

function memberLine(pbx: Pbx, member: QueueMember): string {
  const ago = (seconds: number): string => `${Math.floor(pbx.now / 1000) - seconds} secs ago`;
  const parts = [
    member.name === member.interface ? member.name : `${member.name} (${member.interface})`,
    ...(member.penalty > 0 ? [`with penalty ${member.penalty}`] : []),
    `(ringinuse ${member.ringInUse ? 'enabled' : 'disabled'})`,
    ...(member.membership === 'static' ? [] : [`(${member.membership})`]),
    ...(member.paused
      ? [`(paused${member.pausedReason === '' ? '' : `:${member.pausedReason}`} was ${ago(member.lastPause)})`]
      : []),
    ...(member.inCall ? ['(in call)'] : []),
    `(${DEVICE_TEXTS[member.status]})`,
    member.callsTaken > 0
      ? `has taken ${member.callsTaken} calls (last was ${ago(member.lastCall)})`
      : 'has taken no calls yet',
    `(login was ${ago(member.loginTime)})`,
  ];
  return `      ${parts.join(' ')}`;
}
