import {
  channelDeviceChanged,
  emitShown,
  newChannel,
  nextSerial,
  publish,
  queueHangup,
  setChannelState,
} from './channel.ts';
import { startPbx } from './dialplan-run.ts';
import { causeOfSipCode } from './hangup-causes.ts';
import { LATENCY, RACES } from './latency.ts';
import { reportLeg } from './outgoing-leg.ts';
import { own } from './own.ts';
import type { Pbx } from './pbx.ts';
import { tellAnswered, tellRejected, tellRinging } from './phone-signals.ts';
import { isInMaintenance } from './pjsip-maintenance.ts';
import { tellRtpStatistics } from './rtp-statistics.ts';
import { authenticated } from './security-events.ts';
import type { Channel, PartyId } from './state.ts';
import { handle, type TaskHandler, task } from './task.ts';
import { setVariable } from './variables.ts';
import { wakeUp } from './wake.ts';

/** What phones send to the PBX. `call` is the id of the phone's call. */
export const sipInvite = task<{ phone: string; call: string; number: string; from: PartyId }>('sip.invite');
export const sipRinging = task<{ channel: string }>('sip.ringing');
export const sipAnswer = task<{ channel: string }>('sip.answer');
export const sipReject = task<{ channel: string; code: number }>('sip.reject');
export const sipForward = task<{ channel: string; to: string }>('sip.forward');
/** BYE or, of an unanswered call, CANCEL. */
export const sipBye = task<{ channel: string; phone: string; call: string }>('sip.bye');
/** The pickup code was dialled on that channel. */
export const sipPickup = task<{ channel: string }>('sip.pickup');
/** REFER: whom this channel talks to shall go elsewhere. Refused where that place is not in the dialplan. */
export const sipRefer = task<{ channel: string; to: string }>('sip.refer');
/** REFER with Replaces: whom `channel` talks to shall talk to the other end of `second`. */
export const sipReplace = task<{ channel: string; second: string }>('sip.replace');
export const sipHold = task<{ channel: string; holding: boolean }>('sip.hold');

export type RequestResult = { readonly channel: Channel } | { readonly cause: number };

/**
 * Makes the channel of a call to an endpoint, without calling it yet.
 * A cause instead: 3 where no contact is registered, 6 where there is no such endpoint. Source: `chan_pjsip_request`.
 */
export function requestPjsip(pbx: Pbx, destination: string, parent: Channel | undefined, uniqueid = ''): RequestResult {
  const parts = destination.split('/');
  const named = parts[0] ?? '';
  const at = named.indexOf('@');
  const name = at < 0 ? named : named.slice(at + 1);
  const endpoint = pbx.config.pjsip.endpoints.get(name);
  const state = own(pbx.state.endpoints, name);
  if (endpoint === undefined || state === undefined) return { cause: 6 };
  if (isInMaintenance(pbx, name)) return { cause: 3 };
  if (parts.length === 1 && state.contacts.length === 0) return { cause: 3 };
  const channel = newChannel(pbx, {
    name: `PJSIP/${name}-${nextSerial(pbx, 'PJSIP')}`,
    tech: 'PJSIP',
    endpoint: name,
    direction: 'out',
    state: 'Down',
    caller: { num: endpoint.callerId.number, name: endpoint.callerId.name },
    accountCode: endpoint.accountCode,
    language: endpoint.language,
    context: endpoint.context,
    exten: 's',
    parent,
    ...(uniqueid === '' ? {} : { uniqueid }),
  });
  for (const [variable, value] of endpoint.setVar) setVariable(pbx, channel, variable, value);
  return { channel };
}

/** Tells the calling phone that the other end rings. Source: `chan_pjsip_indicate`: the device is looked at as well. */
export function indicateRinging(pbx: Pbx, channel: Channel): void {
  if (channel.state === 'Ring') tellRinging(pbx, channel);
  channelDeviceChanged(pbx, channel);
}

/** Answers the call of a phone that has dialled. */
export function answerPjsip(pbx: Pbx, channel: Channel): void {
  if (channel.state === 'Up') return;
  tellAnswered(pbx, channel);
  setChannelState(pbx, channel, 'Up');
}

/** Refuses the call of a phone that has dialled, as Busy() and Congestion() do; the dialog ends, and the channel hears of it. */
export function refusePjsip(pbx: Pbx, channel: Channel, code: number): void {
  tellRejected(pbx, channel.endpoint, channel.phoneCall, code);
  channel.phoneCall = '';
  channel.dialogOver = true;
  channel.techCause = code;
  pbx.after(LATENCY.sip, dialogOver, { channel: channel.uniqueid, cause: causeOfSipCode(code) });
}

const dialogOver = task<{ channel: string; cause: number }>('sip.dialogOver');

