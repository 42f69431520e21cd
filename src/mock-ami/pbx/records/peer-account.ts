import { channelsIn } from '../bridge.ts';
import type { PbxEvent } from '../event.ts';
import type { EventWatcher } from '../machinery.ts';
import type { Pbx } from '../pbx.ts';
import type { Channel } from '../state.ts';
import { subjectOf } from './event-subject.ts';

const PEER_ACCOUNT = 'peerAccount';

/** The account code of whom the channel talked to last. */
export function peerAccount(channel: Channel): string {
  const account = channel.extra[PEER_ACCOUNT];
  return typeof account === 'string' ? account : '';
}

/** Source: `ast_channel_req_accountcodes`, main/channel.c: a called channel takes it from its caller. */
function called(pbx: Pbx, event: PbxEvent): void {
  const caller = subjectOf(pbx, event)?.channel;
  const leg = subjectOf(pbx, event, 'Dest')?.channel;
  if (caller !== undefined && leg !== undefined) leg.extra[PEER_ACCOUNT] = caller.accountCode;
}

/** Source: `ast_bridge_...update_accountcodes`, main/bridge.c: two that meet take each other's. */
function entered(pbx: Pbx, event: PbxEvent): void {
  const bridge = pbx.bridge(subjectOf(pbx, event)?.channel.bridge ?? '');
  const [first, second, ...more] = bridge === undefined ? [] : channelsIn(pbx, bridge);
  if (first === undefined || second === undefined || more.length > 0) return;
  first.extra[PEER_ACCOUNT] = second.accountCode;
  second.extra[PEER_ACCOUNT] = first.accountCode;
}

/** They stand before those of CEL, which shows what they keep. */
export const peerAccountWatchers: Readonly<Record<string, EventWatcher>> = { DialBegin: called, BridgeEnter: entered };
