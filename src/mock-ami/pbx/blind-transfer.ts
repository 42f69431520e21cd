import type { Header } from '../../ami/message.ts';
import { asyncGoto, type Place } from './async-goto.ts';
import { channelsIn, leaveBridge, peerOf, reconfigure } from './bridge.ts';
import { emitShown, shown } from './channel.ts';
import { callForBridge } from './local-link.ts';
import { parkArguments, parkPeer } from './parking/park-channel.ts';
import type { Pbx } from './pbx.ts';
import { bridgeHeaders, channelHeaders } from './snapshot.ts';
import type { Bridge, Channel } from './state.ts';
import { handle, type TaskHandler, task } from './task.ts';
import { transferBridge } from './transfer-bridge.ts';
import { prohibitsTransfer } from './transfer-rules.ts';
import { getVariable, setVariable } from './variables.ts';

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

/** Why a transfer can't be, as AMI names it. */
export type TransferRefusal = 'Invalid' | 'Not Permitted';

/**
 * Sends whom the transferer talks to elsewhere; what is wrong where that can't be. It resumes first, held or not.
 * Source: `ast_bridge_transfer_blind`, main/bridge.c; recordings `blind-transfer*`, `ami-blind-transfer`, `busy-hour-mix`.
 */
export function blindTransfer(
  pbx: Pbx,
  transferer: Channel,
  request: BlindTransferRequest,
): TransferRefusal | undefined {
  const bridge = transferBridge(pbx, transferer);
  if (bridge !== undefined) resumeForTransfer(pbx, transferer);
  pbx.after(bridge === undefined ? 0 : RESUME_MS, perform, { transferer: transferer.uniqueid, request });
  return refusal(bridge);
}

function refusal(bridge: Bridge | undefined): TransferRefusal | undefined {
  if (bridge === undefined || bridge.channels.length < 2) return 'Invalid';
  return prohibitsTransfer(bridge) ? 'Not Permitted' : undefined;
}

/** Unhold, told even where nothing was held. */
export function resumeForTransfer(pbx: Pbx, transferer: Channel): void {
  transferer.holding = false;
  emitShown(pbx, transferer, 'Unhold');
  const activity =
    transferer.activity === undefined ? undefined : pbx.machinery.activities.get(transferer.activity.name);
  activity?.held?.(pbx, transferer, false, '');
}

function transfer(pbx: Pbx, transferer: Channel, request: BlindTransferRequest): void {
  const bridge = transferBridge(pbx, transferer);
  const refused = refusal(bridge);
  if (bridge === undefined || refused !== undefined)
    return tell(pbx, refused ?? 'Invalid', transferer, bridge, request);
  const transferee = peerOf(pbx, transferer);
  if (transferee === undefined) return transferAll(pbx, transferer, bridge, request);
  const parkArgs = parkArguments(pbx, request.context, request.exten);
  if (parkArgs === undefined) {
    setVariable(pbx, transferee, 'BLINDTRANSFER', transferer.name);
    setVariable(pbx, transferer, 'BLINDTRANSFER', transferee.name);
  }
  for (const [name, value] of sipVariables(request)) setVariable(pbx, transferee, name, value);
  tell(pbx, 'Success', transferer, bridge, request);
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

/** More than one party is transferred: the number is called, and takes the transferer's place. Source: `blind_transfer_bridge`. */
function transferAll(pbx: Pbx, transferer: Channel, bridge: Bridge, request: BlindTransferRequest): void {
  for (const channel of channelsIn(pbx, bridge)) {
    const value = channel === transferer ? (getVariable(pbx, channel, 'BRIDGEPEER') ?? '') : transferer.name;
    setVariable(pbx, channel, 'BLINDTRANSFER', value);
  }
  const variables = [['BLINDTRANSFER', transferer.name], ...sipVariables(request)] as const;
  const before = transferHeaders(pbx, transferer, undefined, bridge);
  const called = callForBridge(pbx, transferer, bridge, request, variables);
  emit(
    pbx,
    called ? 'Success' : 'Fail',
    called ? before : transferHeaders(pbx, transferer, undefined, bridge),
    request,
  );
}

/** What PJSIP sets from a REFER. */
function sipVariables({ via, context }: BlindTransferRequest): (readonly [string, string])[] {
  if (via === undefined) return [];
  return [
    ['SIPTRANSFER', 'yes'],
    ['SIPREFERRINGCONTEXT', context],
    ['__SIPREFERREDBYHDR', via.referredBy],
    ['SIPREFERTOHDR', via.referTo],
  ];
}

function tell(
  pbx: Pbx,
  result: string,
  transferer: Channel,
  bridge: Bridge | undefined,
  request: BlindTransferRequest,
): void {
  emit(pbx, result, transferHeaders(pbx, transferer, peerOf(pbx, transferer), bridge), request);
}

function transferHeaders(
  pbx: Pbx,
  transferer: Channel,
  transferee: Channel | undefined,
  bridge: Bridge | undefined,
): readonly Header[] {
  return [
    ...channelHeaders(shown(pbx, transferer), 'Transferer'),
    ...(transferee === undefined || bridge === undefined ? [] : channelHeaders(shown(pbx, transferee), 'Transferee')),
    ...(bridge === undefined ? [] : bridgeHeaders(bridge)),
  ];
}

function emit(
  pbx: Pbx,
  result: string,
  headers: readonly Header[],
  { external, context, exten }: BlindTransferRequest,
): void {
  pbx.emit('BlindTransfer', [
    ['Result', result],
    ...headers,
    ['IsExternal', external ? 'Yes' : 'No'],
    ['Context', context],
    ['Extension', exten],
  ]);
}

export const blindTransferTasks: readonly TaskHandler[] = [
  handle(perform, (pbx, { transferer: uniqueid, request }) => {
    const transferer = pbx.channel(uniqueid);
    if (transferer !== undefined) transfer(pbx, transferer, request);
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
