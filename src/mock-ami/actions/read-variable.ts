import type { Pbx } from '../pbx/pbx.ts';
import type { Channel } from '../pbx/state.ts';
import { callFunction, getVariable } from '../pbx/variables.ts';

/** Value of a variable, or of a dialplan function written as `NAME(args)`; `undefined` where a variable is not set. */
export function readVariable(pbx: Pbx, channel: Channel | undefined, name: string): string | undefined {
  const open = name.indexOf('(');
  if (open < 0 || !name.endsWith(')')) return getVariable(pbx, channel, name);
  return callFunction(pbx, channel, name.slice(0, open), name.slice(open + 1, -1));
}
