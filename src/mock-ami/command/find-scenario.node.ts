import { existsSync, readFileSync } from 'node:fs';
import { libraryScenario, libraryText } from '../../scenarios/library.ts';
import { type ParsedScenario, parseScenario } from '../../scenarios/parse-scenario.ts';
import { CliError } from './cli-error.ts';

/**
 * A scenario by the name it has in the library, or by its file.
 * @throws ScenarioError where it is wrong or not there
 * @throws CliError `CLI_NO_FILE`
 */
export function findScenario(nameOrFile: string): ParsedScenario {
  const looksLikeFile = /\.ya?ml$|[\\/]/.test(nameOrFile);
  if (!looksLikeFile && (libraryText(nameOrFile) !== undefined || !existsSync(nameOrFile))) {
    return libraryScenario(nameOrFile);
  }
  return parseScenario(readScenarioFile(nameOrFile), nameOrFile);
}

/** @throws CliError `CLI_NO_FILE` */
export function readScenarioFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const reason = existsSync(file) ? 'can not be read' : 'is not there';
    throw new CliError('CLI_NO_FILE', `the scenario file ${file} ${reason}`, { cause });
  }
}
