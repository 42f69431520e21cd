import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Paths of the files that git knows or would add, from the root of the project; where tests run. */
export function projectFiles(): readonly string[] {
  return execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { encoding: 'utf8' })
    .split('\0')
    .filter((path) => path !== '' && existsSync(path));
}
