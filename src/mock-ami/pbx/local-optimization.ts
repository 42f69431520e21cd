import { destroyBridge, enterBridge, goOn, leaveBridge, mergeBridges, peerOf, takeOut } from './bridge.ts';
import { isSeatBusy } from './bridge-seat.ts';
import { shown } from './channel.ts';
import { hangupSoon } from './hangup.ts';
import { withHalves } from './local-channel.ts';
import { localPair } from './local-pair.ts';
import { localEntered } from './local-signals.ts';
import type { Pbx } from './pbx.ts';
import { channelHeaders } from './snapshot.ts';
import type { Bridge, Channel, Continuation } from './state.ts';
import { continuation, handle, type TaskHandler, task } from './task.ts';
import { mayChange, mergeInto, swapInto } from './transfer-rules.ts';

const optimize = task<{ channel: string }>('local.optimize');
const firstHalfLeaves = task<{ channel: string }>('local.firstHalfLeaves');
const firstHalfEnds = task<{ channel: string }>('local.firstHalfEnds');
const secondHalfGoesOn = task<{ channel: string; then: Continuation | undefined }>('local.secondHalfGoesOn');
const emptied = task<{ bridge: string }>('local.emptied');

/** Media flows every 20 ms; the first frame through both halves starts the optimisation. Source: `local-channel-optimized`. */
const FIRST_FRAME_MS = 18;

function halvesOf(pbx: Pbx, first: Channel, second: Channel) {
  return [...channelHeaders(shown(pbx, first), 'LocalOne'), ...channelHeaders(shown(pbx, second), 'LocalTwo')];
}

/**
 * Both halves are bridged: who talks to the first takes the place of the second, or the other way round, as the bridges let him.
 * Source: `try_swap_optimize_out`, main/bridge.c.
 */
function swap(pbx: Pbx, first: Channel, second: Channel, to: Bridge): void {
  const [leaving, replaced] = second.bridge === to.uniqueid ? [first, second] : [second, first];
  const source = peerOf(pbx, leaving);
  if (source === undefined) return;
  const id = countOptimizations(pbx).next++;
  pbx.emit('LocalOptimizationBegin', [
    ...halvesOf(pbx, first, second),
    ...channelHeaders(shown(pbx, source), 'Source'),
    ['DestUniqueId', replaced.uniqueid],
    ['Id', String(id)],
  ]);
  const then = source.afterBridge;
  const replacedThen = replaced.afterBridge;
  takeOut(pbx, source, 'moves');
  takeOut(pbx, replaced, 'swapped');
  enterBridge(pbx, to, source, then, replaced);
  pbx.emit('LocalOptimizationEnd', [...halvesOf(pbx, first, second), ['Success', 'No'], ['Id', String(id)]]);
  first.hangupCause = 16;
  second.hangupCause = 16;
  // Unless Dial called the first half, the second one is done first. Source: `originate-local-to-exten`, `feature-atxfer-by-dtmf`.
  const dialled = leaving.runs.length === 0 && leaving.application !== '';
  if (!dialled && leaving.afterBridge === undefined)
    leaving.afterBridge = continuation(firstHalfEnds, { channel: leaving.uniqueid });
  pbx.after(0.1, firstHalfLeaves, { channel: leaving.uniqueid });
  pbx.after(dialled ? 0.3 : 0.05, secondHalfGoesOn, { channel: replaced.uniqueid, then: replacedThen });
}

/** Each gets a number, from 0. */
export function countOptimizations(pbx: Pbx): { next: number } {
  return pbx.part('localOptimizations', () => ({ next: 0 }));
}

/**
 * Neither bridge has just one other party: all of the smaller move to the larger, without the halves.
 * Source: `try_merge_optimize_out` and `bridge_do_merge`, main/bridge.c.
 */
function merge(pbx: Pbx, first: Channel, second: Channel, from: Bridge, to: Bridge): void {
  const id = countOptimizations(pbx).next++;
  const [leaving, stranger] = first.bridge === from.uniqueid ? [first, second] : [second, first];
  pbx.emit('LocalOptimizationBegin', [
    ...halvesOf(pbx, first, second),
    ['DestUniqueId', stranger.uniqueid],
    ['Id', String(id)],
  ]);
  const ends = [leaving, stranger].map((half) => ({ half, then: half.afterBridge }));
  mergeBridges(pbx, to, from, [], [leaving.uniqueid]);
  takeOut(pbx, stranger);
  pbx.emit('LocalOptimizationEnd', [...halvesOf(pbx, first, second), ['Success', 'Yes'], ['Id', String(id)]]);
  for (const { half, then } of ends) {
    half.hangupRequested = true;
    goOn(pbx, half, then);
  }
  pbx.after(0.1, emptied, { bridge: from.uniqueid });
}

/** The halves step aside, as their bridges let them. Source: `ast_bridge_unreal_optimize_out`, main/bridge.c. */
function stepAside(pbx: Pbx, first: Channel, second: Channel): void {
  const [one, other] = [pbx.bridge(first.bridge), pbx.bridge(second.bridge)];
  if (one === undefined || other === undefined || one === other || !mayChange(one) || !mayChange(other)) return;
  if ([first, second].some((half) => half.hangupRequested || isSeatBusy(half))) return;
  const into = swapInto(one, other);
  if (into !== undefined) return swap(pbx, first, second, into);
  const merged = mergeInto(one, other);
  if (merged !== undefined) merge(pbx, first, second, merged === one ? other : one, merged);
}

export const localOptimizationTasks: readonly TaskHandler[] = [
  handle(
    localEntered,
    withHalves((pbx, channel) => {
      if (localPair(channel)?.optimizes) pbx.after(FIRST_FRAME_MS, optimize, { channel: channel.uniqueid });
    }),
  ),
  handle(
    optimize,
    withHalves((pbx, channel, other) => {
      if (localPair(channel)?.half === 1) stepAside(pbx, channel, other);
      else stepAside(pbx, other, channel);
    }),
  ),
  handle(firstHalfLeaves, (pbx, { channel: uniqueid }) => {
    const channel = pbx.channel(uniqueid);
    if (channel !== undefined) leaveBridge(pbx, channel);
  }),
  handle(firstHalfEnds, (pbx, { channel: uniqueid }) => {
    const channel = pbx.channel(uniqueid);
    if (channel !== undefined) hangupSoon(pbx, channel, 0.3);
  }),
  handle(secondHalfGoesOn, (pbx, { channel: uniqueid, then }) => {
    const channel = pbx.channel(uniqueid);
    if (channel === undefined) return;
    channel.hangupRequested = true;
    goOn(pbx, channel, then);
  }),
  handle(emptied, (pbx, { bridge: uniqueid }) => {
    const bridge = pbx.bridge(uniqueid);
    if (bridge?.channels.length === 0) destroyBridge(pbx, bridge);
  }),
];
