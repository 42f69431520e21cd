import type { Header } from '../../ami/message.ts';
import type { Runtime, Timer } from '../../ami/runtime.ts';
import type { PbxConfig } from '../config/pbx-config.ts';
import type { Dialplan } from '../dialplan/dialplan.ts';
import { findHints, type Hint } from '../dialplan/hint.ts';
import { type FoundPriority, find } from '../dialplan/match.ts';
import { type PbxEvent, type PbxEventListener, privilegeOf } from './event.ts';
import type { Machinery } from './machinery.ts';
import { own } from './own.ts';
import { nextRandom } from './random-state.ts';
import type { Bridge, Channel, Continuation, PbxState, ScheduledTask } from './state.ts';
import type { Task } from './task.ts';

/** The parts of the platform that a PBX needs. */
export type PbxRuntime = Pick<Runtime, 'clock' | 'digest'>;

/**
 * The simulated PBX: its state, its time, and the one place where events leave it.
 *
 * Everything that happens is a task: a name and plain data, due at a time. Running a task changes state, emits events and
 * schedules more tasks. What a real Asterisk's threads do within milliseconds of each other is told apart by delays of
 * fractions of a millisecond (`latency.ts`), so that the order of events is the recorded one and the same every time.
 * The parts (channels, bridges, applications, phones ...) are functions that take the PBX first.
 */
export class Pbx {
  readonly runtime: PbxRuntime;
  state: PbxState;
  config: PbxConfig;
  /** The dialplan in force: what extensions.conf says and what was added since. */
  dialplan: Dialplan;
  /** What the PBX can do: tasks, applications, activities and functions by name. */
  readonly machinery: Machinery;
  readonly #listeners = new Set<PbxEventListener>();
  readonly #changeListeners = new Set<() => void>();
  #hints: { readonly dialplan: Dialplan; readonly list: readonly Hint[] } | undefined;
  /** Going down gracefully: calls that come are refused. */
  shuttingDown = false;
  #timer: Timer | undefined;
  #cause = 'start';
  #running = false;

  constructor(options: {
    runtime: PbxRuntime;
    config: PbxConfig;
    dialplan: Dialplan;
    state: PbxState;
    machinery: Machinery;
  }) {
    this.runtime = options.runtime;
    this.config = options.config;
    this.dialplan = options.dialplan;
    this.state = options.state;
    this.machinery = options.machinery;
  }

  /** Milliseconds since the epoch: the time of the task that runs, else the clock's. */
  get now(): number {
    return this.state.nowMs;
  }

  /** Id of what makes things happen now. */
  get cause(): string {
    return this.#cause;
  }

