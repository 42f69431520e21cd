import { resumeForTransfer } from './blind-transfer.ts';
import { channelsIn, enterBridge, goOn, leaveBridge, mergeBridges, peerOf, takeOut } from './bridge.ts';
import { releaseHold } from './bridge-signals.ts';
import { SOFT_HANGUP, setConnected, softHangup } from './channel.ts';
import { makeLink, replaceInBridge } from './local-link.ts';
import { masqueradeInto, takeOverApplication } from './masquerade-transfer.ts';
import type { Pbx } from './pbx.ts';
import type { Bridge, Channel } from './state.ts';
import { continuation, handle, type TaskHandler, task } from './task.ts';
import { prepareToTell, type TransferParties, tellAttendedTransfer } from './tell-attended-transfer.ts';
import { transferBridge } from './transfer-bridge.ts';
import { mayChange, mergeInto, prohibitsTransfer, swapInto } from './transfer-rules.ts';
import { getVariable, setVariable } from './variables.ts';

const join = task<{ first: string; second: string }>('attendedTransfer.join');
const introduce = task<{ transferee: string; target: string }>('attendedTransfer.introduce');
const leave = task<{ channel: string }>('attendedTransfer.leave');

/**
 * Connects whom the transferer talks to on `first` with the other end of `second`: what is in a bridge with it, or an application such as
 * a Dial that rings. Source: `ast_bridge_transfer_attended`, main/bridge.c; recordings `attended-transfer*`, `busy-hour-mix`.
 */
export function attendedTransfer(pbx: Pbx, first: Channel, second: Channel): void {
  for (const one of [first, second]) if (one.bridge !== '') resumeForTransfer(pbx, one);
  pbx.after(0.05, join, { first: first.uniqueid, second: second.uniqueid });
}

function joinParties(pbx: Pbx, first: Channel, second: Channel): void {
  const from = transferBridge(pbx, first);
  const to = transferBridge(pbx, second);
  const parties: TransferParties = {
    first,
    second,
    from,
    to,
    transferee: peerOf(pbx, first),
    target: peerOf(pbx, second),
  };
  const fail = (result: 'Invalid' | 'Not Permitted'): void =>
    tellAttendedTransfer(pbx, parties, result, [['DestType', 'Fail']]);
  if (from !== undefined && to !== undefined) {
    if (!joinBridges(pbx, parties, from, to)) fail('Invalid');
    return;
  }
  const bridge = from ?? to;
  if (bridge === undefined || bridge.channels.length < 2) return fail('Invalid');
  if (prohibitsTransfer(bridge)) return fail('Not Permitted');
  const [bridged, unbridged] = from === undefined ? [second, first] : [first, second];
  nameTransferer(pbx, first, bridged, bridge);
  const transferred = peerOf(pbx, bridged);
  if (transferred === undefined) masqueradeInto(pbx, parties, bridged, unbridged, bridge);
  else takeOverApplication(pbx, parties, bridged, unbridged, transferred);
}

/** ATTENDEDTRANSFER of all in the bridge names the transferer, and of the transferer whom it talks to. Source: `set_transfer_variables_all`. */
function nameTransferer(pbx: Pbx, transferer: Channel, own: Channel, bridge: Bridge): void {
  const talksTo = own === transferer ? (getVariable(pbx, own, 'BRIDGEPEER') ?? '') : transferer.name;
  setVariable(pbx, own, 'ATTENDEDTRANSFER', talksTo);
  for (const other of channelsIn(pbx, bridge))
    if (other !== own) setVariable(pbx, other, 'ATTENDEDTRANSFER', transferer.name);
}

/** Both of the transferer's channels are in bridges; false where the transfer can't be. Source: `two_bridge_attended_transfer`. */
function joinBridges(pbx: Pbx, parties: TransferParties, from: Bridge, to: Bridge): boolean {
  const { first, second, transferee, target } = parties;
  nameTransferer(pbx, first, first, from);
  if (from === to || !mayChange(from) || !mayChange(to)) return false;
  const into = swapInto(from, to);
  if (into === to) {
    if (transferee !== undefined) moveTransferee(pbx, parties, transferee, to);
    return transferee !== undefined;
  }
  if (into === from) {
    if (target !== undefined) moveTarget(pbx, parties, target, from);
    return target !== undefined;
  }
  const merged = mergeInto(from, to);
  if (merged === undefined) return link(pbx, parties, from, to);
  mergeBridges(pbx, merged, merged === from ? to : from, [first.uniqueid, second.uniqueid]);
  tellAttendedTransfer(pbx, parties, 'Success', bridgeDestination(merged));
  for (const channel of [first, second]) letGo(pbx, channel);
  return true;
}

