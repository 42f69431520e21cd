import { describe, expect, it } from 'vitest';
import { labConfig, readTrace } from '../../../../test/fixtures.ts';
import { nodeRuntime } from '../../../ami/runtime.node.ts';
import { compareTraces } from '../../../scenarios/fidelity/compare.ts';
import { libraryScenario } from '../../../scenarios/library.ts';
import { playInstantly } from '../../play-in-simulation.ts';

const options = { runtime: nodeRuntime(), files: labConfig() };

function measure(name: string) {
  return compareTraces(
    [readTrace(name), readTrace(`${name}.run2`)],
    playInstantly(libraryScenario(name), options).trace(),
  );
}

describe('queues and agents, measured with what a real Asterisk said', () => {
  it.each([
    'queue-agent-busy',
    'queue-call-answered',
    'queue-call-attended-transfer',
    'queue-caller-abandons',
    'queue-full',
    'queue-member-actions',
    'queue-no-agents',
    'queue-several-callers',
    'queue-status',
    'queue-summary',
    'queue-withdraw-caller',
    'agent-pool',
  ])('%s: at least 0.98, nothing in another order', (name) => {
    const { score, order } = measure(name);
    expect(score).toBeGreaterThanOrEqual(0.98);
    expect(order).toEqual([]);
  });

  // Which of two threads is first when a caller hangs up differs from call to call; recordings have both, each about as often.
  it('queue-agent-ringnoanswer: at least 0.98', () => {
    expect(measure('queue-agent-ringnoanswer').score).toBeGreaterThanOrEqual(0.98);
  });
});
