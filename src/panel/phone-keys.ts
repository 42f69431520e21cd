import type { ControlCall, ControlLamp, ControlPhone } from '../client/phone-wall-client.ts';

/** What the keys of a simulated phone would do now. */
export interface PhoneKeys {
  /** The call that the keys are for; `undefined` where there is none. */
  readonly call: ControlCall | undefined;
  readonly canAnswer: boolean;
  readonly canHold: boolean;
  /** True: the hold key takes the call back. */
  readonly holding: boolean;
  readonly canTransfer: boolean;
  /** Two calls that the transfer key would join. */
  readonly canJoin: boolean;
  readonly canHangUp: boolean;
}

/** `chosen` is the other party's number of the call that the person has picked, if any. */
export function phoneKeys({ calls }: ControlPhone, chosen: string | undefined): PhoneKeys {
  const call = calls.find(({ other }) => other === chosen) ?? callInHand(calls);
  const up = call?.state === 'up';
  return {
    call,
    canAnswer: call?.state === 'ringing',
    canHold: up,
    holding: up && call.holding,
    canTransfer: up,
    canJoin: calls.filter(({ state }) => state === 'up').length === 2,
    canHangUp: call !== undefined,
  };
}

/** The call that talks, and so would have to wait while another one is answered or made. */
export function activeCall(phone: ControlPhone): ControlCall | undefined {
  return phone.calls.find(({ state, holding }) => state === 'up' && !holding);
}

/**
 * The lamp of the phone's own line. As in the panel, a line shows a hold at either end of the call; what the PBX says of it
 * (`phone.lamp`) knows only of the party that hears music.
 */
export function lineLamp({ lamp, calls }: ControlPhone): ControlLamp {
  const allWait = calls.length > 0 && calls.every(({ state, holding, held }) => state === 'up' && (holding || held));
  return lamp === 'up' && allWait ? 'held' : lamp;
}

/** What the display says of a call, on a phone whose line has that lamp: where it is held, every call of it is. */
export function callWords({ state, direction, holding, held }: ControlCall, lamp: ControlLamp): string {
  if (state === 'calling') return 'Calling';
  if (state === 'ringing') return direction === 'in' ? 'Incoming call' : 'Ringing';
  if (holding) return 'On hold';
  return held || lamp === 'held' ? 'You are on hold' : 'Talking';
}

function callInHand(calls: readonly ControlCall[]): ControlCall | undefined {
  return (
    calls.find(({ state }) => state === 'ringing') ??
    calls.find(({ state, holding }) => state !== 'up' || !holding) ??
    calls[0]
  );
}
