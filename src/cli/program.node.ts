import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { withUsageErrors } from '../mock-ami/command/run-command.node.ts';
import { SUBCOMMANDS } from './subcommands.node.ts';

/**
 * The `asterclick` command for these arguments (without `node` and the script). Only the subcommand that they name is loaded;
 * the others stand in the help by name and summary.
 */
export async function makeProgram(args: readonly string[]): Promise<Command> {
  const program = withUsageErrors(new Command('asterclick'))
    .description("Asterisk's events in the browser the moment they happen, and a simulated PBX to build against.")
    .version(packageVersion());
  const named = args.find((arg) => !arg.startsWith('-'));
  for (const subcommand of SUBCOMMANDS) {
    program.addCommand(subcommand.name === named ? await subcommand.load() : placeholder(subcommand));
  }
  program.commands.forEach(inheritSettings, program);
  return program;
}

function placeholder({ name, summary }: { readonly name: string; readonly summary: string }): Command {
  return new Command(name).description(summary);
}

function inheritSettings(this: Command, command: Command): void {
  command.copyInheritedSettings(this);
  command.commands.forEach(inheritSettings, command);
}

function packageVersion(): string {
  const file = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
