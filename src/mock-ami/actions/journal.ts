import type { Header } from '../../ami/message.ts';
import { JOURNAL_BOUNDS, type JournalBounds } from './journal-bounds.ts';

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

/** What stays after a bound was passed. */
const KEPT_SHARE = 0.9;
/** Clients choose the names of what they send; more than so many are counted together. */
const MAX_DROPPED_NAMES = 1000;
const OTHER_NAMES = '(other actions)';
/** `: ` and the line end. */
const ROW_BYTES = 4;

/**
 * Every action that the PBX has received, oldest first. Where it passes one of its bounds the oldest tenth is dropped: only how many
 * they were, and of what name, is still known.
 */
export class ActionJournal {
  readonly #bounds: JournalBounds;
  #entries: JournalEntry[] = [];
  #bytes = 0;
  #dropped = 0;
  #droppedNames = new Map<string, number>();
  readonly #listeners = new Set<(entry: JournalEntry) => void>();

  constructor(bounds: Partial<JournalBounds> = {}) {
    this.#bounds = { ...JOURNAL_BOUNDS, ...bounds };
  }

  /** Those that are kept. */
  get entries(): readonly JournalEntry[] {
    return this.#entries;
  }

  /** Id of the newest; 0 where there was none. */
  get last(): number {
    return this.#dropped + this.#entries.length;
  }

  /** How many came first and are no longer kept. */
  get dropped(): number {
    return this.#dropped;
  }

  /** The names of those, and how often each came. */
  get droppedNames(): ReadonlyMap<string, number> {
    return this.#droppedNames;
  }

  /** Called with each entry when it comes and again when it is answered. Returns how to stop that. */
  onChange(listener: (entry: JournalEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  add(entry: Omit<JournalEntry, 'id' | 'kind'>): JournalEntry {
    const added: JournalEntry = { ...entry, id: this.last + 1, kind: 'simulated' };
    this.#entries.push(added);
    this.#bytes += bytesOf(added);
    if (this.#entries.length > this.#bounds.entries || this.#bytes > this.#bounds.bytes) this.#drop();
    this.#tell(added);
    return added;
  }

  /** Forgets all; ids count anew. */
  clear(): void {
    this.#entries = [];
    this.#bytes = 0;
    this.#dropped = 0;
    this.#droppedNames = new Map();
  }

  answered(entry: JournalEntry, answer: ActionAnswer): void {
    entry.answer = answer;
    this.#tell(entry);
  }

  /** The oldest go, never the newest. */
  #drop(): void {
    const { entries, bytes } = this.#bounds;
    let gone = 0;
    for (const entry of this.#entries.slice(0, -1)) {
      if (this.#entries.length - gone <= entries * KEPT_SHARE && this.#bytes <= bytes * KEPT_SHARE) break;
      gone += 1;
      this.#bytes -= bytesOf(entry);
      const known = this.#droppedNames.has(entry.action) || this.#droppedNames.size < MAX_DROPPED_NAMES;
      const name = known ? entry.action : OTHER_NAMES;
      this.#droppedNames.set(name, (this.#droppedNames.get(name) ?? 0) + 1);
    }
    this.#dropped += gone;
    this.#entries = this.#entries.slice(gone);
  }

  #tell(entry: JournalEntry): void {
    for (const listener of this.#listeners) listener(entry);
  }
}

function bytesOf({ headers }: JournalEntry): number {
  return headers.reduce((sum, [name, value]) => sum + name.length + value.length + ROW_BYTES, 0);
}
