/** `docs/fidelity.md`, from what was measured and the reasons that people wrote down. */
import type { Measured } from './library-fidelity.ts';

/** Of scenarios that count as told apart by nothing that matters. */
const NEAR = 0.98;
/** Kinds of differences named in a row. */
const SHOWN = 4;

/** Why a scenario is not exactly as recorded, by its name. */
export type Reasons = Readonly<Record<string, string>>;

export function fidelityPage(measured: readonly Measured[], reasons: Reasons): string {
  const short = measured.filter((each) => !isExact(each));
  return `${[
    '# Fidelity',
    '',
    'How near the simulated PBX comes to a real Asterisk 22.10.1: each scenario of the library that was recorded is played by the',
    'simulation with the configuration that the recorded Asterisk had, and compared with its recordings, event by event, header by',
    'header (`asterclick fidelity` does the same with recordings of your own PBX). The score is `2 * exact / (recorded + played)`.',
    'An order fault is a pair of events in an order that no recording has.',
    '',
    '`npm run fidelity` measures anew and writes this page; `npm test` fails where it is not current, and where a score has fallen.',
    '',
    `**${summary(measured)}**`,
    '',
    '## Shortfalls',
    '',
    ...(short.length === 0
      ? ['None.']
      : table(
          ['scenario', 'score', 'order faults', 'what differs', 'why'],
          short.map((each) => [
            `\`${each.scenario}\``,
            percent(each.score),
            String(each.order.length),
            differences(each),
            reasons[each.scenario] ?? '',
          ]),
        )),
    '',
    '## All scenarios',
    '',
    ...table(
      ['scenario', 'score', 'events', 'order faults'],
      measured.map(({ scenario, score, golden, order }) => [
        `\`${scenario}\``,
        percent(score),
        String(golden),
        String(order.length),
      ]),
    ),
  ].join('\n')}\n`;
}

/** `170 of 176 scenarios score 98 % or more without an order fault; mean 99.31 %, lowest 91.02 % (name)`. */
export function summary(measured: readonly Measured[]): string {
  const near = measured.filter(({ score, order }) => score >= NEAR && order.length === 0);
  const mean = measured.reduce((sum, { score }) => sum + score, 0) / (measured.length || 1);
  const lowest = measured.reduce<Measured | undefined>(
    (low, each) => (low && low.score <= each.score ? low : each),
    undefined,
  );
  const last = lowest === undefined ? '' : `, lowest ${percent(lowest.score)} (${lowest.scenario})`;
  return `${near.length} of ${measured.length} scenarios score 98 % or more without an order fault; mean ${percent(mean)}${last}.`;
}

/** Nothing differs, and it was played to its end. */
export function isExact({ score, order, failure }: Measured): boolean {
  return score === 1 && order.length === 0 && failure === undefined;
}

/** `missing 3 VarSet, 1 Hangup; near 2 Newexten`, the commonest first. */
function differences({ near, missing, extra, failure }: Measured): string {
  const parts = [
    ...(failure === undefined ? [] : [`stops: ${failure.replaceAll('|', '\\|').replace(/\s+/g, ' ').slice(0, 160)}`]),
    ...counted('missing', missing),
    ...counted('extra', extra),
    ...counted('near', near),
  ];
  return parts.join('; ');
}

function counted(kind: string, notes: readonly { readonly event: string }[]): string[] {
  const counts = new Map<string, number>();
  for (const { event } of notes) {
    const name = event.replace(/ \(.*$/, '');
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const ranked = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  if (ranked.length === 0) return [];
  const rest = ranked.slice(SHOWN).reduce((sum, [, count]) => sum + count, 0);
  const shown = ranked.slice(0, SHOWN).map(([name, count]) => `${count} ${name}`);
  return [`${kind} ${[...shown, ...(rest > 0 ? [`${rest} others`] : [])].join(', ')}`];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

/** Cut, not rounded: 100 % is said of nothing less. */
function percent(share: number): string {
  return `${(Math.floor(share * 10_000) / 100).toFixed(2)} %`;
}
