import type { Header } from '../../ami/message.ts';
import { type ActivityHandler, activityData, beginActivity } from './activity.ts';
import { channelDeviceChanged, publish, shown } from './channel.ts';
import { goOnElsewhere } from './elsewhere.ts';
import { hangupSoon } from './hangup.ts';
import { LATENCY } from './latency.ts';
import { localEntered } from './local-signals.ts';
import { startMusic, stopMusic } from './music.ts';
import type { Pbx } from './pbx.ts';
import { bridgeHeaders, channelHeaders } from './snapshot.ts';
import type { Bridge, Channel, Continuation } from './state.ts';
import { handle, type TaskHandler, task } from './task.ts';
import { randomUuid } from './uuid.ts';
import { storeVariable, tellVariable } from './variables.ts';

const passHold = task<{ channel: string; holding: boolean; musicClass: string }>('bridge.passHold');
const leaveDissolving = task<{ bridge: string }>('bridge.leaveDissolving');
const forgetPeer = task<{ channel: string }>('bridge.forgetPeer');
/** The music of a channel that nobody holds any more stops. */
export const releaseHold = task<{ channel: string }>('bridge.releaseHold');

export interface NewBridge {
  readonly type?: Bridge['type'];
  readonly technology?: string;
  readonly creator?: string;
  readonly name?: string;
  readonly videoSourceMode?: string;
  readonly dissolveOnHangup?: boolean;
  readonly features?: boolean;
  readonly staysPut?: boolean;
  /** Made at boot, before anybody listens. */
  readonly silent?: boolean;
}

/** Makes a bridge and tells of it: BridgeCreate. */
export function createBridge(pbx: Pbx, spec: NewBridge = {}): Bridge {
  const bridge: Bridge = {
    uniqueid: randomUuid(pbx),
    type: spec.type ?? 'basic',
    technology: spec.technology ?? 'simple_bridge',
    creator: spec.creator ?? '',
    name: spec.name ?? '',
    videoSourceMode: spec.videoSourceMode ?? 'none',
    videoSource: '',
    unseen: [],
    createdMs: pbx.now,
    channels: [],
    dissolveOnHangup: spec.dissolveOnHangup ?? true,
    dissolving: false,
    features: spec.features ?? false,
    staysPut: spec.staysPut ?? false,
    extra: {},
  };
  pbx.state.bridges[bridge.uniqueid] = bridge;
  if (!spec.silent) pbx.emit('BridgeCreate', bridgeHeaders(bridge));
  return bridge;
}

/**
 * Puts a channel into a bridge: BridgeEnter. When it has left, `then` goes on; without it the channel is hung up.
 * `swap`: whose place it takes, which has left just now. `tellFirst`: what is told before BridgeEnter.
 */
export function enterBridge(
  pbx: Pbx,
  bridge: Bridge,
  channel: Channel,
  then?: Continuation,
  swap?: Channel,
  tellFirst?: () => void,
): void {
  if (bridge.type === 'basic') shareLinkedid(pbx, bridge, channel);
  publish(pbx, channel);
  bridge.channels.push(channel.uniqueid);
  channel.bridge = bridge.uniqueid;
  channel.afterBridge = then;
  beginActivity(channel, 'bridge', { bridge: bridge.uniqueid });
  tellFirst?.();
  const swapped: readonly Header[] = swap === undefined ? [] : [['SwapUniqueid', swap.uniqueid]];
  pbx.emit('BridgeEnter', [...bridgeHeaders(bridge), ...channelHeaders(shown(pbx, channel)), ...swapped]);
  reconfigure(pbx, bridge);
  if (channel.tech === 'Local') pbx.after(0, localEntered, { channel: channel.uniqueid });
}

/** Who meets in a bridge of a call belongs to one call: the oldest linkedid counts for all. Source: `ast_bridge_..._linkedid`, recording `attended-transfer`. */
function shareLinkedid(pbx: Pbx, bridge: Bridge, channel: Channel): void {
  const all = [...channelsIn(pbx, bridge), channel];
  const oldest = all.map((one) => one.linkedid).reduce((a, b) => (isOlder(b, a) ? b : a));
  for (const one of all) {
    if (one.linkedid === oldest) continue;
    one.linkedid = oldest;
    publish(pbx, one);
  }
}

