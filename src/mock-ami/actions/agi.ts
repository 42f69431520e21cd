import { queueAgiCommand } from '../pbx/agi/async-agi.ts';
import type { ActionRequest, Answered } from './action-request.ts';
import { findChannel } from './find-channel.ts';

/** Gives a channel that runs `AGI(agi:async)` a command. Source: `action_add_agi_cmd`, res/res_agi.c; recording `async-agi`. */
export function agi(request: ActionRequest): Answered {
  const name = request.header('Channel');
  const command = request.header('Command');
  if (name === '' || command === '') return request.error('Both, Channel and Command are *required*');
  const channel = findChannel(request.pbx, name);
  if (channel === undefined) return request.error(`Channel ${name} does not exist.`);
  return queueAgiCommand(request.pbx, channel, command, request.header('CommandID'))
    ? request.success('Added AGI command to queue')
    : request.error('Failed to add AGI command to queue');
}
