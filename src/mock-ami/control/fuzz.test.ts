import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../ami/manual-clock.ts';
import { nodeRuntime } from '../../ami/runtime.node.ts';
import { smallOffice } from '../config/small-office.ts';
import { createStage } from '../simulated-stage.ts';
import { ControlServer } from './control-server.ts';

const text = fc.oneof(
  fc.constantFrom('1001', '1002', '500', '610', '*8', '#', '', 'busy', '603', '__proto__', 'x'.repeat(300), '\0\r\n'),
  fc.string({ maxLength: 8 }),
);
const anything = fc.oneof(text, fc.integer(), fc.constant(null), fc.boolean(), fc.array(text, { maxLength: 2 }));
const button = fc.record(
  {
    id: fc.oneof(fc.nat(), anything),
    do: fc.oneof(
      fc.constantFrom(
        'dial',
        'answer',
        'hangUp',
        'hold',
        'resume',
        'reject',
        'transfer',
        'connect',
        'press',
        'register',
        'unregister',
      ),
      anything,
    ),
    phone: fc.oneof(fc.constantFrom('1001', '1002', '1003'), anything),
    number: anything,
    other: anything,
    one: anything,
    two: anything,
    to: anything,
    digits: anything,
    reason: anything,
  },
  { requiredKeys: ['id', 'do', 'phone'] },
);
const message = fc.oneof(
  { arbitrary: button.map((value) => JSON.stringify(value)), weight: 5 },
  fc.string(),
  fc.json(),
);

describe('the control socket, whatever it is sent', () => {
  it('answers every message once, and the phones go on: 2,000 messages', () => {
    const clock = new ManualClock();
    const stage = createStage({ runtime: nodeRuntime({ clock }), files: smallOffice });
    const answers: string[] = [];
    const server = new ControlServer(stage);
    const connection = server.connect({ send: (sent) => answers.push(JSON.parse(sent).type) });
    fc.assert(
      fc.property(message, (sent) => {
        answers.length = 0;
        connection.receive(sent);
        clock.advance(700);
        expect(answers.filter((type) => type === 'done' || type === 'failed')).toHaveLength(1);
      }),
      { seed: 7, numRuns: 2000, endOnFailure: true },
    );
    for (const name of stage.phoneNames) stage.phone(name).hangUpAll();
    clock.advance(3_600_000);
    expect(stage.simulation.channels()).toEqual([]);
    server.close();
  });
});
