import type { PbxState } from '../client/asterclick.ts';
import type { ConnectionState } from '../client/connection-state.ts';
import type { LampColour } from '../client/live/lamp.ts';

/** How the way to the PBX is, in few words, and a lamp for it. */
export function linkWords(
  connection: ConnectionState,
  pbx: PbxState,
): { readonly lamp: LampColour; readonly text: string } {
  switch (connection.name) {
    case 'idle':
    case 'connecting':
    case 'greeting':
      return { lamp: 'unknown', text: 'Connecting' };
    case 'waiting':
      return { lamp: 'busy', text: 'Gateway lost, trying again' };
    case 'closed':
      return { lamp: 'busy', text: 'Not connected' };
    case 'online':
      return ONLINE[pbx];
  }
}

/** What an operator must know while lamps and calls are not to be trusted; `undefined` while they are. */
export function outageWords(connection: ConnectionState, pbx: PbxState): string | undefined {
  if (connection.name === 'waiting')
    return 'The gateway is out of reach. What you see is as it was; the panel comes back by itself.';
  if (connection.name !== 'online' || pbx === 'up') return undefined;
  if (pbx === 'down') return 'The PBX is down. Lamps and calls come back by themselves when it is up again.';
  return 'The PBX is up again. Its lamps and calls are being read.';
}

const ONLINE = {
  up: { lamp: 'up', text: 'PBX up' },
  syncing: { lamp: 'held', text: 'PBX is back, reading its state' },
  down: { lamp: 'busy', text: 'PBX down' },
} as const;
