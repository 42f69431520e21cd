import type { FrameProblem } from '../../ami/framer.ts';
import type { LinkAddress } from '../../ami/link.ts';
import type { AmiMessage } from '../../ami/message.ts';
import type { Encoding, Timer } from '../../ami/runtime.ts';
import type { JournalEntry } from '../actions/journal.ts';
import type { EventFilter } from '../config/event-filter.ts';
import type { PbxEvent } from '../pbx/event.ts';
import { ALL_CLASSES, privilegeBits } from './event-class.ts';
import type { EventText } from './event-text.ts';
import type { ManagerAccount } from './manager-settings.ts';
import { passesFilters } from './passes-filters.ts';
import { runAction } from './run-action.ts';
import type { SessionHost } from './session-host.ts';

/** What a message is: an event of the PBX, or a part of the answer to an action. */
export type MessageKind = { readonly event: PbxEvent } | { readonly answerTo: JournalEntry };

/** Where a session's bytes go. */
export interface SessionOutput {
  /** @param bytes one message; absent `kind`: the banner */
  write(bytes: Uint8Array, kind?: MessageKind): void;
  /** Nothing follows: the connection may end. */
  end(): void;
  /** The session has done all that came so far. */
  idle?(): void;
}

/** A message from the client, or why it could not be read. */
export interface SessionInput {
  readonly message: AmiMessage;
  readonly problem?: FrameProblem;
}

/** What keeps a session from its next action. */
interface Block {
  /** True where it is over. */
  readonly isOver: () => boolean;
  readonly goOn: () => void;
}

export interface SessionPeer {
  readonly local: LinkAddress;
  readonly remote: LinkAddress;
}

/**
 * One manager session: who it is, what it may see, and its actions one after the other.
 * As the thread of a real session does, it sends no event while it works on an action: those that come meanwhile follow its answer.
 * It knows nothing of connections: {@link SessionOutput} takes its bytes.
 */
export class ManagerSession {
  readonly number: number;
  /** As security events show it: what would be an address in Asterisk's memory. */
  readonly id: string;
  readonly peer: SessionPeer;
  readonly output: SessionOutput;
  /** Set by a login, its name as the client wrote it; not changed by a reload. */
  user: ManagerAccount | undefined;
  /** When it logged in; 0 before. */
  loginMs = 0;
  /** The text that an MD5 login has to prove with; '' where none was asked for. */
  challenge = '';
  /** Bits of the classes that it wants to see. */
  mask = ALL_CLASSES;
  filters: readonly EventFilter[] = [];
  readonly #host: SessionHost;
  readonly #inbox: SessionInput[] = [];
  #events: EventText[] = [];
  #block: Block | undefined;
  #timer: Timer | undefined;
  #busy = false;
  #inputEnded = false;
  #closed = false;

  constructor(host: SessionHost, peer: SessionPeer, output: SessionOutput, number: number) {
    this.#host = host;
    this.peer = peer;
    this.output = output;
    this.number = number;
    this.id = `0x7f${(Math.imul(number, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0')}${(number % 256).toString(16).padStart(2, '0')}`;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Actions that wait for their turn. */
  get waiting(): number {
    return this.#inbox.length;
  }

  receive(input: SessionInput): void {
    if (this.#closed) return;
    this.#inbox.push(input);
    this.#work();
  }

  /** The client will send no more: what it sent is still done. */
  endInput(): void {
    this.#inputEnded = true;
    this.#work();
  }

  /** An event of the PBX, for this session to send if it is to see it. */
  offer(event: EventText): void {
    if (this.#closed || this.user === undefined) return;
    if (this.#busy || this.#block !== undefined) this.#events.push(event);
    else this.#sendEvent(event);
  }

  /** The PBX has come to rest: what a session waited for may be there. */
  settled(): void {
    if (this.#block !== undefined && !this.#busy) this.#work();
  }

  /** @param answerTo the action that the text answers; absent: it is the banner */
  send(text: string, encoding: Encoding = 'utf8', answerTo?: JournalEntry): void {
    if (this.#closed) return;
    this.output.write(this.#host.runtime.text.encode(text, encoding), answerTo && { answerTo });
  }

  blockFor(delayMs: number, entry: JournalEntry, then: () => void): void {
    let over = false;
    this.#setTimer(delayMs, () => {
      over = true;
    });
    this.#block = { isOver: () => over, goOn: this.#inCauseOf(entry, then) };
  }

  blockUntil<Result>(poll: () => Result | undefined, entry: JournalEntry, then: (result: Result) => void): void {
    let result: Result | undefined;
    const isOver = (): boolean => {
      result ??= poll();
      return result !== undefined;
    };
    const goOn = this.#inCauseOf(entry, () => {
      if (result !== undefined) then(result);
    });
    this.#block = { isOver, goOn };
  }

  /** Waits for the next event, the next action, or the end of `timeoutMs`; what comes meanwhile is kept for {@link sendEvents}. */
  waitForEvent(timeoutMs: number | undefined, entry: JournalEntry, then: () => void): void {
    let over = false;
    if (timeoutMs !== undefined) {
      this.#setTimer(timeoutMs, () => {
        over = true;
      });
    }
    this.#block = {
      isOver: () => over || this.#events.length > 0 || this.#inbox.length > 0 || this.#inputEnded,
      goOn: this.#inCauseOf(entry, then),
    };
  }

  /** Sends the events that came while the session was busy. */
  sendEvents(): void {
    this.#sendEvents();
  }

  /** Ends the session: what was written is still sent. */
  close(): void {
    if (this.#closed) return;
    this.forget();
    this.output.end();
  }

  /** The connection is gone, or is to be cut: nothing is sent any more. */
  forget(): void {
    this.#closed = true;
    this.#timer?.cancel();
    this.#block = undefined;
    this.#inbox.length = 0;
    this.#events = [];
  }

  #setTimer(delayMs: number, callback: () => void): void {
    this.#timer?.cancel();
    this.#timer = this.#host.runtime.clock.setTimer(delayMs, () => {
      callback();
      this.#work();
    });
  }

  #inCauseOf(entry: JournalEntry, then: () => void): () => void {
    return () => this.#host.pbx.perform(`action:${entry.id}`, then);
  }

  #work(): void {
    if (this.#busy) return;
    this.#busy = true;
    try {
      while (!this.#closed && this.#next()) {
        if (this.#block === undefined) this.#sendEvents();
      }
    } finally {
      this.#busy = false;
    }
    if (this.#closed || this.#block !== undefined) return;
    this.#sendEvents();
    if (this.#inputEnded) this.close();
    else this.output.idle?.();
  }

  /** Does the next thing; false where there is nothing to do now. */
  #next(): boolean {
    const block = this.#block;
    if (block !== undefined) {
      if (!block.isOver()) return false;
      this.#timer?.cancel();
      this.#block = undefined;
      block.goOn();
      return true;
    }
    const input = this.#inbox.shift();
    if (input === undefined) return false;
    runAction(this.#host, this, input);
    return true;
  }

  #sendEvents(): void {
    const events = this.#events;
    this.#events = [];
    for (const event of events) this.#sendEvent(event);
  }

  /** Source: `process_events`, main/manager.c: the right and the wish to see each class of the event, then the filters. */
  #sendEvent(wire: EventText): void {
    const { event } = wire;
    const classes = privilegeBits(event.privilege);
    const visible = (this.user?.readBits ?? 0) & this.mask;
    if ((visible & classes) !== classes) return;
    if (this.filters.length > 0 && !passesFilters(this.filters, event.name, wire.text)) return;
    this.output.write(wire.bytes, { event });
  }
}
