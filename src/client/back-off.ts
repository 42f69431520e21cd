import type { Random } from './platform.ts';

export interface BackOff {
  /** Upper bound of the first delay. */
  readonly baseMs: number;
  readonly maxMs: number;
}

export const DEFAULT_BACK_OFF: BackOff = { baseMs: 500, maxMs: 30_000 };

/** Below this a broken server would be hammered by a client that drew a low number. */
const MIN_DELAY_MS = 50;

/** How long to wait before try `attempt` (1, 2, ...): random up to a bound that doubles, so that a thousand browsers spread out. */
export function backOffMs(attempt: number, backOff: BackOff, random: Random): number {
  const bound = Math.min(backOff.maxMs, backOff.baseMs * 2 ** (attempt - 1));
  return Math.max(MIN_DELAY_MS, Math.round(random.next() * bound));
}
