import { Command } from 'commander';
import { libraryNames, libraryScenario } from '../scenarios/library.ts';
import { parseScenario } from '../scenarios/parse-scenario.ts';
import { ScenarioError } from '../scenarios/scenario-error.ts';
import { readScenarioFile } from './play/find-scenario.node.ts';

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
  const rows = libraryNames().map((name) => ({ name, about: libraryScenario(name).scenario.about ?? '' }));
  const width = Math.max(...rows.map(({ name }) => name.length));
  process.stdout.write(
    json === true
      ? `${JSON.stringify(rows)}\n`
      : rows.map(({ name, about }) => `${name.padEnd(width)}  ${about}\n`).join(''),
  );
}
