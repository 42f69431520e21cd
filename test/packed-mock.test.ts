import { execFileSync, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeRuntime } from '../src/ami/runtime.node.ts';
import { AmiSession } from '../src/ami/session.ts';
import { connectTcp } from '../src/ami/tcp-link.node.ts';

const manifest = JSON.parse(readFileSync('src/mock-ami/package.json', 'utf8'));
const dependencies = Object.keys(manifest.dependencies);
const INSTALLING_MS = 240_000;
/** Longer than any of the programs below takes, so that none can hold up the tests. */
const timeout = 25_000;

/** An empty folder with nothing but net-mock-ami in it, packed and installed as its users do. */
let folder = '';

function npm(...args: readonly string[]): string {
  return execFileSync('npm', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'net-mock-ami-'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  const [{ filename }] = JSON.parse(
    npm('pack', '-w', 'net-mock-ami', '--json', '--ignore-scripts', '--pack-destination', folder),
  );
  // what it depends on comes from here, as it would from a registry, so that the test needs no network
  const packages = dependencies.map((name) => resolve('node_modules', name));
  const quietly = ['--offline', '--install-links', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', folder];
  npm('install', ...quietly, join(folder, filename), ...packages);
}, INSTALLING_MS);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The installed command, with its first line on standard output; ended by `stop`. */
async function start(...args: readonly string[]) {
  const options: SpawnOptions = { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] };
  const child = spawn('npx', ['--no-install', 'net-mock-ami', ...args], { ...options, detached: true });
  const ended = once(child, 'exit');
  const [line] = await once(createInterface({ input: child.stdout ?? process.stdin }), 'line');
  return {
    line: String(line),
    stop: async (): Promise<void> => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
      await ended;
    },
  };
}

describe('net-mock-ami, packed and installed in an empty folder', () => {
  it('brings nothing but itself and the packages that its code imports', () => {
    const installed = readdirSync(join(folder, 'node_modules'))
      .filter((name) => !name.startsWith('.'))
      .flatMap((name) =>
        name.startsWith('@')
          ? readdirSync(join(folder, 'node_modules', name)).map((each) => `${name}/${each}`)
          : [name],
      );
    expect(installed.sort()).toEqual(['net-mock-ami', ...dependencies].sort());
    const dist = join(folder, 'node_modules/net-mock-ami/dist');
    const code = readdirSync(dist, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.js'))
      .map((file) => readFileSync(join(dist, file), 'utf8'))
      .join('\n');
    const imported = [...code.matchAll(/^(?:import|export)\b[^'"\n]*["']([^'".][^'"]*)["'];?$/gm)]
      .map(([, specifier = '']) => /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? '')
      .filter((name) => !name.startsWith('node:'));
    // of a test runner only what the user has
    const wanted = [...dependencies, ...Object.keys(manifest.peerDependencies)];
    expect([...new Set(imported)].sort()).toEqual(wanted.sort());
  });

  it('runs by npx: says its port as JSON, and plays a scenario to who logs in', async () => {
    const mock = await start('--port', '0', '--play', 'hold-unhold', '--speed', '50', '--json');
    try {
      const { host, amiPort } = JSON.parse(mock.line);
      const runtime = nodeRuntime();
      const seen: (string | undefined)[] = [];
      const link = await connectTcp({ host, port: amiPort, clock: runtime.clock });
      const over = new Promise<void>((done) => {
        const session = new AmiSession(link, runtime, {
          onEvent: ({ event }) => {
            if (event === 'Hold' || event === 'Unhold' || event === 'Hangup') seen.push(event);
            if (seen.length === 4) done(session.close());
          },
        });
        session.login({ username: 'admin', secret: 'adminpw' }).catch(done);
      });
      await over;
      expect(seen).toEqual(['Hold', 'Unhold', 'Hangup', 'Hangup']);
    } finally {
      await mock.stop();
    }
  });

  it('explains every option, in its help and in its README', () => {
    const main = join(folder, 'node_modules/net-mock-ami', manifest.bin['net-mock-ami']);
    const { stdout, status } = spawnSync(process.execPath, [main, '--help'], { encoding: 'utf8', timeout });
    expect(status).toBe(0);
    const readme = readFileSync(join(folder, 'node_modules/net-mock-ami/README.md'), 'utf8');
    const options = [...stdout.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, option]) => option);
    expect(options.length).toBeGreaterThan(10);
    expect(options.filter((option) => !new RegExp(`^\\|[^|]*\`${option}\\b`, 'm').test(readme))).toEqual([]);
    expect(spawnSync(process.execPath, [main, '--version'], { encoding: 'utf8', timeout }).stdout.trim()).toBe(
      manifest.version,
    );
  });

  it('has types that stand on their own', () => {
    const program = [
      "import { MockPbx, StageError } from 'net-mock-ami';",
      'const pbx = await MockPbx.listen({ speed: 20 });',
      'const port: number = pbx.port;',
      '// @ts-expect-error a port is a number: were the types missing, all would be any, and this no error',
      'const wrong: string = pbx.port;',
      "const { answer } = await pbx.expectAction('Ping');",
      'const response: string | undefined = answer?.response;',
      'export { port, wrong, response, StageError };',
    ].join('\n');
    writeFileSync(join(folder, 'program.ts'), program);
    const settings = [
      '--noEmit',
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2023',
      '--lib',
      'es2023,esnext.disposable',
    ];
    const types = ['--types', 'node', '--typeRoots', resolve('node_modules/@types')];
    const tsc = resolve('node_modules/typescript/bin/tsc');
    const { stdout } = spawnSync(process.execPath, [tsc, ...settings, ...types, 'program.ts'], {
      cwd: folder,
      encoding: 'utf8',
      timeout,
    });
    expect(stdout).toBe('');
  });

  it.skipIf(spawnSync('python3', ['--version']).status !== 0)(
    'runs under the Python program of its README (skipped where there is no python3)',
    () => {
      const readme = readFileSync('src/mock-ami/README.md', 'utf8');
      const program = /```python\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
      const { stdout, stderr } = spawnSync('python3', ['-c', program], { cwd: folder, encoding: 'utf8', timeout });
      expect({ stdout: stdout.trim(), stderr }).toEqual({ stdout: 'Asterisk Call Manager/11.0.0', stderr: '' });
    },
  );

  it('has its licence with it', () => {
    expect(existsSync(join(folder, 'node_modules/net-mock-ami/LICENSE'))).toBe(true);
  });
});
