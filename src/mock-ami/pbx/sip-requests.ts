import { attendedTransfer } from './attended-transfer.ts';
import { blindTransfer } from './blind-transfer.ts';
import { pickUpByGroup } from './pickup.ts';
import { sipPickup, sipRefer, sipReplace, withChannel } from './pjsip-channel.ts';
import type { Channel } from './state.ts';
import { handle, type TaskHandler } from './task.ts';

/** Whom a REFER names as its sender: where the phone was called, the contact that was called; else its own account. Source: recordings `blind-transfer`, `busy-hour-mix`. */
function referredBy({ direction, endpoint }: Channel): string {
  return direction === 'out'
    ? `<sip:${endpoint}@127.0.0.1;ob>`
    : `"Phone ${endpoint}" <sip:${endpoint}@127.0.0.1:5060>`;
}

/** What a phone's REFER and its pickup code make the PBX do. Source: res/res_pjsip_refer.c, channels/chan_pjsip.c. */
export const sipRequestTasks: readonly TaskHandler[] = [
  handle(sipPickup, withChannel(pickUpByGroup)),
  handle(
    sipRefer,
    withChannel((pbx, channel, { to }) => {
      const { context } = pbx.config.pjsip.endpoints.get(channel.endpoint) ?? channel;
      if (pbx.find(context, to, 1, channel.caller.num) === undefined) return;
      const via = { referredBy: referredBy(channel), referTo: `sip:${to}@127.0.0.1:5060` };
      blindTransfer(pbx, channel, { context, exten: to, external: true, via });
    }),
  ),
  handle(
    sipReplace,
    withChannel((pbx, channel, { second }) => {
      const other = pbx.channel(second);
      if (other !== undefined) attendedTransfer(pbx, channel, other);
    }),
  ),
];
