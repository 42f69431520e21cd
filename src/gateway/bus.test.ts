import { describe, expect, test } from 'vitest';
import { Bus, type BusBody, type BusItem } from './bus.ts';

const body = (text = ''): BusBody => ({ kind: 'event', event: { name: 'Hold', at: 1, headers: { Channel: text } } });

function seqs(bus: Bus, seq: number, epoch = 'e'): readonly number[] | undefined {
  return bus.since({ epoch, seq })?.map((item) => item.seq);
}

describe('the bus', () => {
  test('numbers without a gap and tells listeners in order, until they stop', () => {
    const bus = new Bus('e');
    const heard: number[] = [];
    const stop = bus.subscribe(({ seq }) => heard.push(seq));
    for (let turn = 0; turn < 3; turn++) bus.publish(body());
    stop();
    bus.publish(body());
    expect(heard).toEqual([1, 2, 3]);
    expect(bus.position).toEqual({ epoch: 'e', seq: 4 });
  });

  test('gives exactly what came after a position, or nothing at all', () => {
    const bus = new Bus('e', { ringItems: 3, ringBytes: 1e6 });
    expect(seqs(bus, 0)).toEqual([]);
    for (let turn = 0; turn < 5; turn++) bus.publish(body());
    expect([0, 1, 2, 3, 4, 5, 6].map((seq) => seqs(bus, seq))).toEqual([
      undefined,
      undefined,
      [3, 4, 5],
      [4, 5],
      [5],
      [],
      undefined,
    ]);
    expect(seqs(bus, 5, 'other')).toBeUndefined();
  });

  test('keeps no more bytes than it may, the newest first, and also bears a message that is longer than all', () => {
    const bus = new Bus('e', { ringItems: 1000, ringBytes: 2000 });
    for (let turn = 0; turn < 100; turn++) {
      bus.publish(body('x'.repeat(300)));
      expect(bus.ringBytes).toBeLessThanOrEqual(2000);
    }
    expect(seqs(bus, 97)).toEqual([98, 99, 100]);
    expect(bus.kept.length).toBeLessThan(7);
    bus.publish(body('x'.repeat(5000)));
    expect(seqs(bus, 100)).toBeUndefined();
    expect(seqs(bus, 101)).toEqual([]);
    bus.publish(body());
    expect(seqs(bus, 101)).toEqual([102]);
  });

  test('counts what was made of messages for views, and never what is not kept any more', () => {
    const bus = new Bus('e', { ringItems: 1000, ringBytes: 2000 });
    const made = [{ text: 'x'.repeat(300), bytes: 300 }];
    const old: BusItem[] = [];
    bus.subscribe((item) => {
      old.push(item);
      for (const view of ['a', 'b', 'c']) bus.keepFrames(item, view, made);
    });
    for (let turn = 0; turn < 100; turn++) bus.publish(body());
    expect(bus.ringBytes).toBeLessThanOrEqual(2000);
    expect(bus.kept.map(({ seq }) => seq)).toEqual([100]);
    const before = bus.ringBytes;
    bus.keepFrames(old[0] as BusItem, 'd', made);
    expect(bus.ringBytes).toBe(before);
  });

  test('in a new epoch knows nothing of the old one, and counts on', () => {
    const bus = new Bus('e');
    bus.publish(body());
    bus.renew('f');
    bus.publish(body());
    expect(bus.position).toEqual({ epoch: 'f', seq: 2 });
    expect(seqs(bus, 1)).toBeUndefined();
    expect(seqs(bus, 1, 'f')).toEqual([2]);
    expect(seqs(bus, 0, 'f')).toBeUndefined();
  });
});
