import type { Trace } from '../trace.ts';
import { alignEvents, type Pair } from './align.ts';
import { type ComparableEvent, comparableEvents, eventLabel, groupEvents } from './canonical.ts';
import { headerDifferences } from './header-differences.ts';
import { orderFaults } from './order-faults.ts';

/** How near a trace is to recordings of the same scenario. */
export interface Comparison {
  /** `2 * exact / (golden + candidate)`: 1 where every event is there and exactly alike. */
  readonly score: number;
  /** Events of the recordings: of each group, those of the run that it is nearest to. */
  readonly golden: number;
  readonly candidate: number;
  /** The same headers in the same order with the same values. */
  readonly exact: number;
  /** The same event about the same subject, but not alike. */
  readonly near: readonly (EventNote & { readonly notes: readonly string[] })[];
  readonly missing: readonly EventNote[];
  readonly extra: readonly EventNote[];
  /** Pairs of exact events in an order that no recording has. */
  readonly order: readonly string[];
}

export interface EventNote {
  readonly event: string;
  /** Milliseconds since its trace's start. */
  readonly t: number;
}

/**
 * Compares a trace with one or more recordings of the same scenario. What differs from run to run (ids, clocks, ports, statistics
 * of sound) is replaced by symbols; events of one name about one subject are aligned in order; where recordings
 * differ, each such group is judged by the one that it is nearest to.
 */
export function compareTraces(golden: readonly Trace[], candidate: Trace): Comparison {
  const runs = golden.map(comparableEvents);
  const runGroups = runs.map(groupEvents);
  const found = comparableEvents(candidate);
  const foundGroups = groupEvents(found);
  const tally = { golden: 0, exact: 0 };
  const near: Comparison['near'][number][] = [];
  const missing: EventNote[] = [];
  const extra: EventNote[] = [];
  const matched = new Map<ComparableEvent, ComparableEvent>();
  for (const group of new Set([...runGroups.flatMap((groups) => [...groups.keys()]), ...foundGroups.keys()])) {
    const mine = foundGroups.get(group) ?? [];
    const choices = runGroups.map((groups) => alignment(groups.get(group) ?? [], mine));
    for (const [a, b] of choices[0]?.pairs ?? []) matched.set(a, b);
    const best = choices.reduce((x, y) => (isNearer(y, x) ? y : x), choices[0] ?? alignment([], mine));
    tally.golden += best.golden.length;
    tally.exact += best.pairs.length;
    const { lost, added } = leftOver(best, mine);
    for (const [i, a] of lost.entries()) {
      const b = added[i];
      if (b === undefined) missing.push(note(a));
      else near.push({ ...note(a), notes: headerDifferences(a.rows, b.rows) });
    }
    extra.push(...added.slice(lost.length).map(note));
  }
  const total = tally.golden + found.length;
  return {
    score: total === 0 ? 1 : (2 * tally.exact) / total,
    golden: tally.golden,
    candidate: found.length,
    exact: tally.exact,
    near: near.sort(byTime),
    missing: missing.sort(byTime),
    extra: extra.sort(byTime),
    order: orderFaults(runs, matched),
  };
}

export function isPerfect({ score, order }: Pick<Comparison, 'score' | 'order'>): boolean {
  return score === 1 && order.length === 0;
}

interface Alignment {
  readonly golden: readonly ComparableEvent[];
  readonly pairs: readonly Pair[];
  /** Events on both sides. */
  readonly size: number;
}

function alignment(golden: readonly ComparableEvent[], mine: readonly ComparableEvent[]): Alignment {
  return { golden, pairs: alignEvents(golden, mine), size: golden.length + mine.length };
}

/** A larger share of it is exact, or as many pairs leave less over. */
function isNearer(a: Alignment, b: Alignment): boolean {
  if (a.pairs.length * b.size > b.pairs.length * a.size) return true;
  return a.pairs.length === b.pairs.length && a.size < b.size;
}

function leftOver({ golden, pairs }: Alignment, mine: readonly ComparableEvent[]) {
  const usedGolden = new Set(pairs.map(([a]) => a));
  const usedMine = new Set(pairs.map(([, b]) => b));
  return {
    lost: golden.filter((event) => !usedGolden.has(event)),
    added: mine.filter((event) => !usedMine.has(event)),
  };
}

function note(event: ComparableEvent): EventNote {
  return { event: eventLabel(event), t: event.t };
}

function byTime(a: EventNote, b: EventNote): number {
  return a.t - b.t;
}
