import { channelsIn } from './bridge.ts';
import { tellPeers } from './bridge-peers.ts';
import { releaseHold } from './bridge-signals.ts';
import { channelDeviceChanged } from './channel.ts';
import { LATENCY } from './latency.ts';
import { startMusic, stopMusic } from './music.ts';
import type { Pbx } from './pbx.ts';
import { phoneNotified } from './phone-signals.ts';
import type { Channel } from './state.ts';
import { handle, type TaskHandler, task } from './task.ts';

const passHold = task<{ channel: string; holding: boolean; musicClass: string }>('bridge.passHold');

/**
 * Passes hold and resume to those who are in the bridge now: they hear music, and their devices are ONHOLD.
 * Whoever holds may have gone to another bridge by then, as one who swaps calls by keys does.
 * Source: `ast_bridge_queue_everyone_else`, main/bridge_channel.c.
 */
export function holdPasses(pbx: Pbx, channel: Channel, holding: boolean, musicClass: string): void {
  const bridge = pbx.bridge(channel.bridge);
  if (bridge?.type === 'basic' && bridge.channels.length === 2) tellPeers(pbx, channelsIn(pbx, bridge));
  for (const other of bridge === undefined ? [] : channelsIn(pbx, bridge)) {
    if (other !== channel) pbx.after(LATENCY.bridgeFrame, passHold, { channel: other.uniqueid, holding, musicClass });
  }
}

/** Somebody holds the channel: it hears music. */
export function hold(pbx: Pbx, channel: Channel, musicClass: string): void {
  channel.heldByPeer = true;
  tellPhone(pbx, channel);
  if (channel.tech !== 'Local') channelDeviceChanged(pbx, channel);
  startMusic(pbx, channel, musicClass);
}

export function unhold(pbx: Pbx, channel: Channel): void {
  channel.heldByPeer = false;
  tellPhone(pbx, channel);
  if (channel.tech !== 'Local') channelDeviceChanged(pbx, channel);
  stopMusic(pbx, channel);
}

/** The phone's display says that it is held. */
function tellPhone(pbx: Pbx, channel: Channel): void {
  if (channel.phoneCall === '') return;
  pbx.after(0, phoneNotified, { phone: channel.endpoint, call: channel.phoneCall, held: channel.heldByPeer });
}

export const bridgeHoldTasks: readonly TaskHandler[] = [
  handle(passHold, (pbx, { channel: uniqueid, holding, musicClass }) => {
    const channel = pbx.channel(uniqueid);
    if (channel === undefined || channel.bridge === '') return;
    if (holding) hold(pbx, channel, musicClass);
    else if (channel.heldByPeer) unhold(pbx, channel);
  }),
  handle(releaseHold, (pbx, { channel: uniqueid }) => {
    const channel = pbx.channel(uniqueid);
    if (channel?.heldByPeer) unhold(pbx, channel);
  }),
];
