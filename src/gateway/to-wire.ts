import type { AmiMessage } from '../ami/message.ts';
import type { WireEvent, WireHeaders } from './wire/event.ts';

/** Rows that say what the message is, not what happened. */
const ENVELOPE = new Set(['Event', 'Privilege']);

/**
 * An AMI event in the form that browsers and the reducer read: repeated headers as arrays.
 * @param atMs when it was read, ms since the epoch; kept to a tenth
 */
export function toWire(message: AmiMessage, atMs: number): WireEvent {
  return { name: message.event ?? '', at: Math.round(atMs * 10) / 10, headers: toHeaders(message, ENVELOPE) };
}

/** Headers as an object without a prototype, so that no name means anything but itself. */
export function toHeaders(message: AmiMessage, without: ReadonlySet<string> = new Set()): WireHeaders {
  const headers: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of message.headers) {
    if (without.has(name)) continue;
    const before = headers[name];
    if (before === undefined) headers[name] = value;
    else if (typeof before === 'string') headers[name] = [before, value];
    else before.push(value);
  }
  return headers;
}
