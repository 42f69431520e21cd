import type { Pbx } from './pbx.ts';

/** A caller who waits in a queue. */
export interface QueueEntry {
  /** Uniqueid. */
  readonly channel: string;
  readonly sinceMs: number;
  priority: number;
}

/** Who waits in a queue, and what it has done so far. */
export interface QueueFigures {
  /** First in line first. */
  entries: QueueEntry[];
  /** Average seconds that callers waited. */
  holdTimeS: number;
  /** Average seconds that they talked. */
  talkTimeS: number;
  completed: number;
  abandoned: number;
  /** Of the completed, those answered within the service level. */
  inTime: number;
  /** Of the abandoned, those that gave up within it. */
  abandonedInTime: number;
}

/** Live: what is changed in it counts. */
export function queueFigures(pbx: Pbx, queue: string): QueueFigures {
  const all = pbx.part<Record<string, QueueFigures>>('queueFigures', () => ({}));
  all[queue] ??= { entries: [], holdTimeS: 0, talkTimeS: 0, completed: 0, abandoned: 0, inTime: 0, abandonedInTime: 0 };
  return all[queue];
}
