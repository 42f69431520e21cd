import type { Application } from './application.ts';
import { publish, setConnected, shown } from './channel.ts';
import { argumentsOf } from './dialplan-run.ts';
import { hangupNow, hangupSoon } from './hangup.ts';
import { swapThreads } from './masquerade.ts';
import { isLeg, reportLeg } from './outgoing-leg.ts';
import type { Pbx } from './pbx.ts';
import { channelHeaders } from './snapshot.ts';
import type { Channel } from './state.ts';
import { answerChannel } from './technology.ts';

const CALL_REJECTED = 21;
const NORMAL_CLEARING = 16;

/**
 * Takes a call that rings elsewhere: the channel answers, and goes on as what was called.
 * Source: `ast_do_pickup`, main/pickup.c; recording `pickup-group`.
 */
function pickUpCall(pbx: Pbx, channel: Channel, target: Channel): void {
  setConnected(pbx, channel, target.connected);
  answerChannel(pbx, channel);
  const picking = shown(pbx, channel);
  const account = channel.accountCode;
  swapThreads(pbx, channel, target);
  channel.accountCode = target.accountCode;
  publish(pbx, channel);
  channel.accountCode = account;
  publish(pbx, channel);
  target.accountCode = account;
  pbx.emit('Pickup', [...channelHeaders(picking), ...channelHeaders(shown(pbx, target), 'Target')]);
  reportLeg(pbx, channel, { kind: 'answer', pickedUp: true });
  target.activity = undefined;
  target.hangupCause = NORMAL_CLEARING;
  hangupSoon(pbx, target, 0.1);
}

/** Calls that ring, oldest first. */
function ringingCalls(pbx: Pbx): Channel[] {
  return pbx.channels().filter((channel) => isLeg(channel) && channel.state === 'Ringing');
}

/** The pickup code was dialled: takes the oldest call that rings in a group of the endpoint; refused where none does. */
export function pickUpByGroup(pbx: Pbx, channel: Channel): void {
  const groups = pbx.config.pjsip.endpoints.get(channel.endpoint);
  const target = ringingCalls(pbx).find((ringing) => {
    const called = pbx.config.pjsip.endpoints.get(ringing.endpoint);
    if (groups === undefined || called === undefined) return false;
    return (
      called.callGroup.some((group) => groups.pickupGroup.includes(group)) ||
      called.namedCallGroup.some((group) => groups.namedPickupGroup.includes(group))
    );
  });
  if (target !== undefined) return pickUpCall(pbx, channel, target);
  channel.hangupCause = CALL_REJECTED;
  hangupNow(pbx, channel);
}

/** Takes over the first of those calls that rings; false where none does. */
function pickUpFirst(pbx: Pbx, channel: Channel, targets: readonly (Channel | undefined)[]): boolean {
  const target = targets.find((one) => one !== undefined && one !== channel);
  if (target === undefined) return false;
  channel.runs = [];
  pickUpCall(pbx, channel, target);
  return true;
}

/** `Pickup(1002@office&1003@PICKUPMARK)`: takes the call that rings there, or whose channel bears the mark; without arguments, by group. Source: apps/app_directed_pickup.c. */
const pickup: Application = (pbx, channel, args) => {
  const wanted = argumentsOf(args)[0] ?? '';
  if (wanted === '') {
    pickUpByGroup(pbx, channel);
    return 'wait';
  }
  const ringing = ringingCalls(pbx);
  const targets = wanted.split('&').map((place) => {
    const [exten = '', context = channel.context] = place.split('@');
    if (context === 'PICKUPMARK') return ringing.find((one) => one.variables['PICKUPMARK']?.value === exten);
    return ringing.find((one) => one.exten === exten && one.context === context);
  });
  return pickUpFirst(pbx, channel, targets) ? 'wait' : 'next';
};

/** `PickupChan(PJSIP/1002&PJSIP/1003)`: by the beginning of the channel's name, or with `p` by a part of it. Source: `pickupchan_exec`. */
const pickupChan: Application = (pbx, channel, args) => {
  const [wanted = '', options = ''] = argumentsOf(args);
  if (wanted === '') return 'next';
  const ringing = ringingCalls(pbx);
  const targets = wanted.split('&').map((written) => {
    const name = written.toLowerCase();
    const start = options.includes('p') || name.includes('-') ? name : `${name}-`;
    return ringing.find((one) => one.name.toLowerCase().startsWith(start));
  });
  return pickUpFirst(pbx, channel, targets) ? 'wait' : 'next';
};

export const pickupApplications: Readonly<Record<string, Application>> = { pickup, pickupchan: pickupChan };
