import type { StandingOrder } from '../../scenarios/stage.ts';

/** A simulated SIP phone, as plain data. */
export interface PhoneState {
  /** Name of its endpoint. */
  readonly name: string;
  /** Runs; a dead phone answers nothing. */
  alive: boolean;
  port: number;
  order: StandingOrder | undefined;
  /** Oldest first. */
  calls: PhoneCall[];
  nextCall: number;
  speaking: boolean;
  /** Set while it registers again by itself. */
  registered: boolean;
}

/** One dialog of a phone. */
export interface PhoneCall {
  readonly id: string;
  readonly direction: 'in' | 'out';
  /** Uniqueid of the PBX's channel; '' before there is one. */
  channel: string;
  /** Call-ID of the dialog. */
  readonly sipCallId: string;
  /** The number dialled, or shown. */
  other: string;
  otherName: string;
  /** `invited`: the INVITE came, the phone has not said that it rings. */
  state: 'calling' | 'invited' | 'ringing' | 'up';
  holding: boolean;
  /** The other side holds us. */
  held: boolean;
  readonly sinceMs: number;
  /** Until then a re-INVITE of the phone is on its way; what it does next waits for the answer. */
  reinvitingUntilMs: number;
}
