import type { ConfFile } from './conf-file.ts';
import type { WarningSink } from './config-warning.ts';

/** After `afterS` seconds of waiting the caller's limits of penalty change. */
export interface PenaltyChange {
  readonly afterS: number;
  readonly max: PenaltyStep;
  readonly min: PenaltyStep;
  readonly raise: PenaltyStep;
}

export interface PenaltyStep {
  /** `+1` and `-1` change by that much, `1` sets. */
  readonly relative: boolean;
  readonly value: number;
}

export interface QueueRule {
  readonly name: string;
  readonly changes: readonly PenaltyChange[];
}

/** queuerules.conf: `penaltychange => seconds,max,min,raise`. Source: apps/app_queue.c, insert_penaltychange. */
export function readQueueRules(conf: ConfFile, warn: WarningSink): ReadonlyMap<string, QueueRule> {
  const rules = conf.categories
    .filter((category) => !category.template && category.name.toLowerCase() !== 'general')
    .map((category): QueueRule => {
      const changes = category.entries.flatMap((entry) => {
        const change = entry.name.toLowerCase() === 'penaltychange' ? readChange(entry.value) : undefined;
        if (change !== undefined) return [change];
        const message = `"${entry.name} => ${entry.value}" is no rule; write penaltychange => seconds,max,min such as 30,+1,0`;
        warn({ file: entry.file, line: entry.line, severity: 'warning', message });
        return [];
      });
      return { name: category.name, changes: changes.sort((a, b) => a.afterS - b.afterS) };
    });
  return new Map(rules.map((rule) => [rule.name, rule]));
}

function readChange(value: string): PenaltyChange | undefined {
  const [seconds = '', max = '', min = '', raise = ''] = value.split(',').map((part) => part.trim());
  if (!/^\d+$/.test(seconds) || max === '') return undefined;
  return { afterS: Number(seconds), max: readStep(max), min: readStep(min), raise: readStep(raise) };
}

/** An absent step adds nothing. */
function readStep(text: string): PenaltyStep {
  return { relative: text === '' || /^[+-]/.test(text), value: Number.parseInt(text, 10) || 0 };
}
