import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { type WireBytes, WireMeter } from './wire-meter.ts';

/** One request for events and its answer. */
export interface Poll {
  readonly bytes: WireBytes;
  /** Names of the events that it brought. */
  readonly events: readonly string[];
  readonly atMs: number;
}

export type PollingWay =
  /** Asks at once, takes what has queued up, and waits that long. */
  | { readonly kind: 'poll'; readonly everyS: number }
  /** Lets the server wait that long for an event, and asks again at once. */
  | { readonly kind: 'long poll'; readonly timeoutS: number };

/** A long poll takes as long as it asks for; anything beyond that is a fault. */
const ANSWER_WITHIN_MS = 15_000;

/**
 * A client that fetches events over AJAM on one kept connection, with the fewest headers that do (Host, Cookie): a browser sends
 * some 250 bytes more with each request.
 */
export class AjamPoller {
  readonly way: PollingWay;
  readonly polls: Poll[] = [];
  readonly #socket: Socket;
  readonly #meter: WireMeter;
  #cookie = '';
  readonly #stop = new AbortController();
  #ended: Promise<void> = Promise.resolve();

  private constructor(socket: Socket, way: PollingWay) {
    this.#socket = socket;
    this.#meter = new WireMeter(socket);
    this.way = way;
  }

  /** Connects, logs in, and fetches what the login itself made. */
  static async start(port: number, way: PollingWay): Promise<AjamPoller> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    const poller = new AjamPoller(socket, way);
    await poller.#request('/rawman?action=login&username=admin&secret=adminpw');
    await poller.#request('/rawman?action=waitevent&timeout=0');
    poller.#meter.take();
    poller.#ended = poller.#poll();
    return poller;
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    this.#socket.destroy();
    await this.#ended;
  }

  async #poll(): Promise<void> {
    const timeoutS = this.way.kind === 'poll' ? 0 : this.way.timeoutS;
    try {
      while (!this.#stop.signal.aborted) {
        const body = await this.#request(`/rawman?action=waitevent&timeout=${timeoutS}`);
        const events = [...body.matchAll(/^Event: (\S+)/gm)].map((match) => match[1] ?? '');
        this.polls.push({
          bytes: this.#meter.take(),
          events: events.filter((name) => name !== 'WaitEventComplete'),
          atMs: performance.now(),
        });
        if (this.way.kind === 'poll') await pause(this.way.everyS * 1000, undefined, { signal: this.#stop.signal });
      }
    } catch (error) {
      if (!this.#stop.signal.aborted) throw error;
    }
  }

  /** Sends a GET; gives the body of its answer. */
  async #request(target: string): Promise<string> {
    const cookie = this.#cookie === '' ? '' : `Cookie: ${this.#cookie}\r\n`;
    this.#socket.write(`GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:8088\r\n${cookie}\r\n`);
    const signal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]);
    let answer = '';
    for (;;) {
      const [chunk] = await once(this.#socket, 'data', { signal });
      answer += String(chunk);
      const headEnd = answer.indexOf('\r\n\r\n');
      const bodyBytes = Number(/Content-Length: (\d+)/.exec(answer)?.[1] ?? Number.NaN);
      if (headEnd < 0 || Buffer.byteLength(answer) < headEnd + 4 + bodyBytes) continue;
      this.#cookie = /Set-Cookie: ([^;]+)/.exec(answer)?.[1] ?? this.#cookie;
      return answer.slice(headEnd + 4);
    }
  }
}
