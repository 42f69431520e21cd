import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { traceNames } from '../../test/fixtures.ts';
import { ManualClock } from '../ami/manual-clock.ts';
import { nodeRuntime } from '../ami/runtime.node.ts';
import { smallOffice } from '../mock-ami/config/small-office.ts';
import { MockPbx } from '../mock-ami/mock-pbx.node.ts';
import { createStage, type SimulatedStage } from '../mock-ami/simulated-stage.ts';
import { CONFORMANCE_CASES } from './conformance/cases.ts';
import { type CaseResult, runCase } from './conformance/run-case.ts';
import { conformanceCommand } from './conformance.node.ts';

const clock = new ManualClock();
const runtime = nodeRuntime({ clock });

async function results(stage: SimulatedStage, user = 'admin', secret = 'adminpw'): Promise<readonly CaseResult[]> {
  const connect = async () => {
    const link = stage.connect();
    if (link === undefined) throw new Error('refused');
    return link;
  };
  const all: CaseResult[] = [];
  for (const one of CONFORMANCE_CASES) {
    const running = runCase(one, { connect, runtime, user, secret, timeoutMs: 5000 });
    all.push(await clock.runUntil(running, () => new Promise((resolve) => setImmediate(resolve))));
  }
  stage.dispose();
  return all;
}

const office = () => createStage({ runtime, files: smallOffice });
const named = (all: readonly CaseResult[], outcome: CaseResult['outcome']) =>
  all.filter((each) => each.outcome === outcome).map(({ name }) => name);

describe('the conformance kit', () => {
  it('finds nothing to say against the simulated PBX, and changes nothing of it', async () => {
    const stage = office();
    const before = JSON.stringify([
      stage.simulation.state.astdb,
      stage.simulation.state.channels,
      stage.simulation.state.globals,
    ]);
    const all = await results(stage);
    expect(all.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
    expect(all.length).toBeGreaterThan(30);
    const after = JSON.stringify([
      stage.simulation.state.astdb,
      stage.simulation.state.channels,
      stage.simulation.state.globals,
    ]);
    expect(after).toBe(before);
  });

  it('cites recordings that there are, or the source', () => {
    const known = new Set(traceNames());
    expect(
      CONFORMANCE_CASES.filter(({ source }) => !known.has(source) && !source.startsWith('main/')).map(
        ({ name }) => name,
      ),
    ).toEqual([]);
    expect(new Set(CONFORMANCE_CASES.map(({ name }) => name)).size).toBe(CONFORMANCE_CASES.length);
  });

  it.each<[string, Record<string, string>, readonly string[]]>([
    ['lose-answers', { actions: 'ListCommands' }, ['list of actions']],
    ['lose-answers', { actions: 'Logoff' }, ['challenge of no type', 'actions before the login', 'logoff']],
    ['late-answers', { by: '6s', actions: 'CoreStatus' }, ['core status']],
    ['split-writes', { longest: '3' }, []],
    ['delay-writes', { by: '200ms', jitter: '1s' }, []],
    ['refuse-logins', {}, CONFORMANCE_CASES.filter(needsLogin).map(({ name }) => name)],
    ['send-garbage', {}, CONFORMANCE_CASES.map(({ name }) => name)],
    ['silence', {}, CONFORMANCE_CASES.map(({ name }) => name)],
  ])('finds what is wrong with a PBX that has the fault %s %o', async (fault, values, wrong) => {
    const stage = office();
    stage.faults.set(fault, values);
    expect(named(await results(stage), 'differs')).toEqual(wrong);
  });

  it('skips what the user may not do', async () => {
    const stage = createStage({
      runtime,
      files: smallOffice,
      config: { 'manager.conf': { guest: { secret: 'g', read: 'call' } } },
    });
    const all = await results(stage, 'guest', 'g');
    expect(named(all, 'differs')).toEqual([]);
    expect(named(all, 'skipped')).toEqual([
      'list of channels',
      'core settings',
      'core status',
      'command',
      'command that there is not',
    ]);
  });

  it('says so on the command line, as text and as JSON, and ends with 1 where something differs', async () => {
    await using pbx = await MockPbx.listen({ speed: 50 });
    const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
    writeFileSync(join(folder, 'secret'), 'adminpw\n');
    const written: string[] = [];
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
    const run = async (...more: readonly string[]): Promise<string> => {
      written.length = 0;
      const args = ['--ami', `${pbx.host}:${pbx.port}`, '--user', 'admin', '--secret-file', join(folder, 'secret')];
      await conformanceCommand().parseAsync([...args, ...more], { from: 'user' });
      return written.join('');
    };
    try {
      expect(await run()).toMatch(
        new RegExp(`^passed {3}login\n[\\s\\S]*\n${CONFORMANCE_CASES.length} passed, 0 differ, 0 skipped\n$`),
      );
      expect(process.exitCode).toBeUndefined();
      pbx.faults.set('drop-mid-message', { after: 2, times: 1 });
      expect(await run('--no-failed-logins')).toMatch(/^differs {2}login: A good login is accepted.*\n {2}expected\n/);
      expect(process.exitCode).toBe(1);
      const all: CaseResult[] = JSON.parse(await run('--json', '--no-failed-logins'));
      expect(all.every(({ outcome }) => outcome === 'passed')).toBe(true);
      expect(all).toHaveLength(CONFORMANCE_CASES.length - 3);
    } finally {
      process.exitCode = undefined;
      vi.restoreAllMocks();
      rmSync(folder, { recursive: true });
    }
  });
});

/** Cases that need a login to be accepted. */
function needsLogin({ stranger, expect: expected }: (typeof CONFORMANCE_CASES)[number]): boolean {
  return stranger !== true || expected.some((text) => text.includes('Authentication accepted'));
}
