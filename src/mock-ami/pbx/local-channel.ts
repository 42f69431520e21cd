import { enterBridge, goOn, leaveBridge, peerOf, takeOut } from './bridge.ts';
import { isSeatBusy } from './bridge-seat.ts';
import { newChannel, nextSerial, publish, setChannelState, setConnected, shown } from './channel.ts';
import { startPbx } from './dialplan-run.ts';
import { hangupSoon } from './hangup.ts';
import { type LocalPair, localPair, otherHalf } from './local-pair.ts';
import { localConnected, localEntered } from './local-signals.ts';
import { sameForwards } from './max-forwards.ts';
import { isLeg, isWatched, reportLeg } from './outgoing-leg.ts';
import type { Pbx } from './pbx.ts';
import { channelHeaders } from './snapshot.ts';
import type { Bridge, Channel, Continuation, PartyId } from './state.ts';
import { continuation, handle, type TaskHandler, task } from './task.ts';
import { mayChange, swapInto } from './transfer-rules.ts';
import { fullName, setVariable } from './variables.ts';

const localAnswered = task<{ channel: string }>('local.answered');
const optimize = task<{ channel: string }>('local.optimize');
const firstHalfLeaves = task<{ channel: string }>('local.firstHalfLeaves');
const firstHalfEnds = task<{ channel: string }>('local.firstHalfEnds');
const secondHalfGoesOn = task<{ channel: string; then: Continuation | undefined }>('local.secondHalfGoesOn');

/** Media flows every 20 ms; the first frame through both halves starts the optimisation. Source: `local-channel-optimized`. */
const FIRST_FRAME_MS = 18;

/**
 * Makes both halves of `Local/exten@context[/n]`: the first is called, the second will run the dialplan. Whether there is such an extension
 * is looked at when it is called. Source: `local_request`, main/core_local.c.
 */
export function requestLocal(
  pbx: Pbx,
  resource: string,
  parent: Channel | undefined,
  ids: { uniqueid: string; other: string },
): { readonly channel: Channel } {
  const [target = '', options = ''] = resource.split('/');
  const [exten = '', context = 'default'] = target.split('@');
  const serial = nextSerial(pbx, 'Local');
  const half = (number: 1 | 2, uniqueid: string, of: Channel | undefined): Channel =>
    newChannel(pbx, {
      name: `Local/${target}-${serial};${number}`,
      tech: 'Local',
      direction: number === 1 ? 'out' : 'in',
      state: number === 1 ? 'Down' : 'Ring',
      caller: { num: '', name: '' },
      context,
      exten,
      parent: of,
      ...(uniqueid === '' ? {} : { uniqueid }),
    });
  const first = half(1, ids.uniqueid, parent);
  const second = half(2, ids.other, first);
  const pair = { context, exten, optimizes: !options.includes('n') };
  first.extra['local'] = { ...pair, half: 1, other: second.uniqueid } satisfies LocalPair;
  second.extra['local'] = { ...pair, half: 2, other: first.uniqueid } satisfies LocalPair;
  return { channel: first };
}

/**
 * Starts the second half: it takes over what the first was given, mirrored, and runs the dialplan; false where there is no such
 * extension, or no second half any more. Source: `local_call`.
 */
export function callLocal(pbx: Pbx, first: Channel): boolean {
  const second = handToSecondHalf(pbx, first);
  const pair = localPair(first);
  if (second === undefined || pair === undefined) return false;
  if (pbx.find(pair.context, pair.exten, 1, second.caller.num) === undefined) {
    first.extra['local'] = { ...pair, refused: true } satisfies LocalPair;
    return false;
  }
  tellLocalBridge(pbx, first, second, pair);
  startPbx(pbx, second);
  return true;
}

/** The second half takes over what the first was given, mirrored. Source: `ast_unreal_call_setup`, main/core_unreal.c. */
export function handToSecondHalf(pbx: Pbx, first: Channel): Channel | undefined {
  const second = otherHalf(pbx, first);
  if (second === undefined) return undefined;
  for (const [name, variable] of Object.entries(first.variables).reverse())
    setVariable(pbx, second, fullName(name, variable), variable.value);
  second.caller = { ...first.connected };
  second.connected = { ...first.caller };
  second.accountCode = first.accountCode;
  second.language = first.language;
  sameForwards(first, second);
  publish(pbx, second);
  return second;
}

export function tellLocalBridge(pbx: Pbx, first: Channel, second: Channel, pair: LocalPair): void {
  pbx.emit('LocalBridge', [
    ...channelHeaders(shown(pbx, first), 'LocalOne'),
    ...channelHeaders(shown(pbx, second), 'LocalTwo'),
    ['Context', pair.context],
    ['Exten', pair.exten],
    ['LocalOptimization', pair.optimizes ? 'Yes' : 'No'],
  ]);
}

