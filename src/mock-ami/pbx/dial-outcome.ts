/** How many destinations Dial has, and how many of them cannot answer any more. */
export interface DialOutcome {
  lines: number;
  busy: number;
  congestion: number;
  unavailable: number;
}

export function newOutcome(): DialOutcome {
  return { lines: 0, busy: 0, congestion: 0, unavailable: 0 };
}

/** A destination has failed with that cause. Source: `handle_cause`, apps/app_dial.c. */
export function countFailure(outcome: DialOutcome, cause: number): void {
  if (cause === 17) outcome.busy++;
  else if (cause === 34) outcome.congestion++;
  else if (cause !== 19 && cause !== 16) outcome.unavailable++;
}

/**
 * DIALSTATUS of a Dial that nobody answered: where all lines have failed, what weighs most among the failures; one that just does not
 * answer makes it NOANSWER, and none that could be called CHANUNAVAIL. Source: `wait_for_answer`, apps/app_dial.c.
 */
export function statusOf({ lines, busy, congestion, unavailable }: DialOutcome): string {
  if (lines === 0) return 'CHANUNAVAIL';
  if (busy + congestion + unavailable < lines) return 'NOANSWER';
  if (busy > 0) return 'BUSY';
  if (congestion > 0) return 'CONGESTION';
  return unavailable > 0 ? 'CHANUNAVAIL' : 'NOANSWER';
}
