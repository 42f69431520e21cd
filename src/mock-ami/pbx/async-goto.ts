import { forgetPeer } from './bridge-peers.ts';
import { publish } from './channel.ts';
import { finishApplication, startPbx } from './dialplan-run.ts';
import { goOnElsewhere } from './elsewhere.ts';
import type { Pbx } from './pbx.ts';
import type { Channel } from './state.ts';
import { handle, type TaskHandler } from './task.ts';
import { wakeUp } from './wake.ts';

export interface Place {
  readonly context: string;
  readonly exten: string;
  readonly priority: number;
}

/**
 * Sends a channel elsewhere, whatever it does now: told at once (with the application that still runs) unless `untold`, done a moment later.
 * A channel without a thread of its own gets one. Source: `ast_async_goto`, main/pbx.c; recordings `ami-redirect-*`, `blind-transfer`.
 */
export function asyncGoto(pbx: Pbx, channel: Channel, place: Place, options: { readonly untold?: boolean } = {}): void {
  if (channel.bridge !== '') forgetPeer(pbx, channel);
  channel.context = place.context;
  channel.exten = place.exten;
  channel.priority = place.priority;
  if (!options.untold) publish(pbx, channel);
  channel.redirected = true;
  wakeUp(pbx, channel);
}

export const asyncGotoTasks: readonly TaskHandler[] = [
  handle(goOnElsewhere, (pbx, { channel: uniqueid }) => {
    const channel = pbx.channel(uniqueid);
    if (channel === undefined) return;
    if (channel.runs.length > 0) return finishApplication(pbx, uniqueid, 'jump');
    channel.redirected = false;
    channel.application = '';
    channel.applicationData = '';
    startPbx(pbx, channel);
  }),
];
