import type { Header } from '../../ami/message.ts';
import { runConsole } from '../console/run-console.ts';
import type { ActionRequest, Answered } from './action-request.ts';

/** A line for Asterisk's console; each line that it prints is an `Output`. Source: `action_command`, main/manager.c; recording `command-action`. */
export function command(request: ActionRequest): Answered {
  const line = request.header('Command');
  if (line === '') return request.error('No command provided');
  const { ok, lines } = runConsole(request.host, line);
  const printed = lines.length === 0 ? [''] : lines;
  return request.respond(ok ? 'Success' : 'Error', [
    ['Message', 'Command output follows'],
    ...printed.map((text): Header => ['Output', text]),
  ]);
}
