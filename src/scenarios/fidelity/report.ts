import { type Comparison, isPerfect } from './compare.ts';

/** Differences shown where not all are asked for. */
const SHOWN = 12;
/** Header differences shown of one event. */
const NOTES_SHOWN = 4;

/** One scenario's result: a line of figures, then its differences. */
export function reportLines(name: string, result: Comparison, options: { readonly shown?: number } = {}): string[] {
  const shown = options.shown ?? SHOWN;
  const rows: string[] = [
    ...result.near.map(
      ({ event, t, notes }) => `near     ${at(t)} ${event}: ${notes.slice(0, NOTES_SHOWN).join('; ')}`,
    ),
    ...result.missing.map(({ event, t }) => `missing  ${at(t)} ${event}`),
    ...result.extra.map(({ event, t }) => `extra    ${at(t)} ${event}`),
    ...result.order.map((fault) => `order    ${fault}`),
  ];
  const hidden = rows.length - shown;
  return [
    figuresLine(name, result),
    ...rows.slice(0, shown).map((row) => `    ${row}`),
    ...(shown > 0 && hidden > 0 ? [`    and ${hidden} more: --all shows them`] : []),
  ];
}

/** The line under several scenarios. */
export function summaryLine(results: readonly Pick<Comparison, 'score' | 'order'>[]): string {
  const perfect = results.filter(isPerfect).length;
  const mean = results.reduce((sum, { score }) => sum + score, 0) / (results.length || 1);
  return `${perfect} of ${results.length} scenarios perfect, mean score ${percent(mean)}`;
}

function figuresLine(name: string, { score, exact, golden, near, missing, extra, order }: Comparison): string {
  const counts = `exact ${exact} of ${golden}, near ${near.length}, missing ${missing.length}, extra ${extra.length}`;
  return `${name.padEnd(40)} ${percent(score).padStart(8)}  ${counts}, order ${order.length}`;
}

/** Cut, not rounded: 100 % is said of nothing less. */
function percent(share: number): string {
  return `${(Math.floor(share * 10_000) / 100).toFixed(2)} %`;
}

function at(t: number): string {
  return `${t.toFixed(0)} ms`.padStart(9);
}
