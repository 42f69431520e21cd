import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readTraceFile } from '../scenarios/trace-file.ts';
import { makeProgram } from './program.node.ts';

let folder: string;
let out: string;
let err: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'asterclick-play-'));
  [out, err] = ['', ''];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += String(text);
    return true;
  });
});

afterEach(() => {
  rmSync(folder, { recursive: true });
  process.exitCode = undefined;
});

async function run(...args: string[]): Promise<void> {
  const program = await makeProgram(args);
  await program.parseAsync(args, { from: 'user' });
}

describe('asterclick play', () => {
  it('plays a scenario of the library and writes its sessions', async () => {
    const file = join(folder, 'out.jsonl');
    await run('play', 'hold-unhold', '--config', 'fixtures/lab', '--trace', file, '--speed', 'instant');
    const { header, lines } = readTraceFile(readFileSync(file, 'utf8'));
    expect(header.scenario).toBe('hold-unhold');
    expect(lines.filter((line) => line.raw?.startsWith('Event: Hold\r'))).toHaveLength(1);
    expect(out).toMatch(/^hold-unhold: \d+ messages in 8\.\d s, written to .*out\.jsonl\n$/);
    expect(err).toContain('1001 holds\n');
  });

  it('plays a file, in real time as well, and ends though the PBX would go on', async () => {
    const file = join(folder, 'mine.yaml');
    writeFileSync(
      file,
      'scenario: mine\nwith: {pause: 5s}\nsteps:\n  - 1001 dials 1002\n  - wait ${pause}\n  - 1001 hangs up\n',
    );
    await run('play', file, '--speed', '2', '--with', 'pause=100ms', '--quiet', '--json');
    const result = JSON.parse(out);
    expect(result).toMatchObject({ scenario: 'mine', sessions: ['admin'], trace: null });
    expect(result.durationMs).toBeLessThan(4000);
    expect(err).toBe('');
  });

  it('writes the trace to standard output, and nothing else', async () => {
    await run('play', 'ping', '--speed', 'instant', '--trace', '-');
    expect(readTraceFile(out).header.scenario).toBe('ping');
  });

  it('writes what happened before a step that fails', async () => {
    const [file, trace] = [join(folder, 'mine.yaml'), join(folder, 'out.jsonl')];
    writeFileSync(file, 'scenario: mine\nsteps:\n  - 1001 dials 1002\n  - 1003 answers\n');
    await expect(run('play', file, '--speed', 'instant', '--trace', trace)).rejects.toMatchObject({
      code: 'SCENARIO_FAILED',
      message: expect.stringContaining('mine.yaml:4:5: '),
    });
    expect(readTraceFile(readFileSync(trace, 'utf8')).lines.length).toBeGreaterThan(2);
    expect(out).toBe('');
  });

  it('refuses a configuration that Asterisk would refuse, before it plays', async () => {
    for (const file of ['extensions.conf', 'pjsip.conf']) {
      writeFileSync(join(folder, file), readFileSync(`fixtures/lab/${file}`, 'utf8'));
    }
    writeFileSync(join(folder, 'manager.conf'), 'enabled = yes\n');
    await expect(run('play', 'ping', '--config', folder)).rejects.toMatchObject({
      code: 'CLI_BAD_CONFIG',
      message: expect.stringContaining('manager.conf:1'),
    });
  });

  it.each([
    [['play', 'hold-unhlod'], { code: 'SCENARIO_NOT_FOUND', message: expect.stringContaining("'hold-unhold'") }],
    [['play', 'none.yaml'], { code: 'CLI_NO_FILE' }],
    [
      ['play', 'ping', '--asterisk', '21'],
      { message: expect.stringContaining('there is no profile of Asterisk 21; there is 22.') },
    ],
    [['play', 'ping', '--config', 'none'], { code: 'CONFIG_FOLDER_NOT_FOUND' }],
    [['play', 'ping', '--speed', 'instant', '--trace', 'none/x.jsonl'], { code: 'CLI_NO_FILE' }],
    [['play', 'ping', '--speed', '0'], { code: 'commander.invalidArgument' }],
    [['play', 'ping', '--with', 'x'], { code: 'commander.invalidArgument' }],
  ])('%j fails', async (args, error) => {
    await expect(run(...args)).rejects.toMatchObject(error);
  });
});

describe('asterclick scenario', () => {
  it('tells every problem of a file, and status 1', async () => {
    const file = join(folder, 'bad.yaml');
    writeFileSync(file, 'scenario: a\nsteps:\n  - 1001 dails 1002\n  - wait 3\n');
    await run('scenario', 'check', file);
    expect(out.split('\n').slice(0, 2)).toEqual([
      `${file}:3:5: '1001 dails 1002': did you mean '1001 dials 1002'?`,
      `${file}:4:5: 'wait 3': '3' does not fit: expected a time such as 600ms, 3s or 2min, as in 'wait 600ms'`,
    ]);
    expect(process.exitCode).toBe(1);
  });

  it('is content with a good one', async () => {
    await run('scenario', 'check', 'src/scenarios/library/ping.yaml', '--json');
    expect(JSON.parse(out)).toEqual([]);
    expect(process.exitCode).toBeUndefined();
  });

  it('lists the library', async () => {
    await run('scenario', 'list');
    expect(out).toMatch(/^hold-unhold {2,}1001 calls 1002, holds for three seconds, resumes, hangs up$/m);
  });
});

describe('asterclick fidelity', () => {
  const golden = 'fixtures/traces/ping.jsonl.gz';

  it('has status 0 only where all is alike', async () => {
    const file = join(folder, 'ping.jsonl');
    await run('play', 'ping', '--config', 'fixtures/lab', '--speed', 'instant', '--trace', file, '--quiet');
    out = '';
    await run('fidelity', golden, file);
    expect(out).toMatch(
      /^ping +100\.00 % {2}exact 12 of 12, near 0, missing 0, extra 0, order 0\n1 of 1 scenarios perfect/,
    );
    expect(process.exitCode).toBeUndefined();

    writeFileSync(file, readFileSync(file, 'utf8').replace('Ping: Pong', 'Ping: Pung'));
    out = '';
    await run('fidelity', golden, file);
    expect(out).toContain("Ping: 'Pong' expected, 'Pung' found");
    expect(process.exitCode).toBe(1);
  });

  it('compares folders, and tells what is absent', async () => {
    await run(
      'play',
      'ping',
      '--config',
      'fixtures/lab',
      '--speed',
      'instant',
      '--quiet',
      '--trace',
      join(folder, 'ping.jsonl'),
    );
    out = '';
    await run('fidelity', 'fixtures/traces', folder, '--json');
    const results = JSON.parse(out);
    expect(results.ping).toMatchObject({ score: 1, exact: 12 });
    expect(results['hold-unhold']).toMatchObject({ score: 0, absent: true });
    expect(process.exitCode).toBe(1);
  });

  it.each([
    [['fidelity', 'none', golden], 'none is not there'],
    [['fidelity', 'fixtures/traces', golden], 'is a folder and'],
    [['fidelity', golden, golden], "can't be compared with itself"],
    [['fidelity', 'package.json', golden], 'package.json:1:1: this line is no JSON'],
  ])('%j fails', async (args, message) => {
    await expect(run(...args)).rejects.toThrow(message);
  });
});
