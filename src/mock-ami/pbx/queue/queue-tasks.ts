import type { LegReport } from '../outgoing-leg.ts';
import type { Continuation } from '../state.ts';
import { task } from '../task.ts';

/** Everything that a queue does later names the caller. */
export interface ForCaller {
  readonly caller: string;
}

/** Looks whether it is the caller's turn. */
export const checkTurn = task<ForCaller>('queue.checkTurn');
/** It is: members are called, as long as it takes. */
export const serve = task<ForCaller>('queue.serve');
/** The members that were called did not answer. */
export const callsEnded = task<ForCaller>('queue.callsEnded');
/** The pause before they are called again is over. */
export const retryOver = task<ForCaller>('queue.retryOver');
/** What the caller was told has been said. */
export const announced = task<ForCaller & { readonly then: Continuation }>('queue.announced');
/** The subroutine on the caller's channel, before the first call, is over. */
export const callerPrepared = task<ForCaller & { readonly queue: string }>('queue.callerPrepared');
/** The members whose turn it is begin to be called. */
export const ringMembers = task<ForCaller>('queue.ringMembers');
/** The next member of the round is called. */
export const ringNext = task<ForCaller>('queue.ringNext');
/** The channel to a member is ready to be called. */
export const callMember = task<ForCaller & { readonly leg: string }>('queue.callMember');
/** All are called that are to be: looks whether anybody still rings. */
export const watchCalls = task<ForCaller>('queue.watchCalls');
export const legSays = task<ForCaller & LegReport>('queue.legSays');
export const memberRings = task<ForCaller & { readonly leg: string }>('queue.memberRings');
export const ringTimeout = task<ForCaller>('queue.ringTimeout');
/** A member has answered, and has been told what it is to be told. */
export const memberReady = task<ForCaller & Winner>('queue.memberReady');
/** The subroutine on the member's channel is over. */
export const connectNow = task<ForCaller & Connection>('queue.connectNow');
/** The caller has left the bridge. */
export const parted = task<ForCaller & Connection>('queue.parted');
export const talked = task<ForCaller & Connection>('queue.talked');

/** Who answered. */
export interface Winner {
  readonly member: string;
  readonly interface: string;
  readonly memberName: string;
  readonly ringTimeS: number;
}

/** A caller that has left the line for the member who answered. */
export interface Connection extends Winner {
  readonly queue: string;
  readonly options: Readonly<Record<string, string>>;
  readonly sinceMs: number;
  readonly answeredMs: number;
  readonly inTime: boolean;
}
