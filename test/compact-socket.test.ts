import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { Connection } from '../src/client/connection.ts';
import { platformWith, type WebSocketConstructor } from '../src/client/platform.ts';
import { GatewayServer } from '../src/gateway/gateway-server.node.ts';
import { channelRows, Office } from '../src/gateway/office.test-support.ts';
import type { ServerMessage } from '../src/gateway/wire/protocol.ts';

test('the SDK speaks the compact protocol over a real socket, and gets every event', async () => {
  const office = await Office.open();
  await using server = await GatewayServer.listen({ gateway: office.gateway });
  const [messages, protocols]: [ServerMessage[], string[]] = [[], []];
  let binaries = 0;
  class Watched extends WebSocket {
    constructor(url: string, asked?: string[]) {
      super(url, asked);
      this.on('open', () => protocols.push(this.protocol));
      this.on('message', (_, isBinary) => {
        binaries += isBinary ? 1 : 0;
      });
    }
  }
  const connection = new Connection(
    { url: server.webSocketUrl, credentials: { user: 'olga', secret: 'olga' } },
    platformWith({ webSocket: Watched as unknown as WebSocketConstructor }),
    { state: () => {}, message: (message) => void messages.push(message) },
  );
  connection.open();
  await office.until(() => messages.some(({ type }) => type === 'snapshot'));
  for (let number = 1; number <= 9; number++)
    office.pbx.say(`Event: Hold\n${channelRows(number)}\nMusicClass: m${number}`);
  await office.until(() => messages.filter(({ type }) => type === 'event').length === 9);
  connection.close();
  expect(protocols).toEqual(['asterclick.v1.compact']);
  expect(binaries).toBe(10);
  expect(messages.at(-1)).toMatchObject({
    type: 'event',
    name: 'Hold',
    headers: { Uniqueid: '1.9', MusicClass: 'm9' },
    lines: expect.arrayContaining([
      ['Privilege', 'call,all'],
      ['MusicClass', 'm9'],
    ]),
  });
});
