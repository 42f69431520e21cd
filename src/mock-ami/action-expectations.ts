import type { Clock, Timer } from '../ami/runtime.ts';
import type { ActionJournal, JournalEntry } from './actions/journal.ts';
import { MockError } from './mock-error.ts';
import { type Came, isSecret, isWanted, nearMiss, type WantedValue } from './near-miss.ts';

/** Headers that an expected action must carry: a text or number exactly, or a pattern. */
export type ExpectedHeaders = Readonly<Record<string, WantedValue>>;

const DEFAULT_WITHIN_MS = 5000;
const MAX_NAMES = 10;

/** Actions that keep a session or only look: they may come unexpected. */
const HARMLESS =
  /^(Challenge|Events|Filter|GetConfig|GetConfigJSON|Getvar|ListCategories|ListCommands|Login|Logoff|Ping|WaitEvent|Agents|\w*Lists?|\w*(Show|Check|Status|State|Settings|Summary|Count|Info)\w*|Parkinglots|ParkedCalls|DBGet|DBGetTree|ConfbridgeListRooms|FAXSessions?|FAXStats)$/i;

interface Expectation {
  readonly action: string;
  readonly headers: ExpectedHeaders;
  found: JournalEntry | undefined;
  /** Rejects who still waits for it. */
  giveUp: () => void;
}

/** What a suite expects of the program under test, held against the journal. */
export class ActionExpectations {
  readonly #journal: ActionJournal;
  readonly #clock: Clock;
  #expectations: Expectation[] = [];

  constructor(journal: ActionJournal, clock: Clock) {
    this.#journal = journal;
    this.#clock = clock;
  }

  /**
   * Resolves with the first action of that name and those headers that no other expectation has taken, come already or to come.
   * @param within ms; 5 s by default
   * @throws MockError `MOCK_ACTION_MISSING` where it does not come in time
   */
  expect(
    action: string,
    headers: ExpectedHeaders = {},
    options: { readonly within?: number } = {},
  ): Promise<JournalEntry> {
    const expectation: Expectation = { action, headers, found: undefined, giveUp: () => {} };
    this.#expectations.push(expectation);
    const { within = DEFAULT_WITHIN_MS } = options;
    const asked = new Error('asked here');
    return new Promise((resolve, reject) => {
      let timer: Timer | undefined;
      const look = (entries = this.#journal.entries): boolean => {
        expectation.found = entries.find((entry) => !this.#isTaken(entry) && fits(entry, expectation));
        if (expectation.found === undefined) return false;
        timer?.cancel();
        stop();
        expectation.giveUp = () => {};
        resolve(expectation.found);
        return true;
      };
      const stop = this.#journal.onChange((entry) => look([entry]));
      if (look()) return;
      expectation.giveUp = () => {
        timer?.cancel();
        stop();
        reject(missing(`a reset came before any action that is ${described(expectation)}`, asked));
      };
      timer = this.#clock.setTimer(within, () => {
        stop();
        expectation.giveUp = () => {};
        const wanted = `within ${within} ms no action came that is ${described(expectation)}`;
        reject(missing(`${wanted}; ${this.#nearest(expectation)}`, asked));
      });
    });
  }

  /**
   * Says whether all that was expected came, and nothing else that changes the PBX.
   * @throws MockError `MOCK_ACTION_MISSING`, `MOCK_ACTION_UNEXPECTED`, with every one of them
   */
  assertDone(): void {
    const missing = this.#expectations.filter(({ found }) => found === undefined);
    if (missing.length > 0) {
      const listed = missing.map((expectation) => `${described(expectation)}; ${this.#nearest(expectation)}`);
      throw new MockError('MOCK_ACTION_MISSING', `never came: ${listed.join('. ')}`);
    }
    const unexpected = this.#journal.entries.filter((entry) => !this.#isTaken(entry) && !HARMLESS.test(entry.action));
    const forgotten = this.#unexpectedBefore();
    if (unexpected.length === 0 && forgotten === 0) return;
    const listed = unexpected.map(
      ({ action, headers, user }) => `${action} ${short(action, headers)} by ${user || 'nobody'}`,
    );
    if (forgotten > 0) listed.unshift(`${forgotten} of the actions that the journal no longer holds`);
    throw new MockError('MOCK_ACTION_UNEXPECTED', `came unexpected: ${listed.join('; ')}${notHeld(this.#journal)}`);
  }

  /** How many of those that the journal has dropped nobody expected. */
  #unexpectedBefore(): number {
    const counts = [...this.#journal.droppedNames].filter(([name]) => !HARMLESS.test(name)).map(([, count]) => count);
    const taken = this.#expectations.filter(
      ({ found }) => found !== undefined && found.id <= this.#journal.dropped && !HARMLESS.test(found.action),
    );
    return counts.reduce((sum, count) => sum + count, 0) - taken.length;
  }

  /** Expects nothing any more. */
  clear(): void {
    for (const { giveUp } of this.#expectations) giveUp();
    this.#expectations = [];
  }

  #nearest({ action, headers }: Expectation): string {
    const wanted = { name: action, headers };
    const [taken, left] = [true, false].map((isTaken) =>
      this.#journal.entries.filter((entry) => this.#isTaken(entry) === isTaken).map(cameOf),
    ) as [Came[], Came[]];
    const others = taken.filter((came) => isWanted(came, wanted)).map(({ id }) => id);
    const before = others.length === 0 ? '' : `action ${others.join(' and ')} is what another expectation found; `;
    return `${before}${nearMiss('action', left, wanted)}${notHeld(this.#journal)}`;
  }

  #isTaken(entry: JournalEntry): boolean {
    return this.#expectations.some(({ found }) => found === entry);
  }
}

/** `; the journal no longer holds the first 10 actions (8 Ping, 2 Originate)`; '' where it holds all. */
export function notHeld({ dropped, droppedNames }: ActionJournal): string {
  if (dropped === 0) return '';
  const names = [...droppedNames].slice(0, MAX_NAMES).map(([name, count]) => `${count} ${name || '(no action)'}`);
  const more = droppedNames.size > MAX_NAMES ? ' ...' : '';
  return `; the journal no longer holds the first ${dropped} actions (${names.join(', ')}${more})`;
}

/** With the lines of who asked: those of the timer that ran out would name none of the suite's. */
function missing(message: string, asked: Error): MockError {
  const error = new MockError('MOCK_ACTION_MISSING', message);
  const lines = asked.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  if (lines.length > 0) error.stack = [`${error.name}: ${message}`, ...lines].join('\n');
  return error;
}

function fits(entry: JournalEntry, { action, headers }: Expectation): boolean {
  return isWanted(cameOf(entry), { name: action, headers });
}

/** An entry of the journal, as near misses are looked for. */
export function cameOf({ id, action, headers, answer }: JournalEntry): Came {
  return { id, name: action, headers, refused: answer?.response === 'Error' ? answer.message : undefined };
}

function described({ action, headers }: Expectation): string {
  const wanted = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return wanted.length === 0 ? action : `${action} {${wanted.join(', ')}}`;
}

/** Without secrets. */
function short(action: string, headers: JournalEntry['headers']): string {
  const shown = headers.filter(([name]) => !/^action(id)?$/i.test(name) && !isSecret(action, name)).slice(0, 4);
  return `{${shown.map(([name, value]) => `${name}: ${value.slice(0, 40)}`).join(', ')}}`;
}
