import type { Random, Timer } from '../../ami/runtime.ts';
import { type Stage, StageError } from '../stage.ts';
import type { OutsideCaller } from './office-people.ts';
import { between, chooseStory, type OfficeServices, type Story } from './office-stories.ts';

export interface OfficeLifeOptions {
  readonly stage: Stage;
  readonly random: Random;
  /** Phones that take part; the others are left to people. */
  readonly phones: readonly string[];
  /** Calls from outside come through this phone. */
  readonly trunk: string;
  readonly callers: readonly OutsideCaller[];
  /** Calls at once, on average; default: a third of the phones. */
  readonly callsAtOnce?: number;
  /** Numbers of a queue and of a meeting room; without them nobody calls one. */
  readonly services?: OfficeServices;
}

/** Up to so many calls at once a new one begins every 0.8 to 3 s; more come as much faster. */
const UNHURRIED_CALLS = 4;

/**
 * An office that telephones: calls, holds, consultations, transfers, calls from outside, until it is stopped.
 * It moves on the stage's clock, and its choices are those of `random`, so the same seed gives the same day.
 */
export class OfficeLife {
  readonly #options: OfficeLifeOptions;
  readonly #callsAtOnce: number;
  readonly #running = new Map<Story, Timer>();
  readonly #engaged = new Set<string>();
  #nextCall: Timer | undefined;
  #begun = 0;

  constructor(options: OfficeLifeOptions) {
    this.#options = options;
    this.#callsAtOnce = options.callsAtOnce ?? Math.max(1, Math.floor(options.phones.length / 3));
  }

  /** Stories begun until now. */
  get begun(): number {
    return this.#begun;
  }

  /** Stories under way. */
  get running(): number {
    return this.#running.size;
  }

  start(): void {
    this.#nextCall ??= this.#after(0, () => this.#begin());
  }

  /** Everybody in a call of this office hangs up; phones that others use are left alone. */
  stop(): void {
    this.#nextCall?.cancel();
    this.#nextCall = undefined;
    for (const [story, timer] of this.#running) {
      timer.cancel();
      this.#end(story);
    }
  }

  #begin(): void {
    const haste = Math.max(1, this.#callsAtOnce / UNHURRIED_CALLS);
    this.#nextCall = this.#after(between(this.#options, 800, 3000) / haste, () => this.#begin());
    if (this.#running.size >= this.#callsAtOnce) return;
    const story = this.#choose();
    if (story === undefined) return;
    this.#begun++;
    for (const phone of story.phones) this.#engaged.add(phone);
    this.#continue(story);
  }

  #choose(): Story | undefined {
    const { stage, phones, random } = this.#options;
    const free = phones.filter((name) => {
      const phone = stage.phone(name);
      return !this.#engaged.has(name) && phone.registered && phone.calls.length === 0;
    });
    return chooseStory({ ...this.#options, free: shuffled(free, random) });
  }

  /** Plays the story up to its next pause. Somebody may have picked up one of its phones meanwhile: then it ends there. */
  #continue(story: Story): void {
    try {
      const { done, value } = story.steps.next();
      if (done) this.#end(story);
      else
        this.#running.set(
          story,
          this.#after(value, () => this.#continue(story)),
        );
    } catch (error) {
      if (!(error instanceof StageError)) throw error;
      this.#end(story);
    }
  }

  #end(story: Story): void {
    this.#running.delete(story);
    for (const name of story.phones) {
      this.#engaged.delete(name);
      const phone = this.#options.stage.phone(name);
      phone.follow(undefined);
      phone.hangUpAll();
    }
  }

  #after(delayMs: number, act: () => void): Timer {
    return this.#options.stage.clock.setTimer(delayMs, act);
  }
}

function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random.next() * (last + 1));
    [result[last], result[other]] = [result[other] as Item, result[last] as Item];
  }
  return result;
}
