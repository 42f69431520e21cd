import { MockPbx } from '../../../src/mock-ami/mock-pbx.node.ts';
import { median } from '../../median.ts';
import type { Question, Row } from '../../question.ts';
import { msToListening } from '../../start-mock.node.ts';

const STARTS = 9;
const RESETS = 51;

export const question: Question = {
  asks: 'How long does a reset take, against a start?',
  method: [
    `A start is that of the command net-mock-ami until it listens (${STARTS} times). A reset is MockPbx.reset() of a PBX with a call that is up (${RESETS} times),`,
    'after which that call is gone. Medians. Bar: at most 1/20 of a start.',
  ].join('\n'),
  async answer() {
    const starts: number[] = [];
    for (let run = 0; run < STARTS; run += 1) starts.push(await msToListening());
    const start = median(starts);
    const reset = median(await resets());
    return [row('start to listening', start, start), row('reset', reset, start)];
  },
};

async function resets(): Promise<number[]> {
  await using pbx = await MockPbx.listen({ speed: 0 });
  return Array.from({ length: RESETS }, () => {
    pbx.stage.phone('1001').dial('1002');
    pbx.clock.advance(1000);
    pbx.stage.phone('1002').answer();
    pbx.clock.advance(1000);
    if (pbx.stage.phone('1001').calls[0]?.state !== 'up') throw new Error('the call is not up');
    const startedMs = performance.now();
    pbx.reset();
    const ms = performance.now() - startedMs;
    if (pbx.stage.phone('1001').calls.length > 0) throw new Error('the call is still there');
    return ms;
  });
}

function row(what: string, ms: number, start: number): Row {
  return { what, ms: Math.round(ms * 100) / 100, 'of a start': Math.round((ms / start) * 10_000) / 10_000 };
}
