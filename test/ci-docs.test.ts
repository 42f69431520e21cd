import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const MAIN = join(process.cwd(), 'src/mock-ami/dist/mock-ami/command/main.node.js');
const DOCS = readFileSync('docs/ci.md', 'utf8');
const timeout = 25_000;

let folder = '';
const pids: number[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ci-'));
});

afterEach(() => {
  for (const pid of pids.splice(0)) process.kill(pid);
  rmSync(folder, { recursive: true, force: true });
});

/** A program of that name in `folder`. */
function program(name: string, text: string): string {
  const file = join(folder, name);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${text}\n`);
  chmodSync(file, 0o755);
  return file;
}

function banner(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1').once('error', reject);
    socket.once('data', (bytes) => {
      socket.destroy();
      resolve(bytes.toString());
    });
  });
}

/** The step that starts the mock, as the runner of GitHub Actions would run it. */
function start(env: Readonly<Record<string, string>>) {
  const output = join(folder, 'output');
  writeFileSync(output, '');
  const defaults = {
    MOCK_COMMAND: program('net-mock-ami', `exec node '${MAIN}' "$@"`),
    MOCK_PORT: '0',
    MOCK_PLAY: '',
    MOCK_OPTIONS: '',
    MOCK_TIMEOUT_SECONDS: '20',
  };
  const { status, stdout } = spawnSync('bash', ['deploy/github-action/start.sh'], {
    encoding: 'utf8',
    timeout,
    env: { ...process.env, RUNNER_TEMP: folder, GITHUB_OUTPUT: output, ...defaults, ...env },
  });
  const lines = readFileSync(output, 'utf8').trim().split('\n');
  const outputs = Object.fromEntries(lines.map((line) => line.split(/=(.*)/) as [string, string]));
  if (outputs['pid'] !== undefined) pids.push(Number(outputs['pid']));
  return { status, stdout, outputs };
}

describe('the action for GitHub', () => {
  it('ends when the mock listens, says where, and leaves it running', async () => {
    const { status, outputs } = start({
      MOCK_PLAY: 'hold-unhold',
      MOCK_OPTIONS: '--speed 20 --http-port 0\n--control 0',
    });
    expect(status).toBe(0);
    expect(Number(outputs['http-port'])).toBeGreaterThan(0);
    expect(outputs['control-url']).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await banner(Number(outputs['port']))).toMatch(/^Asterisk Call Manager\//);
  });

  it('reads options as a shell reads quotes, and runs nothing that stands in them', () => {
    const said = join(folder, 'said');
    const command = program('says', `for each; do echo "[$each]"; done >'${said}'; exit 1`);
    const options = '--config \'my office\'\n  --fault "delay-writes=by:80ms"\n--x=a\\ b $(touch pwned) `id` ; --y *';
    const { status } = start({ MOCK_COMMAND: command, MOCK_OPTIONS: options });
    expect(status).toBe(1);
    const given = readFileSync(said, 'utf8').trim().split('\n').slice(4);
    expect(given).toEqual(
      [
        '--config',
        'my office',
        '--fault',
        'delay-writes=by:80ms',
        '--x=a b',
        '$(touch',
        'pwned)',
        '`id`',
        ';',
        '--y',
        '*',
      ].map((each) => `[${each}]`),
    );
    const open = start({ MOCK_OPTIONS: "--config 'my office" });
    expect(open).toMatchObject({ status: 1, stdout: expect.stringContaining('a quote is not closed') });
  });

  it('fails with the reason where the mock can not start', () => {
    const { status, stdout, outputs } = start({ MOCK_PLAY: 'hold-unhol' });
    expect(status).toBe(1);
    expect(stdout).toContain("there is no scenario 'hold-unhol'; did you mean 'hold-unhold'?");
    expect(outputs['port']).toBeUndefined();
  });

  it('installs what it is told to, or what the project makes', () => {
    const calls = join(folder, 'calls');
    const pack = 'for each; do last=$each; done; [ "$1" != pack ] || : >"$last/net-mock-ami-9.tgz"';
    program('bin/npm', `echo "$@" >>'${calls}'; ${pack}`);
    const install = (MOCK_PACKAGE: string): string[] => {
      writeFileSync(calls, '');
      const env = {
        ...process.env,
        PATH: `${join(folder, 'bin')}:${process.env['PATH']}`,
        RUNNER_TEMP: folder,
        MOCK_PACKAGE,
      };
      expect(spawnSync('bash', ['deploy/github-action/install.sh'], { env, timeout }).status).toBe(0);
      return readFileSync(calls, 'utf8').trim().split('\n');
    };
    const into = `install --prefix ${folder}/net-mock-ami --no-audit --no-fund`;
    expect(install('./mine.tgz')).toEqual([`${into} ./mine.tgz`]);
    expect(install('')).toEqual([
      `ci --prefix ${process.cwd()} --no-audit --no-fund`,
      `pack --prefix ${process.cwd()} --workspace net-mock-ami --pack-destination ${folder}/net-mock-ami-package`,
      `${into} ${folder}/net-mock-ami-package/net-mock-ami-9.tgz`,
    ]);
  });

  it('hands each of its inputs to the step, and each output on', () => {
    const action = parse(readFileSync('deploy/github-action/action.yml', 'utf8'));
    const text = JSON.stringify(action.runs);
    for (const input of Object.keys(action.inputs)) expect(text).toContain(`\${{ inputs.${input} }}`);
    const script = readFileSync('deploy/github-action/start.sh', 'utf8');
    for (const output of Object.keys(action.outputs)) expect(script).toContain(`${output}=`);
    for (const name of [...Object.keys(action.inputs), ...Object.keys(action.outputs)])
      expect(DOCS).toContain(`\`${name}\``);
  });

  it.skipIf(spawnSync('shellcheck', ['--version']).status !== 0)(
    'has scripts that shellcheck finds nothing in (skipped where there is no shellcheck)',
    () => {
      const scripts = ['deploy/github-action/install.sh', 'deploy/github-action/start.sh'];
      expect(spawnSync('shellcheck', scripts, { encoding: 'utf8', timeout }).stdout).toBe('');
    },
  );
});

