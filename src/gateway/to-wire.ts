import type { AmiMessage } from '../ami/message.ts';
import { headersOf, type WireEvent, type WireHeaders } from './wire/event.ts';

/**
 * An AMI event in the form that browsers and the reducer read: its lines in order, and the same by name.
 * @param atMs when it was read, ms since the epoch; kept to a tenth
 */
export function toWire(message: AmiMessage, atMs: number): WireEvent {
  const lines = message.headers.slice(1);
  return { name: message.event ?? '', at: Math.round(atMs * 10) / 10, headers: headersOf(lines), lines };
}

export function toHeaders(message: AmiMessage, without: ReadonlySet<string> = new Set()): WireHeaders {
  return headersOf(message.headers, without);
}
