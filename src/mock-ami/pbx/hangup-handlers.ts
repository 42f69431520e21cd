import { splitArguments } from '../dialplan/split-arguments.ts';
import { emitShown } from './channel.ts';
import { startGosub } from './gosub.ts';
import { hangupSoon, runHandlers } from './hangup.ts';
import { HANGUP_HANDLERS, hangupHandlersOf } from './hangup-handler-list.ts';
import type { Pbx } from './pbx.ts';
import type { Channel } from './state.ts';
import { continuation, handle, type TaskHandler, task } from './task.ts';

const handlerOver = task<{ channel: string }>('hangupHandlers.over');

function tell(
  pbx: Pbx,
  channel: Channel,
  name: 'HangupHandlerPush' | 'HangupHandlerPop' | 'HangupHandlerRun',
  handler: string,
): void {
  emitShown(pbx, channel, name, [['Handler', handler]]);
}

/** `context,exten,priority(arguments)`; what is left out is where the channel is. Source: `app_stack_expand_sub_args`, apps/app_stack.c. */
function expand({ context, exten }: Channel, written: string): string {
  const open = written.indexOf('(');
  const place = splitArguments(open < 0 ? written : written.slice(0, open));
  const given = open < 0 ? '' : written.slice(open);
  const full = place.length === 1 ? [context, exten, ...place] : place.length === 2 ? [context, ...place] : place;
  return `${full.join(',')}${given}`;
}

/** One more subroutine that runs at the channel's end: the newest first. Source: `ast_pbx_hangup_handler_push`, main/pbx_hangup_handler.c. */
export function pushHangupHandler(pbx: Pbx, channel: Channel, written: string): void {
  if (written === '') return;
  const handler = expand(channel, written);
  tell(pbx, channel, 'HangupHandlerPush', handler);
  channel.extra[HANGUP_HANDLERS] = [handler, ...hangupHandlersOf(channel)];
}

/** Forgets the newest; false where there is none. */
export function popHangupHandler(pbx: Pbx, channel: Channel): boolean {
  const [newest, ...older] = hangupHandlersOf(channel);
  if (newest === undefined) return false;
  channel.extra[HANGUP_HANDLERS] = older;
  tell(pbx, channel, 'HangupHandlerPop', newest);
  return true;
}

export const hangupHandlerTasks: readonly TaskHandler[] = [
  handle(runHandlers, (pbx, { channel: uniqueid }) => {
    const channel = pbx.channel(uniqueid);
    const [handler, ...older] = channel === undefined ? [] : hangupHandlersOf(channel);
    if (channel === undefined || handler === undefined) return;
    channel.extra[HANGUP_HANDLERS] = older;
    channel.hangupRequested = true;
    tell(pbx, channel, 'HangupHandlerRun', handler);
    startGosub(pbx, channel, handler, continuation(handlerOver, { channel: uniqueid }), true);
  }),
  handle(handlerOver, (pbx, { channel: uniqueid }) => {
    const channel = pbx.channel(uniqueid);
    if (channel !== undefined) hangupSoon(pbx, channel, 0);
  }),
];
