import type { PhoneCall } from '../phones/phone-state.ts';
import { endDialog } from './hangup.ts';
import { LATENCY, RACES } from './latency.ts';
import type { Pbx } from './pbx.ts';
import type { Channel } from './state.ts';
import { task } from './task.ts';

/** What the PBX sends to phones; `phones/phone.ts` does what a phone does then. */
export const phoneInvited = task<{ phone: string; channel: string; from: { num: string; name: string } }>(
  'phone.invited',
);
export const phoneRingback = task<{ phone: string; call: string }>('phone.ringback');
export const phoneAnswered = task<{ phone: string; call: string }>('phone.answered');
export const phoneNotified = task<{ phone: string; call: string; held: boolean }>('phone.held');

/** `place`: how many were called before it at the same moment. */
export function sendInvite(pbx: Pbx, channel: Channel, place: number): void {
  pbx.after(LATENCY.sip + place * RACES.nextLeg, phoneInvited, {
    phone: channel.endpoint,
    channel: channel.uniqueid,
    from: { num: channel.connected.num, name: channel.connected.name },
  });
}

export function tellRinging(pbx: Pbx, channel: Channel): void {
  pbx.after(LATENCY.sip, phoneRingback, { phone: channel.endpoint, call: channel.phoneCall });
}

export function tellAnswered(pbx: Pbx, channel: Channel): void {
  pbx.after(LATENCY.sip, phoneAnswered, { phone: channel.endpoint, call: channel.phoneCall });
}

export function tellRejected(pbx: Pbx, phone: string, call: string, code: number): void {
  pbx.after(LATENCY.sip, endDialog, { phone, call, code });
}

/** The call at the phone whose dialog the channel is. */
export function phoneCallOf(pbx: Pbx, channel: Channel): PhoneCall | undefined {
  return pbx.state.phones[channel.endpoint]?.calls.find((call) => call.channel === channel.uniqueid);
}
