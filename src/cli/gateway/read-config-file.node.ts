import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { CliError } from '../../mock-ami/command/cli-error.ts';
import { PATH_KEYS } from './settings.ts';
import { isTree, type Layer, type Tree } from './settings-layers.ts';

/**
 * Reads a configuration file: YAML, of which JSON is a part. Paths in it count from its folder.
 * @throws CliError `CLI_NO_FILE`, `CLI_BAD_SETTING` with file and line
 */
export function readConfigFile(path: string): Layer {
  const lines = new LineCounter();
  const document = parseDocument(read(path), { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line } = lines.linePos(error.pos[0]);
    const what = error.code === 'DUPLICATE_KEY' ? 'the same key stands here twice' : `no YAML: ${error.message}`;
    throw new CliError('CLI_BAD_SETTING', `${path}:${line}: ${what}`);
  }
  const origins = new Map<string, string>();
  locate(document.contents, [], (at, offset) => origins.set(at.join('.'), `${path}:${lines.linePos(offset).line}`));
  const tree: unknown = document.toJS({ maxAliasCount: 0 }) ?? {};
  if (!isTree(tree)) throw new CliError('CLI_BAD_SETTING', `${path}:1: this is no list of settings (key: value)`);
  return { tree: withPathsFrom(dirname(path), tree), origins };
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const why = (cause as { code?: string }).code === 'ENOENT' ? 'there is no such file' : String(cause);
    throw new CliError('CLI_NO_FILE', `cannot read the configuration ${path}: ${why}`, { cause });
  }
}

/** Tells where each key stands. */
function locate(node: unknown, path: readonly string[], tell: (path: readonly string[], offset: number) => void): void {
  if (isMap(node)) {
    for (const { key, value } of node.items) {
      const at = [...path, isScalar(key) ? String(key.value) : ''];
      const offset = (key as { range?: readonly number[] | null } | null)?.range?.[0];
      if (offset !== undefined) tell(at, offset);
      locate(value, at, tell);
    }
  } else if (isSeq(node)) {
    for (const [index, item] of node.items.entries()) {
      const offset = (item as { range?: readonly number[] | null } | null)?.range?.[0];
      if (offset !== undefined) tell([...path, String(index)], offset);
      locate(item, [...path, String(index)], tell);
    }
  }
}

function withPathsFrom(folder: string, tree: Tree): Tree {
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]) => {
      if (isTree(value)) return [key, withPathsFrom(folder, value)];
      const isPath = PATH_KEYS.has(key) && typeof value === 'string' && value !== '' && !/^https?:/.test(value);
      return [key, isPath ? resolve(folder, value) : value];
    }),
  );
}
