import { describe, expect, it } from 'vitest';
import { PbxEvent } from '../client/events/pbx-event.ts';
import { LatencyMeter, quantile } from './latency-meter.ts';

describe('LatencyMeter', () => {
  const hold = (name: 'Hold' | 'Unhold', headers: Record<string, string> = {}) =>
    new PbxEvent<'Hold'>(
      { type: 'event', pbx: 'p', seq: 7, prev: 6, at: 1_000, name, headers: headers as never },
      1_001,
    ) as PbxEvent<'Hold'>;
  const change = (before: 'up' | 'held', lamp: 'up' | 'held', atMs: number) => ({
    extension: '1001',
    before,
    lamp,
    atMs,
  });

  it("measures from the PBX's own stamp to the lamp", () => {
    const meter = new LatencyMeter(() => {});
    meter.expect('1001', hold('Hold', { Timestamp: '0.999250' }));
    meter.lampChanged(change('up', 'held', 1_002));
    expect(meter.latencies).toMatchObject([
      { event: 'Hold', extension: '1001', seq: 7, pbxAtMs: 999.25, lampAtMs: 1_002, totalMs: 2.75 },
    ]);
  });

  it("measures from the gateway's stamp where the PBX gives none", () => {
    const meter = new LatencyMeter(() => {});
    meter.expect('1001', hold('Unhold'));
    meter.lampChanged(change('held', 'up', 1_002));
    expect(meter.latencies).toMatchObject([{ event: 'Unhold', totalMs: 2 }]);
  });

  it('counts no change that the event did not make', () => {
    const meter = new LatencyMeter(() => {});
    meter.lampChanged(change('up', 'held', 1_002));
    meter.expect('1001', hold('Hold'));
    meter.lampChanged(change('held', 'up', 1_003));
    meter.lampChanged(change('up', 'held', 9_000));
    expect(meter.latencies).toEqual([]);
  });

  it('finds the median and the ninety-ninth of a hundred', () => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect([quantile(values, 0.5), quantile(values, 0.99), quantile([], 0.5)]).toEqual([51, 100, undefined]);
  });
});
