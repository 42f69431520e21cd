import { header, type WireEvent } from './event.ts';
import type { Draft, Reducer } from './facts.ts';
import type { BridgeState, ChannelState } from './model.ts';

export const BRIDGE_EVENTS: readonly (readonly [string, Reducer])[] = [
  ['BridgeCreate', (draft, event) => void readBridge(draft, event)],
  ['BridgeEnter', (draft, event) => enterBridge(draft, event)],
  ['BridgeLeave', (draft, event) => leaveBridge(draft, event)],
  ['BridgeDestroy', (draft, event) => destroyBridge(draft, header(event, 'BridgeUniqueid'))],
];

/** Takes over what an event says of its bridge. `BridgeLeave` is the first to tell that the technology is now another. */
export function readBridge(draft: Draft, event: WireEvent): BridgeState | undefined {
  const uniqueid = header(event, 'BridgeUniqueid');
  if (uniqueid === '') return undefined;
  const name = header(event, 'BridgeName');
  const bridge = {
    uniqueid,
    type: header(event, 'BridgeType'),
    technology: header(event, 'BridgeTechnology'),
    name: name === '<unknown>' ? '' : name,
    channels: draft.get('bridge', uniqueid)?.channels ?? [],
  };
  draft.put('bridge', uniqueid, bridge);
  return bridge;
}

/** Puts a channel into a bridge; a channel is in one at a time. */
export function joinBridge(draft: Draft, channel: ChannelState, bridge: BridgeState): void {
  if (channel.bridge !== bridge.uniqueid) dropFromBridge(draft, channel);
  draft.put('channel', channel.uniqueid, { ...channel, bridge: bridge.uniqueid });
  if (bridge.channels.includes(channel.uniqueid)) return;
  draft.put('bridge', bridge.uniqueid, { ...bridge, channels: [...bridge.channels, channel.uniqueid] });
}

/** Takes a channel out of the bridge it is in, if any. */
export function dropFromBridge(draft: Draft, channel: ChannelState): void {
  const bridge = draft.get('bridge', channel.bridge);
  if (bridge === undefined) return;
  const channels = bridge.channels.filter((other) => other !== channel.uniqueid);
  draft.put('bridge', bridge.uniqueid, { ...bridge, channels });
}

function enterBridge(draft: Draft, event: WireEvent): void {
  const channel = draft.get('channel', header(event, 'Uniqueid'));
  // Who sees a part only sees no bridge in which nobody is that it sees.
  if (channel === undefined && draft.get('bridge', header(event, 'BridgeUniqueid')) === undefined) return;
  const bridge = readBridge(draft, event);
  if (channel !== undefined && bridge !== undefined) joinBridge(draft, channel, bridge);
}

function leaveBridge(draft: Draft, event: WireEvent): void {
  if (draft.get('bridge', header(event, 'BridgeUniqueid')) !== undefined) readBridge(draft, event);
  const channel = draft.get('channel', header(event, 'Uniqueid'));
  if (channel === undefined || channel.bridge !== header(event, 'BridgeUniqueid')) return;
  dropFromBridge(draft, channel);
  draft.put('channel', channel.uniqueid, { ...channel, bridge: '' });
}

function destroyBridge(draft: Draft, uniqueid: string): void {
  for (const member of draft.get('bridge', uniqueid)?.channels ?? []) {
    const channel = draft.get('channel', member);
    if (channel?.bridge === uniqueid) draft.put('channel', member, { ...channel, bridge: '' });
  }
  draft.drop('bridge', uniqueid);
}
