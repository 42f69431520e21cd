/** How much a journal keeps. */
export interface JournalBounds {
  readonly entries: number;
  /** Of the headers of all entries, as they came. */
  readonly bytes: number;
}

/** Enough for any suite; a PBX that runs for weeks under load needs an end. */
export const JOURNAL_BOUNDS: JournalBounds = { entries: 100_000, bytes: 64 * 1024 * 1024 };
