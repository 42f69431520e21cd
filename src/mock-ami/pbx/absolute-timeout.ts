import type { Pbx } from './pbx.ts';
import { requestHangup } from './request-hangup.ts';
import type { Channel } from './state.ts';
import { handle, type TaskHandler, task } from './task.ts';

const TIMER = 'absoluteTimeout';
const timeIsOver = task<{ channel: string }>('channel.timeIsOver');

/** The channel ends in so many seconds, whatever it does then; 0: never. Source: `ast_channel_setwhentohangup_tv`; recording `playdtmf-senddtmf`. */
export function setAbsoluteTimeout(pbx: Pbx, channel: Channel, seconds: number): void {
  const before = channel.extra[TIMER];
  if (typeof before === 'number') pbx.cancel(before);
  if (seconds > 0) channel.extra[TIMER] = pbx.after(seconds * 1000, timeIsOver, { channel: channel.uniqueid });
  else delete channel.extra[TIMER];
}

export const absoluteTimeoutTasks: readonly TaskHandler[] = [
  handle(timeIsOver, (pbx, { channel: uniqueid }) => {
    const channel = pbx.channel(uniqueid);
    if (channel !== undefined) requestHangup(pbx, channel, 0);
  }),
];
