import { parseCallerId } from '../config/caller-id.ts';
import { publish } from './channel.ts';
import type { DialOptions } from './dial-arguments.ts';
import type { Pbx } from './pbx.ts';
import type { Channel, PartyId } from './state.ts';

/** What a called channel takes over from the one that calls, told at once. Source: `dial_exec_full`. */
export function adoptFromCaller(pbx: Pbx, caller: Channel, leg: Channel, options: DialOptions = {}): void {
  leg.application = 'AppDial';
  leg.applicationData = '(Outgoing Line)';
  leg.exten = caller.exten;
  if ('o' in options) leg.caller = partyOf(options['o'], caller.caller);
  else if (leg.caller.num === '' && leg.caller.name === '') leg.caller.num = caller.exten;
  if (caller.accountCode !== '') leg.accountCode = caller.accountCode;
  leg.connected = partyOf(options['f'], caller.caller);
  publish(pbx, leg);
}

/** `"Name" <number>` of option `o` or `f`, else whoever calls. */
function partyOf(written: string | undefined, caller: PartyId): PartyId {
  if (written === undefined || written === '') return { ...caller };
  const { name, number } = parseCallerId(written);
  return { num: number, name };
}
