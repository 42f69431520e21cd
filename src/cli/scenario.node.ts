import { Command } from 'commander';
import { readScenarioFile } from '../mock-ami/command/find-scenario.node.ts';
import { libraryListing } from '../mock-ami/command/library-listing.ts';
import { parseScenario } from '../scenarios/parse-scenario.ts';
import { ScenarioError } from '../scenarios/scenario-error.ts';

/** `asterclick scenario`: checks scenario files, and tells what is in the library. */
export function scenarioCommand(): Command {
  const command = new Command('scenario')
    .summary('checks and lists scenarios')
    .description('Checks and lists scenarios.');
  command
    .command('check')
    .description('Reads scenario files and tells every problem, with its line and what would be right.')
    .argument('<file...>', 'YAML files')
    .option('--json', 'the problems as JSON')
    .action(check);
  command
    .command('list')
    .description('Names the scenarios that come with the project.')
    .option('--json', 'as JSON')
    .action(list);
  return command;
}

function check(files: readonly string[], { json }: { readonly json?: true }): void {
  const problems = files.flatMap((file) => problemsOf(file));
  if (json === true) process.stdout.write(`${JSON.stringify(problems)}\n`);
  else if (problems.length === 0)
    process.stdout.write(`${files.length === 1 ? 'no problem' : `no problem in ${files.length} files`}\n`);
  else process.stdout.write(problems.map(({ text }) => `${text}\n`).join(''));
  if (problems.length > 0) process.exitCode = 1;
}

function problemsOf(file: string) {
  try {
    parseScenario(readScenarioFile(file), file);
    return [];
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    const rows = error.message.split('\n');
    return error.problems.map((problem, i) => ({ file, ...problem.at, message: problem.message, text: rows[i] ?? '' }));
  }
}

function list({ json }: { readonly json?: true }): void {
  process.stdout.write(libraryListing(json === true));
}
