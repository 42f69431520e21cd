import { activityData } from './activity.ts';
import type { DialArguments } from './dial-arguments.ts';
import type { DialOutcome } from './dial-outcome.ts';
import type { Pbx } from './pbx.ts';
import type { Channel } from './state.ts';

/** One channel that Dial has called. */
export interface DialLeg {
  readonly channel: string;
  /** As events show it: `1002`; '' where a phone has sent the call on. */
  readonly dialString: string;
  readonly resource: string;
}

/** What Dial remembers while it calls; plain data. */
export interface DialData {
  readonly args: DialArguments;
  readonly startedMs: number;
  legs: DialLeg[];
  ringing: boolean;
  timeout: number;
  readonly outcome: DialOutcome;
  /** Destinations whose pre-dial subroutine still runs. */
  preparing: string[];
  /** Keys of the caller that begin its disconnect code. */
  keys: string;
  /** The legs have been called: until then nothing looks at what becomes of the caller. */
  called: boolean;
}

/** The activity of a caller as long as nobody has answered. */
export const DIAL = 'Dial';

export function dialOf(pbx: Pbx, uniqueid: string): { caller: Channel; data: DialData } | undefined {
  const caller = pbx.channel(uniqueid);
  const data = activityData<DialData>(caller, DIAL);
  return caller === undefined || data === undefined ? undefined : { caller, data };
}

export function legsOf(pbx: Pbx, caller: Channel): Channel[] {
  const data = activityData<DialData>(caller, DIAL);
  return (data?.legs ?? []).flatMap(({ channel }) => pbx.channel(channel) ?? []);
}
