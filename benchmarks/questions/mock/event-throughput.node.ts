import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Child, startChild } from '../../child.node.ts';
import { median } from '../../median.ts';
import type { Question } from '../../question.ts';

const WARM_UP_CALLS = 50;
const CALLS = 200;
const RUNS = 7;
/** How long nothing comes when all has come. */
const QUIET_MS = 300;

export const question: Question = {
  asks: 'How many events a second does the simulated PBX make and write?',
  method: [
    `Each in a process of its own, by turns, ${RUNS} times ${CALLS} calls with a hold: the PBX simulates them, on a clock that does not wait, for one client over TCP`,
    'who sees all; the bare server writes the bytes of such a call, made before, an event a write. Time runs until the client has all. Medians.',
    'Bar: at least 0.2 of the bare server.',
  ].join('\n'),
  async answer() {
    const folder = mkdtempSync(join(tmpdir(), 'bench-'));
    try {
      await using mock = await Feed.start(startChild('event-source.node.ts', 'mock'), LOGIN);
      await mock.calls(WARM_UP_CALLS);
      const call = await mock.calls(1);
      const file = join(folder, 'call.txt');
      writeFileSync(file, call.text);
      await using plain = await Feed.start(startChild('event-source.node.ts', 'plain', file), '');
      await plain.calls(WARM_UP_CALLS);
      const rates: { mock: number; plain: number }[] = [];
      for (let run = 0; run < RUNS; run += 1) {
        rates.push({ mock: rate(await mock.calls(CALLS)), plain: rate(await plain.calls(CALLS)) });
      }
      const [ours, bare] = [median(rates.map((each) => each.mock)), median(rates.map((each) => each.plain))];
      return [
        { server: 'bare net server, bytes ready-made', 'events a second': Math.round(bare), 'of bare': 1 },
        {
          server: 'simulated PBX',
          'events a second': Math.round(ours),
          'of bare': Math.round(median(rates.map((each) => each.mock / each.plain)) * 1000) / 1000,
        },
      ];
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

const LOGIN = 'Action: Login\r\nUsername: admin\r\nSecret: adminpw\r\n\r\n';

interface Heard {
  readonly text: string;
  readonly events: number;
  readonly ms: number;
}

function rate({ events, ms }: Heard): number {
  return (events / ms) * 1000;
}

/** A client of an event source. */
class Feed implements AsyncDisposable {
  readonly #child: Child;
  readonly #socket: Socket;
  #chunks: { readonly bytes: Buffer; readonly atMs: number }[] = [];

  private constructor(child: Child, socket: Socket) {
    this.#child = child;
    this.#socket = socket;
    socket.on('data', (bytes) => this.#chunks.push({ bytes, atMs: performance.now() }));
  }

  static async start(child: Child, greeting: string): Promise<Feed> {
    const { port = 0 } = await child.ask({});
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    const feed = new Feed(child, socket);
    socket.write(greeting);
    await feed.#quiet();
    return feed;
  }

  /** Has calls made, and hears them to their end; throws where one is missing. */
  async calls(calls: number): Promise<Heard> {
    this.#chunks = [];
    const startedMs = performance.now();
    await this.#child.ask({ calls });
    await this.#quiet();
    const text = Buffer.concat(this.#chunks.map(({ bytes }) => bytes)).toString();
    const hangups = text.split('Event: Hangup\r\n').length - 1;
    if (hangups !== calls * 2) throw new Error(`${calls} calls have ${hangups} Hangup events`);
    const ms = (this.#chunks.at(-1)?.atMs ?? Number.NaN) - startedMs;
    return { text, events: text.split('\r\n\r\n').length - 1, ms };
  }

  async #quiet(): Promise<void> {
    for (let before = -1; before !== this.#chunks.length; await pause(QUIET_MS)) before = this.#chunks.length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.destroy();
    await this.#child[Symbol.asyncDispose]();
  }
}
