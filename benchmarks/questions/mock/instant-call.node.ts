import { nodeRuntime } from '../../../src/ami/runtime.node.ts';
import { smallOffice } from '../../../src/mock-ami/config/small-office.ts';
import { playInstantly } from '../../../src/mock-ami/play-in-simulation.ts';
import { parseScenario } from '../../../src/scenarios/parse-scenario.ts';
import { median } from '../../median.ts';
import type { Question, Row } from '../../question.ts';

const RUNS = 51;
const CALL_MS = 10_000;

/** Ten seconds from the dialling to the end; the client logs in at its start and off at its end. */
const SCENARIO = `
scenario: ten-seconds
steps:
  - 1001 dials 1002
  - wait 1s
  - 1002 answers
  - wait 3s
  - 1001 holds
  - wait 3s
  - 1001 resumes
  - wait 3s
  - 1001 hangs up
`;

export const question: Question = {
  asks: 'How long do ten seconds of a call take at speed instant, with one client?',
  method: [
    `A PBX is set up, a client logs in, 1001 calls 1002, holds and resumes, the client logs off: all of it, ${RUNS} times in one process, on`,
    'a clock that does not wait. First: code not yet compiled by the engine. Bar: the median at most 1/500 of the call.',
    "Processor time is what counts where other programs keep the machine busy; the engine's own threads are in it too.",
  ].join('\n'),
  async answer() {
    const parsed = parseScenario(SCENARIO);
    const times = Array.from({ length: RUNS }, () => {
      const startedMs = performance.now();
      const cpu = process.cpuUsage();
      const { play, trace } = playInstantly(parsed, { runtime: nodeRuntime(), files: smallOffice });
      const ms = performance.now() - startedMs;
      const { user, system } = process.cpuUsage(cpu);
      const hangups = trace().lines.filter(({ raw }) => raw?.startsWith('Event: Hangup\r\n') === true).length;
      if (play.failure !== undefined || hangups !== 2) throw new Error(`the call has ${hangups} Hangup events`);
      return { ms, cpuMs: (user + system) / 1000 };
    });
    return [
      row('real time', CALL_MS),
      row('instant, first', times[0]?.ms ?? Number.NaN),
      row('instant, median', median(times.map(({ ms }) => ms))),
      row('instant, median of processor time', median(times.map(({ cpuMs }) => cpuMs))),
    ];
  },
};

function row(way: string, ms: number): Row {
  return { way, ms: Math.round(ms * 100) / 100, 'times as fast': Math.round(CALL_MS / ms) };
}
