/**
 * Serves calls to one AMI client as quickly as it can: `mock` simulates them, `plain FILE` is a bare server that writes the messages
 * of that file, each by a write of its own, `gathered FILE` one that writes the file at once. Asked `{}` it answers `{port}`; asked
 * `{calls}` it serves as many and answers `{cpuMs}`, its processor time.
 */
import { readFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { ManualClock } from '../../src/ami/manual-clock.ts';
import { MockPbx } from '../built-mock.node.ts';

interface Source {
  readonly port: number;
  call(): void;
}

async function mock(): Promise<Source> {
  const clock = new ManualClock();
  const pbx = await MockPbx.listen({ clock });
  const [caller, callee] = [pbx.stage.phone('1001'), pbx.stage.phone('1002')];
  return {
    port: pbx.port,
    call() {
      caller.dial('1002');
      clock.advance(1000);
      callee.answer();
      clock.advance(1000);
      caller.hold();
      clock.advance(1000);
      caller.resume();
      clock.advance(1000);
      caller.hangUp();
      clock.advance(1000);
    },
  };
}

async function bare(writes: readonly string[]): Promise<Source> {
  const messages = writes.map((text) => Buffer.from(text));
  let client: Socket | undefined;
  const server = createServer({ noDelay: true }, (socket) => {
    client = socket.resume();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    call() {
      for (const message of messages) client?.write(message);
    },
  };
}

const [kind, file = ''] = process.argv.slice(2);
const source = await start();

function start(): Promise<Source> {
  if (kind === 'mock') return mock();
  const call = readFileSync(file, 'utf8');
  return bare(kind === 'plain' ? call.split(/(?<=\r\n\r\n)/) : [call]);
}

process.on('message', async ({ calls }: { readonly calls?: number }) => {
  if (calls === undefined) {
    process.send?.({ port: source.port });
    return;
  }
  const before = process.cpuUsage();
  for (let call = 0; call < calls; call += 1) {
    source.call();
    await setImmediate(); // lets the sockets go on
  }
  const { user, system } = process.cpuUsage(before);
  process.send?.({ cpuMs: (user + system) / 1000 });
});
