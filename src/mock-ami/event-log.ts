import type { Header } from '../ami/message.ts';
import type { Pbx } from './pbx/pbx.ts';

const MAX_EVENTS = 10_000;

/** An event that the PBX made, whether or not any client saw it. */
export interface LoggedEvent {
  /** Counts from 1. */
  readonly id: number;
  /** Of the PBX's clock, since the epoch. */
  readonly atMs: number;
  readonly name: string;
  readonly headers: readonly Header[];
  /** Id of what made it happen: a phone's button, an action, a timer. */
  readonly cause: string;
}

/** The newest 10,000 events of a PBX. */
export class EventLog {
  readonly #stop: () => void;
  readonly #listeners = new Set<(event: LoggedEvent) => void>();
  #events: LoggedEvent[] = [];
  #last = 0;

  constructor(pbx: Pbx) {
    this.#stop = pbx.onEvent(({ name, headers, atMs, cause }) => this.#add({ name, headers, atMs, cause }));
  }

  /** Id of the newest; 0 where there was none. */
  get last(): number {
    return this.#last;
  }

  /** Those after `id` that are still kept, oldest first. */
  after(id: number): readonly LoggedEvent[] {
    const older = this.#events.findIndex((event) => event.id > id);
    return older < 0 ? [] : this.#events.slice(older);
  }

  /** Called with each event as it happens. Returns how to stop that. */
  onEvent(listener: (event: LoggedEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Forgets all; ids count anew. */
  clear(): void {
    this.#events = [];
    this.#last = 0;
  }

  /** Hears no more. */
  close(): void {
    this.#stop();
    this.#listeners.clear();
  }

  #add(event: Omit<LoggedEvent, 'id'>): void {
    const added = { id: ++this.#last, ...event };
    this.#events.push(added);
    // in blocks, so that a full log does not move with each event
    if (this.#events.length >= 2 * MAX_EVENTS) this.#events = this.#events.slice(-MAX_EVENTS);
    for (const listener of this.#listeners) listener(added);
  }
}
