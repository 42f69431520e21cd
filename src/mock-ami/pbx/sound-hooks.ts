import { reconfigure } from './bridge.ts';
import { soundHooksOf } from './heard-here.ts';
import { LATENCY } from './latency.ts';
import type { Pbx } from './pbx.ts';
import type { Channel } from './state.ts';
import { handle, type TaskHandler, task } from './task.ts';

const lookAtBridge = task<{ channel: string }>('soundHooks.lookAtBridge');

/** From now on something listens to the channel's sound or changes it; its bridge takes the media itself. Source: `ast_audiohook_attach`, main/audiohook.c. */
export function attachSoundHook(pbx: Pbx, channel: Channel, name: string): void {
  const hooks = soundHooksOf(channel);
  if (!hooks.includes(name)) channel.extra['soundHooks'] = [...hooks, name];
  if (channel.bridge !== '') pbx.after(LATENCY.bridgeFrame, lookAtBridge, { channel: channel.uniqueid });
}

export function detachSoundHook(pbx: Pbx, channel: Channel, name: string): void {
  channel.extra['soundHooks'] = soundHooksOf(channel).filter((other) => other !== name);
  if (channel.bridge !== '') pbx.after(LATENCY.bridgeFrame, lookAtBridge, { channel: channel.uniqueid });
}

export const soundHookTasks: readonly TaskHandler[] = [
  handle(lookAtBridge, (pbx, { channel: uniqueid }) => {
    const bridge = pbx.bridge(pbx.channel(uniqueid)?.bridge ?? '');
    if (bridge !== undefined && !bridge.dissolving) reconfigure(pbx, bridge);
  }),
];
