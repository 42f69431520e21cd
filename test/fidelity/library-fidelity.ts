/** Plays scenarios of the library in the simulation and measures them against the recordings of the same names. */
import { nodeRuntime } from '../../src/ami/runtime.node.ts';
import { playInstantly } from '../../src/mock-ami/play-in-simulation.ts';
import { type Comparison, compareTraces } from '../../src/scenarios/fidelity/compare.ts';
import { libraryNames, libraryScenario } from '../../src/scenarios/library.ts';
import { labConfig, readTrace, traceNames } from '../fixtures.ts';

export interface Measured extends Comparison {
  readonly scenario: string;
  /** Why the scenario could not be played to its end. */
  readonly failure?: string;
}

const runs = traceNames({ secondRuns: true });
const files = labConfig();
const runtime = nodeRuntime();

/** Names of the scenarios of the library that were recorded, sorted. */
export function recordedScenarios(): readonly string[] {
  const recorded = new Set(runs);
  return libraryNames().filter((name) => recorded.has(name));
}

/** Plays it with the configuration that the recorded Asterisk had, at once, and compares it with all its recordings. */
export function measure(scenario: string): Measured {
  const { play, trace } = playInstantly(libraryScenario(scenario), { runtime, files });
  const recordings = runs.filter((name) => name === scenario || name.startsWith(`${scenario}.run`)).map(readTrace);
  const failure =
    play.failure === undefined
      ? {}
      : { failure: play.failure instanceof Error ? play.failure.message : String(play.failure) };
  return { scenario, ...compareTraces(recordings, trace()), ...failure };
}
