import { endChannel } from './channel.ts';
import { sipCodeOfCause } from './hangup-causes.ts';
import { hangupHandlersOf } from './hangup-handler-list.ts';
import { LATENCY } from './latency.ts';
import { partLocal } from './local-pair.ts';
import { stopMusic } from './music.ts';
import type { Pbx } from './pbx.ts';
import { tellRtpStatistics } from './rtp-statistics.ts';
import type { Channel } from './state.ts';
import { continuation, handle, type TaskHandler, task } from './task.ts';
import { wakeForHangup } from './wake.ts';

const hangupChannel = task<{ channel: string }>('channel.hangup');
/** Tells the phone of a channel that the PBX ended the call; `code` is the SIP code of a refusal, 0 for BYE or CANCEL. */
export const endDialog = task<{ phone: string; call: string; code: number }>('phone.ended');

/** The subroutines that are to run at a channel's end begin; after the last of them it ends. */
export const runHandlers = task<{ channel: string }>('hangupHandlers.run');

export const hangupTasks: readonly TaskHandler[] = [
  handle(hangupChannel, (pbx, { channel: uniqueid }) => {
    const channel = pbx.channel(uniqueid);
    // Somebody may have put it into a bridge since (Bridge, Park): then it goes on there.
    if (channel?.bridge === '') hangupNow(pbx, channel);
  }),
  handle(wakeForHangup, (pbx, { channel: uniqueid }) => {
    const channel = pbx.channel(uniqueid);
    if (channel === undefined || !(channel.hangupRequested || channel.redirected)) return;
    const activity = channel.activity === undefined ? undefined : pbx.machinery.activities.get(channel.activity.name);
    activity?.hungUp(pbx, channel);
  }),
];

/** Without a phone there is nothing to wait for. */
function hangupMs(channel: Channel): number {
  return channel.tech === 'Local' ? LATENCY.localHangup : LATENCY.hangup;
}

/** Ends the channel a moment later; nothing may run on it any more. */
export function hangupSoon(pbx: Pbx, channel: Channel, delayMs: number = hangupMs(channel)): void {
  pbx.after(delayMs, hangupChannel, { channel: channel.uniqueid });
}

/** Ends the channel: tells its phone, then everybody. Source: `chan_pjsip_hangup`, channels/chan_pjsip.c. */
export function hangupNow(pbx: Pbx, channel: Channel): void {
  if (channel.dead) return;
  if (hangupHandlersOf(channel).length > 0)
    return pbx.continueNow(continuation(runHandlers, { channel: channel.uniqueid }));
  stopMusic(pbx, channel);
  if (channel.tech === 'PJSIP' && !channel.dialogOver) {
    const code = sipCodeOfCause(channel.hangupCause);
    if (code !== 0) channel.techCause = code;
    if (channel.phoneCall !== '')
      pbx.after(0, endDialog, {
        phone: channel.endpoint,
        call: channel.phoneCall,
        code: channel.state === 'Up' ? 0 : code,
      });
    channel.dialogOver = true;
    tellRtpStatistics(pbx, channel);
  }
  if (channel.tech === 'Local') partLocal(pbx, channel);
  endChannel(pbx, channel);
}
