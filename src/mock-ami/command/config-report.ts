import { type ConfigWarning, describeConfigWarning } from '../config/config-warning.ts';
import { CliError } from './cli-error.ts';

/**
 * What of a configuration was not understood, a line each, for people.
 * @throws CliError `CLI_BAD_CONFIG` where Asterisk would refuse one of its files
 */
export function configNotes(warnings: readonly ConfigWarning[]): string[] {
  const errors = warnings.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first !== undefined) {
    const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
    throw new CliError('CLI_BAD_CONFIG', `${describeConfigWarning(first)}${more}`);
  }
  return warnings.map(describeConfigWarning);
}