describe('the page on CI', () => {
  it('starts a mock by its lines of shell, and waits until it answers', async () => {
    program('node_modules/.bin/net-mock-ami', `exec node '${MAIN}' "$@"`);
    const lines = /## Plain shell\n+```sh\n([\s\S]*?)```/.exec(DOCS)?.[1] ?? '';
    const script = `${lines.replace('5038', '0').replace('8080', '0')}kill $!; wait $!; echo "ended $?"`;
    const { stdout } = spawnSync('bash', ['-c', script], { cwd: folder, encoding: 'utf8', timeout });
    expect(stdout).toMatch(/^Asterisk Call Manager\/11\.0\.0 at 127\.0\.0\.1:\d+$/m);
    expect(stdout).toMatch(/^ended 0$/m);
    expect(existsSync(join(folder, 'mock.json'))).toBe(false);
  });
});

describe('the container', () => {
  it('is healthy by its own lines when AMI answers, at whatever port', async () => {
    const text = readFileSync('deploy/container/Dockerfile', 'utf8').replaceAll('/tmp/', `${folder}/`);
    const [health = [], entry = []] = [/^HEALTHCHECK .*CMD (\[.*\])$/m, /^ENTRYPOINT (\[.*\])$/m].map(
      (line) => JSON.parse(line.exec(text)?.[1] ?? '[]') as string[],
    );
    program('bin/net-mock-ami', `exec node '${MAIN}' "$@"`);
    const run = (args: readonly string[], background = ''): string =>
      `${args.map((each) => `'${each}'`).join(' ')}${background}`;
    const script = [
      run(health),
      'echo "before $?"',
      run([...entry, '--host', '127.0.0.1', '--port', '0'], ' &'),
      `for try in 1 2 3 4 5 6 7 8 9; do ${run(health)} && break; sleep 0.3; done`,
      'echo "after $?"; kill $!; wait $!',
    ].join('\n');
    const env = { ...process.env, PATH: `${join(folder, 'bin')}:${process.env['PATH']}` };
    const { stdout } = spawnSync('bash', ['-c', script], { encoding: 'utf8', timeout, env });
    expect(stdout).toMatch(/^before 1$/m);
    expect(stdout).toMatch(/^after 0$/m);
  });
});
