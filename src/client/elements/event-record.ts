import type { PbxEvent } from '../events/pbx-event.ts';

/** One row of the log. */
export interface EventRecord {
  readonly event: PbxEvent;
  /** From the PBX where its events carry a Timestamp, else from the gateway, to this page; 0 at least. */
  readonly latencyMs: number;
  readonly from: 'pbx' | 'gateway';
}

export function recordOf(event: PbxEvent): EventRecord {
  const madeAtMs = event.madeAtMs;
  const latencyMs = Math.max(0, event.receivedAtMs - (madeAtMs ?? event.gatewayAtMs));
  return { event, latencyMs, from: madeAtMs === undefined ? 'gateway' : 'pbx' };
}

/** `0.8 ms`, `12 ms`, `1.2 s`. */
export function latencyText(ms: number): string {
  if (ms >= 1_000) return `${(ms / 1_000).toFixed(1)} s`;
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`;
}

/** Whether a person who types `filter` means this event: in its name, or in any of its values. */
export function matches({ event }: EventRecord, filter: string): boolean {
  if (filter === '') return true;
  const wanted = filter.toLowerCase();
  const values = Object.values(event.headers as object).flat();
  return [event.name, ...values].some((text) => String(text).toLowerCase().includes(wanted));
}
