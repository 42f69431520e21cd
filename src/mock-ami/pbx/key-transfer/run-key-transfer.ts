import { channelsIn, dissolveBridge, enterBridge, leaveBridge } from '../bridge.ts';
import { transferLeaves, transferLeft } from '../bridge-signals.ts';
import { dialStatusOfCause, tellDial } from '../dial-events.ts';
import type { FeatureHook } from '../feature-hooks.ts';
import { RACES } from '../latency.ts';
import { localEntered } from '../local-signals.ts';
import { forgetWatch, isLeg } from '../outgoing-leg.ts';
import type { Pbx } from '../pbx.ts';
import type { Bridge, Channel } from '../state.ts';
import { handle, type TaskHandler, task } from '../task.ts';
import {
  findTransfer,
  type KeyTransfer,
  type KeyTransferState,
  keyTransfers,
  partiesOf,
  transferOf,
} from './key-transfer.ts';
import { kicked } from './key-transfer-moves.ts';
import { ENTRIES, EXITS, type NextState, type Stimulus } from './key-transfer-states.ts';
import { calledSays, endCall } from './recall.ts';

const timedOut = task<{ transfer: number }>('keyTransfer.timedOut');

/** How a state's time counts: anew, on from the state before, or not at all. Source: the flags of `state_properties`, main/bridge_basic.c. */
const TIMING: Readonly<Record<KeyTransferState, 'anew' | 'on' | 'none' | 'pause'>> = {
  calling: 'anew',
  hesitant: 'on',
  consulting: 'none',
  doubleChecking: 'none',
  blond: 'on',
  recalling: 'anew',
  waiting: 'pause',
  retransfer: 'anew',
};

/** The keys that the transferer has meanwhile. */
function hooks(pbx: Pbx): FeatureHook[] {
  const { atxferabort, atxfercomplete, atxferthreeway, atxferswap } = pbx.config.features.general;
  const all: FeatureHook[] = [
    { code: atxferabort, feature: 'atxferabort' },
    { code: atxfercomplete, feature: 'atxfercomplete' },
    { code: atxferthreeway, feature: 'atxferthreeway' },
    { code: atxferswap, feature: 'atxferswap' },
  ];
  return all.filter(({ code }) => code !== '');
}

/** The transfer takes both bridges in hand: who leaves them does not end them. */
export function beginKeyTransfer(pbx: Pbx, transfer: KeyTransfer): void {
  keyTransfers(pbx).transfers.push(transfer);
  const { transfereeBridge, targetBridge, transferer } = partiesOf(pbx, transfer);
  for (const bridge of [transfereeBridge, targetBridge]) {
    if (bridge === undefined) continue;
    bridge.extra['transfer'] = transfer.id;
    bridge.dissolveOnHangup = false;
  }
  if (transferer !== undefined) transferer.extra['hooks'] = hooks(pbx);
}

/** Comes to a state, or to the end. */
export function enterState(pbx: Pbx, transfer: KeyTransfer, next: NextState): void {
  if (!ENTRIES[next](pbx, transfer)) return enterState(pbx, transfer, 'failed');
  if (!(next in EXITS)) return endKeyTransfer(pbx, transfer);
  transfer.state = next as KeyTransferState;
  setTimer(pbx, transfer);
}

function setTimer(pbx: Pbx, transfer: KeyTransfer): void {
  const timing = TIMING[transfer.state];
  if (timing === 'on') return;
  pbx.cancel(transfer.timer);
  const { atxferNoAnswerTimeoutS, atxferLoopDelayS } = pbx.config.features.general;
  const seconds = timing === 'pause' ? atxferLoopDelayS : atxferNoAnswerTimeoutS;
  transfer.timer = timing === 'none' ? 0 : pbx.after(seconds * 1000, timedOut, { transfer: transfer.id });
}

/** Something has happened to a transfer. */
export function stimulate(pbx: Pbx, transfer: KeyTransfer, stimulus: Stimulus): void {
  if (findTransfer(pbx, transfer.id) === undefined) return;
  const next = EXITS[transfer.state](pbx, transfer, stimulus);
  if (next !== undefined) enterState(pbx, transfer, next);
}

