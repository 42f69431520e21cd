import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Child, startChild } from '../../child.node.ts';
import { median } from '../../median.ts';
import type { Question, Row } from '../../question.ts';

const WARM_UP_CALLS = 50;
const CALLS = 200;
const RUNS = 7;
/** How long nothing comes when all has come. */
const QUIET_MS = 300;

export const question: Question = {
  asks: 'How many events a second does the simulated PBX make and write?',
  method: [
    `Each in a process of its own, by turns, ${RUNS} times ${CALLS} calls with a hold: the PBX simulates them, on a clock that does not wait, for one client`,
    'over TCP who sees all (net-mock-ami as it is built); a bare server has the bytes of such a call ready-made. Time runs until the client has all. Medians.',
    'Asterisk writes each event by itself, and so does the first bare server, which is the measure. The PBX makes an event at a time too, and gives',
    'the system what it made in one turn of the program in pieces of some 16 KB; the second bare server gives it a call at a time, which is as little',
    'work as there can be. Processor time is that of the server alone. Bar: at least 0.2 of the first bare server.',
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
      await using gathered = await Feed.start(startChild('event-source.node.ts', 'gathered', file), '');
      for (const bare of [plain, gathered]) await bare.calls(WARM_UP_CALLS);
      const runs: { plain: Heard; gathered: Heard; mock: Heard }[] = [];
      for (let run = 0; run < RUNS; run += 1) {
        runs.push({
          mock: await mock.calls(CALLS),
          plain: await plain.calls(CALLS),
          gathered: await gathered.calls(CALLS),
        });
      }
      const row = (server: string, kind: keyof (typeof runs)[number]): Row => ({
        server,
        'events a second': Math.round(median(runs.map((run) => rate(run[kind])))),
        'of bare': rounded(median(runs.map((run) => rate(run[kind]) / rate(run.plain)))),
        'µs of processor time an event': rounded(median(runs.map((run) => cpuUs(run[kind])))),
      });
      return [
        row('bare net server, bytes ready-made, an event a write', 'plain'),
        row('bare net server, bytes ready-made, a call a write', 'gathered'),
        row('simulated PBX', 'mock'),
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
  /** Of the server. */
  readonly cpuMs: number;
}

function rate({ events, ms }: Heard): number {
  return (events / ms) * 1000;
}

function cpuUs({ events, cpuMs }: Heard): number {
  return (cpuMs * 1000) / events;
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
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
    const { cpuMs = Number.NaN } = await this.#child.ask({ calls });
    await this.#quiet();
    const text = Buffer.concat(this.#chunks.map(({ bytes }) => bytes)).toString();
    const hangups = text.split('Event: Hangup\r\n').length - 1;
    if (hangups !== calls * 2) throw new Error(`${calls} calls have ${hangups} Hangup events`);
    const ms = (this.#chunks.at(-1)?.atMs ?? Number.NaN) - startedMs;
    return { text, events: text.split('\r\n\r\n').length - 1, ms, cpuMs };
  }

  async #quiet(): Promise<void> {
    for (let before = -1; before !== this.#chunks.length; await pause(QUIET_MS)) before = this.#chunks.length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.destroy();
    await this.#child[Symbol.asyncDispose]();
  }
}
