import type { Header } from '../../ami/message.ts';
import { resumeForTransfer } from './blind-transfer.ts';
import { enterBridge, goOn, leaveBridge, peerOf, takeOut } from './bridge.ts';
import { releaseHold } from './bridge-signals.ts';
import { publish, SOFT_HANGUP, setConnected, shown, softHangup } from './channel.ts';
import { hangupSoon } from './hangup.ts';
import { swapReferences, swapThreads } from './masquerade.ts';
import { startMusic, stopMusic } from './music.ts';
import { isLeg } from './outgoing-leg.ts';
import type { Pbx } from './pbx.ts';
import { bridgeHeaders, channelHeaders } from './snapshot.ts';
import type { Bridge, Channel, Continuation, PartyId } from './state.ts';
import { continuation, handle, type TaskHandler, task } from './task.ts';
import { setVariable } from './variables.ts';

interface Parties {
  /** The transferer's call with the transferee. */
  readonly first: string;
  /** The transferer's call with the target. */
  readonly second: string;
}

const join = task<Parties>('attendedTransfer.join');
const introduce = task<{ transferee: string; target: string }>('attendedTransfer.introduce');
const introduced = task<{ channel: string; party: PartyId }>('attendedTransfer.introduced');
const leave = task<{ channel: string }>('attendedTransfer.leave');
const takeOver = task<{ transferee: string; second: string; then: Continuation | undefined }>(
  'attendedTransfer.takeOver',
);

/**
 * Connects whom the transferer talks to on `first` with the other end of `second`: a bridge, or an application such as a Dial that rings.
 * False where `first` talks to nobody. Source: `ast_bridge_transfer_attended`, main/bridge.c; recordings `attended-transfer*`.
 */
export function attendedTransfer(pbx: Pbx, first: Channel, second: Channel): boolean {
  if (peerOf(pbx, first) === undefined || !canReceive(pbx, first, second)) return false;
  resumeForTransfer(pbx, first);
  if (second.bridge !== '') resumeForTransfer(pbx, second);
  pbx.after(0.05, join, { first: first.uniqueid, second: second.uniqueid });
  return true;
}

/** Another bridge of two, a parking lot, or no bridge. A conference takes in nobody in a member's place here: its members are those who dialled it. */
function canReceive(pbx: Pbx, first: Channel, second: Channel): boolean {
  const to = pbx.bridge(second.bridge);
  return (
    first !== second &&
    (to === undefined || to.type === 'parking' || (to.type === 'basic' && to.uniqueid !== first.bridge))
  );
}

function joinParties(pbx: Pbx, first: Channel, second: Channel, transferee: Channel): void {
  const from = pbx.bridge(first.bridge);
  if (from === undefined) return;
  setVariable(pbx, first, 'ATTENDEDTRANSFER', transferee.name);
  setVariable(pbx, transferee, 'ATTENDEDTRANSFER', first.name);
  from.dissolveOnHangup = false;
  first.hangupCause = 16;
  const to = pbx.bridge(second.bridge);
  if (to === undefined) intoApplication(pbx, first, second, transferee, from);
  else if (from.staysPut && !to.staysPut) intoFirstBridge(pbx, first, second, transferee, from, to);
  else intoBridge(pbx, first, second, transferee, from, to);
}

/** The transferee takes the place of the transferer's second channel in its bridge. */
function intoBridge(pbx: Pbx, first: Channel, second: Channel, transferee: Channel, from: Bridge, to: Bridge): void {
  const target = peerOf(pbx, second);
  const event: readonly Header[] = [
    ...partiesHeaders(pbx, first, second, transferee, from, to),
    ...(target === undefined ? [] : channelHeaders(shown(pbx, target), 'TransferTarget')),
    ['IsExternal', 'No'],
    ['DestType', 'Bridge'],
    ['DestBridgeUniqueid', to.uniqueid],
  ];
  const then = transferee.afterBridge;
  const secondThen = second.afterBridge;
  takeOut(pbx, transferee, 'moves');
  takeOut(pbx, second, 'swapped');
  enterBridge(pbx, to, transferee, then, second);
  second.hangupCause = 16;
  softHangup(pbx, second, SOFT_HANGUP.device);
  goOn(pbx, second, secondThen);
  pbx.emit('AttendedTransfer', event);
  if (target !== undefined) pbx.after(0.2, introduce, { transferee: transferee.uniqueid, target: target.uniqueid });
  pbx.after(0.3, leave, { channel: first.uniqueid });
}

