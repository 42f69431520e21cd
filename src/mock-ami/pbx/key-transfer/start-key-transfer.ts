import { createBridge, enterBridge } from '../bridge.ts';
import { type AskedExtension, askExtension } from '../features/ask-extension.ts';
import { holdOthers, resumeOthers } from '../features/hold-by-feature.ts';
import { watchInBridge } from '../outgoing-leg.ts';
import type { Pbx } from '../pbx.ts';
import type { Bridge, Channel } from '../state.ts';
import { handle, type TaskHandler, task } from '../task.ts';
import { callChannel } from '../technology.ts';
import { findTransfer, type KeyTransfer, keyTransfers, transferOf } from './key-transfer.ts';
import { playFailure } from './key-transfer-moves.ts';
import type { Stimulus } from './key-transfer-states.ts';
import { reportTo, requestTarget } from './recall.ts';
import { beginKeyTransfer, enterState, stimulate } from './run-key-transfer.ts';

const asked = task<AskedExtension>('keyTransfer.asked');
const targetEnters = task<{ transfer: number }>('keyTransfer.targetEnters');
const transfererGoes = task<{ transfer: number }>('keyTransfer.transfererGoes');

/** From the call of the target until it and then the transferer are in their bridge, in ms. Source: recordings `ami-atxfer`, `feature-atxfer-by-dtmf`. */
const ENTER_MS = 0.15;

/**
 * Puts the other party on hold and asks for the number of the target. Nothing where the peer has begun the same.
 * Source: `feature_attended_transfer`, main/bridge_basic.c; recordings `ami-atxfer`, `feature-atxfer-by-dtmf`.
 */
export function startKeyTransfer(pbx: Pbx, channel: Channel): void {
  const bridge = pbx.bridge(channel.bridge);
  if (bridge?.type !== 'basic' || bridge.extra['transfer'] !== undefined || bridge.extra['asking'] !== undefined)
    return;
  bridge.extra['asking'] = channel.uniqueid;
  holdOthers(pbx, channel);
  askExtension(pbx, channel, asked);
}

/** The keys that the transferer has during the transfer. */
export function transferKey(pbx: Pbx, channel: Channel, stimulus: Stimulus): void {
  const bridge = pbx.bridge(channel.bridge);
  const transfer = bridge === undefined ? undefined : transferOf(pbx, bridge);
  if (transfer?.transferer === channel.uniqueid) stimulate(pbx, transfer, stimulus);
}

function callTarget(pbx: Pbx, transferer: Channel, bridge: Bridge, { exten, context }: AskedExtension): void {
  const target = requestTarget(pbx, transferer, exten, context);
  if (target === undefined) {
    playFailure(pbx, transferer);
    resumeOthers(pbx, transferer);
    return;
  }
  const targetBridge = createBridge(pbx);
  const all = keyTransfers(pbx);
  const transfer: KeyTransfer = {
    id: all.next++,
    state: 'calling',
    transferer: transferer.uniqueid,
    transfereeBridge: bridge.uniqueid,
    targetBridge: targetBridge.uniqueid,
    target: target.uniqueid,
    recalled: '',
    exten,
    context,
    transfererAddress: transferer.name.slice(0, transferer.name.lastIndexOf('-')),
    byManager: transferer.variables['TRANSFER_CONTEXT'] !== undefined,
    retries: 0,
    timer: 0,
  };
  beginKeyTransfer(pbx, transfer);
  watchInBridge(target, reportTo(transfer.id));
  callChannel(pbx, target);
  pbx.after(ENTER_MS, targetEnters, { transfer: transfer.id });
}

export const startKeyTransferTasks: readonly TaskHandler[] = [
  handle(asked, (pbx, answer) => {
    const channel = pbx.channel(answer.channel);
    const bridge = pbx.bridge(channel?.bridge ?? '');
    if (channel === undefined || bridge === undefined) return;
    delete bridge.extra['asking'];
    if (bridge.dissolving) return;
    if (answer.exten === '') resumeOthers(pbx, channel);
    else callTarget(pbx, channel, bridge, answer);
  }),
  handle(targetEnters, (pbx, { transfer: id }) => {
    const transfer = findTransfer(pbx, id);
    const target = pbx.channel(transfer?.target ?? '');
    const bridge = pbx.bridge(transfer?.targetBridge ?? '');
    if (transfer === undefined) return;
    if (target !== undefined && bridge !== undefined) enterBridge(pbx, bridge, target);
    pbx.after(ENTER_MS, transfererGoes, { transfer: id });
  }),
  handle(transfererGoes, (pbx, { transfer: id }) => {
    const transfer = findTransfer(pbx, id);
    if (transfer?.state === 'calling') enterState(pbx, transfer, 'calling');
  }),
];
