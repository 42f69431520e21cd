import { publish } from './channel.ts';
import { tellDial } from './dial-events.ts';
import { hangupSoon } from './hangup.ts';
import { lessForwards } from './max-forwards.ts';
import { dropLeg, watchLeg } from './outgoing-leg.ts';
import type { Pbx } from './pbx.ts';
import type { Channel, Continuation } from './state.ts';
import { callChannel, requestChannel } from './technology.ts';
import { getVariable, inheritVariables, setVariable } from './variables.ts';

/**
 * A phone answered 302: the number it names is called in its place, through a Local channel in the context that FORWARD_CONTEXT names,
 * or the phone's own. Its uniqueid; `undefined` where there is no such number, by which the call has failed. Source: `do_forward`, apps/app_dial.c; recording `call-forward-302`.
 */
export function forwardLeg(
  pbx: Pbx,
  caller: Channel,
  leg: Channel,
  to: string,
  report: Continuation,
): string | undefined {
  const context = getVariable(pbx, leg, 'FORWARD_CONTEXT') ?? leg.context;
  const dialString = `${to}@${context}`;
  const result = requestChannel(pbx, 'Local', dialString, caller);
  if ('cause' in result) return undefined;
  const { channel } = result;
  inheritVariables(pbx, caller, channel);
  lessForwards(caller, channel);
  setVariable(pbx, channel, 'FORWARDERNAME', leg.name);
  channel.caller.num = caller.exten;
  publish(pbx, channel);
  channel.connected = { ...caller.caller };
  if (caller.accountCode !== '') channel.accountCode = caller.accountCode;
  publish(pbx, channel);
  channel.application = 'AppDial';
  channel.applicationData = '(Outgoing Line)';
  publish(pbx, channel);
  watchLeg(channel, report);
  if (!callChannel(pbx, channel)) {
    tellDial(pbx, 'DialEnd', caller, leg, ['DialStatus', 'CONGESTION']);
    leg.dialogOver = true;
    for (const failed of [leg, channel]) dropLeg(pbx, failed);
    return undefined;
  }
  tellDial(pbx, 'DialEnd', caller, leg, ['DialStatus', 'CANCEL'], [['Forward', to]]);
  tellDial(pbx, 'DialBegin', caller, channel, ['DialString', dialString]);
  leg.activity = undefined;
  leg.dialogOver = true;
  hangupSoon(pbx, leg, 0.1);
  return channel.uniqueid;
}
