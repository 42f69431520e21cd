import { splitArguments } from '../dialplan/split-arguments.ts';
import type { DialOptions } from './dial-arguments.ts';
import { runHangupExtension, startPbx } from './dialplan-run.ts';
import { hangupSoon } from './hangup.ts';
import type { Channel, Continuation } from './state.ts';
import { continuation, handle, type TaskHandler, task } from './task.ts';

interface Goal {
  readonly channel: string;
  readonly context: string;
  readonly exten: string;
  readonly priority: number;
  /** Only the extension `h` of that context runs, and the channel ends. */
  readonly hOnly: boolean;
}

const goesOn = task<Goal>('dial.peerGoesOn');

/**
 * Where the called one goes on when it has left the call: with `F` behind the caller's place, with `F(context^exten^priority)` there, with
 * `e` at `h`. `undefined`: it ends. Source: `setup_peer_after_bridge_goto`, apps/app_dial.c.
 */
export function peerGoesOn(caller: Channel, peer: Channel, options: DialOptions): Continuation | undefined {
  const behind = {
    channel: peer.uniqueid,
    context: caller.context,
    exten: caller.exten,
    priority: caller.priority + 1,
  };
  const place = options['F'];
  if (place === undefined) return 'e' in options ? continuation(goesOn, { ...behind, hOnly: true }) : undefined;
  const [priority = '', exten = caller.exten, context = caller.context] = splitArguments(
    place.replaceAll('^', ','),
  ).reverse();
  if (place === '' || !/^\d+$/.test(priority)) return continuation(goesOn, { ...behind, hOnly: false });
  return continuation(goesOn, { channel: peer.uniqueid, context, exten, priority: Number(priority), hOnly: false });
}

export const peerGoesOnTasks: readonly TaskHandler[] = [
  handle(goesOn, (pbx, { channel: uniqueid, context, exten, priority, hOnly }) => {
    const channel = pbx.channel(uniqueid);
    if (channel === undefined) return;
    Object.assign(channel, { application: '', applicationData: '' });
    if (hOnly) return runHangupExtension(pbx, channel, context);
    if (channel.hangupRequested) return hangupSoon(pbx, channel);
    Object.assign(channel, { context, exten, priority });
    startPbx(pbx, channel);
  }),
];
