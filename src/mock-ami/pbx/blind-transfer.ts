import { asyncGoto, type Place } from './async-goto.ts';
import { leaveBridge, peerOf, reconfigure } from './bridge.ts';
import { emitShown, shown } from './channel.ts';
import { parkArguments, parkPeer } from './parking/park-channel.ts';
import type { Pbx } from './pbx.ts';
import { bridgeHeaders, channelHeaders } from './snapshot.ts';
import type { Bridge, Channel } from './state.ts';
import { handle, type TaskHandler, task } from './task.ts';
import { transferBridge } from './transfer-bridge.ts';
import { setVariable } from './variables.ts';

export interface BlindTransferRequest {
  readonly context: string;
  readonly exten: string;
  /** Asked for by a phone or a manager, not by keys within the call. */
  readonly external: boolean;
  /** What a REFER said, for the variables that Asterisk sets from it. */
  readonly via?: { readonly referredBy: string; readonly referTo: string };
}

/** Resuming takes as long as any other resume, so that the music ends before the transfer. */
const RESUME_MS = 0.3;

/**
 * PJSIP watches how a REFER goes on; the media stay with Asterisk meanwhile, which a caller who transfers mostly sees before it leaves.
 * Source: `refer_blind_callback`, res/res_pjsip_refer.c; recordings `blind-transfer*`, `busy-hour-mix`.
 */
const WATCHED_MS = { caller: 0.05, called: 0.3 } as const;
const PARK_MS = 0.4;

const lookAtBridge = task<{ bridge: string }>('bridge.lookAt');
const parkIt = task<{ transferer: string; args: string }>('blindTransfer.park');
const perform = task<{ transferer: string; request: BlindTransferRequest }>('blindTransfer.perform');
const goTo = task<{ channel: string; place: Place }>('blindTransfer.goTo');
const leave = task<{ channel: string }>('blindTransfer.leave');

/**
 * Sends whom the transferer talks to elsewhere; false, and told as `Invalid`, where it talks to nobody. It resumes first, held or not.
 * Source: `ast_bridge_transfer_blind`, main/bridge.c; recordings `blind-transfer*`, `ami-blind-transfer`, `busy-hour-mix`.
 */
export function blindTransfer(pbx: Pbx, transferer: Channel, request: BlindTransferRequest): boolean {
  const bridge = transferBridge(pbx, transferer);
  if (bridge !== undefined) resumeForTransfer(pbx, transferer);
  if (bridge === undefined || peerOf(pbx, transferer) === undefined) {
    tellBlindTransfer(pbx, 'Invalid', transferer, undefined, bridge, request);
    return false;
  }
  pbx.after(RESUME_MS, perform, { transferer: transferer.uniqueid, request });
  return true;
}

/** Unhold, told even where nothing was held. */
export function resumeForTransfer(pbx: Pbx, transferer: Channel): void {
  transferer.holding = false;
  emitShown(pbx, transferer, 'Unhold');
  const activity =
    transferer.activity === undefined ? undefined : pbx.machinery.activities.get(transferer.activity.name);
  activity?.held?.(pbx, transferer, false, '');
}

function tellBlindTransfer(
  pbx: Pbx,
  result: 'Success' | 'Invalid',
  transferer: Channel,
  transferee: Channel | undefined,
  bridge: Bridge | undefined,
  request: BlindTransferRequest,
): void {
  pbx.emit('BlindTransfer', [
    ['Result', result],
    ...channelHeaders(shown(pbx, transferer), 'Transferer'),
    ...(transferee === undefined ? [] : channelHeaders(shown(pbx, transferee), 'Transferee')),
    ...(bridge === undefined ? [] : bridgeHeaders(bridge)),
    ['IsExternal', request.external ? 'Yes' : 'No'],
    ['Context', request.context],
    ['Extension', request.exten],
  ]);
}

function transfer(pbx: Pbx, transferer: Channel, transferee: Channel, request: BlindTransferRequest): void {
  const bridge = pbx.bridge(transferer.bridge);
  if (bridge === undefined) return;
  const parkArgs = parkArguments(pbx, request.context, request.exten);
  if (parkArgs === undefined) {
    setVariable(pbx, transferee, 'BLINDTRANSFER', transferer.name);
    setVariable(pbx, transferer, 'BLINDTRANSFER', transferee.name);
  }
  if (request.via !== undefined) {
    setVariable(pbx, transferee, 'SIPTRANSFER', 'yes');
    setVariable(pbx, transferee, 'SIPREFERRINGCONTEXT', request.context);
    setVariable(pbx, transferee, '__SIPREFERREDBYHDR', request.via.referredBy);
    setVariable(pbx, transferee, 'SIPREFERTOHDR', request.via.referTo);
  }
  tellBlindTransfer(pbx, 'Success', transferer, transferee, bridge, request);
  if (request.via !== undefined) {
    transferee.extra['watchedTransfer'] = true;
    pbx.after(transferer.direction === 'in' ? WATCHED_MS.caller : WATCHED_MS.called, lookAtBridge, {
      bridge: bridge.uniqueid,
    });
  }
  if (parkArgs !== undefined) {
    pbx.after(PARK_MS, parkIt, { transferer: transferer.uniqueid, args: parkArgs });
    return;
  }
  bridge.dissolveOnHangup = false;
  transferer.hangupCause = 16;
  pbx.after(0.1, leave, { channel: transferer.uniqueid });
  pbx.after(0.15, goTo, {
    channel: transferee.uniqueid,
    place: { context: request.context, exten: request.exten, priority: 1 },
  });
}

export const blindTransferTasks: readonly TaskHandler[] = [
  handle(perform, (pbx, { transferer: uniqueid, request }) => {
    const transferer = pbx.channel(uniqueid);
    const transferee = transferer === undefined ? undefined : peerOf(pbx, transferer);
    if (transferer !== undefined && transferee !== undefined) transfer(pbx, transferer, transferee, request);
  }),
  handle(lookAtBridge, (pbx, { bridge: uniqueid }) => {
    const bridge = pbx.bridge(uniqueid);
    if (bridge !== undefined && !bridge.dissolving) reconfigure(pbx, bridge);
  }),
  handle(parkIt, (pbx, { transferer: uniqueid, args }) => {
    const transferer = pbx.channel(uniqueid);
    if (transferer !== undefined) parkPeer(pbx, transferer, args, true);
  }),
  handle(goTo, (pbx, { channel: uniqueid, place }) => {
    const channel = pbx.channel(uniqueid);
    if (channel !== undefined) asyncGoto(pbx, channel, place);
  }),
  handle(leave, (pbx, { channel: uniqueid }) => {
    const channel = pbx.channel(uniqueid);
    if (channel !== undefined) leaveBridge(pbx, channel);
  }),
];
