import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from './config-error.ts';
import type { ConfigFiles } from './pbx-config.ts';

const maxDepth = 3;

/**
 * Reads a folder of configuration files, `extensions.conf` and `conf.d/phones.conf` alike: all that end in `.conf`, and what
 * they include.
 *
 * @throws ConfigError `CONFIG_FOLDER_NOT_FOUND`, `CONFIG_FOLDER_EMPTY`, `CONFIG_FILE_UNREADABLE`
 */
export function loadConfig(folder: string): ConfigFiles {
  const files = new Map(namesIn(folder, '', 0).map((name) => [name, readText(folder, name)]));
  if (files.size === 0) {
    throw new ConfigError(
      'CONFIG_FOLDER_EMPTY',
      `no file in ${folder} ends in .conf; name the folder that holds extensions.conf`,
    );
  }
  for (const name of [...files.values()].flatMap(includedNames)) {
    if (!files.has(name)) addIfThere(files, folder, name);
  }
  return files;
}

function namesIn(folder: string, within: string, depth: number): readonly string[] {
  return entriesOf(folder, within).flatMap((entry) => {
    const name = within === '' ? entry.name : `${within}/${entry.name}`;
    if (entry.isDirectory()) return depth < maxDepth ? namesIn(folder, name, depth + 1) : [];
    return entry.name.endsWith('.conf') ? [name] : [];
  });
}

function entriesOf(folder: string, within: string): readonly Dirent[] {
  try {
    return readdirSync(join(folder, within), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (cause) {
    const reason =
      (cause as NodeJS.ErrnoException).code === 'ENOTDIR' ? 'is no folder' : 'cannot be read or is not there';
    const message = `${join(folder, within)} ${reason}; name a folder with extensions.conf, pjsip.conf and the like`;
    throw new ConfigError('CONFIG_FOLDER_NOT_FOUND', message, { cause });
  }
}

function readText(folder: string, name: string): string {
  try {
    return readFileSync(join(folder, name), 'utf8');
  } catch (cause) {
    throw new ConfigError('CONFIG_FILE_UNREADABLE', `${join(folder, name)} cannot be read; check its rights`, {
      cause,
    });
  }
}

function includedNames(text: string): readonly string[] {
  return [...text.matchAll(/^\s*#(?:try)?include\s+["<]?([^">*\s]+)[">]?/gim)].map((match) => match[1] ?? '');
}

/** A file that is not there is reported, with its line, by whoever parses the `#include`. */
function addIfThere(files: Map<string, string>, folder: string, name: string): void {
  if (name.startsWith('/') || name.split('/').includes('..')) return;
  try {
    files.set(name, readFileSync(join(folder, name), 'utf8'));
  } catch {
    // see above
  }
}
