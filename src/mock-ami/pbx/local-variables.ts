import type { Pbx } from './pbx.ts';
import type { Channel } from './state.ts';
import { storeVariable, tellVariable } from './variables.ts';

/** Sets a variable of the innermost Gosub frame; what it hides comes back at Return. */
export function setLocal(pbx: Pbx, channel: Channel, name: string, value: string): void {
  const frame = channel.gosub.at(-1);
  if (frame !== undefined && !(name in frame.locals)) frame.locals[name] = channel.variables[name]?.value ?? '';
  storeVariable(pbx, channel, name, value);
  tellVariable(pbx, channel, `LOCAL(${name})`, value);
}
