import type { Link } from '../../ami/link.ts';
import type { AmiMessage, Header } from '../../ami/message.ts';
import { parseMessage } from '../../ami/parse-message.ts';
import { PbxFramer } from '../../ami/pbx-framer.ts';
import type { Encoding, TextCoding } from '../../ami/runtime.ts';

/** Where the answer to a sent action will be found. */
export interface Answer {
  message?: AmiMessage;
}

/**
 * One of a scenario's programs at the manager interface: it sends what it is told, numbers its actions (`admin-1`, `admin-2`),
 * and tells of everything that it receives.
 */
export class AmiClient {
  readonly name: string;
  readonly #text: TextCoding;
  readonly #received: (client: AmiClient, message: AmiMessage | undefined) => void;
  readonly #awaited: { readonly actionId: string | undefined; readonly answer: Answer }[] = [];
  #link: Link | undefined;
  #actions = 0;
  /** The PBX has said its banner. */
  greeted = false;
  /** A login of any kind, raw ones too, was accepted. */
  loggedIn = false;

  /** `received` hears of every message, and of any other change with `undefined`. */
  constructor(name: string, text: TextCoding, received: (client: AmiClient, message: AmiMessage | undefined) => void) {
    this.name = name;
    this.#text = text;
    this.#received = received;
  }

  get open(): boolean {
    return this.#link !== undefined;
  }

  /** Takes over a fresh connection. */
  use(link: Link): void {
    const framer = new PbxFramer();
    this.#link = link;
    this.greeted = false;
    this.loggedIn = false;
    link.attach({
      data: (bytes) => {
        for (const frame of framer.push(bytes)) this.#take(frame.bytes);
      },
      end: () => link.end(),
      close: () => {
        if (this.#link !== link) return;
        this.#link = undefined;
        this.loggedIn = false;
        this.#awaited.length = 0;
        this.#received(this, undefined);
      },
    });
  }

  /** Sends an action; an `ActionID` among the headers stands in for one made here. A number is used up in any case. */
  send(action: string, headers: readonly Header[], options: { readonly withoutActionId?: boolean } = {}): Answer {
    const given = headers.find(([name]) => name.toLowerCase() === 'actionid')?.[1];
    this.#actions++;
    const made = given === undefined && options.withoutActionId !== true ? `${this.name}-${this.#actions}` : undefined;
    const rows = [['Action', action], ...(made === undefined ? [] : [['ActionID', made]]), ...headers];
    const answer: Answer = {};
    this.#awaited.push({ actionId: made ?? blankless(given), answer });
    this.write(`${rows.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`);
    return answer;
  }

  write(text: string, encoding: Encoding = 'utf8'): void {
    this.#link?.write(this.#text.encode(text, encoding));
  }

  /** Bytes as they are. */
  writeBytes(bytes: Uint8Array): void {
    this.#link?.write(bytes);
  }

  halfClose(): void {
    this.#link?.end();
  }

  drop(): void {
    this.#link?.destroy();
  }

  setReading(on: boolean): void {
    if (on) this.#link?.resume();
    else this.#link?.pause();
  }

  #take(bytes: Uint8Array): void {
    if (!this.greeted) {
      this.greeted = true;
      this.#received(this, undefined);
      return;
    }
    const message = parseMessage(bytes, this.#text);
    if (message.get('Response') !== undefined) {
      this.#settle(message);
      if (message.get('Message') === 'Authentication accepted') this.loggedIn = true;
    }
    this.#received(this, message);
  }

  #settle(message: AmiMessage): void {
    const actionId = blankless(message.get('ActionID'));
    const place = this.#awaited.findIndex((awaited) => awaited.actionId === actionId);
    const [awaited] = place < 0 ? [] : this.#awaited.splice(place, 1);
    if (awaited !== undefined) awaited.answer.message = message;
  }
}

/** Asterisk leaves out an ActionID that is blank. Source: recording `ping`. */
function blankless(actionId: string | undefined): string | undefined {
  return actionId?.trim() === '' ? undefined : actionId?.trim();
}
