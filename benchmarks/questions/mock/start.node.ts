import { median } from '../../median.ts';
import type { Question } from '../../question.ts';
import { msOfEmptyProgram, msToListening } from '../../start-mock.node.ts';

const RUNS = 15;

export const question: Question = {
  asks: 'How long does net-mock-ami take from its start to listening?',
  method: [
    `The command of the package as it is built, until it says its port, and an empty Node program until it has ended, by turns, ${RUNS} times each;`,
    'medians. Bar: at most 4 times the empty program.',
  ].join('\n'),
  async answer() {
    const runs: { empty: number; mock: number }[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      runs.push({ empty: await msOfEmptyProgram(), mock: await msToListening() });
    }
    const empty = median(runs.map((each) => each.empty));
    const mock = median(runs.map((each) => each.mock));
    return [
      { program: 'empty Node program', ms: Math.round(empty), 'of empty': 1 },
      { program: 'net-mock-ami, listening', ms: Math.round(mock), 'of empty': Math.round((mock / empty) * 100) / 100 },
    ];
  },
};
