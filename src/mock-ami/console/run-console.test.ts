import { describe, expect, it } from 'vitest';
import { labConfig, readTrace } from '../../../test/fixtures.ts';
import { ManualClock } from '../../ami/manual-clock.ts';
import { nodeRuntime } from '../../ami/runtime.node.ts';
import { createStage } from '../simulated-stage.ts';
import { runConsole } from './run-console.ts';

function setUp() {
  const clock = new ManualClock();
  const stage = createStage({ runtime: nodeRuntime({ clock }), files: labConfig() });
  const run = (line: string) => stage.simulation.perform('console', () => runConsole(stage.server, line));
  return { clock, stage, run };
}

/** What Asterisk printed for that command, the first time. */
function recorded(line: string): readonly string[] {
  const { lines } = readTrace('command-action');
  const sent = lines.findIndex(({ dir, raw = '' }) => dir === 'out' && raw.includes(`\r\nCommand: ${line}\r\n`));
  const id = /ActionID: (.*)\r/.exec(lines[sent]?.raw ?? '')?.[1];
  const answer = lines.find(({ dir, raw = '' }) => dir === 'in' && raw.includes(`ActionID: ${id}\r\n`))?.raw ?? '';
  return [...answer.matchAll(/^Output: (.*)\r$/gm)].map(([, text = '']) => text);
}

describe('runConsole', () => {
  it.each([
    'core show version',
    'core show channel none',
    'nosuch command',
    'sip show peers',
    'core stop now please',
    'module show like res_parking',
    'dialplan show 1001@from-phones',
    'logger show channels',
  ])('prints what Asterisk printed: %s', (line) => {
    expect(setUp().run(line).lines).toEqual(recorded(line));
  });

  it('prints what Asterisk printed of queues, but for what they had done before', () => {
    const { clock, run } = setUp();
    clock.advance(115_000);
    const history = (lines: readonly string[]) => lines.map((line) => line.replace(/A:\d+, SL:.*? within/, 'A within'));
    expect(history(run('queue show').lines)).toEqual(history(recorded('queue show')));
  });

  it('prints what Asterisk printed of a call, but for the counter of calls', () => {
    const { clock, stage, run } = setUp();
    stage.phone('1001').dial('1002');
    clock.advance(100);
    stage.phone('1002').answer();
    clock.advance(100);
    const { lines } = readTrace('command-action');
    const golden = lines.flatMap(({ raw = '' }) => (raw.includes('Output: 1 active call\r\n') ? [raw] : []));
    const printed = [...(golden[0] ?? '').matchAll(/^Output: (.*)\r$/gm)].map(([, text = '']) => text);
    const comparable = (texts: readonly string[]) =>
      texts
        .map((text) => text.replace(/-[0-9a-f]{8} /g, '-SERIAL ').replace(/^\d+ calls? processed/, 'processed'))
        .sort();
    expect(printed.length).toBe(6);
    expect(comparable(run('core show channels').lines)).toEqual(comparable(printed));
  });

  it('says how long the PBX has been up', () => {
    const { clock, run } = setUp();
    clock.advance((((2 * 7 + 1) * 24 + 3) * 60 + 1) * 60_000 - 60_000);
    expect(run('core show uptime').lines[0]).toBe('System uptime: 2 weeks, 1 day, 3 hours, 1 minute');
  });

  it.each(['', 'core', 'core show', 'module show dislike x'])('knows no command %j', (line) => {
    expect(setUp().run(line).ok).toBe(false);
  });

  it('stops the PBX when it is told to', () => {
    const { clock, stage, run } = setUp();
    expect(run('core stop now')).toEqual({ ok: true, lines: [] });
    clock.advance(5000);
    expect(stage.connect()).toBeUndefined();
  });
});
