import type { QueueConf, QueueMemberConf, QueuesConf } from '../../config/queues-conf.ts';
import type { Pbx } from '../pbx.ts';
import { isAvailable, toldMemberStatus } from './member-status.ts';
import { newQueueMember } from './new-queue-member.ts';
import { restoreMembers } from './persistent-members.ts';
import { findQueue, newQueue, type QueueMember, type QueueState, queueStates, seconds } from './queue-state.ts';

/** The queues as they are once everything is loaded; nothing of it is told. */
export function startQueues(pbx: Pbx): void {
  for (const conf of pbx.config.queues.queues.values()) {
    const queue = newQueue(conf.name);
    queueStates(pbx)[conf.name] = queue;
    queue.members = conf.members.map((member, position) => staticMember(pbx, conf, member, position));
  }
  if (pbx.config.queues.persistentMembers) restoreMembers(pbx);
  for (const queue of Object.values(queueStates(pbx))) {
    const available = queue.members.some((member) => isAvailable(pbx, queue, member));
    knowQueueDevice(pbx, `Queue:${queue.name}_avail`, available ? 'NOT_INUSE' : 'INUSE');
    for (const member of queue.members) {
      knowQueueDevice(pbx, `Queue:${queue.name}_pause_${member.interface}`, member.paused ? 'INUSE' : 'NOT_INUSE');
    }
  }
}

/** The state of a queue's device, told before: only another one is news. */
export function knowQueueDevice(pbx: Pbx, device: string, state: string): void {
  pbx.part<Record<string, string>>('queueDevices', () => ({}))[device] = state;
  pbx.state.devices[device] = state;
}

/** A member of queues.conf. */
export function staticMember(pbx: Pbx, queue: QueueConf, conf: QueueMemberConf, position: number): QueueMember {
  return newQueueMember({
    ...conf,
    membership: 'static',
    ringInUse: conf.ringInUse ?? queue.ringInUse,
    wrapupTime: conf.wrapupTime ?? 0,
    pausedReason: '',
    loginTime: seconds(pbx.state.bootedMs),
    lastPause: 0,
    status: toldMemberStatus(pbx, conf.stateInterface),
    position,
  });
}

/** What a reload of queues.conf takes over. */
export interface QueueReload {
  readonly parameters: boolean;
  readonly members: boolean;
  /** Of one queue only; '': all. */
  readonly queue: string;
}

/**
 * queues.conf was read again: what it says now counts; what queues have counted, their callers and those who logged in stay.
 * Source: `reload_queues`, apps/app_queue.c.
 */
export function reloadQueues(pbx: Pbx, before: ReadonlyMap<string, QueueConf>, reload: QueueReload): void {
  const concerns = (name: string): boolean => reload.queue === '' || name.toLowerCase() === reload.queue.toLowerCase();
  for (const conf of pbx.config.queues.queues.values()) {
    if (!concerns(conf.name)) continue;
    const known = findQueue(pbx, conf.name);
    if (known === undefined && reload.parameters) queueStates(pbx)[conf.name] = newQueue(conf.name);
    const queue = known ?? findQueue(pbx, conf.name);
    if (queue !== undefined && reload.members) reloadMembers(pbx, queue, conf);
  }
  if (!reload.parameters) return;
  for (const queue of Object.values(queueStates(pbx))) {
    if (!concerns(queue.name) || pbx.config.queues.queues.has(queue.name)) continue;
    if (queue.entries.length === 0) delete queueStates(pbx)[queue.name];
    const conf = before.get(queue.name);
    if (conf !== undefined) pbx.part<Record<string, QueueConf>>('removedQueues', () => ({}))[queue.name] = conf;
  }
}

/** All of queues.conf has been read again. */
export function queuesReloaded(pbx: Pbx, before: { readonly queues: QueuesConf }): void {
  reloadQueues(pbx, before.queues.queues, { parameters: true, members: true, queue: '' });
}

function reloadMembers(pbx: Pbx, queue: QueueState, conf: QueueConf): void {
  const old = queue.members.filter(({ membership }) => membership === 'static');
  const fresh = conf.members.map((member, position) => {
    const made = staticMember(pbx, conf, member, position);
    const same = old.find((one) => one.interface.toLowerCase() === made.interface.toLowerCase());
    return same === undefined
      ? made
      : { ...made, paused: same.paused, pausedReason: same.pausedReason, lastPause: same.lastPause };
  });
  queue.members = [...fresh, ...queue.members.filter(({ membership }) => membership !== 'static')];
  queue.members.forEach((member, position) => {
    member.position = position;
  });
}
