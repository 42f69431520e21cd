import type { AmiMessage, Header } from '../../ami/message.ts';
import type { Encoding } from '../../ami/runtime.ts';
import type { Pbx } from '../pbx/pbx.ts';
import { cutShort } from '../server/cut-short.ts';
import type { ManagerSession } from '../server/manager-session.ts';
import type { SessionHost } from '../server/session-host.ts';
import type { JournalEntry } from './journal.ts';

/** A row of a list: an event to the sender alone. */
export interface ListItem {
  readonly event: string;
  readonly headers: readonly Header[];
}

/** A header, or text as it is. */
type Row = Header | string;

/** What a handler returns: that it has answered, or that it will when what it waits for is there. */
export type Answered = 'answered' | 'later';

export interface ActionList {
  /** Of the response before the rows. */
  readonly message: string;
  readonly items: readonly ListItem[];
  /** Name of the event that ends the list. */
  readonly complete: string;
  /** Headers of that event behind `ListItems`. */
  readonly more?: readonly Header[];
  /** How `EventList` says that the list begins; absent: `start`. */
  readonly opens?: 'Start';
  /** Where the rows show the ActionID: second, or last. Lists differ; the recordings tell. */
  readonly actionIdStands: 'second' | 'last';
  /** Bytes of Asterisk's buffer for the row that shows the ActionID; 256 by default. */
  readonly idBuffer?: number;
}

/** What most handlers have for `ActionID: ...`, in bytes. */
const ID_BUFFER = 256;

/** One action on its way: what it says, who sent it, and how to answer. */
export class ActionRequest {
  readonly message: AmiMessage;
  readonly session: ManagerSession;
  readonly host: SessionHost;
  readonly entry: JournalEntry;
  /** Empty where the sender gave none. */
  readonly actionId: string;

  constructor(parts: Pick<ActionRequest, 'message' | 'session' | 'host' | 'entry'>) {
    this.message = parts.message;
    this.session = parts.session;
    this.host = parts.host;
    this.entry = parts.entry;
    this.actionId = this.header('ActionID');
  }

  get pbx(): Pbx {
    return this.host.pbx;
  }

  /** Value of the first header of that name; '' where there is none. */
  header(name: string): string {
    return this.message.get(name) ?? '';
  }

  success(message = '', headers: readonly Header[] = []): Answered {
    return this.respond('Success', message === '' ? headers : [['Message', message], ...headers]);
  }

  error(message: string): Answered {
    return this.respond('Error', [['Message', message]]);
  }

  /** `Response`, `ActionID`, then the headers; a blank ActionID is left out. Source: `astman_send_response_full`, main/manager.c. */
  respond(response: string, headers: readonly Header[]): Answered {
    return this.#respondWith(response, this.#id(), headers);
  }

  /** The same, by a handler that has no more than so many bytes for the row of the ActionID: a longer one runs into the next row. */
  respondFromBuffer(response: string, headers: readonly Header[], idBuffer = ID_BUFFER): Answered {
    return this.#respondWith(response, this.#bufferedId(idBuffer), headers);
  }

  #respondWith(response: string, id: readonly Row[], headers: readonly Header[]): Answered {
    this.#send([['Response', response], ...id, ...headers]);
    const message = headers.find(([name]) => name === 'Message')?.[1] ?? '';
    this.host.journal.answered(this.entry, { response, message, atMs: this.pbx.now });
    return 'answered';
  }

  /** No answer at all, as a few actions have it. */
  silent(): Answered {
    this.host.journal.answered(this.entry, { response: '', message: '', atMs: this.pbx.now });
    return 'answered';
  }

  /** An event to the sender alone, whatever its mask; its headers as they are. */
  event(name: string, headers: readonly Header[]): void {
    this.#send([['Event', name], ...headers]);
  }

  /** A good answer with rows: the response, an event a row, and the event that ends the list and counts them. */
  list(list: ActionList): Answered {
    this.respond('Success', [
      ['EventList', list.opens ?? 'start'],
      ['Message', list.message],
    ]);
    const id = this.#bufferedId(list.idBuffer ?? ID_BUFFER);
    for (const { event, headers } of list.items) {
      this.#send([['Event', event], ...(list.actionIdStands === 'second' ? [...id, ...headers] : [...headers, ...id])]);
    }
    return this.#endList(list.complete, list.items.length, list.more);
  }

  #endList(complete: string, count: number, more: readonly Header[] = []): Answered {
    this.event(complete, [...this.#id(), ['EventList', 'Complete'], ['ListItems', String(count)], ...more]);
    return 'answered';
  }

  /** An event that says no more than which action it belongs to, behind its headers. */
  endEvent(name: string, headers: readonly Header[] = []): void {
    this.#send([['Event', name], ...headers, ...this.#bufferedId(ID_BUFFER)]);
  }

  /** Sends text as it is, for the few answers that are no rows of headers. */
  raw(text: string): void {
    this.session.send(text, this.#encoding(text), this.entry);
  }

  /** Marks in the journal that the PBX knows the action but does not do it. */
  notSimulated(): void {
    this.entry.kind = 'not-simulated';
  }

  /** Goes on in `delayMs`; until then the session does nothing else, as its thread would be busy. */
  after(delayMs: number, then: () => void): Answered {
    this.session.blockFor(delayMs, this.entry, then);
    return 'later';
  }

  /** Goes on as soon as `poll` gives something; until then the session does nothing else. */
  until<Result>(poll: () => Result | undefined, then: (result: Result) => void): Answered {
    this.session.blockUntil(poll, this.entry, then);
    return 'later';
  }

  #id(): Header[] {
    return this.actionId === '' ? [] : [['ActionID', this.actionId]];
  }

  /** As handlers write it that build the row in a buffer of their own: what does not fit is lost, the end of the row first. */
  #bufferedId(bytes: number): readonly Row[] {
    return this.actionId === '' ? [] : [cutShort(`ActionID: ${this.actionId}\r\n`, bytes - 1)];
  }

  #send(rows: readonly Row[]): void {
    let text = '';
    for (const row of rows) {
      if (typeof row === 'string') text += row;
      else text += row[0] === '' ? `${row[1]}\r\n` : `${row[0]}: ${row[1]}\r\n`;
    }
    this.raw(`${text}\r\n`);
  }

  /** What the sender wrote in bytes that are not UTF-8 goes back as the same bytes. */
  #encoding(text: string): Encoding {
    return this.message.encoding === 'latin1' && /^[\0-\xff]*$/.test(text) ? 'latin1' : 'utf8';
  }
}
