import { channelsIn, mergeBridges, moveToBridge } from '../bridge.ts';
import { playInBridge } from '../bridge-seat.ts';
import { releaseHold } from '../bridge-signals.ts';
import { holdOthers, resumeOthers } from '../features/hold-by-feature.ts';
import type { Pbx } from '../pbx.ts';
import { soundInBridgeMs } from '../sounds.ts';
import type { Bridge, Channel } from '../state.ts';
import { continuation, task } from '../task.ts';
import { type KeyTransfer, partiesOf } from './key-transfer.ts';

/** What an attended transfer by keys does to channels and bridges. Source: main/bridge_basic.c. */

/** Who has transferred leaves the call. */
export const kicked = task<{ channel: string }>('bridge.kicked');

export type Side = 'transferee' | 'target';

export function bridgeOf(pbx: Pbx, transfer: KeyTransfer, side: Side): Bridge | undefined {
  const { transfereeBridge, targetBridge } = partiesOf(pbx, transfer);
  return side === 'transferee' ? transfereeBridge : targetBridge;
}

/** The transferer goes to the other bridge. */
export function goTo(pbx: Pbx, transfer: KeyTransfer, side: Side): void {
  const { transferer } = partiesOf(pbx, transfer);
  const to = bridgeOf(pbx, transfer, side);
  if (transferer !== undefined && to !== undefined && transferer.bridge !== '') moveToBridge(pbx, transferer, to);
}

/** Whoever waits in that bridge waits no more. */
export function resume(pbx: Pbx, transfer: KeyTransfer, side: Side): void {
  const bridge = bridgeOf(pbx, transfer, side);
  for (const channel of bridge === undefined ? [] : channelsIn(pbx, bridge)) {
    if (channel.heldByPeer) pbx.continueNow(continuation(releaseHold, { channel: channel.uniqueid }));
  }
}

export function hold(pbx: Pbx, transfer: KeyTransfer): void {
  const { transferer } = partiesOf(pbx, transfer);
  if (transferer !== undefined) holdOthers(pbx, transferer);
}

export function unhold(pbx: Pbx, transfer: KeyTransfer): void {
  const { transferer } = partiesOf(pbx, transfer);
  if (transferer !== undefined) resumeOthers(pbx, transferer);
}

/** All meet in the transferee's bridge, with the transferer or without. */
export function merge(pbx: Pbx, transfer: KeyTransfer, withTransferer: boolean): void {
  const { transfereeBridge, targetBridge, transferer } = partiesOf(pbx, transfer);
  if (transfereeBridge === undefined || targetBridge === undefined) return;
  mergeBridges(pbx, transfereeBridge, targetBridge, withTransferer ? [] : [transfer.transferer]);
  // Who hangs up leaves by himself.
  if (withTransferer || transferer === undefined || transferer.hangupRequested) return;
  pbx.after(0.05, kicked, { channel: transferer.uniqueid });
}

export function playSuccess(pbx: Pbx, channel: Channel | undefined): void {
  play(pbx, channel, pbx.config.features.general.xfersound);
}

export function playFailure(pbx: Pbx, channel: Channel | undefined): void {
  play(pbx, channel, pbx.config.features.general.xferfailsound);
}

function play(pbx: Pbx, channel: Channel | undefined, sound: string): void {
  if (channel !== undefined && channel.bridge !== '' && sound !== '')
    playInBridge(pbx, channel, soundInBridgeMs(sound));
}
