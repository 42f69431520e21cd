import type { Header } from '../../ami/message.ts';
import { beginActivity } from './activity.ts';
import { forgetPeer, tellPeers } from './bridge-peers.ts';
import { emptySeat, introduceTo, isSeatBusy } from './bridge-seat.ts';
import { parkingEntered, parkingLeft, releaseHold, seatIdle, transferLeaves, transferLeft } from './bridge-signals.ts';
import { applicationFeaturesOf, featuresOf } from './call-features.ts';
import { publish, shown } from './channel.ts';
import { goOnElsewhere } from './elsewhere.ts';
import { hangupSoon } from './hangup.ts';
import { soundHooksOf } from './heard-here.ts';
import { localEntered } from './local-signals.ts';
import type { Pbx } from './pbx.ts';
import { bridgeHeaders, channelHeaders } from './snapshot.ts';
import type { Bridge, Channel, Continuation } from './state.ts';
import { continuation, handle, type TaskHandler, task } from './task.ts';
import { randomUuid } from './uuid.ts';
import { clearVariable } from './variables.ts';

const leaveDissolving = task<{ bridge: string }>('bridge.leaveDissolving');
const introduceParties = task<{ bridge: string }>('bridge.introduceParties');

export interface NewBridge {
  readonly type?: Bridge['type'];
  readonly technology?: string;
  readonly creator?: string;
  readonly name?: string;
  readonly videoSourceMode?: string;
  readonly dissolveOnHangup?: boolean;
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
  delete channel.extra['watchedTransfer'];
  publish(pbx, channel);
  bridge.channels.push(channel.uniqueid);
  channel.bridge = bridge.uniqueid;
  channel.afterBridge = then;
  sitIn(channel);
  if (bridge.type === 'parking') {
    const swapped = swap?.uniqueid ?? '';
    pbx.continueNow(
      continuation(parkingEntered, { channel: channel.uniqueid, bridge: bridge.uniqueid, swap: swapped }),
    );
  }
  tellFirst?.();
  const swapped: readonly Header[] = swap === undefined ? [] : [['SwapUniqueid', swap.uniqueid]];
  pbx.emit('BridgeEnter', [...bridgeHeaders(bridge), ...channelHeaders(shown(pbx, channel)), ...swapped]);
  for (const name of OF_TRANSFERS) if (channel.variables[name] !== undefined) clearVariable(pbx, channel, name);
  reconfigure(pbx, bridge);
  if (bridge.type === 'basic' && swap === undefined && bridge.channels.length === 2) {
    pbx.after(0.1, introduceParties, { bridge: bridge.uniqueid });
  }
  if (channel.tech === 'Local') pbx.after(0, localEntered, { channel: channel.uniqueid });
}

/** Who transferred or forwarded a call is forgotten once it is in a bridge. Source: `bridge_channel_internal_push_full`, main/bridge_channel.c. */
const OF_TRANSFERS = ['BLINDTRANSFER', 'ATTENDEDTRANSFER', 'FORWARDERNAME'];

