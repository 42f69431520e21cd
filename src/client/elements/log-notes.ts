import type { PbxState } from '../../gateway/wire/protocol.ts';
import type { ConnectionState } from '../connection-state.ts';

/** What the log says when the gateway's link to its PBX changes. */
export function pbxNote(state: PbxState): string {
  return { up: 'The PBX is up', syncing: 'The PBX is back, its state is being read', down: 'The PBX is down' }[state];
}

/** What the log says when the connection to the gateway changes; nothing of the steps between. */
export function connectionNote(state: ConnectionState): string | undefined {
  if (state.name === 'waiting') return `The gateway is out of reach: ${state.reason}`;
  if (state.name === 'online') return state.resumed ? 'Connected again, nothing was missed' : 'Connected';
  return state.name === 'closed' ? `Disconnected: ${state.error.message}` : undefined;
}
