import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';

let folder = '';
const pids: number[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'action-'));
});

afterEach(() => {
  for (const pid of pids.splice(0)) process.kill(pid);
  rmSync(folder, { recursive: true, force: true });
});

/** The step that starts the mock, as the runner of GitHub Actions would run it. */
function start(env: Readonly<Record<string, string>>) {
  const command = join(folder, 'net-mock-ami');
  const main = join(process.cwd(), 'src/mock-ami/dist/mock-ami/command/main.node.js');
  writeFileSync(command, `#!/bin/sh\nexec node '${main}' "$@"\n`, { mode: 0o755 });
  const output = join(folder, 'output');
  writeFileSync(output, '');
  const defaults = {
    MOCK_COMMAND: command,
    MOCK_PORT: '0',
    MOCK_PLAY: '',
    MOCK_OPTIONS: '',
    MOCK_TIMEOUT_SECONDS: '20',
  };
  const { status, stdout } = spawnSync('bash', ['deploy/github-action/start.sh'], {
    encoding: 'utf8',
    timeout: 25_000,
    env: { ...process.env, RUNNER_TEMP: folder, GITHUB_OUTPUT: output, ...defaults, ...env },
  });
  const lines = readFileSync(output, 'utf8').trim().split('\n');
  const outputs = Object.fromEntries(lines.map((line) => line.split('=') as [string, string]));
  if (outputs['pid'] !== undefined) pids.push(Number(outputs['pid']));
  return { status, stdout, outputs };
}

describe('the action for GitHub', () => {
  it('ends when the mock listens, says where, and leaves it running', async () => {
    const { status, outputs } = start({ MOCK_PLAY: 'hold-unhold', MOCK_OPTIONS: '--speed 20 --http-port 0' });
    expect(status).toBe(0);
    expect(Number(outputs['http-port'])).toBeGreaterThan(0);
    const banner = await new Promise((resolve, reject) => {
      const socket = connect(Number(outputs['port']), '127.0.0.1').once('error', reject);
      socket.once('data', (bytes) => resolve(bytes.toString()) ?? socket.destroy());
    });
    expect(banner).toMatch(/^Asterisk Call Manager\//);
  });

  it('fails with the reason where the mock can not start', () => {
    const { status, stdout, outputs } = start({ MOCK_PLAY: 'hold-unhol' });
    expect(status).toBe(1);
    expect(stdout).toContain("there is no scenario 'hold-unhol'; did you mean 'hold-unhold'?");
    expect(outputs['port']).toBeUndefined();
  });

  it('hands each of its inputs to the step, and each output on', () => {
    const action = parse(readFileSync('deploy/github-action/action.yml', 'utf8'));
    const text = JSON.stringify(action.runs);
    for (const input of Object.keys(action.inputs)) expect(text).toContain(`\${{ inputs.${input} }}`);
    const script = readFileSync('deploy/github-action/start.sh', 'utf8');
    for (const output of Object.keys(action.outputs)) expect(script).toContain(`${output}=`);
    const docs = readFileSync('deploy/README.md', 'utf8');
    for (const name of [...Object.keys(action.inputs), ...Object.keys(action.outputs)])
      expect(docs).toContain(`\`${name}\``);
  });
});
