import { emptyModel, toSnapshot } from '../gateway/wire/model.ts';
import type { EventMessage, Welcome } from '../gateway/wire/protocol.ts';
import type { Clock, Platform, Timer, WebSocketLike } from './platform.ts';

type Listener = (event: never) => void;

/** A WebSocket whose other side is the test. */
export class FakeSocket implements WebSocketLike {
  readonly url: string;
  readonly protocols: readonly string[];
  readonly sent: unknown[] = [];
  closedWith: number | undefined;
  readyState = 0;
  readonly #listeners = new Map<string, Listener[]>();

  constructor(url: string, protocols: readonly string[] = []) {
    this.url = url;
    this.protocols = protocols;
  }

  addEventListener(type: string, listener: Listener): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }

  send(data: string): void {
    this.sent.push(JSON.parse(data));
  }

  close(code?: number): void {
    this.closedWith = code;
  }

  open(): void {
    this.readyState = 1;
    this.#emit('open', {});
  }

  receive(message: object | string): void {
    this.#emit('message', { data: typeof message === 'string' ? message : JSON.stringify(message) });
  }

  drop(code = 1006, reason = ''): void {
    this.#emit('close', { code, reason });
  }

  #emit(type: string, event: object): void {
    for (const listener of this.#listeners.get(type) ?? []) listener(event as never);
  }
}

/** Time that the test moves. */
export class TestClock implements Clock {
  #nowMs = 1_000_000;
  readonly #timers = new Set<{ readonly atMs: number; readonly callback: () => void }>();

  now(): number {
    return this.#nowMs;
  }

  setTimer(delayMs: number, callback: () => void): Timer {
    const timer = { atMs: this.#nowMs + delayMs, callback };
    this.#timers.add(timer);
    return { cancel: () => this.#timers.delete(timer) };
  }

  advance(ms: number): void {
    this.#nowMs += ms;
    for (const timer of [...this.#timers].sort((a, b) => a.atMs - b.atMs)) {
      if (timer.atMs > this.#nowMs || !this.#timers.delete(timer)) continue;
      timer.callback();
    }
  }
}

/** A browser in the test's hands; every back-off draws `chance`. */
export function fakePlatform(chance = 1): {
  readonly platform: Platform;
  readonly clock: TestClock;
  readonly sockets: FakeSocket[];
} {
  const clock = new TestClock();
  const sockets: FakeSocket[] = [];
  class WebSocketOfTest extends FakeSocket {
    constructor(url: string, protocols?: string[]) {
      super(url, protocols);
      sockets.push(this);
    }
  }
  return { platform: { webSocket: WebSocketOfTest, clock, random: { next: () => chance } }, clock, sockets };
}

export function welcome(over: Partial<Welcome> = {}): Welcome {
  return {
    type: 'welcome',
    version: 1,
    pbx: 'pbx',
    pbxState: 'up',
    epoch: 'e1',
    seq: 10,
    user: 'ann',
    rights: ['dial', 'hangUp'],
    resumed: false,
    ticket: 'ticket-1',
    ...over,
  };
}

export const EMPTY_MODEL = toSnapshot(emptyModel());

export function snapshot(seq = 10, epoch = 'e1', model: object = EMPTY_MODEL): object {
  return { type: 'snapshot', pbx: 'pbx', epoch, seq, model };
}

export function event(seq: number, name: string, headers: EventMessage['headers'] = {}, prev = seq - 1): EventMessage {
  return { type: 'event', pbx: 'pbx', seq, prev, at: 999_990, name, headers };
}

/** Lets promises that are settled run on. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
}

/** The newest socket. @throws Error where none was opened */
export function newest(sockets: readonly FakeSocket[]): FakeSocket {
  const socket = sockets.at(-1);
  if (!socket) throw new Error('No socket was opened.');
  return socket;
}
