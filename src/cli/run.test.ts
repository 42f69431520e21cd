import { spawnSync } from 'node:child_process';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { run } from './run.node.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

/** What the command prints, and what it ends with. */
async function asterclick(
  ...args: readonly string[]
): Promise<{ status: number | undefined; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => err.push(String(text)) > 0);
  const status = await run(args);
  return { status, out: out.join(''), err: err.join('') };
}

describe('asterclick', () => {
  it('shows its subcommands where none is named', async () => {
    const { status, err } = await asterclick();
    expect(status).toBe(2);
    for (const name of ['demo', 'mock', 'gateway', 'play', 'fidelity', 'scenario', 'user']) {
      expect(err).toMatch(new RegExp(`^ {2}${name} `, 'm'));
    }
  });

  it('names the nearest subcommand, and ends with status 2', async () => {
    expect(await asterclick('plya')).toMatchObject({
      status: 2,
      out: '',
      err: expect.stringContaining('(Did you mean play?)'),
    });
  });

  it('names the nearest option', async () => {
    const { status, err } = await asterclick('mock', '--sead', '3');
    expect(status).toBe(2);
    expect(err).toMatch(/^asterclick: unknown option '--sead'\n\(Did you mean --seed\?\)/);
  });

  it('says which values an option takes', async () => {
    const { status, err } = await asterclick('mock', '--port', '99999');
    expect(status).toBe(2);
    expect(err).toContain("'99999' is invalid. a port is a number from 0 (any free one) to 65535");
  });

  it('shows the help of a subcommand without an error', async () => {
    const { status, out } = await asterclick('demo', '--help');
    expect(status).toBe(0);
    expect(out).toContain('--quiet');
  });

  it('says in one line what failed, on standard error, with status 1', async () => {
    const { status, out, err } = await asterclick('play', 'no-such-scenario');
    expect({ status, out }).toEqual({ status: 1, out: '' });
    expect(err).toMatch(/^asterclick: [^\n]*no-such-scenario[^\n]*\[SCENARIO_NOT_FOUND\]\n$/);
  });

  it('starts as a program of its own, and hands its status to the system', () => {
    const child = spawnSync(process.execPath, ['--import', 'tsx', 'src/cli/main.node.ts', 'plya'], {
      encoding: 'utf8',
    });
    expect(child.status).toBe(2);
    expect(child.stderr).toContain("unknown command 'plya'");
  });
});
