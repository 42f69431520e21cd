import { adoptFromCaller } from './adopt-from-caller.ts';
import type { DialOptions } from './dial-arguments.ts';
import type { DialData } from './dial-data.ts';
import { tellDial } from './dial-events.ts';
import { countFailure } from './dial-outcome.ts';
import { hangupSoon } from './hangup.ts';
import { causeNumber } from './hangup-causes.ts';
import { RACES } from './latency.ts';
import { lessForwards } from './max-forwards.ts';
import type { Pbx } from './pbx.ts';
import type { Channel } from './state.ts';
import { requestChannel } from './technology.ts';
import { inheritVariables, setVariable } from './variables.ts';

const ANSWERED_ELSEWHERE = 26;

/** Makes the channels, each with what its caller hands down. */
export function requestLegs(pbx: Pbx, caller: Channel, data: DialData): void {
  const last = data.args.destinations.at(-1);
  for (const destination of data.args.destinations) {
    data.outcome.lines++;
    const result = requestChannel(pbx, destination.tech, destination.resource, caller);
    if ('cause' in result) {
      if (destination === last) caller.hangupCause = result.cause;
      countFailure(data.outcome, result.cause);
      continue;
    }
    const leg = result.channel;
    const number = destination.resource.split('/')[0] ?? '';
    setVariable(pbx, leg, 'DIALEDPEERNUMBER', destination.resource);
    inheritVariables(pbx, caller, leg);
    lessForwards(caller, leg);
    adoptFromCaller(pbx, caller, leg, data.args.options);
    data.legs.push({ channel: leg.uniqueid, dialString: destination.resource, resource: number });
  }
}

/** `Q(cause)`, by number or name; else somebody else has answered. */
export function causeOfLosers(options: DialOptions): number {
  const wanted = options['Q'] ?? '';
  if (wanted === '') return ANSWERED_ELSEWHERE;
  return wanted.toUpperCase() === 'NONE' ? 0 : causeNumber(wanted);
}

/** The cause of legs that nobody waits for any more: with option `c` somebody else has answered. */
export function causeOfGivenUp(options: DialOptions, otherwise: number): number {
  return 'c' in options ? ANSWERED_ELSEWHERE : otherwise;
}

/** Ends the legs but one. */
export function hangUpLegs(
  pbx: Pbx,
  caller: Channel,
  data: DialData,
  how: { except?: string; status: string; cause: number },
): void {
  for (const { channel } of data.legs) {
    const leg = pbx.channel(channel);
    if (leg === undefined || channel === how.except) continue;
    tellDial(pbx, 'DialEnd', caller, leg, ['DialStatus', how.status]);
    if (leg.bridge !== '') continue;
    leg.hangupCause = how.cause;
    leg.activity = undefined;
    hangupSoon(pbx, leg, RACES.givenUpLegHangup(hasOtherCall(pbx, leg)));
  }
}

function hasOtherCall(pbx: Pbx, leg: Channel): boolean {
  return leg.endpoint !== '' && pbx.channels().some((other) => other !== leg && other.endpoint === leg.endpoint);
}