/** What runs on the second half lets it ring: the first rings. */
export function ringLocal(pbx: Pbx, channel: Channel): void {
  const other = otherHalf(pbx, channel);
  if (other === undefined || !isWatched(other)) return;
  setChannelState(pbx, other, 'Ringing');
  reportLeg(pbx, other, { kind: 'ringing' });
}

/** What runs on the second half answers it: the first is answered. */
export function answerLocal(pbx: Pbx, channel: Channel): void {
  setChannelState(pbx, channel, 'Up');
  pbx.after(0.1, localAnswered, { channel: channel.uniqueid });
}

/** A tone that refuses: the first half fails with its cause. */
export function refuseLocal(pbx: Pbx, channel: Channel, cause: number): void {
  const other = otherHalf(pbx, channel);
  if (other === undefined || !isLeg(other)) return;
  other.hangupCause = cause;
  reportLeg(pbx, other, { kind: 'hangup' });
}

/** Whom one half talks to is who calls on the other: told to whoever is there. Source: `local_indicate`, AST_CONTROL_CONNECTED_LINE. */
function passConnectedLine(pbx: Pbx, channel: Channel): void {
  const other = otherHalf(pbx, channel);
  if (other === undefined) return;
  other.caller = { ...channel.connected };
  if (isLeg(other)) return reportLeg(pbx, other, { kind: 'connected', party: { ...channel.connected } });
  const peer = peerOf(pbx, other);
  if (peer !== undefined && !isSameParty(peer.connected, channel.connected)) setConnected(pbx, peer, channel.connected);
}

/** Two Local channels that talk to each other would tell it round and round. */
function isSameParty(one: PartyId, other: PartyId): boolean {
  return one.num === other.num && one.name === other.name;
}

/**
 * Both halves are bridged: who talks to the first takes the place of the second, or the other way round, as the bridges let him.
 * Source: `try_swap_optimize_out`, main/bridge.c.
 */
function stepAside(pbx: Pbx, first: Channel, second: Channel, to: Bridge): void {
  const [leaving, replaced] = second.bridge === to.uniqueid ? [first, second] : [second, first];
  const source = peerOf(pbx, leaving);
  if (source === undefined) return;
  const id = countOptimizations(pbx).next++;
  const halves = () => [
    ...channelHeaders(shown(pbx, first), 'LocalOne'),
    ...channelHeaders(shown(pbx, second), 'LocalTwo'),
  ];
  pbx.emit('LocalOptimizationBegin', [
    ...halves(),
    ...channelHeaders(shown(pbx, source), 'Source'),
    ['DestUniqueId', replaced.uniqueid],
    ['Id', String(id)],
  ]);
  const then = source.afterBridge;
  const replacedThen = replaced.afterBridge;
  takeOut(pbx, source, 'moves');
  takeOut(pbx, replaced, 'swapped');
  enterBridge(pbx, to, source, then, replaced);
  pbx.emit('LocalOptimizationEnd', [...halves(), ['Success', 'No'], ['Id', String(id)]]);
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

/** Where the other party goes; `undefined` where the halves have to stay. Source: `optimize_lock_chan_stack`, main/bridge.c. */
function bridgeToStepInto(pbx: Pbx, first: Channel, second: Channel): Bridge | undefined {
  const [one, other] = [pbx.bridge(first.bridge), pbx.bridge(second.bridge)];
  if (one === undefined || other === undefined || one === other) return undefined;
  const free = [first, second].every((half) => !half.hangupRequested && !isSeatBusy(half));
  return free && mayChange(one) && mayChange(other) ? swapInto(one, other) : undefined;
}

function withHalves(what: (pbx: Pbx, channel: Channel, other: Channel) => void) {
  return (pbx: Pbx, { channel: uniqueid }: { channel: string }): void => {
    const channel = pbx.channel(uniqueid);
    const other = channel === undefined ? undefined : otherHalf(pbx, channel);
    if (channel !== undefined && other !== undefined) what(pbx, channel, other);
  };
}

export const localTasks: readonly TaskHandler[] = [
  handle(
    localConnected,
    withHalves((pbx, channel) => passConnectedLine(pbx, channel)),
  ),
  handle(
    localAnswered,
    withHalves((pbx, _channel, other) => {
      setChannelState(pbx, other, 'Up');
      reportLeg(pbx, other, { kind: 'answer' });
    }),
  ),
  handle(
    localEntered,
    withHalves((pbx, channel) => {
      if (localPair(channel)?.optimizes) pbx.after(FIRST_FRAME_MS, optimize, { channel: channel.uniqueid });
    }),
  ),
  handle(
    optimize,
    withHalves((pbx, channel, other) => {
      const [first, second] = localPair(channel)?.half === 1 ? [channel, other] : [other, channel];
      const to = bridgeToStepInto(pbx, first, second);
      if (to !== undefined) stepAside(pbx, first, second, to);
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
];
