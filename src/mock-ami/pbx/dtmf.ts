import { channelsIn } from './bridge.ts';
import { emitShown } from './channel.ts';
import type { Pbx } from './pbx.ts';
import type { Channel } from './state.ts';
import { handle, type TaskHandler, task } from './task.ts';

/** A phone sends digits, one after the other. */
export const sipDigits = task<{ channel: string; digits: string; by: 'rfc4733' | 'info' }>('sip.digits');
const digitBegins = task<{ channel: string; digit: string; heard: boolean }>('dtmf.begins');
const digitEnds = task<{ channel: string; digit: string; heard: boolean }>('dtmf.ends');

/** A phone's key is down for 200 ms, and the next one follows 60 ms later. Source: recording `dtmf-read-app`. */
const KEY_MS = 180;
const BETWEEN_KEYS_MS = 60;
const TOLD_MS = 200;

/**
 * Asterisk sees a digit where it handles the media itself; in a native bridge RFC 4733 passes it by, SIP INFO never does.
 * Source: recordings `dtmf-from-phone`, `dtmf-from-phone-with-features`.
 */
function isSeen(pbx: Pbx, channel: Channel, by: 'rfc4733' | 'info'): boolean {
  return by === 'info' || pbx.bridge(channel.bridge)?.technology !== 'native_rtp';
}

function tell(
  pbx: Pbx,
  channel: Channel,
  name: 'DTMFBegin' | 'DTMFEnd',
  digit: string,
  direction: 'Received' | 'Sent',
): void {
  emitShown(pbx, channel, name, [
    ['Digit', digit],
    ...(name === 'DTMFEnd' ? [['DurationMs', String(TOLD_MS)] as const] : []),
    ['Direction', direction],
  ]);
}

/** Passes a digit on to the others of the bridge. */
function passOn(pbx: Pbx, channel: Channel, name: 'DTMFBegin' | 'DTMFEnd', digit: string): void {
  const bridge = pbx.bridge(channel.bridge);
  if (bridge?.type !== 'basic') return;
  for (const other of channelsIn(pbx, bridge)) if (other !== channel) tell(pbx, other, name, digit, 'Sent');
}

export const dtmfTasks: readonly TaskHandler[] = [
  handle(sipDigits, (pbx, { channel: uniqueid, digits, by }) => {
    const channel = pbx.channel(uniqueid);
    if (channel === undefined) return;
    const heard = isSeen(pbx, channel, by);
    [...digits].forEach((digit, index) => {
      const start = index * (KEY_MS + BETWEEN_KEYS_MS);
      pbx.after(start, digitBegins, { channel: uniqueid, digit, heard });
      pbx.after(start + KEY_MS, digitEnds, { channel: uniqueid, digit, heard });
    });
  }),
  handle(digitBegins, (pbx, { channel: uniqueid, digit, heard }) => {
    const channel = pbx.channel(uniqueid);
    if (channel === undefined || !heard) return;
    tell(pbx, channel, 'DTMFBegin', digit, 'Received');
    passOn(pbx, channel, 'DTMFBegin', digit);
  }),
  handle(digitEnds, (pbx, { channel: uniqueid, digit, heard }) => {
    const channel = pbx.channel(uniqueid);
    if (channel === undefined || !heard) return;
    tell(pbx, channel, 'DTMFEnd', digit, 'Received');
    passOn(pbx, channel, 'DTMFEnd', digit);
    const activity = channel.activity === undefined ? undefined : pbx.machinery.activities.get(channel.activity.name);
    activity?.digit?.(pbx, channel, digit);
  }),
];