  onEvent(listener: PbxEventListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Called after each moment in which something ran: the time to look at lamps and lists. */
  onSettled(listener: () => void): () => void {
    this.#changeListeners.add(listener);
    return () => this.#changeListeners.delete(listener);
  }

  emit(name: string, headers: readonly Header[], options: { privilege?: string; encoding?: 'latin1' } = {}): void {
    const event: PbxEvent = {
      name,
      privilege: options.privilege ?? privilegeOf(name),
      headers,
      cause: this.#cause,
      atMs: this.state.nowMs,
      ...(options.encoding === undefined ? {} : { encoding: options.encoding }),
    };
    for (const listener of this.#listeners) listener(event);
    for (const watch of this.machinery.watchers.get(name) ?? []) watch(this, event);
  }

  /** Runs `what` after `delayMs` of the PBX's time; returns an id for {@link cancel}. */
  after<Data>(delayMs: number, what: Task<Data>, data: Data): number {
    return this.continueAfter(delayMs, { task: what.name, data });
  }

  /** As {@link after}, for a continuation kept in state. */
  continueAfter(delayMs: number, what: Continuation): number {
    if (!this.machinery.tasks.has(what.task)) throw new Error(`task ${what.task} is in no list of pbx-machinery.ts`);
    const id = ++this.state.nextTask;
    const { task, data } = what;
    const scheduled: ScheduledTask = { task, data, id, dueMs: this.state.nowMs + delayMs, cause: this.#cause };
    const { tasks } = this.state;
    let at = tasks.length;
    while (at > 0 && (tasks[at - 1]?.dueMs ?? 0) > scheduled.dueMs) at--;
    tasks.splice(at, 0, scheduled);
    this.#arm();
    return id;
  }

  /** Runs a continuation now, as a part of the task that runs. */
  continueNow(what: Continuation): void {
    const found = this.machinery.tasks.get(what.task);
    if (found === undefined) throw new Error(`task ${what.task} is in no list of pbx-machinery.ts`);
    found.run(this, what.data as never);
  }

  cancel(id: number | undefined): void {
    if (id === undefined) return;
    const at = this.state.tasks.findIndex((scheduled) => scheduled.id === id);
    if (at >= 0) this.state.tasks.splice(at, 1);
  }

  /** Does something from outside (a phone's button, an action) at the clock's present time. */
  perform<Result>(cause: string, what: () => Result): Result {
    const before = this.#cause;
    const nested = this.#running;
    if (!nested) this.state.nowMs = Math.max(this.state.nowMs, this.runtime.clock.now());
    this.#cause = cause;
    this.#running = true;
    try {
      return what();
    } finally {
      this.#cause = before;
      this.#running = nested;
      if (!nested) this.#settle();
    }
  }

  /** The clock shows another time than it would have: what is due by it comes about, and what is not any more waits. */
  clockWasSet(): void {
    this.state.nowMs = Math.min(this.state.nowMs, this.runtime.clock.now());
    this.perform('clock', () => {});
  }

  channel(uniqueid: string): Channel | undefined {
    return own(this.state.channels, uniqueid);
  }

  channelByName(name: string): Channel | undefined {
    return this.channels().find((channel) => channel.name === name);
  }

  /** All channels, oldest first. */
  channels(): Channel[] {
    return Object.values(this.state.channels);
  }

  bridge(uniqueid: string): Bridge | undefined {
    return own(this.state.bridges, uniqueid);
  }

  /** The line of the dialplan there, for a caller of that number. */
  find(context: string, exten: string, priority: number | string, callerId: string): FoundPriority | undefined {
    return find(this.dialplan, { context, exten, priority, callerId, nowMs: this.state.nowMs });
  }

  /** All hints; looked up once a dialplan. */
  hints(): readonly Hint[] {
    if (this.#hints?.dialplan !== this.dialplan)
      this.#hints = { dialplan: this.dialplan, list: findHints(this.dialplan) };
    return this.#hints.list;
  }

  /** A number in [0, 1) from the seed. */
  random(): number {
    const [value, next] = nextRandom(this.state.randomState);
    this.state.randomState = next;
    return value;
  }

  /** The state of a part of the PBX by name, made on first use. */
  part<Data>(name: string, initial: () => Data): Data {
    this.state.parts[name] ??= initial();
    return this.state.parts[name] as Data;
  }

  /** Stops all timers; the PBX does nothing more until the next `perform`. */
  halt(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.state.tasks = [];
  }

  #arm(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    const next = this.state.tasks[0];
    if (next === undefined || this.#running) return;
    const delay = Math.max(0, next.dueMs - this.runtime.clock.now());
    this.#timer = this.runtime.clock.setTimer(delay, () => this.#runDue());
  }

  #runDue(): void {
    this.#timer = undefined;
    this.#running = true;
    try {
      for (let next = this.state.tasks[0]; next !== undefined; next = this.state.tasks[0]) {
        if (next.dueMs > this.runtime.clock.now()) break;
        this.state.tasks.shift();
        this.state.nowMs = Math.max(this.state.nowMs, next.dueMs);
        this.#cause = next.cause;
        this.continueNow(next);
      }
    } finally {
      this.#running = false;
      this.#settle();
    }
  }

  #settle(): void {
    this.#arm();
    for (const listener of this.#changeListeners) listener();
  }
}
