import type { ComparableEvent } from './canonical.ts';

export type Pair = readonly [golden: ComparableEvent, candidate: ComparableEvent];

/** The most pairs of equal events that can be made without changing the order on either side. */
export function alignEvents(golden: readonly ComparableEvent[], candidate: readonly ComparableEvent[]): Pair[] {
  const pairs: Pair[] = [];
  let start = 0;
  for (
    let pair = equalAt(golden, candidate, 0, 0);
    pair !== undefined;
    pair = equalAt(golden, candidate, start, start)
  ) {
    pairs.push(pair);
    start++;
  }
  const counts = countPairs(golden, candidate, start);
  let [i, j] = [start, start];
  while (i < golden.length && j < candidate.length) {
    const pair = equalAt(golden, candidate, i, j);
    if (pair !== undefined) {
      pairs.push(pair);
      i++;
      j++;
    } else if (counts(i + 1, j) >= counts(i, j + 1)) i++;
    else j++;
  }
  return pairs;
}

/** Tells how many pairs the rests of both lists can make, from places at or after `start`. */
function countPairs(golden: readonly ComparableEvent[], candidate: readonly ComparableEvent[], start: number) {
  const rows = golden.length - start + 1;
  const columns = candidate.length - start + 1;
  if (rows <= 1 || columns <= 1) return () => 0;
  const table = new Uint32Array(rows * columns);
  const count = (i: number, j: number): number => table[(i - start) * columns + (j - start)] ?? 0;
  for (let i = golden.length - 1; i >= start; i--) {
    for (let j = candidate.length - 1; j >= start; j--) {
      const equal = golden[i]?.key === candidate[j]?.key;
      const most = equal ? count(i + 1, j + 1) + 1 : Math.max(count(i + 1, j), count(i, j + 1));
      table[(i - start) * columns + (j - start)] = most;
    }
  }
  return count;
}

function equalAt(
  golden: readonly ComparableEvent[],
  candidate: readonly ComparableEvent[],
  i: number,
  j: number,
): Pair | undefined {
  const [a, b] = [golden[i], candidate[j]];
  return a !== undefined && b !== undefined && a.key === b.key ? [a, b] : undefined;
}