function bridgeDestination({ uniqueid }: Bridge) {
  return [['DestType', 'Bridge'], ['DestBridgeUniqueid', uniqueid]] as const; // biome-ignore format: a list
}

/** A channel of the transferer leaves its bridge, which stays. */
function letGo(pbx: Pbx, channel: Channel): void {
  channel.hangupCause = 16;
  pbx.after(0.3, leave, { channel: channel.uniqueid });
}

/** The transferee takes the place of the transferer's second channel in its bridge. */
function moveTransferee(pbx: Pbx, parties: TransferParties, transferee: Channel, to: Bridge): void {
  const { first, second, target } = parties;
  const tell = prepareToTell(pbx, parties, 'Success', bridgeDestination(to));
  const then = transferee.afterBridge;
  const secondThen = second.afterBridge;
  first.hangupCause = 16;
  takeOut(pbx, transferee, 'moves');
  takeOut(pbx, second, 'swapped');
  enterBridge(pbx, to, transferee, then, second);
  second.hangupCause = 16;
  softHangup(pbx, second, SOFT_HANGUP.device);
  goOn(pbx, second, secondThen);
  tell();
  if (target !== undefined) pbx.after(0.2, introduce, { transferee: transferee.uniqueid, target: target.uniqueid });
  letGo(pbx, first);
}

/** The target takes the place of the transferer's first channel, in a bridge that nobody may be moved out of. Source: recording `queue-call-attended-transfer`. */
function moveTarget(pbx: Pbx, parties: TransferParties, target: Channel, from: Bridge): void {
  const { first, second, transferee } = parties;
  const tell = prepareToTell(pbx, parties, 'Success', bridgeDestination(from));
  const then = target.afterBridge;
  const firstThen = first.afterBridge;
  first.hangupCause = 16;
  if (transferee !== undefined) pbx.continueNow(continuation(releaseHold, { channel: transferee.uniqueid }));
  takeOut(pbx, target, 'moves');
  takeOut(pbx, first, 'swapped');
  enterBridge(pbx, from, target, then, first);
  goOn(pbx, first, firstThen);
  second.hangupCause = 16;
  softHangup(pbx, second, SOFT_HANGUP.device);
  if (transferee !== undefined) introduceParties(pbx, transferee, target);
  tell();
  letGo(pbx, second);
}

/** Neither bridge may give anybody away: a Local channel leads from one to the other. Source: `attended_transfer_bridge`. */
function link(pbx: Pbx, parties: TransferParties, from: Bridge, to: Bridge): boolean {
  const { first, second } = parties;
  if ([from, to].some(({ type }) => type === 'agent_hold')) return false;
  const tell = prepareToTell(pbx, parties, 'Success', [['DestType', 'Link']]);
  const halves = makeLink(pbx, first);
  if (halves === undefined) return false;
  replaceInBridge(pbx, second, to, halves.second);
  replaceInBridge(pbx, first, from, halves.first);
  tell(halves);
  return true;
}

/** The two learn of each other: NewConnectedLine. */
function introduceParties(pbx: Pbx, transferee: Channel, target: Channel): void {
  setConnected(pbx, transferee, target.caller);
  setConnected(pbx, target, transferee.caller);
}

export const attendedTransferTasks: readonly TaskHandler[] = [
  handle(join, (pbx, ids) => {
    const first = pbx.channel(ids.first);
    const second = pbx.channel(ids.second);
    if (first !== undefined && second !== undefined && first !== second) joinParties(pbx, first, second);
  }),
  handle(introduce, (pbx, parties) => {
    const transferee = pbx.channel(parties.transferee);
    const target = pbx.channel(parties.target);
    if (transferee !== undefined && target !== undefined) introduceParties(pbx, transferee, target);
  }),
  handle(leave, (pbx, { channel: uniqueid }) => {
    const channel = pbx.channel(uniqueid);
    if (channel !== undefined) leaveBridge(pbx, channel, false);
  }),
];
