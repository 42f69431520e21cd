import type { AmiMessage, Header } from '../../ami/message.ts';
import type { Encoding } from '../../ami/runtime.ts';
import type { Pbx } from '../pbx/pbx.ts';
import type { ManagerSession } from '../server/manager-session.ts';
import type { SessionHost } from '../server/session-host.ts';
import type { JournalEntry } from './journal.ts';

/** A row of a list: an event to the sender alone. */
export interface ListItem {
  readonly event: string;
  readonly headers: readonly Header[];
}

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
}

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
  respond(response: string, headers: readonly Header[], options: { readonly withoutId?: boolean } = {}): Answered {
    this.#send([['Response', response], ...(options.withoutId ? [] : this.#id()), ...headers]);
    const message = headers.find(([name]) => name === 'Message')?.[1] ?? '';
    this.host.journal.answered(this.entry, { response, message, atMs: this.pbx.now });
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
    for (const { event, headers } of list.items) {
      this.event(event, list.actionIdStands === 'second' ? [...this.#id(), ...headers] : [...headers, ...this.#id()]);
    }
    return this.#endList(list.complete, list.items.length, list.more);
  }

  #endList(complete: string, count: number, more: readonly Header[] = []): Answered {
    this.event(complete, [...this.#id(), ['EventList', 'Complete'], ['ListItems', String(count)], ...more]);
    return 'answered';
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

  #send(headers: readonly Header[]): void {
    let text = '';
    for (const [name, value] of headers) text += name === '' ? `${value}\r\n` : `${name}: ${value}\r\n`;
    this.raw(`${text}\r\n`);
  }

  /** What the sender wrote in bytes that are not UTF-8 goes back as the same bytes. */
  #encoding(text: string): Encoding {
    return this.message.encoding === 'latin1' && /^[\0-\xff]*$/.test(text) ? 'latin1' : 'utf8';
  }
}
