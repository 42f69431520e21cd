import type { SessionHost } from '../server/session-host.ts';
import type { ConsoleCommand, ConsoleOutput } from './console-command.ts';
import { coreCommands } from './core-commands.ts';
import { listCommands } from './list-commands.ts';
import { powerCommands } from './power-commands.ts';

const COMMANDS: readonly ConsoleCommand[] = [...coreCommands, ...listCommands, ...powerCommands];

/** Runs a command line as Asterisk's console would; what the simulation does not know is no command. Source: recording `command-action`. */
export function runConsole(host: SessionHost, line: string): ConsoleOutput {
  const words = line.trim().split(/\s+/);
  const command = COMMANDS.filter(({ name }) => isStart(name.split(' '), words)).sort(
    (one, other) => other.name.length - one.name.length,
  )[0];
  if (command === undefined) return { ok: false, lines: [noSuchCommand(words)] };
  const lines = command.run({ host, words: words.slice(command.name.split(' ').length) });
  if (lines === undefined) return { ok: false, lines: command.usage ?? [noSuchCommand(words)] };
  return { ok: true, lines };
}

function isStart(name: readonly string[], words: readonly string[]): boolean {
  return name.every((word, index) => words[index]?.toLowerCase() === word);
}

function noSuchCommand(words: readonly string[]): string {
  const help = words.slice(0, 2).join(' ');
  return `No such command '${words.join(' ')}' (type 'core show help ${help}' for other possible commands)`;
}
