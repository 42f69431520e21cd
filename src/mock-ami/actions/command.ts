import type { Header } from '../../ami/message.ts';
import { runConsole } from '../console/run-console.ts';
import type { ActionRequest, Answered } from './action-request.ts';

/** What a manager may not do over the console. Source: `command_blacklist`, main/manager.c. */
const BLACKLIST = ['module load', 'module unload', 'restart gracefully'];

function isBlacklisted(line: string): boolean {
  const words = line
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return BLACKLIST.includes(words.slice(0, 2).join(' '));
}

/** A line for Asterisk's console; each line that it prints is an `Output`. Source: `action_command`, main/manager.c; recording `command-action`. */
export function command(request: ActionRequest): Answered {
  const line = request.header('Command');
  if (line === '') return request.error('No command provided');
  if (isBlacklisted(line)) return request.error('Command blacklisted');
  const { ok, lines } = runConsole(request.host, line);
  const printed = lines.length === 0 ? [''] : lines;
  return request.respond(ok ? 'Success' : 'Error', [
    ['Message', 'Command output follows'],
    ...printed.map((text): Header => ['Output', text]),
  ]);
}
