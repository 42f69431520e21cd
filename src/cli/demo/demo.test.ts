import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { JSON_PROTOCOL, type ServerMessage } from '../../gateway/wire/protocol.ts';
import { type Demo, startDemo } from './demo.node.ts';

let demo: Demo | undefined;

afterEach(async () => {
  await demo?.close();
  demo = undefined;
});

/** What the page would fetch and do: its setup, then a session with the gateway. */
async function openPage({ url }: Demo) {
  const setup = await (await fetch(new URL('demo.json', url))).json();
  const socket = new WebSocket(new URL(setup.gateway.url, url.replace('http', 'ws')), JSON_PROTOCOL);
  const messages: ServerMessage[] = [];
  const wanted = new Map<ServerMessage['type'] | string, () => void>();
  const until = (type: string): Promise<void> => new Promise((resolve) => wanted.set(type, resolve));
  socket.on('message', (data) => {
    const message: ServerMessage = JSON.parse(String(data));
    messages.push(message);
    wanted.get(message.type)?.();
    if (message.type === 'event') wanted.get(message.name)?.();
  });
  await new Promise((resolve) => socket.once('open', resolve));
  const snapshot = until('snapshot');
  socket.send(JSON.stringify({ type: 'hello', user: setup.gateway.user, secret: setup.gateway.secret }));
  await snapshot;
  return { setup, socket, messages, until };
}

describe('the demo', () => {
  it('serves the page, and beside it what the page needs to connect', async () => {
    demo = await startDemo({ port: 0, seed: 1, quiet: true });
    const page = await (await fetch(demo.url)).text();
    expect(page).toContain('<title>');
    const { setup, messages, socket } = await openPage(demo);
    expect(setup).toMatchObject({
      version: 1,
      gateway: { user: 'operator' },
      phones: { url: expect.stringMatching(/^ws:/) },
    });
    expect(Object.keys(setup.names)).toHaveLength(8);
    expect(messages[0]).toMatchObject({ type: 'welcome', pbxState: 'up', user: 'operator' });
    socket.close();
  });

  it('telephones by itself, in phones that are not left to visitors', async () => {
    demo = await startDemo({ port: 0, seed: 1, quiet: false });
    const { messages, until, socket } = await openPage(demo);
    await until('DialBegin');
    const numbers = messages.flatMap((message) =>
      message.type === 'event' ? [message.headers['CallerIDNum'] ?? ''] : [],
    );
    expect(numbers).not.toContain('1001');
    expect(numbers).not.toContain('1002');
    socket.close();
  });
});
