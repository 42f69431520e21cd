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

const OVER = 'absoluteTimeoutIsOver';

/** Seconds that are left, 0 where there is no such limit. Source: `timeout_read`, funcs/func_timeout.c. */
export function absoluteTimeoutLeft(pbx: Pbx, channel: Channel): number {
  const due = pbx.state.tasks.find(({ id }) => id === channel.extra[TIMER])?.dueMs;
  return due === undefined ? 0 : (due - pbx.now) / 1000;
}

/** Whether the channel is to end as its time is over; it then has no limit any more. */
export function clearAbsoluteTimeout(channel: Channel): boolean {
  const over = channel.extra[OVER] === true;
  delete channel.extra[OVER];
  return over;
}

export const absoluteTimeoutTasks: readonly TaskHandler[] = [
  handle(timeIsOver, (pbx, { channel: uniqueid }) => {
    const channel = pbx.channel(uniqueid);
    if (channel === undefined) return;
    delete channel.extra[TIMER];
    channel.extra[OVER] = true;
    requestHangup(pbx, channel, 0);
  }),
];
