/**
 * Compiles what users run: `dist/` of this package (modules and types, the panel's page, the SDK in one file), and
 * `src/mock-ami/dist/` of net-mock-ami (a few files with all it runs, and types).
 */
import { spawn } from 'node:child_process';
import { cpSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);

/** What net-mock-ami is made of: its own part and the two that it may import. They import nothing else, so their types are whole. */
const MOCK_PARTS = ['ami', 'scenarios', 'mock-ami'];

emptyFolder('dist');
await Promise.all([
  runTool('typescript', 'bin/tsc', '-p', 'tsconfig.build.json'),
  runTool('vite', 'bin/vite.js', 'build', 'src/panel', '--logLevel', 'error'),
  runTool('vite', 'bin/vite.js', 'build', '--config', 'vite.sdk.config.ts', '--logLevel', 'error'),
  runTool('vite', 'bin/vite.js', 'build', '--config', 'vite.mock.config.ts', '--logLevel', 'error'),
]);
copy('src/scenarios/scenario.schema.json', 'dist/scenarios/scenario.schema.json');
for (const part of MOCK_PARTS) copyTypes(join('dist', part), join('src/mock-ami/dist', part));

function emptyFolder(folder: string): void {
  rmSync(join(root, folder), { recursive: true, force: true });
}

function copy(from: string, to: string): void {
  cpSync(join(root, from), join(root, to), { recursive: true });
}

function copyTypes(from: string, to: string): void {
  const filter = (file: string) => statSync(file).isDirectory() || file.endsWith('.d.ts');
  cpSync(join(root, from), join(root, to), { recursive: true, filter });
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
