import type { ApplicationResult } from '../application.ts';
import { applicationDone } from '../dialplan-run.ts';
import type { Pbx } from '../pbx.ts';
import { setVariable } from '../variables.ts';
import { leaveLine, recordAbandoned } from './queue-line.ts';
import { waitedS } from './queue-state.ts';
import { setDuration, setQueueVariables } from './queue-variables.ts';
import { stopEntertaining, type Waiting } from './waiting-caller.ts';

/** Why a caller leaves without having talked; they stand in QUEUESTATUS, but for a hangup and a key. */
export type LeavingReason = 'TIMEOUT' | 'LEAVEEMPTY' | 'WITHDRAW' | 'hangup' | 'key';

/**
 * The caller leaves the queue without having been connected, and its dialplan goes on.
 * Source: the end of `queue_exec`, apps/app_queue.c; recordings `queue-caller-abandons`, `queue-no-agents`, `queue-withdraw-caller`.
 */
export function leaveQueue(pbx: Pbx, waiting: Waiting, reason: LeavingReason): void {
  endWaiting(pbx, waiting, reason);
  pbx.after(0.05, applicationDone, { channel: waiting.caller.uniqueid, result: RESULTS[reason] ?? 'next' });
}

const RESULTS: Readonly<Partial<Record<LeavingReason, ApplicationResult>>> = { hangup: 'hangup', key: 'jump' };

function endWaiting(pbx: Pbx, waiting: Waiting, reason: LeavingReason): void {
  const { caller, queue, entry } = waiting;
  pbx.cancel(entry.timer);
  if (reason === 'TIMEOUT' || reason === 'LEAVEEMPTY') recordAbandoned(pbx, queue, entry, caller);
  setDuration(pbx, caller, 'QUEUEWAIT', waitedS(pbx, entry) * 1000);
  setDuration(pbx, caller, 'DIALEDTIME', Math.round(pbx.now - entry.sinceMs));
  setDuration(pbx, caller, 'ANSWEREDTIME', 0);
  if (reason === 'hangup' || reason === 'WITHDRAW') recordAbandoned(pbx, queue, entry, caller);
  if (reason === 'WITHDRAW' && entry.withdrawInfo !== '')
    setVariable(pbx, caller, 'QUEUE_WITHDRAW_INFO', entry.withdrawInfo);
  stopEntertaining(pbx, caller);
  setQueueVariables(pbx, queue, caller);
  leaveLine(pbx, queue, entry, caller);
  if (RESULTS[reason] === undefined) setVariable(pbx, caller, 'QUEUESTATUS', reason);
  caller.activity = undefined;
}
