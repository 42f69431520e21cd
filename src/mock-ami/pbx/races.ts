import type { Pbx } from './pbx.ts';
import { nextRandom } from './random-state.ts';

/** The seed whose races end as they were recorded. */
const RECORDED_SEED = 1;
/** The shortest and the longest that a thread takes, as shares of the recorded time: so far that orders change, not so far that quick changes of a device become one. */
const QUICK = 0.4;
const SLOW = 1.2;

/** What a seed makes of races: 0 for the recorded outcome of all, else the state of their chance. Chance of other kinds is apart, so that ids stay the same. */
export function raceState(seed: number): number {
  return seed === RECORDED_SEED ? 0 : (seed ^ 0x5bd1e995) >>> 0 || 1;
}

/** How long a thread takes whose events race with those of others; with another seed another order that Asterisk leaves open. */
export function raced(pbx: Pbx, recordedMs: number): number {
  if (pbx.state.raceState === 0) return recordedMs;
  return recordedMs * (QUICK + (SLOW - QUICK) * chance(pbx));
}

/** Whether two that are told by two threads come the other way round than they are recorded most often. */
export function overtakes(pbx: Pbx): boolean {
  return pbx.state.raceState !== 0 && chance(pbx) < 0.5;
}

function chance(pbx: Pbx): number {
  const [value, next] = nextRandom(pbx.state.raceState);
  pbx.state.raceState = next === 0 ? 1 : next;
  return value;
}
