import { staysWithChannel } from './masquerade.ts';
import type { Pbx } from './pbx.ts';
import type { Channel } from './state.ts';
import { continuation, handle, type TaskHandler, task } from './task.ts';

/** What ran on the channel has ended, and nobody goes on. */
const ended = task<object>('yank.ended');

/**
 * Takes a channel out of what runs on it, so that it can be put elsewhere: the application ends, its dialplan run is forgotten.
 * Source: `ast_channel_yank`, main/channel.c.
 */
export function yank(pbx: Pbx, channel: Channel): void {
  channel.runs = [{ kind: 'sub', gosubDepth: 0, then: continuation(ended, {}) }];
  const activity = channel.activity === undefined ? undefined : pbx.machinery.activities.get(channel.activity.name);
  activity?.hungUp(pbx, channel);
  pbx.state.tasks = pbx.state.tasks.filter(
    (scheduled) => staysWithChannel(scheduled.task) || !isAbout(scheduled.data, channel.uniqueid),
  );
  Object.assign(channel, { runs: [], gosub: [], activity: undefined, application: '', applicationData: '' });
}

function isAbout(data: unknown, uniqueid: string): boolean {
  const { channel, caller } = data as { channel?: unknown; caller?: unknown };
  return channel === uniqueid || caller === uniqueid;
}

export const yankTasks: readonly TaskHandler[] = [handle(ended, () => undefined)];
