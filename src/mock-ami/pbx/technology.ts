import { setChannelState } from './channel.ts';
import { causeOfSipCode } from './hangup-causes.ts';
import { answerLocal, callLocal, refuseLocal, requestLocal, ringLocal } from './local-channel.ts';
import type { Pbx } from './pbx.ts';
import { sendInvite } from './phone-signals.ts';
import { answerPjsip, indicateRinging, type RequestResult, refusePjsip, requestPjsip } from './pjsip-channel.ts';
import type { Channel } from './state.ts';

/** Uniqueids that replace those the PBX would make; '' for none. `other` is for the second half of a Local channel. */
export interface UniqueidChoice {
  readonly uniqueid: string;
  readonly other: string;
}

const NO_CHOICE: UniqueidChoice = { uniqueid: '', other: '' };

/** Makes a channel of that technology for a destination; a cause (3, 6, 66 ...) where it cannot. */
export function requestChannel(
  pbx: Pbx,
  tech: string,
  resource: string,
  parent?: Channel,
  ids: UniqueidChoice = NO_CHOICE,
): RequestResult {
  switch (tech.toLowerCase()) {
    case 'pjsip':
      return requestPjsip(pbx, resource, parent, ids.uniqueid);
    case 'local':
      return requestLocal(pbx, resource, parent, ids);
    default:
      return { cause: 66 };
  }
}

/** Starts the call of a channel that was requested; false where it cannot be called. `place`: how many were called before it at the same moment. */
export function callChannel(pbx: Pbx, channel: Channel, place = 0): boolean {
  if (channel.tech === 'Local') return callLocal(pbx, channel);
  sendInvite(pbx, channel, place);
  return true;
}

/** Answers a channel that has dialled. */
export function answerChannel(pbx: Pbx, channel: Channel): void {
  if (channel.state === 'Up') return;
  if (channel.tech === 'PJSIP') answerPjsip(pbx, channel);
  else if (channel.tech === 'Local') answerLocal(pbx, channel);
  else setChannelState(pbx, channel, 'Up');
}

export function indicateRingingTo(pbx: Pbx, channel: Channel): void {
  if (channel.tech === 'PJSIP') indicateRinging(pbx, channel);
  else if (channel.tech === 'Local') ringLocal(pbx, channel);
}

/** Refuses a channel that has dialled with a SIP code, as Busy() and Congestion() do. */
export function refuseChannel(pbx: Pbx, channel: Channel, code: number): void {
  if (channel.tech === 'PJSIP' && channel.phoneCall !== '' && channel.state !== 'Up') refusePjsip(pbx, channel, code);
  else if (channel.tech === 'Local') refuseLocal(pbx, channel, causeOfSipCode(code));
}
