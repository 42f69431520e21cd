import { enterBridge, goOn, takeOut } from './bridge.ts';
import { publish, setChannelState } from './channel.ts';
import { dialStatusOfCause, tellDial } from './dial-events.ts';
import { answerLocal, handToSecondHalf, requestLocal, tellLocalBridge } from './local-channel.ts';
import { localPair } from './local-pair.ts';
import { dropLeg, forgetWatch, type LegReport, watchInBridge } from './outgoing-leg.ts';
import type { Pbx } from './pbx.ts';
import type { Bridge, Channel } from './state.ts';
import { continuation, handle, type TaskHandler, task } from './task.ts';
import { callChannel } from './technology.ts';
import { setVariable } from './variables.ts';

/** A Local channel in a bridge, in place of somebody who transfers a call of more than two. Source: `blind_transfer_bridge`, `attended_transfer_bridge`, main/bridge.c. */

const calledSays = task<LegReport>('bridge.calledSays');

/** Takes the place of a channel in its bridge; that one goes on as after a talk. */
export function replaceInBridge(pbx: Pbx, channel: Channel, bridge: Bridge, by: Channel): void {
  const then = channel.afterBridge;
  channel.hangupCause = 16;
  takeOut(pbx, channel, 'swapped');
  enterBridge(pbx, bridge, by, undefined, channel);
  goOn(pbx, channel, then);
}

/** Calls a number for all whom the transferer talks to; what comes of it is told of the channel in the bridge. False where there is no such number. */
export function callForBridge(
  pbx: Pbx,
  transferer: Channel,
  bridge: Bridge,
  place: { readonly context: string; readonly exten: string },
  variables: readonly (readonly [string, string])[],
): boolean {
  const { channel } = requestLocal(pbx, `${place.exten}@${place.context}`, transferer, { uniqueid: '', other: '' });
  adoptAccount(pbx, channel, transferer);
  for (const [name, value] of variables) setVariable(pbx, channel, name, value);
  watchInBridge(channel, continuation(calledSays, {} as LegReport));
  if (!callChannel(pbx, channel)) {
    dropLeg(pbx, channel);
    return false;
  }
  replaceInBridge(pbx, transferer, bridge, channel);
  return true;
}

/** Both halves of a Local channel that leads from one bridge to another, or to what runs on a channel; the second one is answered. */
export function makeLink(
  pbx: Pbx,
  transferer: Channel,
): { readonly first: Channel; readonly second: Channel } | undefined {
  const { channel: first } = requestLocal(pbx, '_attended@transfer/m', transferer, { uniqueid: '', other: '' });
  adoptAccount(pbx, first, transferer);
  setVariable(pbx, first, 'ATTENDEDTRANSFER', transferer.name);
  const second = handToSecondHalf(pbx, first);
  const pair = localPair(first);
  if (second === undefined || pair === undefined) return undefined;
  tellLocalBridge(pbx, first, second, pair);
  setChannelState(pbx, second, 'Up');
  answerLocal(pbx, second);
  return { first, second };
}

function adoptAccount(pbx: Pbx, channel: Channel, transferer: Channel): void {
  if (transferer.accountCode === '') return;
  channel.accountCode = transferer.accountCode;
  publish(pbx, channel);
}

export const localLinkTasks: readonly TaskHandler[] = [
  handle(calledSays, (pbx, { leg, control }) => {
    const channel = pbx.channel(leg);
    if (channel === undefined) return;
    if (control.kind === 'ringing') tellDial(pbx, 'DialState', undefined, channel, ['DialStatus', 'RINGING']);
    if (control.kind !== 'answer' && control.kind !== 'hangup') return;
    forgetWatch(channel);
    const status = control.kind === 'answer' ? 'ANSWER' : dialStatusOfCause(channel.hangupCause);
    tellDial(pbx, 'DialEnd', undefined, channel, ['DialStatus', status]);
  }),
];
