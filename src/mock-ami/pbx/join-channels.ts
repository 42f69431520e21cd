import { createBridge, dissolveIfDeserted, enterBridge, moveToBridge } from './bridge.ts';
import { playInBridge } from './bridge-seat.ts';
import { goOnElsewhere } from './elsewhere.ts';
import { hangupSoon } from './hangup.ts';
import { LATENCY } from './latency.ts';
import { stopMusic } from './music.ts';
import type { Pbx } from './pbx.ts';
import { soundInBridgeMs } from './sounds.ts';
import type { Bridge, Channel } from './state.ts';
import { continuation, handle, type TaskHandler, task } from './task.ts';
import { answerChannel } from './technology.ts';
import { yank } from './yank.ts';

const goOnAfterBridge = task<{ channel: string }>('joinChannels.goOn');
const beep = task<{ channel: string; sound: string }>('bridge.beep');

export interface JoinedChannel {
  readonly channel: Channel;
  /** It hears the transfer sound of features.conf. */
  readonly tone: boolean;
}

/** Puts channels into a new bridge; each goes on behind the application that it leaves when the bridge has ended. */
export function joinChannels(pbx: Pbx, parties: readonly JoinedChannel[]): void {
  const bridge = createBridge(pbx);
  for (const { channel, tone } of parties) {
    addToBridge(pbx, bridge, channel, true);
    const { xfersound } = pbx.config.features.general;
    if (tone && xfersound !== '') pbx.after(LATENCY.wake, beep, { channel: channel.uniqueid, sound: xfersound });
  }
}

/**
 * Puts a channel into a bridge, out of the one where it is or out of what runs on it; `goesOn`: behind that when it has left.
 * Source: `ast_bridge_add_channel`, main/bridge.c.
 */
export function addToBridge(pbx: Pbx, bridge: Bridge, channel: Channel, goesOn: boolean): void {
  stopMusic(pbx, channel);
  const before = pbx.bridge(channel.bridge);
  if (before !== undefined) {
    moveToBridge(pbx, channel, bridge);
    dissolveIfDeserted(pbx, before);
    return;
  }
  const then =
    goesOn && channel.runs.length > 0 ? continuation(goOnAfterBridge, { channel: channel.uniqueid }) : undefined;
  yank(pbx, channel);
  channel.priority++;
  if (channel.state !== 'Up') answerChannel(pbx, channel);
  enterBridge(pbx, bridge, channel, then);
}

export const joinChannelsTasks: readonly TaskHandler[] = [
  handle(goOnAfterBridge, (pbx, { channel: uniqueid }) => {
    const channel = pbx.channel(uniqueid);
    if (channel === undefined) return;
    if (channel.hangupRequested) hangupSoon(pbx, channel);
    else pbx.continueNow(continuation(goOnElsewhere, { channel: uniqueid }));
  }),
  handle(beep, (pbx, { channel: uniqueid, sound }) => {
    const channel = pbx.channel(uniqueid);
    if (channel !== undefined && channel.bridge !== '') playInBridge(pbx, channel, soundInBridgeMs(sound));
  }),
];
