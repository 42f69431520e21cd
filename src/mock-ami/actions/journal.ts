import type { Header } from '../../ami/message.ts';

/** How an action ended. */
export interface ActionAnswer {
  /** `Success`, `Error`, `Goodbye`. */
  readonly response: string;
  /** The `Message` of the response; '' where it has none. */
  readonly message: string;
  readonly atMs: number;
}

/** One action as the PBX received it, and what became of it. Plain data. */
export interface JournalEntry {
  /** Counts from 1; what the action makes happen has the cause `action:ID`. */
  readonly id: number;
  /** Of the PBX's clock, since the epoch. */
  readonly atMs: number;
  /** Number of the session that sent it. */
  readonly session: number;
  /** Who sent it; `''` where nobody had logged in. */
  readonly user: string;
  /** As written by the sender; `''` where it named none. */
  readonly action: string;
  /** All of them, `Action` and `ActionID` too, in order. */
  readonly headers: readonly Header[];
  /**
   * `simulated`: the PBX did what it asks, or refused it for a reason of its own. `not-simulated`: known, and answered as where it cannot be done.
   * `not-loaded`: in a module that is not loaded. `unknown`: no such action. `denied`: the right is missing. `malformed`: no action could be read.
   */
  kind: 'simulated' | 'not-simulated' | 'not-loaded' | 'unknown' | 'denied' | 'malformed';
  /** Absent as long as it is not answered. */
  answer?: ActionAnswer;
}

/** Every action that the PBX has received, oldest first. It only ever grows, but for a reset. */
export class ActionJournal {
  #entries: JournalEntry[] = [];
  readonly #listeners = new Set<(entry: JournalEntry) => void>();

  get entries(): readonly JournalEntry[] {
    return this.#entries;
  }

  /** Called with each entry when it comes and again when it is answered. Returns how to stop that. */
  onChange(listener: (entry: JournalEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  add(entry: Omit<JournalEntry, 'id' | 'kind'>): JournalEntry {
    const added: JournalEntry = { ...entry, id: this.#entries.length + 1, kind: 'simulated' };
    this.#entries.push(added);
    this.#tell(added);
    return added;
  }

  /** Forgets all; ids count anew. */
  clear(): void {
    this.#entries = [];
  }

  answered(entry: JournalEntry, answer: ActionAnswer): void {
    entry.answer = answer;
    this.#tell(entry);
  }

  #tell(entry: JournalEntry): void {
    for (const listener of this.#listeners) listener(entry);
  }
}
