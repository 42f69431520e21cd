import type { Link } from '../../ami/link.ts';
import { AmiMessage, type Header } from '../../ami/message.ts';
import { parseMessage } from '../../ami/parse-message.ts';
import { PbxFramer } from '../../ami/pbx-framer.ts';
import type { Clock, TextCoding, Timer } from '../../ami/runtime.ts';
import { serializeAction } from '../../ami/serializer.ts';

/** Marks answers to actions that came without an ActionID; taken out again before anybody sees it. */
const OWN_ACTION_ID = 'ajam-without-actionid';

/** Gets the messages of one answer; none where the wait was taken over by another. */
export type Answer = (messages: readonly AmiMessage[]) => void;

interface WaitingAction {
  readonly headers: readonly Header[];
  readonly actionId: string;
  readonly answer: Answer;
}

/**
 * A manager session over HTTP: actions are answered one at a time, events queue up until a WaitEvent fetches them.
 * Behind it stands an ordinary AMI session over a link, so that rights, filters and lists are those of any session.
 */
export class AjamSession {
  readonly #link: Link;
  readonly #clock: Clock;
  readonly #text: TextCoding;
  readonly #framer = new PbxFramer();
  readonly #actions: WaitingAction[] = [];
  #collected: AmiMessage[] = [];
  #events: AmiMessage[] = [];
  #eventWaiter: { readonly answer: Answer; readonly timer: Timer; readonly actionId: readonly Header[] } | undefined;
  #sawBanner = false;
  #closed = false;

  constructor(link: Link, runtime: { readonly clock: Clock; readonly text: TextCoding }) {
    this.#link = link;
    this.#clock = runtime.clock;
    this.#text = runtime.text;
    link.attach({ data: (bytes) => this.#read(bytes), end: () => this.close(), close: () => this.close() });
  }

  /** True once either side has ended it. */
  get closed(): boolean {
    return this.#closed;
  }

  /** Sends an action as it is; the answer is its response, and the events of its list where it starts one. */
  act(headers: readonly Header[], answer: Answer): void {
    const actionId = new AmiMessage(headers).get('ActionID');
    this.#actions.push({ headers, actionId: actionId || OWN_ACTION_ID, answer });
    if (this.#actions.length === 1) this.#send();
  }

  /**
   * Answers with the events since the last time: at once where there are any, else at the first one or after `timeoutMs`.
   * A wait that is under way is ended empty. Source: recording `ajam-rawman-parallel`.
   */
  waitForEvents(timeoutMs: number, actionId: string | undefined, answer: Answer): void {
    this.#endWait([]);
    const timer = this.#clock.setTimer(this.#events.length > 0 ? 0 : timeoutMs, () => this.#answerWait());
    this.#eventWaiter = { answer, timer, actionId: actionId ? [['ActionID', actionId]] : [] };
  }

  /** Ends what is under way with what there is of it. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#link.destroy();
    this.#endWait([]);
    for (const action of this.#actions.splice(0)) action.answer(this.#collected.splice(0));
  }

  #send(): void {
    const action = this.#actions[0];
    if (action === undefined) return;
    const isOwn = action.actionId === OWN_ACTION_ID;
    const headers: readonly Header[] = isOwn ? [...action.headers, ['ActionID', OWN_ACTION_ID]] : action.headers;
    this.#link.write(serializeAction(headers, this.#text));
  }

  #read(bytes: Uint8Array): void {
    for (const frame of this.#framer.push(bytes)) {
      if (this.#sawBanner) this.#receive(parseMessage(frame.bytes, this.#text));
      this.#sawBanner = true;
    }
  }

  #receive(message: AmiMessage): void {
    const shown = withoutOwnActionId(message);
    if (this.#belongsToAnswer(message)) {
      this.#collected.push(shown);
      if (isLastOfAnswer(message)) this.#answerAction();
    } else if (message.event !== 'FullyBooted') {
      // FullyBooted is part of a login over TCP only. Source: recording `ajam-rawman-hold-waitevent`, the "drain" after login
      this.#events.push(shown);
      if (this.#eventWaiter) this.#answerWait();
    }
  }

  #belongsToAnswer(message: AmiMessage): boolean {
    const action = this.#actions[0];
    if (action === undefined) return false;
    if (this.#collected.length === 0) return message.response !== undefined;
    return message.event !== undefined && message.get('ActionID') === action.actionId;
  }

  #answerAction(): void {
    const action = this.#actions.shift();
    action?.answer(this.#collected.splice(0));
    this.#send();
  }

  #answerWait(): void {
    const actionId = this.#eventWaiter?.actionId ?? [];
    const response: readonly Header[] = [
      ['Response', 'Success'],
      ...actionId,
      ['Message', 'Waiting for Event completed.'],
    ];
    const complete: readonly Header[] = [['Event', 'WaitEventComplete'], ...actionId];
    this.#endWait([new AmiMessage(response), ...this.#events.splice(0), new AmiMessage(complete)]);
  }

  #endWait(messages: readonly AmiMessage[]): void {
    const waiter = this.#eventWaiter;
    this.#eventWaiter = undefined;
    waiter?.timer.cancel();
    waiter?.answer(messages);
  }
}

function isLastOfAnswer(message: AmiMessage): boolean {
  const list = message.get('EventList')?.toLowerCase();
  return message.event === undefined ? list !== 'start' : list === 'complete' || list === 'cancelled';
}

function withoutOwnActionId(message: AmiMessage): AmiMessage {
  const at = message.headers.findIndex(([, value]) => value === OWN_ACTION_ID);
  if (at < 0) return message;
  const rest = <Item>(items: readonly Item[]) => items.filter((_, index) => index !== at);
  return new AmiMessage(rest(message.headers), { encoding: message.encoding, rows: rest(message.rows) });
}
