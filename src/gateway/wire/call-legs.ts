import type { Ending, Failure, Party } from './call-fact.ts';
import { channelSnapshot } from './channel-snapshot.ts';
import { header, type WireEvent } from './event.ts';

/** One channel, as far as its story goes. */
export interface Leg {
  party: Party;
  /** It was made by the PBX to reach somebody; else somebody made it to reach the PBX. */
  readonly isCalled: boolean;
  call: Call;
  /** What it called, or where it was when it came into its bridge. */
  exten: string;
  bridge: string;
  isUp: boolean;
  /** Told already: each of these is told once. */
  hasRung: boolean;
  hasFailed: boolean;
  hasHungUp: boolean;
  holds: boolean;
  /** The PBX answered it, and it is not clear yet whether somebody else will be heard. */
  answeredAt: number | undefined;
  /** Cause of its phone's refusal, by Q.850; '' where there was none. */
  refusal: string;
  /** Whoever called it; '' where the PBX did of itself. */
  calledBy: string;
  /** It has picked up what others were called for. */
  hasTakenOver: boolean;
  /** When it left its bridge; `undefined` once it is known where it is now. */
  leftAt: number | undefined;
  /** It left its bridge for another place, and it is not clear yet who sent it. */
  movedAt: number | undefined;
  /** The next change of `exten` is of something that was told already. */
  isSent: boolean;
  /** Uniqueids of those who talked when this one was last told to talk. */
  talks: string;
}

/** Channels that belong together. */
export interface Call {
  readonly id: string;
  readonly linkedids: Set<string>;
  readonly legs: Set<Leg>;
  /** Something of it was told. */
  isTold: boolean;
  isAnswered: boolean;
  failure: Exclude<Failure, 'elsewhere'> | undefined;
  /** A queue was left before anybody answered, and nothing has come of it since. */
  waitedFor: Extract<Ending, 'abandoned' | 'no-answer'> | undefined;
  by: Party | undefined;
}

/** Channels that are the PBX's own means, not somebody's. */
const NOBODY = /^(?:Local|CBAnn|CBRec|Announcer|Recorder|Bridge|Message|AsyncGoto|Snoop|UnicastRTP|MulticastRTP)\//;

export function isSomebody(channel: string): boolean {
  return !NOBODY.test(channel);
}

/** What an event says of the party at its channel, or at the one whose headers have that prefix. */
export function partyOf(event: WireEvent, prefix = ''): Party {
  const { callerIdNum, callerIdName } = channelSnapshot(event, prefix);
  const channel = header(event, `${prefix}Channel`);
  const uniqueid = header(event, `${prefix}Uniqueid`);
  return { uniqueid, channel, phone: phoneOf(channel), number: callerIdNum, name: callerIdName };
}

/** `1001` of `PJSIP/1001-0000002c`, and of the dial string `PJSIP/1001`. */
export function phoneOf(channel: string): string {
  return channel
    .slice(channel.indexOf('/') + 1)
    .replace(/-[0-9a-f]{8,}(?:;[12])?$/, '')
    .replace(/@.*$/, '');
}

/** The other half of a Local channel; `undefined` where it is none. */
export function otherHalf(channel: string): string | undefined {
  if (!channel.startsWith('Local/')) return undefined;
  return channel.endsWith(';1') ? channel.replace(/1$/, '2') : channel.replace(/2$/, '1');
}

/** A failure by the status of a dialling and the cause that the phone gave. Source: recordings `call-*`, `queue-agent-busy`. */
export function failureOf(status: string, cause: string): Exclude<Failure, 'elsewhere'> {
  if (status === 'BUSY') return 'busy';
  if (cause !== '') return refusalOf(cause);
  if (status === 'CANCEL') return 'cancelled';
  if (status === 'NOANSWER') return 'no-answer';
  return status === 'CHANUNAVAIL' ? 'unreachable' : 'failed';
}

/** What a cause of Q.850 says of a call that came to nothing. */
export function refusalOf(cause: string): Exclude<Failure, 'elsewhere'> {
  if (cause === '17') return 'busy';
  if (cause === '21') return 'declined';
  if (cause === '18' || cause === '19') return 'unavailable';
  return cause === '3' || cause === '20' ? 'unreachable' : 'failed';
}
