import { activityData, beginActivity } from '../activity.ts';
import { startMusic, stopMusic } from '../music.ts';
import type { Pbx } from '../pbx.ts';
import type { Channel } from '../state.ts';
import { indicateRingingTo } from '../technology.ts';
import { findQueue, type QueueEntry, type QueueState, queueConf } from './queue-state.ts';

export const IN_QUEUE = 'Queue';

/** A caller in line, with all that belongs to it. */
export interface Waiting {
  readonly caller: Channel;
  readonly queue: QueueState;
  readonly entry: QueueEntry;
}

/** The caller's channel is in the hands of the queue. */
export function holdInQueue(caller: Channel, queue: string): void {
  beginActivity(caller, IN_QUEUE, { queue });
}

export function findWaiting(pbx: Pbx, uniqueid: string): Waiting | undefined {
  const caller = pbx.channel(uniqueid);
  const name = activityData<{ queue: string }>(caller, IN_QUEUE)?.queue;
  const queue = name === undefined ? undefined : findQueue(pbx, name);
  const entry = queue?.entries.find(({ channel }) => channel === uniqueid);
  return caller === undefined || queue === undefined || entry === undefined ? undefined : { caller, queue, entry };
}

/** What the caller hears while it waits: music, or with option r a ringing tone. */
export function entertain(pbx: Pbx, { caller, queue, entry }: Waiting): void {
  if ('r' in entry.options) indicateRingingTo(pbx, caller);
  else startMusic(pbx, caller, entry.options['m'] || queueConf(pbx, queue).musicClass);
}

export function stopEntertaining(pbx: Pbx, caller: Channel): void {
  stopMusic(pbx, caller);
}
