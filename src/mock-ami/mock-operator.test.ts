import { expect, it } from 'vitest';
import { ManualClock } from '../ami/manual-clock.ts';
import { PacedClock } from '../ami/paced-clock.ts';
import { nodeRuntime } from '../ami/runtime.node.ts';
import type { Scenario, Step } from '../scenarios/types.ts';
import { smallOffice } from './config/small-office.ts';
import { MockOperator } from './mock-operator.ts';
import { createStage } from './simulated-stage.ts';

const AWAY: Step = { do: 'stays-away', client: 'admin' };

it('remembers the newest thousand scenarios that have ended, and each that still plays', () => {
  const wall = new ManualClock();
  const clock = new PacedClock(wall);
  const runtime = nodeRuntime({ clock });
  const operator = new MockOperator({ stage: createStage({ runtime, files: smallOffice }), clock, wall, runtime });
  const play = (scenario: string, ...steps: Step[]) =>
    operator.play({ scenario, steps: [AWAY, ...steps] } satisfies Scenario);
  const long = play('long', { do: 'wait', for: 60_000 });
  for (let n = 0; n < 1005; n++) play(`short ${n}`);
  expect(operator.plays.map(({ id }) => id)).toEqual([1, ...Array.from({ length: 999 }, (_, at) => at + 8)]);
  expect([long.ended, operator.plays.at(-1)?.ended]).toEqual([false, true]);
  wall.advance(70_000);
  expect([long.ended, long.failure]).toEqual([true, undefined]);
  operator.close();
});
