import { runCommand } from '../mock-ami/command/run-command.node.ts';
import { makeProgram } from './program.node.ts';

/** Does what the arguments (without `node` and the script) ask for; gives the exit status, `undefined` where the subcommand has set it. */
export function run(args: readonly string[]): Promise<number | undefined> {
  return runCommand('asterclick', () => makeProgram(args), args);
}
