import type { Pbx } from './pbx.ts';
import type { Channel } from './state.ts';
import { clearVariable, setVariable } from './variables.ts';

const PEER = 'BRIDGEPEER';
const PEER_CALL_ID = 'BRIDGEPVTCALLID';

/**
 * BRIDGEPEER and BRIDGEPVTCALLID: whom each channel of a bridge talks to, and the Call-ID of its dialog; the last to come first.
 * Of more than two, BRIDGEPEER names all the others. Source: `set_bridge_peer_vars`, main/bridge.c.
 */
export function tellPeers(pbx: Pbx, channels: readonly Channel[]): void {
  for (const channel of channels.toReversed()) {
    const others = channels.filter((other) => other !== channel);
    const [only] = others;
    if (only === undefined) continue;
    setVariable(pbx, channel, PEER, others.map(({ name }) => name).join(','));
    const callId = others.length === 1 ? sipCallIdOf(pbx, only) : '';
    if (callId !== '') setVariable(pbx, channel, PEER_CALL_ID, callId);
    else forget(pbx, channel, PEER_CALL_ID);
  }
}

/** Nobody is the channel's peer any more. */
export function forgetPeer(pbx: Pbx, channel: Channel): void {
  forget(pbx, channel, PEER);
  forget(pbx, channel, PEER_CALL_ID);
}

function forget(pbx: Pbx, channel: Channel, name: string): void {
  if (channel.variables[name] !== undefined) clearVariable(pbx, channel, name);
}

/** '' for a channel without a dialog, as a Local one. */
function sipCallIdOf(pbx: Pbx, channel: Channel): string {
  return pbx.state.phones[channel.endpoint]?.calls.find((call) => call.channel === channel.uniqueid)?.sipCallId ?? '';
}
