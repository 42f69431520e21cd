import { publish } from './channel.ts';
import type { Pbx } from './pbx.ts';
import type { Channel } from './state.ts';

/** What a called channel takes over from the one that calls, told at once. Source: `dial_exec_full`. */
export function adoptFromCaller(pbx: Pbx, caller: Channel, leg: Channel): void {
  leg.application = 'AppDial';
  leg.applicationData = '(Outgoing Line)';
  leg.exten = caller.exten;
  if (leg.caller.num === '' && leg.caller.name === '') leg.caller.num = caller.exten;
  if (caller.accountCode !== '') leg.accountCode = caller.accountCode;
  leg.connected = { ...caller.caller };
  publish(pbx, leg);
}
