import type { RejectReason } from '../../scenarios/stage.ts';
import { endDialog } from '../pbx/hangup.ts';
import { LATENCY } from '../pbx/latency.ts';
import { own } from '../pbx/own.ts';
import type { Pbx } from '../pbx/pbx.ts';
import { phoneAnswered, phoneInvited, phoneNotified, phoneRingback } from '../pbx/phone-signals.ts';
import { sipAnswer, sipBye, sipForward, sipReject, sipRinging } from '../pbx/pjsip-channel.ts';
import { handle, type TaskHandler, task } from '../pbx/task.ts';
import { randomUuid } from '../pbx/uuid.ts';
import type { PhoneCall, PhoneState } from './phone-state.ts';

/** SIP codes of the reasons for which people refuse a call. */
const REJECT_CODES: Readonly<Record<RejectReason, number>> = {
  busy: 486, declined: 603, unavailable: 480, 'not-found': 404, gone: 410, 'not-acceptable': 488,
}; // biome-ignore format: a table

export function rejectCode(reason: RejectReason | number): number {
  return typeof reason === 'number' ? reason : REJECT_CODES[reason];
}

const rings = task<{ phone: string; call: string }>('phone.rings');
const followsOrder = task<{ phone: string; call: string }>('phone.followsOrder');

export function findCall(pbx: Pbx, phone: string, call: string): { phone: PhoneState; call: PhoneCall } | undefined {
  const state = own(pbx.state.phones, phone);
  const found = state?.calls.find((candidate) => candidate.id === call);
  return state === undefined || found === undefined ? undefined : { phone: state, call: found };
}

export function addCall(
  pbx: Pbx,
  phone: PhoneState,
  call: Pick<PhoneCall, 'direction' | 'channel' | 'other' | 'otherName' | 'state'>,
): PhoneCall {
  const added: PhoneCall = {
    ...call,
    id: `${phone.name}.${phone.nextCall++}`,
    sipCallId: randomUuid(pbx),
    holding: false,
    held: false,
    sinceMs: pbx.now,
    reinvitingUntilMs: 0,
  };
  phone.calls.push(added);
  return added;
}

export function removeCall(phone: PhoneState, call: PhoneCall): void {
  phone.calls = phone.calls.filter((other) => other !== call);
}

/** The phone takes a call that rings. */
export function pickUp(pbx: Pbx, call: PhoneCall): void {
  call.state = 'up';
  pbx.after(LATENCY.sip, sipAnswer, { channel: call.channel });
}

/** The phone refuses a call that rings. */
export function refuse(pbx: Pbx, phone: PhoneState, call: PhoneCall, code: number): void {
  removeCall(phone, call);
  pbx.after(LATENCY.sip, sipReject, { channel: call.channel, code });
}

/** The phone ends a call: BYE, or CANCEL before the answer. */
export function putDown(pbx: Pbx, phone: PhoneState, call: PhoneCall): void {
  removeCall(phone, call);
  const waitMs = Math.max(0, call.reinvitingUntilMs - pbx.now);
  pbx.after(waitMs + LATENCY.bye, sipBye, { channel: call.channel, phone: phone.name, call: call.id });
}

/** What a phone does when something comes from the PBX. */
export const phoneTasks: readonly TaskHandler[] = [
  handle(phoneInvited, (pbx, { phone: name, channel: uniqueid, from }) => {
    const phone = pbx.state.phones[name];
    const channel = pbx.channel(uniqueid);
    if (phone === undefined || channel === undefined || !phone.alive) return;
    const call = addCall(pbx, phone, {
      direction: 'in',
      channel: uniqueid,
      other: from.num,
      otherName: from.name,
      state: 'invited',
    });
    channel.phoneCall = call.id;
    const order = phone.order ?? { ringAfterMs: 0 };
    if (order.silent) return;
    if (order.ringAfterMs !== undefined) pbx.after(order.ringAfterMs, rings, { phone: name, call: call.id });
    if (order.then !== undefined) pbx.after(order.then.afterMs, followsOrder, { phone: name, call: call.id });
  }),
  handle(rings, (pbx, { phone, call }) => {
    const found = findCall(pbx, phone, call);
    if (found?.call.state !== 'invited' || !found.phone.alive) return;
    found.call.state = 'ringing';
    pbx.after(LATENCY.sip, sipRinging, { channel: found.call.channel });
  }),
  handle(followsOrder, (pbx, { phone, call }) => {
    const found = findCall(pbx, phone, call);
    const then = found?.phone.order?.then;
    if (found === undefined || then === undefined || found.call.state === 'up' || !found.phone.alive) return;
    if (then.kind === 'answer') pickUp(pbx, found.call);
    else if (then.kind === 'reject') refuse(pbx, found.phone, found.call, rejectCode(then.reason));
    else {
      removeCall(found.phone, found.call);
      pbx.after(LATENCY.sip, sipForward, { channel: found.call.channel, to: then.to });
    }
  }),
  handle(phoneRingback, (pbx, { phone, call }) => {
    const found = findCall(pbx, phone, call);
    if (found?.call.state === 'calling') found.call.state = 'ringing';
  }),
  handle(phoneAnswered, (pbx, { phone, call }) => {
    const found = findCall(pbx, phone, call);
    if (found !== undefined) found.call.state = 'up';
  }),
  handle(phoneNotified, (pbx, { phone, call, held }) => {
    const found = findCall(pbx, phone, call);
    if (found !== undefined) found.call.held = held;
  }),
  handle(endDialog, (pbx, { phone, call }) => {
    const found = findCall(pbx, phone, call);
    if (found !== undefined) removeCall(found.phone, found.call);
  }),
];
