import type { Pbx } from './pbx.ts';
import type { Channel, Continuation } from './state.ts';
import { task } from './task.ts';

/** What the action Originate asks of the PBX, its arguments checked. Plain data. */
export interface OriginateRequest {
  /** As written: `PJSIP/1001`. */
  readonly channel: string;
  readonly timeoutMs: number;
  readonly target:
    | { readonly kind: 'exten'; readonly context: string; readonly exten: string; readonly priority: number }
    | { readonly kind: 'application'; readonly application: string; readonly data: string };
  /** '' where none is to be shown. */
  readonly callerName: string;
  readonly callerNumber: string;
  /** '' for that of the endpoint. */
  readonly account: string;
  /** In order; a name may be a function, or start with `_`. */
  readonly variables: readonly (readonly [name: string, value: string])[];
  /** Goes on at early media, without waiting for the answer. */
  readonly earlyMedia: boolean;
  /** '' for any that is allowed. */
  readonly codecs: string;
  /** Uniqueids that replace those made by the PBX; '' for none. The second is for the other half of a Local channel. */
  readonly channelId: string;
  readonly otherChannelId: string;
  /** `context,exten,priority` of a Gosub that the new channel runs before it is dialled; '' for none. */
  readonly preDialGosub: string;
  /** Async: the event OriginateResponse tells the outcome. */
  readonly async: boolean;
  /** Of that event; '' for none. */
  readonly actionId: string;
  /** Uniqueid of the channel that has it called; absent where a manager does. */
  readonly caller?: string;
  /** Goes on with how it went. */
  readonly then?: Continuation;
}

/** `unanswered`: it rang, until its time was over. */
export type OriginateOutcome = 'answered' | 'failed' | 'unanswered';

/** Makes the call; whoever does it ends with {@link originationEnded}. */
export const originateCall = task<{ readonly id: number; readonly request: OriginateRequest }>('originate.call');

interface Originations {
  next: number;
  /** Outcomes that nobody has taken yet, by id. */
  readonly outcomes: Record<number, OriginateOutcome>;
}

function originations(pbx: Pbx): Originations {
  return pbx.part<Originations>('originations', () => ({ next: 1, outcomes: {} }));
}

/** Starts a call; the id tells its outcome from others. */
export function originate(pbx: Pbx, request: OriginateRequest): number {
  const id = originations(pbx).next++;
  pbx.after(0, originateCall, { id, request });
  return id;
}

/** The called side has answered, or it is over. Kept for {@link takeOutcome} unless the request was async. */
export function originationEnded(pbx: Pbx, id: number, request: OriginateRequest, outcome: OriginateOutcome): void {
  if (request.then !== undefined)
    pbx.continueNow({ task: request.then.task, data: { ...(request.then.data as object), outcome } });
  else if (!request.async && request.caller === undefined) originations(pbx).outcomes[id] = outcome;
}

const CALLER = 'originatedFor';
const LIMIT = 'originateTimer';

export interface TimeLimit {
  readonly timer: number;
  readonly dueMs: number;
}

export function timeLimit(channel: Channel): TimeLimit | undefined {
  return channel.extra[LIMIT] as TimeLimit | undefined;
}

export function setTimeLimit(channel: Channel, limit: TimeLimit): void {
  channel.extra[LIMIT] = limit;
}

/** The channel was made for that caller. */
export function callFor(channel: Channel, caller: string): void {
  channel.extra[CALLER] = caller;
}

export function callsFor(pbx: Pbx, caller: Channel): Channel[] {
  return pbx.channels().filter((channel) => channel.extra[CALLER] === caller.uniqueid);
}

/** Nobody waits for an answer of the channel any more. */
export function forgetCall(pbx: Pbx, channel: Channel): void {
  pbx.cancel(timeLimit(channel)?.timer);
}

/** How that call went, once; `undefined` as long as it is not known. */
export function takeOutcome(pbx: Pbx, id: number): OriginateOutcome | undefined {
  const { outcomes } = originations(pbx);
  const outcome = outcomes[id];
  delete outcomes[id];
  return outcome;
}
