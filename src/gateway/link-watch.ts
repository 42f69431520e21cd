import type { Clock, Timer } from '../ami/runtime.ts';

export interface LinkWatchOptions {
  /** After that long without a word the other side is asked for a sign of life. */
  readonly silenceMs: number;
  /** Asks; rejects where no answer comes. */
  readonly ask: () => Promise<unknown>;
  /** Called once, when no answer came. */
  readonly dead: () => void;
}

/** Notices that a link is dead, which a link does not tell by itself: asks for a sign of life, but only where it is silent. */
export class LinkWatch {
  readonly #clock: Clock;
  readonly #options: LinkWatchOptions;
  #lastHeardMs: number;
  #timer: Timer | undefined;
  #stopped = false;

  constructor(clock: Clock, options: LinkWatchOptions) {
    this.#clock = clock;
    this.#options = options;
    this.#lastHeardMs = clock.now();
    this.#wait(options.silenceMs);
  }

  /** Something came. */
  heard(): void {
    this.#lastHeardMs = this.#clock.now();
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
  }

  #wait(delayMs: number): void {
    this.#timer = this.#clock.setTimer(delayMs, () => {
      const leftMs = this.#options.silenceMs - (this.#clock.now() - this.#lastHeardMs);
      if (leftMs > 0) this.#wait(leftMs);
      else void this.#ask();
    });
  }

  async #ask(): Promise<void> {
    try {
      await this.#options.ask();
      this.heard();
      if (!this.#stopped) this.#wait(this.#options.silenceMs);
    } catch {
      if (!this.#stopped) this.#options.dead();
    }
  }
}
