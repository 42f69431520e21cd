import type { TextCoding } from '../../ami/runtime.ts';
import type { PbxEvent } from '../pbx/event.ts';
import { amiTimestamp } from './ami-timestamp.ts';

/** An event as it stands on the wire. */
export interface EventText {
  readonly text: string;
  readonly bytes: Uint8Array;
}

/** Makes the wire form of events: once for all sessions that see them. */
export class EventTexts {
  readonly #coding: TextCoding;
  readonly #plain = new WeakMap<PbxEvent, EventText>();
  readonly #stamped = new WeakMap<PbxEvent, EventText>();

  constructor(coding: TextCoding) {
    this.#coding = coding;
  }

  /** @param timestamps put a `Timestamp` after the privilege. Source: recording `variant-timestampevents` */
  of(event: PbxEvent, timestamps: boolean): EventText {
    const known = timestamps ? this.#stamped : this.#plain;
    const before = known.get(event);
    if (before !== undefined) return before;
    const text = eventText(event, timestamps);
    const made = { text, bytes: this.#coding.encode(text, event.encoding) };
    known.set(event, made);
    return made;
  }
}

function eventText(event: PbxEvent, timestamps: boolean): string {
  let text = `Event: ${event.name}\r\nPrivilege: ${event.privilege}\r\n`;
  if (timestamps) text += `Timestamp: ${amiTimestamp(event.atMs)}\r\n`;
  for (const [name, value] of event.headers) text += name === '' ? `${value}\r\n` : `${name}: ${value}\r\n`;
  return `${text}\r\n`;
}
