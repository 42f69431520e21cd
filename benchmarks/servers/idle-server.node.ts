/** Takes connections and tells its memory: `mock` is a simulated PBX, `plain` a bare server. Asked anything it answers `{port, rss, heap}`, in bytes. */
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { MockPbx } from '../built-mock.node.ts';

const [kind] = process.argv.slice(2);
const port = kind === 'mock' ? (await MockPbx.listen()).port : await plainPort();

async function plainPort(): Promise<number> {
  const server = createServer({ noDelay: true, allowHalfOpen: true }, (socket) => {
    socket.on('data', () => undefined);
  });
  await new Promise<void>((listening) => server.listen({ port: 0, host: '127.0.0.1', backlog: 1024 }, listening));
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

process.on('message', async () => {
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc?.();
    await pause(50);
  }
  const { rss, heapUsed, external } = process.memoryUsage();
  process.send?.({ port, rss, heap: heapUsed + external });
});
