#!/usr/bin/env node
import { CommanderError } from 'commander';
import { errorReport } from './error-report.ts';
import { makeProgram } from './program.node.ts';

const args = process.argv.slice(2);
try {
  const program = await makeProgram(args);
  await program.parseAsync(args, { from: 'user' });
} catch (error) {
  process.exitCode = error instanceof CommanderError ? usageStatus(error) : report(error);
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
