import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { startChild } from '../../child.node.ts';
import { median } from '../../median.ts';
import type { Question, Row } from '../../question.ts';

const CLIENTS = 1000;
const RUNS = 3;
const LOGIN = 'Action: Login\r\nUsername: admin\r\nSecret: adminpw\r\nEvents: off\r\n\r\n';

export const question: Question = {
  asks: `What do ${CLIENTS.toLocaleString('en-US')} idle AMI clients cost in memory?`,
  method: [
    'A simulated PBX (net-mock-ami as it is built) whose clients are logged in and want no events, and a bare net server with as many plain sockets; garbage collected before each',
    `look, medians of ${RUNS} processes each. MB are resident memory of the whole process; both have the same modules loaded, so that much of them is`,
    'not of the clients. KB a client are what the heap and its buffers have grown by: the stricter figure, as resident memory has room left over.',
    'Bar: at most 1.3 times the memory with plain sockets.',
  ].join('\n'),
  async answer() {
    const runs: { mock: Memory; plain: Memory }[] = [];
    for (let run = 0; run < RUNS; run += 1) runs.push({ mock: await measure('mock'), plain: await measure('plain') });
    const of = (kind: Kind, what: (memory: Memory) => number): number => median(runs.map((each) => what(each[kind])));
    return (['plain', 'mock'] as const).map(
      (kind): Row => ({
        server: kind === 'mock' ? 'simulated PBX, clients logged in' : 'bare net server, plain sockets',
        'MB with clients': rounded(of(kind, residentBytes) / 1024 / 1024),
        'MB, of plain': rounded(of(kind, residentBytes) / of('plain', residentBytes)),
        'KB a client': rounded(of(kind, heapBytesEach) / 1024),
        'KB, of plain': rounded(of(kind, heapBytesEach) / of('plain', heapBytesEach)),
      }),
    );
  },
};

type Kind = 'mock' | 'plain';

/** With all clients, in bytes. */
interface Memory {
  readonly residentBytes: number;
  readonly heapBytesEach: number;
}

const residentBytes = (memory: Memory): number => memory.residentBytes;
const heapBytesEach = (memory: Memory): number => memory.heapBytesEach;

async function measure(kind: Kind): Promise<Memory> {
  await using server = startChild('idle-server.node.ts', kind);
  const { port = 0, heap: before = Number.NaN } = await server.ask({});
  const clients: Socket[] = [];
  for (let n = 0; n < CLIENTS; n += 1) clients.push(await connected(port, kind === 'mock'));
  const { rss = Number.NaN, heap = Number.NaN } = await server.ask({});
  for (const client of clients) client.destroy();
  return { residentBytes: rss, heapBytesEach: (heap - before) / CLIENTS };
}

/** A client, logged in where asked to. */
async function connected(port: number, logIn: boolean): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  if (!logIn) return socket;
  socket.write(LOGIN);
  for (let heard = ''; !heard.includes('Authentication accepted'); ) heard += String((await once(socket, 'data'))[0]);
  return socket;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
