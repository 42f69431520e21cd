import type { PenaltyChange, PenaltyStep } from '../../config/queue-rules-conf.ts';
import type { Pbx } from '../pbx.ts';
import type { Channel } from '../state.ts';
import { getVariable, setVariable } from '../variables.ts';
import { type QueueEntry, waitedS } from './queue-state.ts';

/** A limit of penalty from a channel variable; `null` where it is not set or no number. */
export function penaltyFrom(pbx: Pbx, channel: Channel, name: string): number | null {
  const value = Number.parseInt(getVariable(pbx, channel, name) ?? '', 10);
  return Number.isNaN(value) ? null : value;
}

/** Puts the changes of penalty in force whose time has come. Source: `update_qe_rule`, apps/app_queue.c. */
export function followRule(pbx: Pbx, entry: QueueEntry, channel: Channel, due: 'at' | 'after'): void {
  const changes = findRule(pbx, entry.rule);
  for (let next = changes[entry.changesDone]; next !== undefined; next = changes[entry.changesDone]) {
    const waited = waitedS(pbx, entry);
    if (due === 'at' ? waited < next.afterS : waited <= next.afterS) return;
    apply(pbx, entry, channel, next);
    entry.changesDone++;
  }
}

function findRule(pbx: Pbx, name: string): readonly PenaltyChange[] {
  if (name === '') return [];
  const wanted = name.toLowerCase();
  return [...pbx.config.queueRules.values()].find((rule) => rule.name.toLowerCase() === wanted)?.changes ?? [];
}

function apply(pbx: Pbx, entry: QueueEntry, channel: Channel, { max, min, raise }: PenaltyChange): void {
  if (entry.maxPenalty !== null) {
    entry.maxPenalty = step(entry.maxPenalty, max);
    setVariable(pbx, channel, 'QUEUE_MAX_PENALTY', String(entry.maxPenalty));
  }
  const most = entry.maxPenalty ?? Number.POSITIVE_INFINITY;
  if (entry.minPenalty !== null) {
    entry.minPenalty = Math.min(step(entry.minPenalty, min), most);
    setVariable(pbx, channel, 'QUEUE_MIN_PENALTY', String(entry.minPenalty));
  }
  if (entry.raisePenalty !== null) {
    entry.raisePenalty = Math.min(step(entry.raisePenalty, raise), most);
    setVariable(pbx, channel, 'QUEUE_RAISE_PENALTY', String(entry.raisePenalty));
  }
}

function step(present: number, { relative, value }: PenaltyStep): number {
  return Math.max(0, relative ? present + value : value);
}
