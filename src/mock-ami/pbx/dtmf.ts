import type { ActivityHandler } from './activity.ts';
import { tellDigitBegin, tellDigitEnd } from './digit-events.ts';
import type { Pbx } from './pbx.ts';
import type { Channel } from './state.ts';
import { handle, type TaskHandler, task } from './task.ts';

/** A phone sends digits, one after the other. */
export const sipDigits = task<{ channel: string; digits: string; by: 'rfc4733' | 'info' }>('sip.digits');
const digitBegins = task<{ channel: string; digit: string; heard: boolean }>('dtmf.begins');
const digitEnds = task<{ channel: string; digit: string; heard: boolean }>('dtmf.ends');
const digitComes = task<{ channel: string; digit: string; ms: number }>('dtmf.comes');
const nextDigit = task<{ channel: string }>('dtmf.next');
const madeUpEnd = task<{ channel: string; digit: string; ms: number }>('dtmf.madeUpEnd');

/** A phone's key is down for 200 ms, and the next one follows 60 ms later. Source: recording `dtmf-read-app`. */
const KEY_MS = 180;
const BETWEEN_KEYS_MS = 60;
const TOLD_MS = 200;
/** What a phone says of a key by INFO. Source: recording `dtmf-from-phone`. */
const INFO_MS = 160;

/** Of digits that come without a begin, in ms. Source: `AST_DEFAULT_EMULATE_DTMF_DURATION` and others, main/channel.c; recording `ami-atxfer`. */
const MADE_UP = { default: 100, atLeast: 80, gap: 45 } as const;

interface DigitQueue {
  digits: { readonly digit: string; readonly ms: number }[];
}

/**
 * Asterisk sees a digit where it handles the media itself; in a native bridge RFC 4733 passes it by, SIP INFO never does.
 * Source: recordings `dtmf-from-phone`, `dtmf-from-phone-with-features`.
 */
function isSeen(pbx: Pbx, channel: Channel): boolean {
  return pbx.bridge(channel.bridge)?.technology !== 'native_rtp';
}

function listener(pbx: Pbx, channel: Channel): ActivityHandler | undefined {
  return channel.activity === undefined ? undefined : pbx.machinery.activities.get(channel.activity.name);
}

/**
 * A digit comes to a channel as one whole, as SIP INFO and the manager bring it. Whoever wants to hear it begin and end hears it for `ms`,
 * and the next one waits. Source: `__ast_read`, main/channel.c.
 */
export function receiveDigit(pbx: Pbx, channel: Channel, digit: string, ms: number): void {
  const waiting = channel.extra['digits'] as DigitQueue | undefined;
  if (waiting !== undefined) waiting.digits.push({ digit, ms });
  else {
    channel.extra['digits'] = { digits: [{ digit, ms }] } satisfies DigitQueue;
    takeDigit(pbx, channel);
  }
}

function takeDigit(pbx: Pbx, channel: Channel): void {
  const next = (channel.extra['digits'] as DigitQueue | undefined)?.digits.shift();
  if (next === undefined) {
    delete channel.extra['digits'];
    return;
  }
  const { digit, ms } = next;
  tellDigitEnd(pbx, channel, digit, ms, 'Received');
  const heardBy = listener(pbx, channel);
  if (heardBy?.digitBegins !== undefined) {
    heardBy.digitBegins(pbx, channel, digit);
    const downMs = ms === 0 ? MADE_UP.default : Math.max(ms, MADE_UP.atLeast);
    pbx.after(downMs, madeUpEnd, { channel: channel.uniqueid, digit, ms: downMs });
    return;
  }
  pbx.after(MADE_UP.gap, nextDigit, { channel: channel.uniqueid });
  heardBy?.digit?.(pbx, channel, digit, ms);
}

export const dtmfTasks: readonly TaskHandler[] = [
  handle(sipDigits, (pbx, { channel: uniqueid, digits, by }) => {
    const channel = pbx.channel(uniqueid);
    if (channel === undefined) return;
    const heard = isSeen(pbx, channel);
    [...digits].forEach((digit, index) => {
      const start = index * (KEY_MS + BETWEEN_KEYS_MS);
      if (by === 'info') {
        pbx.after(start, digitComes, { channel: uniqueid, digit, ms: INFO_MS });
        return;
      }
      pbx.after(start, digitBegins, { channel: uniqueid, digit, heard });
      pbx.after(start + KEY_MS, digitEnds, { channel: uniqueid, digit, heard });
    });
  }),
  handle(digitComes, (pbx, { channel: uniqueid, digit, ms }) => {
    const channel = pbx.channel(uniqueid);
    if (channel !== undefined) receiveDigit(pbx, channel, digit, ms);
  }),
  handle(nextDigit, (pbx, { channel: uniqueid }) => {
    const channel = pbx.channel(uniqueid);
    if (channel !== undefined) takeDigit(pbx, channel);
  }),
  handle(madeUpEnd, (pbx, { channel: uniqueid, digit, ms }) => {
    const channel = pbx.channel(uniqueid);
    if (channel === undefined) return;
    pbx.after(MADE_UP.gap, nextDigit, { channel: uniqueid });
    listener(pbx, channel)?.digit?.(pbx, channel, digit, ms);
  }),
  handle(digitBegins, (pbx, { channel: uniqueid, digit, heard }) => {
    const channel = pbx.channel(uniqueid);
    if (channel === undefined || !heard) return;
    tellDigitBegin(pbx, channel, digit, 'Received');
    listener(pbx, channel)?.digitBegins?.(pbx, channel, digit);
  }),
  handle(digitEnds, (pbx, { channel: uniqueid, digit, heard }) => {
    const channel = pbx.channel(uniqueid);
    if (channel === undefined || !heard) return;
    tellDigitEnd(pbx, channel, digit, TOLD_MS, 'Received');
    listener(pbx, channel)?.digit?.(pbx, channel, digit, TOLD_MS);
  }),
];
