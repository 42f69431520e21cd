import type { Channel } from './state.ts';

export const HANGUP_HANDLERS = 'hangupHandlers';

/** What CHANNEL(hangup_handler_push) has put on the channel, newest first: `context,exten,priority(arguments)`. */
export function hangupHandlersOf(channel: Channel): readonly string[] {
  return (channel.extra[HANGUP_HANDLERS] as readonly string[] | undefined) ?? [];
}
