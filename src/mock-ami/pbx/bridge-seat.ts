import { seatIdle } from './bridge-signals.ts';
import { setConnected } from './channel.ts';
import type { Pbx } from './pbx.ts';
import { sendDigitBegin, sendDigitEnd } from './send-digit.ts';
import type { Channel, Continuation, PartyId } from './state.ts';
import { handle, type TaskHandler, task } from './task.ts';

/** What a channel of a bridge has to do by itself; the next thing waits for the one before. */
type SeatAction =
  | { readonly kind: 'sound'; readonly ms: number; readonly then: Continuation | undefined }
  | { readonly kind: 'connected'; readonly party: PartyId }
  | { readonly kind: 'digits'; readonly digits: string };

interface Seat {
  actions: SeatAction[];
  /** 0: nothing goes on. */
  timer: number;
  /** A feature of the channel's own runs. */
  taken: boolean;
}

/** Digits that are sent once more by the PBX: down, and between two, in ms. Source: `ast_dtmf_stream`, main/app.c. */
const SENT_DIGIT_MS = 100;

const soundOver = task<{ channel: string; then: Continuation | undefined }>('bridge.soundOver');
const digitOver = task<{ channel: string; digit: string; rest: string }>('bridge.digitOver');

function seatOf(channel: Channel): Seat {
  channel.extra['seat'] ??= { actions: [], timer: 0, taken: false } satisfies Seat;
  return channel.extra['seat'] as Seat;
}

/** Whether the channel does something by itself in its bridge: a sound plays to it, or a feature runs. */
export function isSeatBusy(channel: Channel): boolean {
  return channel.extra['seat'] !== undefined;
}

/** A sound of `ms` plays to one channel of a bridge, then `then` goes on. Source: `ast_bridge_channel_queue_playfile`. */
export function playInBridge(pbx: Pbx, channel: Channel, ms: number, then?: Continuation): void {
  queue(pbx, channel, { kind: 'sound', ms, then });
}

/** The channel learns whom it talks to: NewConnectedLine, as soon as it is free to listen. */
export function introduceTo(pbx: Pbx, channel: Channel, party: PartyId): void {
  queue(pbx, channel, { kind: 'connected', party: { ...party } });
}

/** Digits that were kept back are sent to a channel after all. */
export function sendDigits(pbx: Pbx, channel: Channel, digits: string): void {
  queue(pbx, channel, { kind: 'digits', digits });
}

/** A feature of the channel's own begins: all else waits until {@link releaseSeat}. */
export function takeSeat(channel: Channel): void {
  seatOf(channel).taken = true;
}

export function releaseSeat(pbx: Pbx, channel: Channel): void {
  if (!isSeatBusy(channel)) return;
  seatOf(channel).taken = false;
  goOnWithSeat(pbx, channel);
}

/** The channel leaves its bridge for good: what it had to do there is forgotten. */
export function emptySeat(pbx: Pbx, channel: Channel): void {
  if (!isSeatBusy(channel)) return;
  pbx.cancel(seatOf(channel).timer);
  delete channel.extra['seat'];
}

function queue(pbx: Pbx, channel: Channel, action: SeatAction): void {
  seatOf(channel).actions.push(action);
  goOnWithSeat(pbx, channel);
}

function goOnWithSeat(pbx: Pbx, channel: Channel): void {
  const seat = seatOf(channel);
  while (seat.timer === 0 && !seat.taken) {
    const action = seat.actions.shift();
    if (action === undefined) {
      delete channel.extra['seat'];
      pbx.after(0, seatIdle, { channel: channel.uniqueid });
      return;
    }
    if (action.kind === 'connected') setConnected(pbx, channel, action.party);
    else if (action.kind === 'sound') {
      seat.timer = pbx.after(action.ms, soundOver, { channel: channel.uniqueid, then: action.then });
    } else sendFirst(pbx, channel, seat, action.digits);
  }
}

function sendFirst(pbx: Pbx, channel: Channel, seat: Seat, digits: string): void {
  const [digit] = digits;
  if (digit === undefined) return;
  sendDigitBegin(pbx, channel, digit);
  seat.timer = pbx.after(SENT_DIGIT_MS, digitOver, { channel: channel.uniqueid, digit, rest: digits.slice(1) });
}

export const seatTasks: readonly TaskHandler[] = [
  handle(soundOver, (pbx, { channel: uniqueid, then }) => {
    const channel = pbx.channel(uniqueid);
    if (channel === undefined || !isSeatBusy(channel)) return;
    seatOf(channel).timer = 0;
    if (then !== undefined) pbx.continueNow(then);
    if (isSeatBusy(channel)) goOnWithSeat(pbx, channel);
  }),
  handle(digitOver, (pbx, { channel: uniqueid, digit, rest }) => {
    const channel = pbx.channel(uniqueid);
    if (channel === undefined || !isSeatBusy(channel)) return;
    const seat = seatOf(channel);
    sendDigitEnd(pbx, channel, digit, SENT_DIGIT_MS);
    if (rest !== '') seat.actions.unshift({ kind: 'digits', digits: rest });
    seat.timer = pbx.after(SENT_DIGIT_MS, soundOver, { channel: uniqueid, then: undefined });
  }),
];
