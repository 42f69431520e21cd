import { CommanderError } from 'commander';
import { errorReport } from './error-report.ts';
import { makeProgram } from './program.node.ts';

/** Does what the arguments (without `node` and the script) ask for; gives the exit status, `undefined` where the subcommand has set it. */
export async function run(args: readonly string[]): Promise<number | undefined> {
  try {
    const program = await makeProgram(args);
    await program.parseAsync(args, { from: 'user' });
    return undefined;
  } catch (error) {
    return error instanceof CommanderError ? usageStatus(error) : report(error);
  }
}

/** Commander has said already what is wrong: 2, as usual for a command line that can't be read; 0 after `--help`. */
function usageStatus(error: CommanderError): number {
  return error.exitCode === 0 ? 0 : 2;
}

function report(error: unknown): number {
  const { text, status } = errorReport(error);
  process.stderr.write(`asterclick: ${text}\n`);
  return status;
}
