import { LATENCY } from './latency.ts';
import type { Pbx } from './pbx.ts';
import type { Channel } from './state.ts';
import { task } from './task.ts';

export const wakeForHangup = task<{ channel: string }>('channel.wakeForHangup');

/** The channel is to end, or to go elsewhere: what runs on it hears of it a moment later. */
export function wakeUp(pbx: Pbx, channel: Channel): void {
  pbx.after(LATENCY.wake, wakeForHangup, { channel: channel.uniqueid });
}
