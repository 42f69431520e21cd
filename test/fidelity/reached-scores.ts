/** The scores that the simulation has reached: a score may rise, never fall. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Measured } from './library-fidelity.ts';

const FILE = new URL('reached-scores.json', import.meta.url);

export interface Reached {
  /** Cut after the fourth digit. */
  readonly score: number;
  readonly orderFaults: number;
}

export type ReachedScores = Readonly<Record<string, Reached>>;

export function readReachedScores(): ReachedScores {
  return JSON.parse(readFileSync(FILE, 'utf8')) as ReachedScores;
}

export function writeReachedScores(scores: ReachedScores): void {
  const rows = Object.entries(scores).map(([name, reached]) => `  ${JSON.stringify(name)}: ${rowText(reached)}`);
  writeFileSync(FILE, `{\n${rows.join(',\n')}\n}\n`);
}

/** As the formatter has it, so that the file does not change when it runs. */
function rowText({ score, orderFaults }: Reached): string {
  return `{ "score": ${score}, "orderFaults": ${orderFaults} }`;
}

export function reachedBy({ score, order }: Measured): Reached {
  return { score: Math.floor(score * 10_000) / 10_000, orderFaults: order.length };
}

/** The better of both, figure by figure. */
export function better(a: Reached, b: Reached | undefined): Reached {
  if (b === undefined) return a;
  return { score: Math.max(a.score, b.score), orderFaults: Math.min(a.orderFaults, b.orderFaults) };
}

/** One sentence for each figure that is worse than it was. */
export function fallen(measured: readonly Measured[], scores: ReachedScores): string[] {
  return measured.flatMap((each) => {
    const before = scores[each.scenario];
    const now = reachedBy(each);
    if (before === undefined) return [];
    return [
      ...(now.score < before.score ? [`${each.scenario}: score ${now.score}, was ${before.score}`] : []),
      ...(now.orderFaults > before.orderFaults
        ? [`${each.scenario}: ${now.orderFaults} order faults, were ${before.orderFaults}`]
        : []),
    ];
  });
}
