import { leaveBridge } from './bridge.ts';
import type { Pbx } from './pbx.ts';
import type { Channel } from './state.ts';
import { handle, type TaskHandler, task } from './task.ts';

const over = task<{ channel: string }>('bridge.limitOver');

/** The call in the channel's bridge, and in those that it comes to, ends after `ms`. Source: `bridge_features_duration_callback`, bridges/bridge_builtin_interval_features.c. */
export function endCallAfter(pbx: Pbx, channel: Channel, ms: number): void {
  channel.extra['limit'] = pbx.after(ms, over, { channel: channel.uniqueid });
}

/** The call is over before its time. */
export function forgetLimit(pbx: Pbx, channel: Channel): void {
  const timer = channel.extra['limit'];
  if (typeof timer === 'number') pbx.cancel(timer);
  delete channel.extra['limit'];
}

export const durationLimitTasks: readonly TaskHandler[] = [
  handle(over, (pbx, { channel: uniqueid }) => {
    const channel = pbx.channel(uniqueid);
    if (channel !== undefined && channel.bridge !== '') leaveBridge(pbx, channel);
  }),
];
