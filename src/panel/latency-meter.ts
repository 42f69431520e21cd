import type { AsterClick } from '../client/asterclick.ts';
import type { LampChange } from '../client/elements/lamp.ts';
import type { PbxEvent } from '../client/events/pbx-event.ts';

/** How long one hold, or its end, took from the PBX to the lamp on this page. Times are ms since the epoch. */
export interface LampLatency {
  readonly event: 'Hold' | 'Unhold';
  readonly extension: string;
  readonly seq: number;
  /** When the PBX made the event, by its own clock; `undefined` where its events carry no Timestamp. */
  readonly pbxAtMs: number | undefined;
  readonly gatewayAtMs: number;
  readonly receivedAtMs: number;
  readonly lampAtMs: number;
  /** From the earliest of these to the lamp. Right only where all clocks are one, as in the demo. */
  readonly totalMs: number;
}

/** An event whose lamp does not change within this time changes none. */
const PATIENCE_MS = 1_000;

/** Matches Hold and Unhold events with the lamps that they change. */
export class LatencyMeter {
  /** All so far, oldest first. */
  readonly latencies: LampLatency[] = [];
  readonly #pending = new Map<string, PbxEvent<'Hold'> | PbxEvent<'Unhold'>>();
  readonly #measured: (latency: LampLatency) => void;

  constructor(measured: (latency: LampLatency) => void) {
    this.#measured = measured;
  }

  listenTo(client: AsterClick): void {
    for (const name of ['Hold', 'Unhold'] as const) {
      client.on(name, (event) => {
        const extension = client.live.extensionOfChannel(event.headers.Channel);
        if (extension !== undefined) this.expect(extension, event);
      });
    }
  }

  expect(extension: string, event: PbxEvent<'Hold'> | PbxEvent<'Unhold'>): void {
    this.#pending.set(extension, event);
  }

  lampChanged({ extension, before, lamp, atMs }: LampChange): void {
    const event = this.#pending.get(extension);
    if (!event || (event.name === 'Hold' ? lamp : before) !== 'held') return;
    this.#pending.delete(extension);
    const { seq, madeAtMs: pbxAtMs, gatewayAtMs, receivedAtMs } = event;
    const totalMs = atMs - (pbxAtMs ?? gatewayAtMs);
    if (atMs - receivedAtMs > PATIENCE_MS) return;
    const latency = { event: event.name, extension, seq, pbxAtMs, gatewayAtMs, receivedAtMs, lampAtMs: atMs, totalMs };
    this.latencies.push(latency);
    this.#measured(latency);
  }
}

/** The value below which a share of `values` lies; `undefined` of none. */
export function quantile(values: readonly number[], share: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}
