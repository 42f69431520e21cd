import type { Pbx } from './pbx.ts';
import type { Channel } from './state.ts';
import { getVariable } from './variables.ts';

/**
 * Where one digit leads out of an application: to the extension of that name in the context that `variable` names, else in the channel's own.
 * `undefined` where there is none. Source: `onedigit_goto`, apps/app_dial.c.
 */
export function oneDigitPlace(
  pbx: Pbx,
  channel: Channel,
  digit: string,
  variable: string,
): { readonly context: string; readonly exten: string } | undefined {
  const context = getVariable(pbx, channel, variable) || channel.context;
  return pbx.find(context, digit, 1, channel.caller.num) === undefined ? undefined : { context, exten: digit };
}
