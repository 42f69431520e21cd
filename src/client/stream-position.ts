import type { Position } from '../gateway/wire/protocol.ts';

/**
 * `next`: in order. `repeat`: already seen. `early`: belongs before the snapshot that is still to come.
 * `gap`: something this client should have seen is missing.
 */
export type Verdict = 'next' | 'repeat' | 'early' | 'gap';

/** Where this client is in the stream of one PBX: what to resume from, and whether a message follows without a gap. */
export class StreamPosition {
  #position: Position | undefined;

  get current(): Position | undefined {
    return this.#position;
  }

  /** A snapshot says everything up to its position. */
  jumpTo({ epoch, seq }: Position): void {
    this.#position = { epoch, seq };
  }

  /** From here on everything is `early` until the next {@link jumpTo}. */
  forget(): void {
    this.#position = undefined;
  }

  take({ seq, prev }: { readonly seq: number; readonly prev: number }): Verdict {
    const position = this.#position;
    if (!position) return 'early';
    if (seq <= position.seq) return 'repeat';
    if (prev > position.seq) return 'gap';
    this.#position = { epoch: position.epoch, seq };
    return 'next';
  }
}