function isOlder(one: string, other: string): boolean {
  const [seconds = 0, serial = 0] = one.split('.').map(Number);
  const [otherSeconds = 0, otherSerial = 0] = other.split('.').map(Number);
  return seconds < otherSeconds || (seconds === otherSeconds && serial < otherSerial);
}

/** Chooses the technology for who is in it now; the switch itself is not told. Source: `smart_bridge_operation`, main/bridge.c. */
function reconfigure(pbx: Pbx, bridge: Bridge): void {
  if (bridge.type !== 'basic') return;
  const channels = channelsIn(pbx, bridge);
  const native = channels.length === 2 && !bridge.features && channels.every((channel) => channel.tech === 'PJSIP');
  bridge.technology = native ? 'native_rtp' : channels.length > 2 ? 'softmix' : 'simple_bridge';
  if (channels.length === 2) for (let round = 0; round < 3; round++) tellPeers(pbx, channels);
}

export function channelsIn(pbx: Pbx, bridge: Bridge): Channel[] {
  return bridge.channels.map((uniqueid) => pbx.channel(uniqueid)).filter((channel) => channel !== undefined);
}

/** The other channel of a bridge of two. */
export function peerOf(pbx: Pbx, channel: Channel): Channel | undefined {
  const bridge = pbx.bridge(channel.bridge);
  if (bridge === undefined || bridge.channels.length !== 2) return undefined;
  return channelsIn(pbx, bridge).find((other) => other !== channel);
}

/** BRIDGEPEER and BRIDGEPVTCALLID: whom a channel talks to, and the Call-ID of its dialog. Asterisk sets them each time it looks, the caller's first. */
function tellPeers(pbx: Pbx, channels: readonly Channel[]): void {
  const [second, first] = channels;
  if (first === undefined || second === undefined) return;
  setPeer(pbx, first, second);
  setPeer(pbx, second, first);
}

function setPeer(pbx: Pbx, channel: Channel, peer: Channel | undefined): void {
  const callId = peer === undefined ? '' : sipCallIdOf(pbx, peer);
  tellPeerVariable(pbx, channel, 'BRIDGEPEER', peer?.name ?? '');
  if (callId !== '' || channel.variables['BRIDGEPVTCALLID'] !== undefined)
    tellPeerVariable(pbx, channel, 'BRIDGEPVTCALLID', callId);
}

function tellPeerVariable(pbx: Pbx, channel: Channel, name: string, value: string): void {
  storeVariable(pbx, channel, name, value);
  tellVariable(pbx, channel, name, value);
}

/** '' for a channel without a dialog, as a Local one. */
function sipCallIdOf(pbx: Pbx, channel: Channel): string {
  return pbx.state.phones[channel.endpoint]?.calls.find((call) => call.channel === channel.uniqueid)?.sipCallId ?? '';
}

/** Takes a channel out of its bridge: BridgeLeave. What goes on with it is the caller's business. `moves`: to another bridge; `swapped`: another takes its place at once. */
export function takeOut(pbx: Pbx, channel: Channel, why: 'leaves' | 'moves' | 'swapped' = 'leaves'): void {
  const bridge = pbx.bridge(channel.bridge);
  if (bridge === undefined) return;
  if (bridge.type === 'basic' && bridge.channels.length === 2) tellParting(pbx, channel, why);
  bridge.channels = bridge.channels.filter((uniqueid) => uniqueid !== channel.uniqueid);
  channel.bridge = '';
  channel.activity = undefined;
  pbx.emit('BridgeLeave', [...bridgeHeaders(bridge), ...channelHeaders(shown(pbx, channel))]);
  if (!bridge.dissolving && why !== 'swapped') reconfigure(pbx, bridge);
  if (channel.heldByPeer) pbx.after(0.05, releaseHold, { channel: channel.uniqueid });
}

/** Nobody is the other's peer any more: told of both, but of one that moves only later, by its next bridge. */
function tellParting(pbx: Pbx, channel: Channel, why: 'leaves' | 'moves' | 'swapped'): void {
  const peer = peerOf(pbx, channel);
  if (why !== 'moves') setPeer(pbx, channel, undefined);
  if (peer === undefined || why === 'swapped') return;
  if (why === 'leaves') setPeer(pbx, peer, undefined);
  else pbx.after(0.1, forgetPeer, { channel: peer.uniqueid });
}

