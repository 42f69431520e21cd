/** Compiles what users run: `dist/` of this package, the panel's page in it, and `src/mock-ami/dist/` of net-mock-ami. */
import { spawnSync } from 'node:child_process';
import { cpSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);

/** Files beside the code that are read while it runs. */
const ASSETS = new Set(['.yaml', '.json', '.conf']);

/** What net-mock-ami is made of: its own part and the two that it may import. They import nothing else, so a copy is whole. */
const MOCK_PARTS = ['ami', 'scenarios', 'mock-ami'];

emptyFolder('dist');
runTool('typescript', 'bin/tsc', ['-p', 'tsconfig.build.json']);
for (const part of [...MOCK_PARTS, 'gateway', 'cli']) copyAssets(part);
runTool('vite', 'bin/vite.js', ['build', 'src/panel', '--logLevel', 'warn']);
emptyFolder('src/mock-ami/dist');
for (const part of MOCK_PARTS) {
  cpSync(join(root, 'dist', part), join(root, 'src/mock-ami/dist', part), { recursive: true });
}

function emptyFolder(folder: string): void {
  rmSync(join(root, folder), { recursive: true, force: true });
}

function copyAssets(part: string): void {
  cpSync(join(root, 'src', part), join(root, 'dist', part), {
    recursive: true,
    filter: (path) => (statSync(path).isDirectory() ? basename(path) !== 'dist' : ASSETS.has(extname(path))),
  });
}

/** Runs a tool of node_modules; a failure ends the build with its status. */
function runTool(packageName: string, program: string, args: readonly string[]): void {
  const file = join(dirname(require.resolve(`${packageName}/package.json`)), program);
  const { status } = spawnSync(process.execPath, [file, ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
