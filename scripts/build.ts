/**
 * Compiles what users run: `dist/` of this package (modules and types, the panel's page, the SDK in one file), and
 * `src/mock-ami/dist/` of net-mock-ami.
 */
import { spawn } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);

/** What net-mock-ami is made of: its own part and the two that it may import. They import nothing else, so a copy is whole. */
const MOCK_PARTS = ['ami', 'scenarios', 'mock-ami'];

emptyFolder('dist');
await Promise.all([
  runTool('typescript', 'bin/tsc', '-p', 'tsconfig.build.json'),
  runTool('vite', 'bin/vite.js', 'build', 'src/panel', '--logLevel', 'error'),
  runTool('vite', 'bin/vite.js', 'build', '--config', 'vite.sdk.config.ts', '--logLevel', 'error'),
]);
copy('src/scenarios/scenario.schema.json', 'dist/scenarios/scenario.schema.json');
emptyFolder('src/mock-ami/dist');
for (const part of MOCK_PARTS) copy(join('dist', part), join('src/mock-ami/dist', part));

function emptyFolder(folder: string): void {
  rmSync(join(root, folder), { recursive: true, force: true });
}

function copy(from: string, to: string): void {
  cpSync(join(root, from), join(root, to), { recursive: true });
}

/** Runs a tool of node_modules; a failure ends the build with its status. */
function runTool(packageName: string, program: string, ...args: readonly string[]): Promise<void> {
  const file = join(dirname(require.resolve(`${packageName}/package.json`)), program);
  const child = spawn(process.execPath, [file, ...args], { cwd: root, stdio: 'inherit' });
  return new Promise((resolve) => {
    child.once('exit', (status) => {
      if (status === 0) resolve();
      else process.exit(status ?? 1);
    });
  });
}
