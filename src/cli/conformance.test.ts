import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { traceNames } from '../../test/fixtures.ts';
import { ManualClock } from '../ami/manual-clock.ts';
import { nodeRuntime } from '../ami/runtime.node.ts';
import { listenTcp } from '../ami/tcp-link.node.ts';
import { TEST_CERTIFICATE, TEST_KEY } from '../ami/tls.test-support.ts';
import { smallOffice } from '../mock-ami/config/small-office.ts';
import { MockPbx } from '../mock-ami/mock-pbx.node.ts';
import { createStage, type SimulatedStage } from '../mock-ami/simulated-stage.ts';
import { REFUSAL_CASES } from './conformance/cases/refusal-cases.ts';
import { CONFORMANCE_THEMES } from './conformance/conformance-themes.ts';
import { type CaseResult, runCase } from './conformance/run-case.ts';
import { conformanceCommand } from './conformance.node.ts';

const CONFORMANCE_CASES = [...CONFORMANCE_THEMES.values()].flat();
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
      CONFORMANCE_CASES.flatMap(({ source }) => source.split(', ')).filter(
        (source) => !known.has(source) && !/^main\/|^action_/.test(source),
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
    const skipped = named(all, 'skipped');
    expect(skipped).toEqual(expect.arrayContaining(['list CoreShowChannels', 'core status', 'filters', 'command']));
    expect(skipped).toEqual(expect.arrayContaining(REFUSAL_CASES.map(({ name }) => name)));
    expect(named(all, 'passed')).toEqual(expect.arrayContaining(['masks of many kinds', 'wait for events', 'logoff']));
  });

  describe('on the command line', () => {
    let folder = '';
    let written = '';

    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'conformance-'));
      writeFileSync(join(folder, 'secret'), 'adminpw\n');
      writeFileSync(join(folder, 'ca.pem'), TEST_CERTIFICATE);
      vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
        written += String(text);
        return true;
      });
    });

    afterEach(() => {
      process.exitCode = undefined;
      rmSync(folder, { recursive: true });
    });

    async function run(port: number, ...more: readonly string[]): Promise<string> {
      written = '';
      const args = ['--ami', `127.0.0.1:${port}`, '--user', 'admin', '--secret-file', join(folder, 'secret')];
      await conformanceCommand().parseAsync([...args, ...more], { from: 'user' });
      return written;
    }

    it('says so by theme, as text and as JSON, and ends with 1 where something differs', async () => {
      await using pbx = await MockPbx.listen({ speed: 50 });
      const text = await run(pbx.port);
      expect(text).toMatch(/^logging in\npassed {3}login\n[\s\S]*\n\nrefusals\n/);
      expect(text.split('\n\n').at(-1)).toBe(
        `127.0.0.1:${pbx.port}, Asterisk Call Manager/11.0.0\n${CONFORMANCE_CASES.length} passed, 0 skipped, 0 differ\n`,
      );
      expect(process.exitCode).toBeUndefined();
      pbx.faults.set('lose-answers', { actions: 'Logoff' });
      const faulty = await run(pbx.port, '--no-failed-logins');
      expect(faulty).toContain(
        `differs  logoff
         Logoff is answered, and the connection ends. (banner-login-logoff)
         - Response: Goodbye
         - ActionID: c1
         - Message: Thanks for all the fish.
         + (the connection ends)
`,
      );
      expect(faulty).toContain('         2 answers are as expected; then:\n');
      expect(faulty).toMatch(/0 skipped, 3 differ: challenge of no type, actions before the login, logoff\n$/);
      expect(process.exitCode).toBe(1);
      pbx.faults.clear();
      const all: (CaseResult & { theme: string })[] = JSON.parse(await run(pbx.port, '--json', '--no-failed-logins'));
      expect(all.every(({ outcome }) => outcome === 'passed')).toBe(true);
      expect(all).toHaveLength(CONFORMANCE_CASES.length - 3);
      expect(new Set(all.map(({ theme }) => theme))).toEqual(new Set(CONFORMANCE_THEMES.keys()));
    });

    it('speaks TLS: to who is vouched for, or to anybody where that is asked for, and else says what would help', async () => {
      await using pbx = await MockPbx.listen({ speed: 50 });
      const tls = { cert: TEST_CERTIFICATE, key: TEST_KEY };
      const listener = await listenTcp({ port: 0, tls }, (link) => pbx.stage.server.accept(link));
      const { port } = listener.address;
      try {
        expect(await run(port, '--tls', '--ca', join(folder, 'ca.pem'))).toMatch(/, 0 skipped, 0 differ\n$/);
        expect(await run(port, '--tls', '--insecure')).toMatch(/, 0 skipped, 0 differ\n$/);
        await expect(run(port, '--tls')).rejects.toThrow(/nobody that is known here; --ca names who does/);
        await expect(run(pbx.port, '--tls')).rejects.toThrow(/there is no TLS at that port/);
        const ca = ['--ca', join(folder, 'ca.pem')];
        await expect(run(port, '--tls', ...ca, '--tls-name', 'pbx.example')).rejects.toThrow(/--tls-name says/);
        await expect(run(port, ...ca)).rejects.toThrow('--ca says something of TLS; give --tls too');
        await expect(run(port, '--tls', '--ca', join(folder, 'none'))).rejects.toMatchObject({ code: 'CLI_NO_FILE' });
      } finally {
        await listener.close();
      }
    });
  });
});

/** Cases that need a login to be accepted. */
function needsLogin({ stranger, expect: expected }: (typeof CONFORMANCE_CASES)[number]): boolean {
  return stranger !== true || expected.some((text) => text.includes('Authentication accepted'));
}