/** The target takes the place of the transferer's first channel, in a bridge that nobody may be moved out of. Source: recording `queue-call-attended-transfer`. */
function intoFirstBridge(
  pbx: Pbx,
  first: Channel,
  second: Channel,
  transferee: Channel,
  from: Bridge,
  to: Bridge,
): void {
  const target = peerOf(pbx, second);
  if (target === undefined) return;
  const event: readonly Header[] = [
    ...partiesHeaders(pbx, first, second, transferee, from, to),
    ...channelHeaders(shown(pbx, target), 'TransferTarget'),
    ['IsExternal', 'No'],
    ['DestType', 'Bridge'],
    ['DestBridgeUniqueid', from.uniqueid],
  ];
  const then = target.afterBridge;
  const firstThen = first.afterBridge;
  from.dissolveOnHangup = true;
  to.dissolveOnHangup = false;
  pbx.continueNow(continuation(releaseHold, { channel: transferee.uniqueid }));
  takeOut(pbx, target, 'moves');
  takeOut(pbx, first, 'swapped');
  enterBridge(pbx, from, target, then, first);
  goOn(pbx, first, firstThen);
  second.hangupCause = 16;
  softHangup(pbx, second, SOFT_HANGUP.device);
  introduceParties(pbx, transferee, target);
  pbx.emit('AttendedTransfer', event);
  pbx.after(0.3, leave, { channel: second.uniqueid });
}

/** The two learn of each other: NewConnectedLine. */
function introduceParties(pbx: Pbx, transferee: Channel, target: Channel): void {
  setConnected(pbx, transferee, target.caller);
  setConnected(pbx, target, transferee.caller);
}

/** The transferee goes on with what runs on the transferer's second channel. */
function intoApplication(pbx: Pbx, first: Channel, second: Channel, transferee: Channel, from: Bridge): void {
  pbx.emit('AttendedTransfer', [
    ...partiesHeaders(pbx, first, second, transferee, from, undefined),
    ['IsExternal', 'No'],
    ['DestType', 'App'],
    ['DestApp', second.application],
  ]);
  const then = transferee.afterBridge;
  // Source: both runs of `attended-transfer-to-ivr` and `attended-transfer-to-ringing`.
  const leavers = second.state === 'Up' ? [transferee, first] : [first, transferee];
  if (second.state === 'Up') from.dissolving = true;
  pbx.after(0.45, takeOver, { transferee: transferee.uniqueid, second: second.uniqueid, then });
  transferee.afterBridge = { task: parked.name, data: {} };
  leavers.forEach((channel, place) => {
    pbx.after(0.35 + place * 0.02, leave, { channel: channel.uniqueid });
  });
}

/** A channel out of its bridge that waits to take over another's place. */
const parked = task<object>('attendedTransfer.waits');

function partiesHeaders(
  pbx: Pbx,
  first: Channel,
  second: Channel,
  transferee: Channel,
  from: Bridge,
  to: Bridge | undefined,
): Header[] {
  return [
    ['Result', 'Success'],
    ...channelHeaders(shown(pbx, first), 'OrigTransferer'),
    ...bridgeHeaders(from, 'Orig'),
    ...channelHeaders(shown(pbx, second), 'SecondTransferer'),
    ...(to === undefined ? [] : bridgeHeaders(to, 'Second')),
    ...channelHeaders(shown(pbx, transferee), 'Transferee'),
  ];
}

/** The transferee goes on where the second channel was, and that one ends as the transferee would have. */
function takePlace(pbx: Pbx, transferee: Channel, second: Channel, then: Continuation | undefined): void {
  const account = transferee.accountCode;
  const { music } = second;
  stopMusic(pbx, second);
  swapThreads(pbx, transferee, second);
  if (music !== '') startMusic(pbx, transferee, music);
  transferee.accountCode = second.accountCode;
  publish(pbx, transferee);
  transferee.accountCode = account;
  publish(pbx, transferee);
  transferee.connected = { ...second.connected };
  publish(pbx, transferee);
  for (const leg of pbx.channels().filter(isLeg)) {
    if (leg.connected.num === second.caller.num)
      pbx.after(0.2, introduced, { channel: leg.uniqueid, party: transferee.caller });
  }
  second.hangupRequested = true;
  second.hangupCause = 16;
  if (then === undefined) hangupSoon(pbx, second);
  else pbx.continueAfter(0.05, swapReferences(then, transferee.uniqueid, second.uniqueid));
  second.accountCode = account;
}

export const attendedTransferTasks: readonly TaskHandler[] = [
  handle(join, (pbx, parties) => {
    const first = pbx.channel(parties.first);
    const second = pbx.channel(parties.second);
    const transferee = first === undefined ? undefined : peerOf(pbx, first);
    if (first !== undefined && second !== undefined && transferee !== undefined)
      joinParties(pbx, first, second, transferee);
  }),
  handle(introduce, (pbx, parties) => {
    const transferee = pbx.channel(parties.transferee);
    const target = pbx.channel(parties.target);
    if (transferee !== undefined && target !== undefined) introduceParties(pbx, transferee, target);
  }),
  handle(introduced, (pbx, { channel: uniqueid, party }) => {
    const channel = pbx.channel(uniqueid);
    if (channel !== undefined) setConnected(pbx, channel, party);
  }),
  handle(leave, (pbx, { channel: uniqueid }) => {
    const channel = pbx.channel(uniqueid);
    if (channel !== undefined) leaveBridge(pbx, channel);
  }),
  handle(parked, () => undefined),
  handle(takeOver, (pbx, { transferee: uniqueid, second: secondId, then }) => {
    const transferee = pbx.channel(uniqueid);
    const second = pbx.channel(secondId);
    if (transferee !== undefined && second !== undefined) takePlace(pbx, transferee, second, then);
  }),
];