/** The bridges are ordinary ones again; one with nobody to talk to ends. Source: `attended_transfer_properties_shutdown`. */
function endKeyTransfer(pbx: Pbx, transfer: KeyTransfer): void {
  const all = keyTransfers(pbx);
  all.transfers = all.transfers.filter((other) => other !== transfer);
  pbx.cancel(transfer.timer);
  const { transfereeBridge, targetBridge, transferer, target, recalled } = partiesOf(pbx, transfer);
  if (transferer !== undefined) delete transferer.extra['hooks'];
  for (const channel of [target, recalled]) if (channel !== undefined) forgetWatch(channel);
  for (const bridge of [transfereeBridge, targetBridge]) if (bridge !== undefined) release(pbx, bridge);
}

function release(pbx: Pbx, bridge: Bridge): void {
  delete bridge.extra['transfer'];
  bridge.dissolveOnHangup = true;
  const channels = channelsIn(pbx, bridge);
  if (channels.length <= 1 && !bridge.dissolving) dissolveBridge(pbx, bridge);
  for (const channel of channels)
    if (channel.tech === 'Local') pbx.after(0, localEntered, { channel: channel.uniqueid });
}

/** Source: `transfer_pull` and `recall_pull`, main/bridge_basic.c. */
function whoLeft(pbx: Pbx, transfer: KeyTransfer, bridge: Bridge, channel: string): Stimulus | undefined {
  const left = channelsIn(pbx, bridge).map(({ uniqueid }) => uniqueid);
  const recall = ['blond', 'recalling', 'waiting', 'retransfer'].includes(transfer.state);
  if (recall) {
    if (bridge.uniqueid === transfer.targetBridge) return undefined;
    if (channel === transfer.recalled) return 'recalledHangup';
    return left.every((uniqueid) => uniqueid === transfer.recalled) ? 'transfereeHangup' : undefined;
  }
  if (channel === transfer.transferer) return 'transfererHangup';
  if (left.some((uniqueid) => uniqueid !== transfer.transferer)) return undefined;
  return bridge.uniqueid === transfer.transfereeBridge ? 'transfereeHangup' : 'targetHangup';
}

function answered(pbx: Pbx, transfer: KeyTransfer, called: Channel): void {
  tellDial(pbx, 'DialEnd', undefined, called, ['DialStatus', 'ANSWER']);
  const { transfereeBridge } = partiesOf(pbx, transfer);
  if (called.uniqueid !== transfer.recalled) return stimulate(pbx, transfer, 'targetAnswer');
  if (called.bridge === '' && transfereeBridge !== undefined) enterBridge(pbx, transfereeBridge, called);
  stimulate(pbx, transfer, 'recalledAnswer');
}

export const runKeyTransferTasks: readonly TaskHandler[] = [
  handle(timedOut, (pbx, { transfer: id }) => {
    const transfer = findTransfer(pbx, id);
    if (transfer !== undefined) stimulate(pbx, transfer, 'timeout');
  }),
  handle(transferLeaves, (pbx, { channel, bridge: uniqueid }) => {
    const bridge = pbx.bridge(uniqueid);
    const transfer = bridge === undefined ? undefined : transferOf(pbx, bridge);
    if (transfer?.transferer !== channel || !RACES.mergedBeforeLeaving(transfer.byManager)) return;
    stimulate(pbx, transfer, 'transfererHangup');
  }),
  handle(kicked, (pbx, { channel: uniqueid }) => {
    const channel = pbx.channel(uniqueid);
    if (channel !== undefined) leaveBridge(pbx, channel, false);
  }),
  handle(transferLeft, (pbx, { channel, bridge: uniqueid }) => {
    const bridge = pbx.bridge(uniqueid);
    const transfer = bridge === undefined ? undefined : transferOf(pbx, bridge);
    const stimulus =
      bridge === undefined || transfer === undefined ? undefined : whoLeft(pbx, transfer, bridge, channel);
    if (transfer !== undefined && stimulus !== undefined) stimulate(pbx, transfer, stimulus);
  }),
  handle(calledSays, (pbx, { transfer: id, leg, control }) => {
    const transfer = findTransfer(pbx, id);
    const called = pbx.channel(leg);
    if (called === undefined) return;
    if (control.kind === 'hangup' && isLeg(called)) endCall(pbx, called, dialStatusOfCause(called.hangupCause));
    if (transfer === undefined) return;
    if (control.kind === 'ringing') tellDial(pbx, 'DialState', undefined, called, ['DialStatus', 'RINGING']);
    else if (control.kind === 'answer') answered(pbx, transfer, called);
    else if (control.kind === 'hangup' && leg === transfer.recalled) stimulate(pbx, transfer, 'recalledHangup');
  }),
];
