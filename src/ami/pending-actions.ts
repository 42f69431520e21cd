import { AmiError } from './ami-error.ts';
import type { AmiMessage } from './message.ts';
import type { Clock, Timer } from './runtime.ts';

const MAX_ROWS = 100_000;

/** What Asterisk said to one action. */
export interface AmiReply {
  readonly response: AmiMessage;
  /** The events of the list that was asked for, in order, without the one that closes it. */
  readonly rows: readonly AmiMessage[];
  /** The event that closes the list; `undefined` where the answer is the response alone. */
  readonly complete?: AmiMessage;
}

export interface RequestOptions {
  /** For the response, and from each event of a list to the next. */
  readonly timeoutMs?: number;
  /**
   * Name of the event that completes the answer, where the response does not say `EventList: start`: lists of older Asterisks
   * (`QueueStatusComplete`), or an outcome that comes later (`OriginateResponse`, `WaitEventComplete`).
   */
  readonly until?: string;
  /** Hears the response when it comes, in true order with events; the promise settles later. */
  readonly onResponse?: (response: AmiMessage) => void;
  /** Hears each row when it comes, in true order with the live events. */
  readonly onRow?: (row: AmiMessage) => void;
}

interface PendingAction {
  readonly action: string;
  readonly options: RequestOptions;
  readonly timeoutMs: number;
  readonly resolve: (reply: AmiReply) => void;
  readonly reject: (error: AmiError) => void;
  timer: Timer;
  response?: AmiMessage;
  readonly rows: AmiMessage[];
  complete?: AmiMessage;
}

/** Who waits for what: finds the action that a response or a row answers, by its ActionID, and settles its promise. */
export class PendingActions {
  readonly #clock: Clock;
  readonly #timeoutMs: number;
  readonly #pending = new Map<string, PendingAction>();

  constructor(clock: Clock, timeoutMs: number) {
    this.#clock = clock;
    this.#timeoutMs = timeoutMs;
  }

  /** Waits for the answer to an action that was sent. Rejects with `AMI_TIMEOUT`, or with what `rejectAll` or `refuse` are given. */
  wait(id: string, action: string, options: RequestOptions): Promise<AmiReply> {
    const { timeoutMs = this.#timeoutMs } = options;
    return new Promise((resolve, reject) => {
      const timer = this.#startTimer(id, action, timeoutMs);
      this.#pending.set(id, { action, options, timeoutMs, resolve, reject, timer, rows: [] });
    });
  }

  /** False where nobody waits for this response. */
  takeResponse(message: AmiMessage): boolean {
    const found = this.#find(message);
    if (found === undefined) return false;
    const [id, pending] = found;
    pending.response = message;
    if (isRefusal(message) || !expectsMore(pending)) this.#settle(id, pending, message);
    else this.#goOn(id, pending);
    pending.options.onResponse?.(message);
    return true;
  }

  /** False where the event is no row of a list that somebody waits for. */
  takeEvent(message: AmiMessage): boolean {
    const found = this.#find(message);
    if (found === undefined) return false;
    const [id, pending] = found;
    const live = isLive(message);
    if (message.event === pending.options.until || (!live && closesList(message))) pending.complete = message;
    else if (live) return false;
    else this.#addRow(id, pending, message);
    if (pending.complete !== undefined && pending.response !== undefined) this.#settle(id, pending, pending.response);
    return !live;
  }

  /** Ends the wait of the action that `message` answers; false where there is none. */
  refuse(message: AmiMessage, error: AmiError): boolean {
    const found = this.#find(message);
    if (found === undefined) return false;
    this.#drop(found[0], found[1]);
    found[1].reject(error);
    return true;
  }

  rejectAll(error: AmiError): void {
    for (const [id, pending] of [...this.#pending]) {
      this.#drop(id, pending);
      pending.reject(error);
    }
  }

  #find(message: AmiMessage): [id: string, pending: PendingAction] | undefined {
    const id = message.get('ActionID');
    if (id === undefined) return undefined;
    const pending = this.#pending.get(id);
    return pending && [id, pending];
  }

  #addRow(id: string, pending: PendingAction, row: AmiMessage): void {
    if (pending.rows.length === MAX_ROWS) {
      this.refuse(
        row,
        new AmiError('AMI_LIST_TOO_LONG', `The answer to ${pending.action} has more than ${MAX_ROWS} rows`),
      );
      return;
    }
    pending.rows.push(row);
    this.#goOn(id, pending);
    pending.options.onRow?.(row);
  }

  #goOn(id: string, pending: PendingAction): void {
    pending.timer.cancel();
    pending.timer = this.#startTimer(id, pending.action, pending.timeoutMs);
  }

  #startTimer(id: string, action: string, timeoutMs: number): Timer {
    return this.#clock.setTimer(timeoutMs, () => {
      const pending = this.#pending.get(id);
      this.#pending.delete(id);
      pending?.reject(new AmiError('AMI_TIMEOUT', `No answer to ${action} within ${timeoutMs} ms`));
    });
  }

  #settle(id: string, pending: PendingAction, response: AmiMessage): void {
    this.#drop(id, pending);
    const { rows, complete } = pending;
    pending.resolve(complete === undefined ? { response, rows } : { response, rows, complete });
  }

  #drop(id: string, pending: PendingAction): void {
    pending.timer.cancel();
    this.#pending.delete(id);
  }
}

/**
 * Live events carry the classes that may see them (`call,all`); rows have none, or `Call` alone (Status). So a UserEvent of
 * another session, which repeats the ActionID that its sender chose, is never taken for a row.
 * Source: recordings `userevent-action`, `core-show-channels-1`.
 */
export function isLive(event: AmiMessage): boolean {
  return event.get('Privilege')?.includes(',') === true;
}

function closesList(event: AmiMessage): boolean {
  return /^(complete|cancelled)$/i.test(event.get('EventList') ?? '');
}

function isRefusal(response: AmiMessage): boolean {
  return response.response === 'Error';
}

function expectsMore({ response, options, complete }: PendingAction): boolean {
  if (complete !== undefined) return false;
  return options.until !== undefined || /^start$/i.test(response?.get('EventList') ?? '');
}