/** A new call from a phone. Source: `chan_pjsip_incoming_request`. */
function invited(
  pbx: Pbx,
  { phone, call, number, from }: { phone: string; call: string; number: string; from: PartyId },
): void {
  const endpoint = pbx.config.pjsip.endpoints.get(phone);
  if (endpoint === undefined) return;
  if (isInMaintenance(pbx, phone)) return tellRejected(pbx, phone, call, 503);
  if (endpoint.auth !== '') authenticated(pbx, phone);
  if (pbx.shuttingDown) return tellRejected(pbx, phone, call, 503);
  const picksUp = number === pbx.config.features.general.pickupexten && endpoint.pickupGroup.length > 0;
  if (!picksUp && pbx.find(endpoint.context, number, 1, from.num) === undefined)
    return tellRejected(pbx, phone, call, 404);
  const known = endpoint.callerId.number !== '' || endpoint.callerId.name !== '';
  const caller = known ? { num: endpoint.callerId.number, name: endpoint.callerId.name } : from;
  const channel = newChannel(pbx, {
    name: `PJSIP/${phone}-${nextSerial(pbx, 'PJSIP')}`,
    tech: 'PJSIP',
    endpoint: phone,
    direction: 'in',
    state: 'Ring',
    caller,
    accountCode: endpoint.accountCode,
    language: endpoint.language,
    context: endpoint.context,
    exten: number,
    phoneCall: call,
  });
  const phoneCall = pbx.state.phones[phone]?.calls.find((candidate) => candidate.id === call);
  if (phoneCall !== undefined) phoneCall.channel = channel.uniqueid;
  setVariable(pbx, channel, 'SIPDOMAIN', '127.0.0.1');
  for (const [variable, value] of endpoint.setVar) setVariable(pbx, channel, variable, value);
  if (picksUp) pbx.after(0, sipPickup, { channel: channel.uniqueid });
  else startPbx(pbx, channel);
}

const showRinging = task<{ channel: string }>('sip.showRinging');

/** Does something with the channel that a task names, if it is still there. */
export function withChannel<Data extends { channel: string }>(what: (pbx: Pbx, channel: Channel, data: Data) => void) {
  return (pbx: Pbx, data: Data): void => {
    const channel = pbx.channel(data.channel);
    if (channel !== undefined) what(pbx, channel, data);
  };
}

/** The dialog of a channel is over; its channel hears of it. Source: `chan_pjsip_session_end`. */
function dialogEnded(pbx: Pbx, channel: Channel, cause: number): void {
  channel.phoneCall = '';
  channel.dialogOver = true;
  tellRtpStatistics(pbx, channel);
  queueHangup(pbx, channel, channel.hangupCause === 0 ? cause : undefined);
  wakeUp(pbx, channel);
}

export const pjsipTasks: readonly TaskHandler[] = [
  handle(sipInvite, invited),
  handle(
    sipRinging,
    withChannel((pbx, channel) => {
      if (channel.state !== 'Down') return;
      reportLeg(pbx, channel, { kind: 'ringing' });
      if (!RACES.ringHeardFirst(++pbx.state.rings)) return setChannelState(pbx, channel, 'Ringing');
      channel.state = 'Ringing';
      pbx.after(LATENCY.wake, showRinging, { channel: channel.uniqueid });
    }),
  ),
  handle(
    showRinging,
    withChannel((pbx, channel) => {
      publish(pbx, channel);
      channelDeviceChanged(pbx, channel);
    }),
  ),
  handle(
    sipAnswer,
    withChannel((pbx, channel) => {
      setChannelState(pbx, channel, 'Up');
      reportLeg(pbx, channel, { kind: 'answer' });
    }),
  ),
  handle(
    sipForward,
    withChannel((pbx, channel, { to }) => reportLeg(pbx, channel, { kind: 'forward', to })),
  ),
  handle(
    sipReject,
    withChannel((pbx, channel, { code }) => {
      channel.techCause = code;
      channel.phoneCall = '';
      channel.dialogOver = true;
      queueHangup(pbx, channel, causeOfSipCode(code));
      wakeUp(pbx, channel);
    }),
  ),
  handle(sipBye, (pbx, { channel: uniqueid }) => {
    const channel = pbx.channel(uniqueid);
    if (channel === undefined || channel.dialogOver) return;
    const cancelled = channel.direction === 'in' && channel.state !== 'Up';
    if (cancelled) channel.techCause = 487;
    dialogEnded(pbx, channel, cancelled ? causeOfSipCode(487) : 0);
  }),
  handle(
    dialogOver,
    withChannel((pbx, channel, { cause }) => dialogEnded(pbx, channel, cause)),
  ),
  handle(
    sipHold,
    withChannel((pbx, channel, { holding }) => {
      if (channel.holding === holding) return;
      channel.holding = holding;
      const musicClass = pbx.config.pjsip.endpoints.get(channel.endpoint)?.mohSuggest ?? '';
      emitShown(
        pbx,
        channel,
        holding ? 'Hold' : 'Unhold',
        holding && musicClass !== '' ? [['MusicClass', musicClass]] : [],
      );
      const activity = channel.activity === undefined ? undefined : pbx.machinery.activities.get(channel.activity.name);
      activity?.held?.(pbx, channel, holding, musicClass);
    }),
  ),
];