/** What a channel does in its bridge: it listens and passes on what it hears. */
export function sitIn(channel: Channel): void {
  beginActivity(channel, 'bridge', { bridge: channel.bridge });
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

/** Chooses the technology for who is in it now, and tells who talks to whom; the switch itself is not told. Source: `smart_bridge_operation`, main/bridge.c. */
export function reconfigure(pbx: Pbx, bridge: Bridge): void {
  const channels = channelsIn(pbx, bridge);
  if (bridge.type === 'parking') for (const channel of channels) forgetPeer(pbx, channel);
  if (bridge.type !== 'basic') return;
  const native = channels.length === 2 && channels.every(canBypass);
  bridge.technology = native ? 'native_rtp' : channels.length > 2 ? 'softmix' : 'simple_bridge';
  for (let round = 0; round < (native ? 3 : 1); round++) tellPeers(pbx, channels);
}

/** Whether the phone's sound may go past Asterisk: nobody there needs to hear keys or to watch. Source: `native_rtp_bridge_compatible_check`. */
function canBypass(channel: Channel): boolean {
  return (
    channel.tech === 'PJSIP' &&
    featuresOf(channel).length === 0 &&
    applicationFeaturesOf(channel).length === 0 &&
    channel.extra['watchedTransfer'] === undefined &&
    soundHooksOf(channel).length === 0
  );
}

export function channelsIn(pbx: Pbx, bridge: Bridge): Channel[] {
  return bridge.channels.map((uniqueid) => pbx.channel(uniqueid)).filter((channel) => channel !== undefined);
}

/** The other channel of a bridge of two. */
export function peerOf(pbx: Pbx, channel: Channel): Channel | undefined {
  const bridge = pbx.bridge(channel.bridge);
  if (bridge === undefined || bridge.channels.length !== 2 || bridge.unseen.length > 0) return undefined;
  return channelsIn(pbx, bridge).find((other) => other !== channel);
}

/** Takes a channel out of its bridge: BridgeLeave. What goes on with it is the caller's business. `moves`: to another bridge; `swapped`: another takes its place at once. */
export function takeOut(pbx: Pbx, channel: Channel, why: 'leaves' | 'moves' | 'swapped' = 'leaves'): void {
  const bridge = pbx.bridge(channel.bridge);
  if (bridge === undefined) return;
  if (bridge.type === 'parking') {
    pbx.continueNow(continuation(parkingLeft, { channel: channel.uniqueid, swapped: why === 'swapped' }));
  }
  if (bridge.type === 'basic' && why !== 'moves') forgetPeer(pbx, channel);
  if (bridge.type !== 'parking') publish(pbx, channel);
  bridge.channels = bridge.channels.filter((uniqueid) => uniqueid !== channel.uniqueid);
  if (bridge.type === 'basic' && bridge.dissolving) for (const other of channelsIn(pbx, bridge)) forgetPeer(pbx, other);
  channel.bridge = '';
  channel.activity = undefined;
  pbx.emit('BridgeLeave', [...bridgeHeaders(bridge), ...channelHeaders(shown(pbx, channel))]);
  if (!bridge.dissolving && why !== 'swapped') reconfigure(pbx, bridge);
  if (channel.heldByPeer) pbx.after(0.05, releaseHold, { channel: channel.uniqueid });
}

/** Moves a channel that stays in the call to another bridge. Source: `ast_bridge_move`. */
export function moveToBridge(pbx: Pbx, channel: Channel, to: Bridge): void {
  const then = channel.afterBridge;
  takeOut(pbx, channel, 'moves');
  enterBridge(pbx, to, channel, then);
}

/** All of a bridge move to another, but those who stay, and those who leave in their turn: BridgeMerge. Source: `bridge_do_merge`, main/bridge.c. */
export function mergeBridges(
  pbx: Pbx,
  to: Bridge,
  from: Bridge,
  stays: readonly string[],
  leave: readonly string[] = [],
): void {
  pbx.emit('BridgeMerge', [...bridgeHeaders(to, 'To'), ...bridgeHeaders(from, 'From')]);
  for (const channel of channelsIn(pbx, from)) {
    if (leave.includes(channel.uniqueid)) takeOut(pbx, channel);
    else if (!stays.includes(channel.uniqueid)) moveToBridge(pbx, channel, to);
  }
}

/** Ends a bridge that nobody is in: BridgeDestroy. */
export function destroyBridge(pbx: Pbx, bridge: Bridge): void {
  pbx.emit('BridgeDestroy', bridgeHeaders(bridge));
  delete pbx.state.bridges[bridge.uniqueid];
}

/** The channel leaves for good, and takes the bridge with it where that is the bridge's way; never where `dissolves` is false. */
export function leaveBridge(pbx: Pbx, channel: Channel, dissolves = true): void {
  const bridge = pbx.bridge(channel.bridge);
  if (bridge === undefined) return;
  const transfer = bridge.extra['transfer'] !== undefined;
  if (transfer && dissolves)
    pbx.continueNow(continuation(transferLeaves, { channel: channel.uniqueid, bridge: bridge.uniqueid }));
  if (dissolves && bridge.dissolveOnHangup) bridge.dissolving = true;
  depart(pbx, channel);
  if (bridge.dissolving) pbx.after(0.1, leaveDissolving, { bridge: bridge.uniqueid });
  else if (bridge.type === 'basic' && bridge.channels.length === 0 && !transfer) destroyBridge(pbx, bridge);
  if (transfer && dissolves) {
    pbx.after(0, transferLeft, { channel: channel.uniqueid, bridge: bridge.uniqueid });
  }
}

function depart(pbx: Pbx, channel: Channel): void {
  const then = channel.afterBridge;
  emptySeat(pbx, channel);
  takeOut(pbx, channel);
  goOn(pbx, channel, then);
}

/** The bridge ends: all have to leave it. Source: `bridge_dissolve`, main/bridge.c. */
export function dissolveBridge(pbx: Pbx, bridge: Bridge): void {
  bridge.dissolving = true;
  for (const channel of channelsIn(pbx, bridge)) forgetPeer(pbx, channel);
  pbx.after(0.1, leaveDissolving, { bridge: bridge.uniqueid });
}

/** A channel was taken away: too few may be left to go on. Source: `bridge_dissolve_check_stolen`, main/bridge.c. */
export function dissolveIfDeserted(pbx: Pbx, bridge: Bridge): void {
  if (!bridge.dissolving && bridge.dissolveOnHangup && bridge.channels.length < 2) dissolveBridge(pbx, bridge);
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
  else hangupSoon(pbx, channel);
}

/** All leave that are not busy with something of their own; the last one ends the bridge. */
function leaveAll(pbx: Pbx, bridge: Bridge): void {
  for (const channel of channelsIn(pbx, bridge)) if (!isSeatBusy(channel)) depart(pbx, channel);
  if (bridge.channels.length === 0) destroyBridge(pbx, bridge);
}

function introduce(pbx: Pbx, one: Channel, other: Channel): void {
  const { num, name } = other.caller;
  if (one.connected.num !== num || one.connected.name !== name) introduceTo(pbx, one, other.caller);
}

export const bridgeTasks: readonly TaskHandler[] = [
  handle(leaveDissolving, (pbx, { bridge: uniqueid }) => {
    const bridge = pbx.bridge(uniqueid);
    if (bridge !== undefined) leaveAll(pbx, bridge);
  }),
  handle(seatIdle, (pbx, { channel: uniqueid }) => {
    const channel = pbx.channel(uniqueid);
    const bridge = pbx.bridge(channel?.bridge ?? '');
    if (bridge?.dissolving) leaveAll(pbx, bridge);
    else if (channel?.tech === 'Local') pbx.after(0, localEntered, { channel: uniqueid });
  }),
  handle(introduceParties, (pbx, { bridge: uniqueid }) => {
    const bridge = pbx.bridge(uniqueid);
    const [one, other, ...more] = bridge === undefined || bridge.dissolving ? [] : channelsIn(pbx, bridge);
    if (one === undefined || other === undefined || more.length > 0) return;
    introduce(pbx, other, one);
    introduce(pbx, one, other);
  }),
];
