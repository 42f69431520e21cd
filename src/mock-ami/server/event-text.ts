import type { TextCoding } from '../../ami/runtime.ts';
import type { PbxEvent } from '../pbx/event.ts';
import { amiTimestamp } from './ami-timestamp.ts';

/** An event as it stands on the wire: made when the first session is to see it, once for all of them. */
export class EventText {
  readonly event: PbxEvent;
  readonly #timestamp: boolean;
  readonly #coding: TextCoding;
  #text: string | undefined;
  #bytes: Uint8Array | undefined;

  /** @param timestamp put a `Timestamp` after the privilege. Source: recording `variant-timestampevents` */
  constructor(event: PbxEvent, timestamp: boolean, coding: TextCoding) {
    this.event = event;
    this.#timestamp = timestamp;
    this.#coding = coding;
  }

  get text(): string {
    this.#text ??= this.#write();
    return this.#text;
  }

  get bytes(): Uint8Array {
    this.#bytes ??= this.#coding.encode(this.text, this.event.encoding);
    return this.#bytes;
  }

  #write(): string {
    const { name, privilege, atMs, headers } = this.event;
    let text = `Event: ${name}\r\nPrivilege: ${privilege}\r\n`;
    if (this.#timestamp) text += `Timestamp: ${amiTimestamp(atMs)}\r\n`;
    for (const [header, value] of headers) text += header === '' ? `${value}\r\n` : `${header}: ${value}\r\n`;
    return `${text}\r\n`;
  }
}
