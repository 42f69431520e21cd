/** What an action is answered with: the text between the row of the response and that of the ActionID is left out. */
export type Answer = (actionId: string) => string;

/** An action with its headers, ` | ` between them, and its answer as Asterisk gives it. */
export type AnswerRow = readonly [action: string, answer: Answer];

export interface AnswerTable {
  /** Where in Asterisk's source, or in which recording, the answers stand. */
  readonly source: string;
  /** `idle`: nothing happens. `busy`: 1001 talks to 1002, 1003 is alone in conference 500, 1005 is the only caller in queue support. */
  readonly situation: 'idle' | 'busy';
  readonly rows: readonly AnswerRow[];
}

const lines = (...rows: readonly string[]): string => rows.map((row) => `${row}\r\n`).join('');

export const error = (message: string): Answer => text('Error', `Message: ${message}`);
export const success = (message?: string): Answer =>
  message === undefined ? text('Success') : text('Success', `Message: ${message}`);

/** One message: what stands behind `Response:`, and the rows behind the ActionID. */
export const text =
  (response: string, ...rows: readonly string[]): Answer =>
  (id) =>
    lines(`Response: ${response}`, `ActionID: ${id}`, ...rows, '');

/** A list: its message, the event that ends it, and its rows without their ActionID, which stands second. */
export const list =
  (
    message: string,
    complete: string,
    rows: readonly (readonly string[])[] = [],
    more: readonly string[] = [],
  ): Answer =>
  (id) =>
    text('Success', 'EventList: start', `Message: ${message}`)(id) +
    rows.map(([event = '', ...rest]) => lines(`Event: ${event}`, `ActionID: ${id}`, ...rest, '')).join('') +
    lines(`Event: ${complete}`, `ActionID: ${id}`, 'EventList: Complete', `ListItems: ${rows.length}`, ...more, '');

/** Several answers to one action. */
export const all =
  (...answers: readonly Answer[]): Answer =>
  (id) =>
    answers.map((answer) => answer(id)).join('');
