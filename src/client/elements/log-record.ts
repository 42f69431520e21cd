import type { PbxEvent } from '../events/pbx-event.ts';

/** One row of the log. */
export type LogRecord = EventRecord | NoteRecord;

/** The connection or the PBX came or went. */
export interface NoteRecord {
  readonly kind: 'note';
  readonly text: string;
  readonly atMs: number;
}

export interface EventRecord {
  readonly kind: 'event';
  readonly event: PbxEvent;
  /** From the PBX where its events carry a Timestamp, else from the gateway, to this page; 0 at least. */
  readonly latencyMs: number;
  readonly from: 'pbx' | 'gateway';
}

export function recordOf(event: PbxEvent): EventRecord {
  const madeAtMs = event.madeAtMs;
  const latencyMs = Math.max(0, event.receivedAtMs - (madeAtMs ?? event.gatewayAtMs));
  return { kind: 'event', event, latencyMs, from: madeAtMs === undefined ? 'gateway' : 'pbx' };
}

/** A note of now; none where there is nothing to say. */
export function noteOf(text: string | undefined): NoteRecord | undefined {
  return text === undefined ? undefined : { kind: 'note', text, atMs: performance.timeOrigin + performance.now() };
}

/** `0.8 ms`, `12 ms`, `1.2 s`. */
export function latencyText(ms: number): string {
  if (ms >= 1_000) return `${(ms / 1_000).toFixed(1)} s`;
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`;
}

/** Whether a person who types `filter` means this: an event by its name or any of its values, a note by its words. */
export function matches(record: LogRecord, filter: string): boolean {
  const wanted = filter.toLowerCase();
  if (wanted === '') return true;
  if (record.kind === 'note') return record.text.toLowerCase().includes(wanted);
  const { event } = record;
  const values = Object.values(event.headers as object).flat();
  return [event.name, ...values].some((text) => String(text).toLowerCase().includes(wanted));
}
