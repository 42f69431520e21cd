import { describe, expect, it } from 'vitest';
import { ManualClock } from '../ami/manual-clock.ts';
import { nodeRuntime } from '../ami/runtime.node.ts';
import { BusyHour, type BusyHourStatistics, busyOffice } from './busy-hour.ts';
import { createStage } from './simulated-stage.ts';

function hour(seed: number, calls = 12, forMs = 180_000) {
  const clock = new ManualClock();
  const stage = createStage({ runtime: nodeRuntime({ clock }), files: busyOffice(calls, seed), seed });
  const names: string[] = [];
  const numbers = new Set<string>();
  stage.simulation.onEvent(({ name, headers }) => {
    names.push(name);
    numbers.add(headers.find(([header]) => header === 'Exten')?.[1] ?? '');
  });
  const reports: BusyHourStatistics[] = [];
  const busy = new BusyHour(stage, { calls, seed, services: { queue: '610', meeting: '500' } });
  busy.start(10_000, (statistics) => reports.push(statistics));
  clock.advance(forMs);
  return { clock, stage, busy, names, numbers, reports };
}

describe('a busy hour', () => {
  it('has as many calls at a time as it is told, of every kind, and never more', () => {
    const { busy, stage, clock, names, numbers, reports } = hour(1);
    expect(stage.warnings).toEqual([]);
    for (const { running } of reports.slice(2)) {
      expect(running).toBeGreaterThan(8);
      expect(running).toBeLessThanOrEqual(12);
    }
    const kinds = [
      'Hold',
      'Unhold',
      'BlindTransfer',
      'AttendedTransfer',
      'QueueCallerJoin',
      'AgentConnect',
      'ConfbridgeJoin',
    ];
    expect(kinds.filter((kind) => !names.includes(kind))).toEqual([]);
    expect([...numbers]).toEqual(expect.arrayContaining(['610', '500']));
    expect(reports.at(-1)).toEqual(busy.statistics);
    expect(busy.statistics).toMatchObject({ events: names.length, actions: 0, sessions: 0 });
    busy.stop();
    clock.advance(600_000);
    expect(stage.simulation.channels()).toEqual([]);
    stage.dispose();
    expect(clock.pending).toBe(0);
  });

  it('is the same for the same seed, and another for another', () => {
    expect(hour(1, 3, 30_000).names).toEqual(hour(1, 3, 30_000).names);
    expect(hour(2, 3, 30_000).names).not.toEqual(hour(1, 3, 30_000).names);
  });
});