/** Ends a bridge that nobody is in: BridgeDestroy. */
export function destroyBridge(pbx: Pbx, bridge: Bridge): void {
  pbx.emit('BridgeDestroy', bridgeHeaders(bridge));
  delete pbx.state.bridges[bridge.uniqueid];
}

/** The channel leaves for good, and takes the bridge with it where that is the bridge's way. */
export function leaveBridge(pbx: Pbx, channel: Channel): void {
  const bridge = pbx.bridge(channel.bridge);
  if (bridge === undefined) return;
  const then = channel.afterBridge;
  if (bridge.dissolveOnHangup) bridge.dissolving = true;
  takeOut(pbx, channel);
  goOn(pbx, channel, then);
  if (bridge.dissolving) pbx.after(0.1, leaveDissolving, { bridge: bridge.uniqueid });
  else if (bridge.channels.length === 0) destroyBridge(pbx, bridge);
}

/** The cause of a channel that leaves a bridge and has none. Source: `channel_set_cause`, main/bridge_channel.c. */
const NORMAL_CLEARING = 16;

/** What comes for a channel that has left its bridge. */
export function goOn(pbx: Pbx, channel: Channel, then: Continuation | undefined): void {
  channel.afterBridge = undefined;
  if (channel.hangupCause === 0) channel.hangupCause = NORMAL_CLEARING;
  if (then !== undefined) pbx.continueAfter(0.05, then);
  else if (channel.redirected && !channel.hangupRequested)
    pbx.after(0.05, goOnElsewhere, { channel: channel.uniqueid });
  else hangupSoon(pbx, channel, channel.tech === 'Local' ? 0.1 : LATENCY.hangup);
}

/** Passes hold and resume to the others of the bridge: they hear music, and their devices are ONHOLD. */
function holdPasses(pbx: Pbx, channel: Channel, holding: boolean, musicClass: string): void {
  const bridge = pbx.bridge(channel.bridge);
  if (bridge?.type === 'basic' && bridge.channels.length === 2) tellPeers(pbx, channelsIn(pbx, bridge));
  pbx.after(LATENCY.bridgeFrame, passHold, { channel: channel.uniqueid, holding, musicClass });
}

function hold(pbx: Pbx, channel: Channel, musicClass: string): void {
  channel.heldByPeer = true;
  if (channel.tech !== 'Local') channelDeviceChanged(pbx, channel);
  startMusic(pbx, channel, musicClass);
}

function unhold(pbx: Pbx, channel: Channel): void {
  channel.heldByPeer = false;
  if (channel.tech !== 'Local') channelDeviceChanged(pbx, channel);
  stopMusic(pbx, channel);
}

export const bridgeActivity: ActivityHandler = {
  name: 'bridge',
  hungUp: leaveBridge,
  held: holdPasses,
};

export const bridgeTasks: readonly TaskHandler[] = [
  handle(passHold, (pbx, { channel: uniqueid, holding, musicClass }) => {
    const channel = pbx.channel(uniqueid);
    const bridge = channel === undefined ? undefined : pbx.bridge(channel.bridge);
    if (channel === undefined || bridge === undefined || activityData(channel, 'bridge') === undefined) return;
    for (const other of channelsIn(pbx, bridge)) {
      if (other === channel) continue;
      if (holding) hold(pbx, other, musicClass);
      else if (other.heldByPeer) unhold(pbx, other);
    }
  }),
  handle(leaveDissolving, (pbx, { bridge: uniqueid }) => {
    const bridge = pbx.bridge(uniqueid);
    if (bridge === undefined) return;
    for (const channel of channelsIn(pbx, bridge)) {
      const then = channel.afterBridge;
      takeOut(pbx, channel);
      goOn(pbx, channel, then);
    }
    destroyBridge(pbx, bridge);
  }),
  handle(forgetPeer, (pbx, { channel: uniqueid }) => {
    const channel = pbx.channel(uniqueid);
    if (channel !== undefined) setPeer(pbx, channel, undefined);
  }),
  handle(releaseHold, (pbx, { channel: uniqueid }) => {
    const channel = pbx.channel(uniqueid);
    if (channel?.heldByPeer) unhold(pbx, channel);
  }),
];
