import type { Pbx } from '../pbx.ts';
import { memberStatus } from './member-status.ts';
import { newQueueMember } from './new-queue-member.ts';
import { findQueue, type QueueState, queueConf, seconds } from './queue-state.ts';

const FAMILY = '/Queue/PersistentMembers/';

/** Keeps in the database who has logged in to a queue, so that a restart finds them. Source: `dump_queue_members`, apps/app_queue.c. */
export function keepMembers(pbx: Pbx, queue: QueueState): void {
  if (!pbx.config.queues.persistentMembers) return;
  const rows = queue.members
    .filter(({ membership }) => membership === 'dynamic')
    .map((member) =>
      [
        member.interface,
        member.penalty,
        member.paused ? 1 : 0,
        member.name,
        member.stateInterface,
        member.pausedReason,
        member.wrapupTime,
      ].join(';'),
    );
  const key = `${FAMILY}${queue.name}`;
  if (rows.length === 0) delete pbx.state.astdb[key];
  else pbx.state.astdb[key] = rows.join('|');
}

/** Source: `reload_queue_members`, apps/app_queue.c. */
export function restoreMembers(pbx: Pbx): void {
  for (const [key, rows] of Object.entries(pbx.state.astdb)) {
    const queue = key.startsWith(FAMILY) ? findQueue(pbx, key.slice(FAMILY.length)) : undefined;
    if (queue === undefined) continue;
    for (const row of rows.split('|')) restoreMember(pbx, queue, row);
  }
}

function restoreMember(pbx: Pbx, queue: QueueState, row: string): void {
  const [memberInterface = '', penalty = '', paused = '', name = '', state = '', reason = '', wrapup = ''] =
    row.split(';');
  if (memberInterface === '') return;
  const stateInterface = state || memberInterface;
  queue.members.push(
    newQueueMember({
      interface: memberInterface,
      name: name || memberInterface,
      stateInterface,
      membership: 'dynamic',
      penalty: Number.parseInt(penalty, 10) || 0,
      paused: paused === '1',
      pausedReason: reason,
      lastPause: 0,
      loginTime: seconds(pbx.now),
      ringInUse: queueConf(pbx, queue).ringInUse,
      wrapupTime: Number.parseInt(wrapup, 10) || 0,
      status: memberStatus(pbx, stateInterface),
      position: queue.members.length,
    }),
  );
}
