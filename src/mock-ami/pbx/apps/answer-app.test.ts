import { describe, expect, it } from 'vitest';
import { labConfig } from '../../../../test/fixtures.ts';
import { nodeRuntime } from '../../../ami/runtime.node.ts';
import { parseScenario } from '../../../scenarios/parse-scenario.ts';
import { playInstantly } from '../../play-in-simulation.ts';

/** Ms from the answer of the Local channel's second half until its next application. */
function msUntilEcho(application: string): number {
  const steps = `{"admin sends Originate": {Channel: Local/660@from-phones, ${application}}}, wait 2s`;
  const parsed = parseScenario(`scenario: answer\ngiven: {phones: []}\nsteps: [${steps}]`);
  const { lines } = playInstantly(parsed, { runtime: nodeRuntime(), files: labConfig() }).trace();
  const at = (name: string): number =>
    lines.find(({ raw = '' }) => raw.startsWith('Event: Newexten') && raw.includes(`\r\nApplication: ${name}\r\n`))
      ?.t ?? Number.NaN;
  return Math.round(at('Echo') - at('Answer'));
}

describe('Answer on a Local channel', () => {
  it('is done with the first sound', () => {
    expect(msUntilEcho('Application: Playback, Data: hello-world')).toBe(20);
  });

  it('waits for half a second where there is none', () => {
    expect(msUntilEcho('Application: Wait, Data: 5')).toBe(500);
  });
});
