import { leaveBridge } from './bridge.ts';
import { memberGoes, memberReplaced, membersTold } from './bridge-signals.ts';
import { publish, setConnected } from './channel.ts';
import { hangupSoon } from './hangup.ts';
import { makeLink, replaceInBridge } from './local-link.ts';
import { swapReferences, swapThreads } from './masquerade.ts';
import { startMusic, stopMusic } from './music.ts';
import { isLeg } from './outgoing-leg.ts';
import type { Pbx } from './pbx.ts';
import type { Bridge, Channel, Continuation, PartyId } from './state.ts';
import { continuation, handle, type TaskHandler, task } from './task.ts';
import { prepareToTell, type TransferParties, tellAttendedTransfer } from './tell-attended-transfer.ts';
import { wakeUp } from './wake.ts';

/** The target of an attended transfer is no bridge but an application that runs on one of the transferer's channels. */

const leave = task<{ channel: string }>('attendedTransfer.leaveForApplication');
const introduced = task<{ channel: string; party: PartyId }>('attendedTransfer.introduced');
const takeOver = task<{ transferee: string; second: string; then: Continuation | undefined }>(
  'attendedTransfer.takeOver',
);
/** A channel out of its bridge that waits to take over another's place. */
const parked = task<object>('attendedTransfer.waits');

/** Whom the bridged channel talks to goes on with what runs on the other one. Source: `bridge_channel_attended_transfer`, main/bridge_channel.c. */
export function takeOverApplication(
  pbx: Pbx,
  parties: TransferParties,
  bridged: Channel,
  unbridged: Channel,
  transferee: Channel,
): void {
  bridged.hangupCause = 16;
  memberLeaves(pbx, unbridged);
  tellAttendedTransfer(pbx, parties, 'Success', applicationDestination(unbridged));
  const then = transferee.afterBridge;
  // Source: both runs of `attended-transfer-to-ivr` and `attended-transfer-to-ringing`.
  const leavers = unbridged.state === 'Up' ? [transferee, bridged] : [bridged, transferee];
  const bridge = pbx.bridge(bridged.bridge);
  if (bridge !== undefined && unbridged.state === 'Up') bridge.dissolving = true;
  pbx.after(0.45, takeOver, { transferee: transferee.uniqueid, second: unbridged.uniqueid, then });
  transferee.afterBridge = { task: parked.name, data: {} };
  leavers.forEach((channel, place) => {
    pbx.after(0.35 + place * 0.02, leave, { channel: channel.uniqueid });
  });
}

/** All in the bridge of the one channel hear what runs on the other, through a Local channel. Source: `attended_transfer_bridge`, main/bridge.c. */
export function masqueradeInto(
  pbx: Pbx,
  parties: TransferParties,
  bridged: Channel,
  unbridged: Channel,
  bridge: Bridge,
): void {
  const tell = prepareToTell(pbx, parties, 'Success', applicationDestination(unbridged));
  const halves = makeLink(pbx, bridged);
  if (halves === undefined) return;
  memberLeaves(pbx, unbridged);
  takePlace(pbx, halves.second, unbridged, undefined);
  replaceInBridge(pbx, bridged, bridge, halves.first);
  tell();
}

/** A conference tells first that its member goes. Source: recording `busy-hour-mix`. */
function memberLeaves(pbx: Pbx, channel: Channel): void {
  if (channel.bridge !== '') pbx.continueNow(continuation(memberGoes, { channel: channel.uniqueid }));
}

function applicationDestination({ application }: Channel) {
  return [['DestType', 'App'], ['DestApp', application]] as const; // biome-ignore format: a list
}

/** The transferee goes on where the second channel was, and that one ends as the transferee would have. */
function takePlace(pbx: Pbx, transferee: Channel, second: Channel, then: Continuation | undefined): void {
  const account = transferee.accountCode;
  const { music } = second;
  stopMusic(pbx, second);
  const conference = second.bridge;
  if (conference !== '')
    pbx.continueNow(continuation(memberReplaced, { from: second.uniqueid, to: transferee.uniqueid }));
  swapThreads(pbx, transferee, second);
  transferee.accountCode = second.accountCode;
  publish(pbx, transferee);
  if (conference !== '') pbx.continueNow(continuation(membersTold, { bridge: conference }));
  if (music !== '') startMusic(pbx, transferee, music);
  transferee.accountCode = account;
  publish(pbx, transferee);
  transferee.connected = { ...second.connected };
  publish(pbx, transferee);
  for (const leg of pbx.channels().filter(isLeg)) {
    if (leg.connected.num === second.caller.num)
      pbx.after(0.2, introduced, { channel: leg.uniqueid, party: transferee.caller });
  }
  second.hangupRequested = true;
  transferee.hangupCause = second.hangupCause;
  second.hangupCause = 16;
  if (then === undefined) {
    publish(pbx, second);
    hangupSoon(pbx, second);
  } else pbx.continueAfter(0.05, swapReferences(then, transferee.uniqueid, second.uniqueid));
  second.accountCode = account;
  if (transferee.hangupRequested) wakeUp(pbx, transferee);
}

/** What would have been taken over has ended meanwhile. */
function tooLate(pbx: Pbx, transferee: Channel, then: Continuation | undefined): void {
  transferee.hangupRequested = true;
  if (then === undefined) hangupSoon(pbx, transferee);
  else pbx.continueNow(then);
}

export const masqueradeTransferTasks: readonly TaskHandler[] = [
  handle(introduced, (pbx, { channel: uniqueid, party }) => {
    const channel = pbx.channel(uniqueid);
    if (channel !== undefined) setConnected(pbx, channel, party);
  }),
  handle(leave, (pbx, { channel: uniqueid }) => {
    const channel = pbx.channel(uniqueid);
    if (channel !== undefined) leaveBridge(pbx, channel, false);
  }),
  handle(parked, () => undefined),
  handle(takeOver, (pbx, { transferee: uniqueid, second: secondId, then }) => {
    const transferee = pbx.channel(uniqueid);
    const second = pbx.channel(secondId);
    if (transferee === undefined) return;
    if (second === undefined) tooLate(pbx, transferee, then);
    else takePlace(pbx, transferee, second, then);
  }),
];
