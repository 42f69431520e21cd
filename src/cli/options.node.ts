import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { CliError } from './cli-error.ts';

/** A TCP port as written on the command line; 0 means any free one. */
export function portOption(text: string): number {
  return wholeNumber(text, 0, 65_535, 'a port is a number from 0 (any free one) to 65535');
}

/** Start of the chain of chance: a whole number. */
export function seedOption(text: string): number {
  return wholeNumber(text, 0, 2 ** 32 - 1, `a seed is a whole number from 0 to ${2 ** 32 - 1}`);
}

/** How much faster than life: a number above 0, or `instant` as Infinity. */
export function speedOption(text: string): number {
  if (text === 'instant') return Number.POSITIVE_INFINITY;
  const speed = Number(text);
  if (!(speed > 0 && Number.isFinite(speed)))
    throw new InvalidArgumentError('a speed is a number above 0 (1 is life), or instant.');
  return speed;
}

function wholeNumber(text: string, from: number, to: number, rule: string): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isInteger(number) || number < from || number > to)
    throw new InvalidArgumentError(`${rule}.`);
  return number;
}

/**
 * The configuration files (`*.conf`) of a folder, by name.
 * @throws CliError `CLI_NO_FILE` where it is no folder, or holds none
 */
export function readConfigFolder(folder: string): Map<string, string> {
  if (!existsSync(folder))
    throw new CliError('CLI_NO_FILE', `there is no folder ${folder}; --config wants one with Asterisk's *.conf files`);
  if (!statSync(folder).isDirectory())
    throw new CliError('CLI_NO_FILE', `${folder} is no folder; --config wants the one that the *.conf files are in`);
  const names = readdirSync(folder).filter((name) => name.endsWith('.conf'));
  if (names.length === 0)
    throw new CliError('CLI_NO_FILE', `${folder} holds no *.conf file; extensions.conf and pjsip.conf are the least`);
  return new Map(names.sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}
