import type { Header } from '../../ami/message.ts';
import { resumeForTransfer } from './blind-transfer.ts';
import { enterBridge, goOn, leaveBridge, peerOf, takeOut } from './bridge.ts';
import { memberGoes, memberReplaced, membersTold, releaseHold } from './bridge-signals.ts';
import { publish, SOFT_HANGUP, setConnected, shown, softHangup } from './channel.ts';
import { hangupSoon } from './hangup.ts';
import { swapReferences, swapThreads } from './masquerade.ts';
import { startMusic, stopMusic } from './music.ts';
import { isLeg } from './outgoing-leg.ts';
import type { Pbx } from './pbx.ts';
import { bridgeHeaders, channelHeaders } from './snapshot.ts';
import type { Bridge, Channel, Continuation, PartyId } from './state.ts';
import { continuation, handle, type TaskHandler, task } from './task.ts';
import { transferBridge } from './transfer-bridge.ts';
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
 * Connects whom the transferer talks to on one of its calls with what the other one is: a bridge, or an application such as a conference,
 * a queue or a Dial that rings. False, and told as `Invalid`, where it talks to nobody on either.
 * Source: `ast_bridge_transfer_attended`, main/bridge.c; recordings `attended-transfer*`, `busy-hour-mix`.
 */
export function attendedTransfer(pbx: Pbx, first: Channel, second: Channel): boolean {
  for (const leg of [first, second]) if (leg.bridge !== '') resumeForTransfer(pbx, leg);
  if (!isPossible(pbx, first, second)) {
    pbx.emit('AttendedTransfer', [
      ['Result', 'Invalid'],
      ...transfererHeaders(pbx, first, second),
      ['IsExternal', 'No'],
      ['DestType', 'Fail'],
    ]);
    return false;
  }
  pbx.after(0.05, join, { first: first.uniqueid, second: second.uniqueid });
  return true;
}

/** Somebody is there to be connected, and where it shall go to is a bridge of two, a parking lot, or no bridge. */
function isPossible(pbx: Pbx, first: Channel, second: Channel): boolean {
  if (first === second) return false;
  const [from, to] = [transferBridge(pbx, first), transferBridge(pbx, second)];
  if (from === undefined) return to !== undefined && peerOf(pbx, second) !== undefined;
  if (peerOf(pbx, first) === undefined) return false;
  return to === undefined || to.type === 'parking' || (to.type === 'basic' && to !== from);
}

function joinParties(pbx: Pbx, first: Channel, second: Channel): void {
  const [from, to] = [transferBridge(pbx, first), transferBridge(pbx, second)];
  const talking = from === undefined ? second : first;
  const other = peerOf(pbx, talking);
  const bridge = from ?? to;
  if (other === undefined || bridge === undefined) return;
  setVariable(pbx, talking, 'ATTENDEDTRANSFER', from === undefined ? first.name : other.name);
  setVariable(pbx, other, 'ATTENDEDTRANSFER', first.name);
  bridge.dissolveOnHangup = false;
  talking.hangupCause = 16;
  if (from === undefined || to === undefined) intoApplication(pbx, first, second, other, bridge);
  else if (from.staysPut && !to.staysPut) intoFirstBridge(pbx, first, second, other, from, to);
  else intoBridge(pbx, first, second, other, to);
}

/** The transferee takes the place of the transferer's second channel in its bridge. */
function intoBridge(pbx: Pbx, first: Channel, second: Channel, transferee: Channel, to: Bridge): void {
  const target = peerOf(pbx, second);
  const event: readonly Header[] = [
    ...partiesHeaders(pbx, first, second, transferee),
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
    ...partiesHeaders(pbx, first, second, transferee),
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

/** Whom the transferer talks to on the one call goes on with what runs on its other one. */
function intoApplication(pbx: Pbx, first: Channel, second: Channel, moved: Channel, bridge: Bridge): void {
  const isFirst = bridge.uniqueid === first.bridge;
  const [talking, inApplication] = isFirst ? [first, second] : [second, first];
  if (inApplication.bridge !== '') pbx.continueNow(continuation(memberGoes, { channel: inApplication.uniqueid }));
  pbx.emit('AttendedTransfer', [
    ...(isFirst
      ? partiesHeaders(pbx, first, second, moved)
      : [
          ['Result', 'Success'] as const,
          ...transfererHeaders(pbx, first, second),
          ...channelHeaders(shown(pbx, moved), 'TransferTarget'),
        ]),
    ['IsExternal', 'No'],
    ['DestType', 'App'],
    ['DestApp', inApplication.application],
  ]);
  const then = moved.afterBridge;
  // Source: both runs of `attended-transfer-to-ivr` and `attended-transfer-to-ringing`.
  const leavers = inApplication.state === 'Up' ? [moved, talking] : [talking, moved];
  if (inApplication.state === 'Up') bridge.dissolving = true;
  pbx.after(0.45, takeOver, { transferee: moved.uniqueid, second: inApplication.uniqueid, then });
  moved.afterBridge = { task: parked.name, data: {} };
  leavers.forEach((channel, place) => {
    pbx.after(0.35 + place * 0.02, leave, { channel: channel.uniqueid });
  });
}

/** A channel out of its bridge that waits to take over another's place. */
const parked = task<object>('attendedTransfer.waits');

/** The transferer's two channels, each with its bridge. */
function transfererHeaders(pbx: Pbx, first: Channel, second: Channel): Header[] {
  const of = (channel: Channel, prefix: string): readonly Header[] => {
    const bridge = transferBridge(pbx, channel);
    return bridge === undefined ? [] : bridgeHeaders(bridge, prefix);
  };
  return [
    ...channelHeaders(shown(pbx, first), 'OrigTransferer'),
    ...of(first, 'Orig'),
    ...channelHeaders(shown(pbx, second), 'SecondTransferer'),
    ...of(second, 'Second'),
  ];
}

function partiesHeaders(pbx: Pbx, first: Channel, second: Channel, transferee: Channel): Header[] {
  return [
    ['Result', 'Success'],
    ...transfererHeaders(pbx, first, second),
    ...channelHeaders(shown(pbx, transferee), 'Transferee'),
  ];
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
}

export const attendedTransferTasks: readonly TaskHandler[] = [
  handle(join, (pbx, parties) => {
    const first = pbx.channel(parties.first);
    const second = pbx.channel(parties.second);
    if (first !== undefined && second !== undefined) joinParties(pbx, first, second);
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
