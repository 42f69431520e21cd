import type { Pbx } from '../pbx.ts';
import type { Continuation } from '../state.ts';
import { positionOf, queueConf, seconds } from './queue-state.ts';
import { announced } from './queue-tasks.ts';
import { stopEntertaining, type Waiting } from './waiting-caller.ts';

/** How long an announcement takes, in ms: the sounds of a position or of a periodic one, about. */
const ANNOUNCEMENT_MS = 3000;

/** Tells the caller where it stands, where the queue does so and it is time; then goes on. Source: `say_position`, apps/app_queue.c. */
export function sayPosition(pbx: Pbx, waiting: Waiting, then: Continuation): boolean {
  const { queue, entry } = waiting;
  const conf = queueConf(pbx, queue);
  const now = seconds(pbx.now);
  const position = positionOf(queue, entry);
  if (conf.announceFrequency === 0 || now - entry.lastPositionS < conf.minAnnounceFrequency) return false;
  if (entry.lastPositionSaid === position && now - entry.lastPositionS < conf.announceFrequency) return false;
  entry.lastPositionS = now;
  entry.lastPositionSaid = position;
  say(pbx, waiting, then);
  return true;
}

/** Source: `say_periodic_announcement`, apps/app_queue.c. */
export function sayPeriodic(pbx: Pbx, waiting: Waiting, then: Continuation): boolean {
  const { periodicAnnounceFrequency } = queueConf(pbx, waiting.queue);
  const now = seconds(pbx.now);
  if (periodicAnnounceFrequency === 0 || now - waiting.entry.lastPeriodicS < periodicAnnounceFrequency) return false;
  waiting.entry.lastPeriodicS = now;
  say(pbx, waiting, then);
  return true;
}

/** The music stops, something is said, and the music goes on. */
function say(pbx: Pbx, { caller, entry }: Waiting, then: Continuation): void {
  stopEntertaining(pbx, caller);
  entry.timer = pbx.after(ANNOUNCEMENT_MS, announced, { caller: caller.uniqueid, then });
}
