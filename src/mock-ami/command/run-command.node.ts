import { type Command, CommanderError } from 'commander';
import { errorReport } from './error-report.ts';

/** Lets a program report what is wrong with its arguments in lines that begin with its name, and leave ending to `runCommand`. */
export function withUsageErrors(program: Command): Command {
  return program
    .showHelpAfterError('(--help shows what there is)')
    .configureOutput({ outputError: (text, write) => write(`${program.name()}: ${text.replace(/^error: /, '')}`) })
    .exitOverride();
}

/**
 * Does what the arguments (without `node` and the script) ask of the program `name`; says on standard error what failed.
 * Gives the exit status, `undefined` where the command has set it.
 */
export async function runCommand(
  name: string,
  makeProgram: () => Command | Promise<Command>,
  args: readonly string[],
): Promise<number | undefined> {
  try {
    const program = await makeProgram();
    await program.parseAsync(args, { from: 'user' });
    return undefined;
  } catch (error) {
    return error instanceof CommanderError ? usageStatus(error) : report(name, error);
  }
}

/** Commander has said already what is wrong: 2, as usual for a command line that can't be read; 0 after `--help`. */
function usageStatus(error: CommanderError): number {
  return error.exitCode === 0 ? 0 : 2;
}

function report(name: string, error: unknown): number {
  const { text, status } = errorReport(error);
  process.stderr.write(`${name}: ${text}\n`);
  return status;
}
