import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BUNDLE, bundledScenarios } from '../../scripts/bundle-scenarios.ts';
import { readTrace, traceNames } from '../../test/fixtures.ts';
import { libraryNames, libraryScenario } from './library.ts';
import { playScenario } from './player.ts';
import { replayStage } from './replay-stage.test-support.ts';
import type { TraceLine } from './trace.ts';
import { TraceRecorder } from './trace-recorder.ts';

/** Of what a client sends, how much later or earlier than in the recording the last may come: the recorder was slower than a clock. */
const TOLERANCE_MS = 60;
const TOLERANCE_SHARE = 0.02;

describe('the library', () => {
  it('is bundled as it stands in its files: run `npm run scenarios`', () => {
    expect(readFileSync(BUNDLE, 'utf8')).toBe(bundledScenarios());
  });

  it('names each scenario as its file', () => {
    for (const name of libraryNames()) expect(libraryScenario(name).scenario.scenario).toBe(name);
  });

  it('names the nearest where there is none', () => {
    expect(() => libraryScenario('hold-unhlod')).toThrow(
      "there is no scenario 'hold-unhlod'; did you mean 'hold-unhold'?",
    );
    expect(() => libraryScenario('constructor')).toThrow("'asterclick scenario list' names them all");
  });
});

/** Random, left to the kernel's buffers, or made with a partner that scenarios don't have. */
const WITHOUT_SCENARIO = [
  'audiosocket-app',
  'busy-hour-mix',
  'chan-websocket',
  'fault-slow-reader-long',
  'fault-slow-reader-short',
  'stasis-app',
];

it('the library has a scenario for every recording but those that depend on chance or on partners', () => {
  const names = new Set(libraryNames());
  expect(traceNames().filter((name) => !names.has(name))).toEqual(WITHOUT_SCENARIO);
});

describe('a scenario of a recording makes its clients send what was recorded, when it was recorded', () => {
  const recorded = new Set(traceNames());
  it.each(libraryNames().filter((name) => recorded.has(name)))('%s', (name) => {
    const parsed = libraryScenario(name);
    const stage = replayStage(name);
    const recorder = new TraceRecorder(stage.clock, stage.runtime.text);
    const play = playScenario(parsed.scenario, stage, { runtime: stage.runtime, recorder, parsed });
    while (!play.ended && stage.clock.runNext());
    expect(play.failure).toBeUndefined();
    const sent = recorder.trace({ scenario: name, description: '' }).lines;
    expect(sentBySession(sent)).toEqual(sentBySession(readTrace(name).lines));
    const [last, recordedLast] = [lastSent(sent), lastSent(readTrace(name).lines)];
    expect(Math.abs(last - recordedLast)).toBeLessThan(TOLERANCE_MS + TOLERANCE_SHARE * recordedLast);
  });
});

/** All that each session sent, cut into messages, with its own ActionIDs numbered as they come. */
function sentBySession(lines: readonly TraceLine[]): Record<string, string[]> {
  const sent: Record<string, string> = {};
  for (const { dir, raw, conn = '' } of lines) if (dir === 'out') sent[conn] = (sent[conn] ?? '') + raw;
  return Object.fromEntries(Object.entries(sent).map(([conn, text]) => [conn, renumbered(text).split('\r\n\r\n')]));
}

/** A scenario may number otherwise where the recorder counted raw messages too. */
function renumbered(text: string): string {
  let count = 0;
  return text.replace(/^(ActionID: [a-z][a-z0-9-]*-)\d+\r$/gm, (_row, name) => `${name}#${++count}\r`);
}

function lastSent(lines: readonly TraceLine[]): number {
  return lines.findLast((line) => line.dir === 'out')?.t ?? 0;
}
