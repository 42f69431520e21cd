/** The recorded busy hour: sixty seconds in which eight phones hold, transfer, wait in queues and meet, each with several calls at once. */
import { describe, expect, it } from 'vitest';
import { compareTraces } from '../src/scenarios/fidelity/compare.ts';
import { replayRecording } from './fidelity/replay-recording.ts';
import { readTrace } from './fixtures.ts';

describe('what eight busy phones do', () => {
  const { golden, candidate, undone, stage } = replayRecording(readTrace('busy-hour-mix'));

  // Of calls that a phone makes at the same moment either may come first, so that now and then one of them is another one here.
  it('can be done again, and leaves nothing over', () => {
    expect(undone.length).toBeLessThan(20);
    expect(stage.simulation.channels()).toEqual([]);
  });

  it('is told nearly as the recorded Asterisk told it, whose threads ran as they liked', () => {
    const { score, golden: events } = compareTraces([golden], candidate);
    expect(events).toBeGreaterThan(10_000);
    expect(score).toBeGreaterThan(0.975);
  });
});
