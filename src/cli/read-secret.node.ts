import { readFileSync } from 'node:fs';
import { CliError } from '../mock-ami/command/cli-error.ts';

/**
 * The AMI secret in a file that holds one line and nothing else.
 * @throws CliError `CLI_NO_FILE`, `CLI_BAD_OPTION`
 */
export function readSecret(path: string): string {
  const secret = readText(path).replace(/\r?\n$/, '');
  if (secret === '' || /[\r\n]/.test(secret))
    throw new CliError(
      'CLI_BAD_OPTION',
      `${path} does not hold one line; --secret-file wants a file with the AMI secret, and nothing else`,
    );
  return secret;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new CliError('CLI_NO_FILE', `cannot read ${path}; --secret-file wants a file with the AMI secret`, { cause });
  }
}
