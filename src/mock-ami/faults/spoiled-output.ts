import type { Clock, Random, Timer } from '../../ami/runtime.ts';
import type { JournalEntry } from '../actions/journal.ts';
import type { PbxEvent } from '../pbx/event.ts';
import type { MessageKind, SessionOutput } from '../server/manager-session.ts';
import type { FaultSource } from './fault-source.ts';
import { shuffledEvents } from './shuffle-events.ts';

/** Events held to be mixed; more than these are let go at once. */
const MAX_HELD_EVENTS = 256;

interface LateAnswer {
  readonly bytes: Uint8Array;
  readonly entry: JournalEntry;
  readonly dueMs: number;
}

/** A session's messages, with the faults that concern events and answers; without any of them messages pass at once. */
export class SpoiledOutput implements SessionOutput {
  readonly #inner: SessionOutput;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #faults: FaultSource;
  #fates: WeakMap<JournalEntry, { readonly lateMs: number } | 'lost'> | undefined;
  #late: LateAnswer[] = [];
  #lateTimer: Timer | undefined;
  #held: { readonly bytes: Uint8Array; readonly event: PbxEvent }[] = [];
  #heldTimer: Timer | undefined;
  #ending = false;
  /** There was no fault yet while something was written. */
  #untouched = true;

  constructor(
    inner: SessionOutput,
    parts: { readonly clock: Clock; readonly random: Random; readonly faults: FaultSource },
  ) {
    this.#inner = inner;
    this.#clock = parts.clock;
    this.#random = parts.random;
    this.#faults = parts.faults;
  }

  write(bytes: Uint8Array, kind?: MessageKind): void {
    this.#untouched &&= this.#faults.calm;
    if (kind === undefined || this.#untouched) this.#inner.write(bytes, kind);
    else if ('event' in kind) this.#writeEvent(bytes, kind.event);
    else this.#writeAnswer(bytes, kind.answerTo);
  }

  end(): void {
    this.#releaseEvents(false);
    this.#ending = this.#late.length > 0;
    if (!this.#ending) this.#inner.end();
  }

  idle(): void {
    this.#inner.idle?.();
  }

  /** Faults were set or cleared. */
  faultsChanged(): void {
    if (this.#faults.get('reorder-events') === undefined) this.#releaseEvents(false);
  }

  /** Sends at once whatever is held; no timer is left. */
  flush(): void {
    this.#releaseEvents(false);
    this.#sendLate(Infinity);
  }

  /** The connection is gone. */
  discard(): void {
    this.#heldTimer?.cancel();
    this.#lateTimer?.cancel();
    this.#held = [];
    this.#late = [];
  }

  #writeEvent(bytes: Uint8Array, event: PbxEvent): void {
    if (this.#strikesEvent('lose-events', event)) return;
    this.#sendEvent(bytes, event);
    if (this.#strikesEvent('duplicate-events', event)) this.#sendEvent(bytes, event);
  }

  #strikesEvent(name: 'lose-events' | 'duplicate-events', event: PbxEvent): boolean {
    const fault = this.#faults.get(name);
    if (fault === undefined || !isNamed(fault.events, event.name) || this.#random.next() >= fault.chance) return false;
    this.#faults.struck(name);
    return true;
  }

  #sendEvent(bytes: Uint8Array, event: PbxEvent): void {
    const reorder = this.#faults.get('reorder-events');
    if (reorder === undefined) {
      this.#inner.write(bytes, { event });
      return;
    }
    this.#held.push({ bytes, event });
    if (this.#held.length >= MAX_HELD_EVENTS) this.#releaseEvents(true);
    else this.#heldTimer ??= this.#clock.setTimer(reorder.within, () => this.#releaseEvents(true));
  }

  #releaseEvents(mixed: boolean): void {
    this.#heldTimer?.cancel();
    this.#heldTimer = undefined;
    const held = this.#held;
    this.#held = [];
    for (const { bytes, event } of mixed ? shuffledEvents(held, this.#random) : held)
      this.#inner.write(bytes, { event });
  }

  #writeAnswer(bytes: Uint8Array, entry: JournalEntry): void {
    const fate = this.#fates?.get(entry) ?? this.#decide(entry);
    if (fate === 'lost') return;
    const dueMs = Math.max(this.#late.at(-1)?.dueMs ?? 0, this.#clock.now() + fate.lateMs);
    if (fate.lateMs === 0 && this.#late.length === 0) {
      this.#inner.write(bytes, { answerTo: entry });
      return;
    }
    this.#late.push({ bytes, entry, dueMs });
    this.#awaitLate();
  }

  /** What becomes of all that answers this action. */
  #decide(entry: JournalEntry): { readonly lateMs: number } | 'lost' {
    const lost = this.#faults.get('lose-answers');
    const late = this.#faults.get('late-answers');
    let fate: { readonly lateMs: number } | 'lost' = { lateMs: 0 };
    if (lost !== undefined && isNamed(lost.actions, entry.action) && this.#random.next() < lost.chance) {
      this.#faults.struck('lose-answers');
      fate = 'lost';
    } else if (late !== undefined && isNamed(late.actions, entry.action)) {
      this.#faults.struck('late-answers');
      fate = { lateMs: late.by };
    }
    this.#fates ??= new WeakMap();
    this.#fates.set(entry, fate);
    return fate;
  }

  #awaitLate(): void {
    const next = this.#late[0];
    if (next === undefined || this.#lateTimer !== undefined) return;
    this.#lateTimer = this.#clock.setTimer(Math.max(0, next.dueMs - this.#clock.now()), () =>
      this.#sendLate(this.#clock.now()),
    );
  }

  #sendLate(untilMs: number): void {
    this.#lateTimer?.cancel();
    this.#lateTimer = undefined;
    const due = this.#late.filter(({ dueMs }) => dueMs <= untilMs);
    this.#late = this.#late.slice(due.length);
    for (const { bytes, entry } of due) this.#inner.write(bytes, { answerTo: entry });
    if (this.#ending && this.#late.length === 0) {
      this.#ending = false;
      this.#inner.end();
    }
    this.#awaitLate();
  }
}

function isNamed(names: readonly string[], name: string): boolean {
  return names.length === 0 || names.includes(name.toLowerCase());
}
