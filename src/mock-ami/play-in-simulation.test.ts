import { describe, expect, it } from 'vitest';
import { labConfig, readTrace } from '../../test/fixtures.ts';
import { nodeRuntime } from '../ami/runtime.node.ts';
import { compareTraces } from '../scenarios/fidelity/compare.ts';
import { libraryScenario } from '../scenarios/library.ts';
import { parseScenario } from '../scenarios/parse-scenario.ts';
import { writeTraceFile } from '../scenarios/trace-file.ts';
import { playInSimulation, playInstantly } from './play-in-simulation.ts';

const options = { runtime: nodeRuntime(), files: labConfig() };
const scenario = (yaml: string) => parseScenario(`scenario: test\n${yaml}`, 'test.yaml');

describe('a scenario played in the simulation', () => {
  it('gives what a real Asterisk said', () => {
    const trace = playInstantly(libraryScenario('hold-unhold'), options).trace();
    const { score, order } = compareTraces([readTrace('hold-unhold'), readTrace('hold-unhold.run2')], trace);
    expect([score, order]).toEqual([1, []]);
  });

  it('gives the same bytes for the same seed, and other ids for another', () => {
    const play = (seed: number): string =>
      writeTraceFile(playInstantly(libraryScenario('hold-multi-client'), { ...options, seed }).trace());
    expect(play(7)).toBe(play(7));
    expect(play(8)).not.toBe(play(7));
  });

  it('has threads race otherwise with another seed, never in an order that Asterisk does not have', () => {
    const recordings = [readTrace('extension-state-hints'), readTrace('extension-state-hints.run2')];
    const orders = [1, 2, 3].map((seed) => {
      const trace = playInstantly(libraryScenario('extension-state-hints'), { ...options, seed }).trace();
      const { score, order } = compareTraces(recordings, trace);
      expect([score, order]).toEqual([1, []]);
      return trace.lines.map(({ raw = '' }) => raw.slice(0, raw.indexOf('\r'))).join();
    });
    expect(new Set(orders).size).toBe(3);
  });

  it('lights the lamp of the held party', () => {
    const steps =
      'steps: [1001 dials 1002, wait 1s, 1002 answers, wait 1s, 1001 holds, expect lamp 1002 held within 50ms]';
    expect(playInstantly(scenario(steps), options).play.failure).toBeUndefined();
  });

  it('has faults as it says, and recovers from them', () => {
    const { play, trace } = playInstantly(
      scenario(`steps:
  - admin logs in
  - pbx drops connections mid-message 1 time
  - 1001 dials 1002
  - wait until admin is disconnected within 1s
  - pbx splits writes into 5 bytes at most
  - pbx loses events named Newchannel
  - admin logs in
  - 1001 hangs up
  - 1003 dials 1004
  - wait 1s
  - pbx recovers from lose-events
  - 1003 hangs up
  - 1003 dials 1004
  - wait for event Newchannel
  - pbx recovers
`),
      options,
    );
    expect(play.failure).toBeUndefined();
    const newchannels = trace().lines.flatMap(({ raw }) => (raw?.startsWith('Event: Newchannel') ? raw : []));
    expect(newchannels.filter((raw) => raw.includes('PJSIP/1003-'))).toHaveLength(1);
    const wrong = playInstantly(scenario('steps:\n  - pbx loses events with chance maybe\n'), options).play.failure;
    expect(wrong).toMatchObject({ message: expect.stringMatching(/^test\.yaml:3:5: .*chance is a chance such as/) });
  });

  it('fails with line and step where a person could not do that, and still has the trace until then', () => {
    const { play, trace } = playInstantly(scenario('steps:\n  - 1001 dials 1002\n  - 1003 answers\n'), options);
    expect(play.failure).toMatchObject({ message: expect.stringMatching(/^test\.yaml:4:5: '1003 answers': /) });
    expect(trace().lines.some((line) => line.raw?.startsWith('Action: Login'))).toBe(true);
  });

  it('registers at the start the phones that are given, or all but those that register by themselves', () => {
    const registered = (yaml: string) => {
      const { stage } = playInSimulation(scenario(yaml), { ...options, runtime: nodeRuntime({ clock: STILL }) });
      return ['1001', '1002', '1007'].filter((name) => stage.phone(name).registered);
    };
    expect(registered('given: {phones: [1002]}\nsteps: []')).toEqual(['1002']);
    expect(registered('steps: [1001 dials 1002]')).toEqual(['1001', '1002', '1007']);
    expect(registered('steps: [wait 1s, repeat 1: [1007 registers], 1002 dies, 1002 comes back]')).toEqual([
      '1001',
      '1002',
    ]);
  });

  it('gives the PBX the past that the scenario states', () => {
    const heard = (given: string, steps: string): string =>
      playInstantly(scenario(`given: ${given}\nsteps: [${steps}]`), options)
        .trace()
        .lines.map(({ raw = '' }) => raw)
        .join('');
    const asks = '{"admin sends Command": {Command: core show uptime}}, admin sends CoreStatus';
    const told = heard('{past: {up: 3min, calls: 22}}', asks);
    expect(told).toContain('Output: System uptime: 3 minutes\r\n');
    expect(told).toContain('CoreProcessedCalls: 22\r\n');
    const parks = '1001 dials 1002, wait 1s, 1002 answers, wait 1s, 1002 transfers 1001 to 700, wait 1s';
    const lotIsMade = /Event: BridgeCreate\r\n(?:[^\r]+\r\n)*BridgeType: parking\r\n/;
    expect(heard('{}', parks)).toMatch(lotIsMade);
    expect(heard('{past: {lots: [default]}}', parks)).not.toMatch(lotIsMade);
    const adds = '{"admin sends QueueAdd": {Queue: support, Interface: PJSIP/1002}}, wait 1s';
    const device = 'Device: Queue:support_pause_PJSIP/1002\r\n';
    expect(heard('{}', adds)).toContain(device);
    expect(heard('{past: {devices: {"Queue:support_pause_PJSIP/1002": NOT_INUSE}}}', adds)).not.toContain(device);
  });

  it('lays changes of configuration over the files', () => {
    const yaml = 'config: {manager.conf: {boss: {secret: s, read: all}}}\nsteps: [wait 1s]';
    const { stage } = playInstantly(scenario(yaml), options);
    expect(stage.managerSecret('boss')).toBe('s');
    expect(stage.managerSecret('admin')).toBe('adminpw');
  });
});

/** A clock that never moves. */
const STILL = { now: () => 0, setTimer: () => ({ cancel: () => undefined }) };
