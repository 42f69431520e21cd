import { connect, type NetConnectOpts, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { GatewayServer } from '../src/gateway/gateway-server.node.ts';
import { lampRows, Office } from '../src/gateway/office.test-support.ts';
import { JSON_PROTOCOL } from '../src/gateway/wire/protocol.ts';

/** Bytes that went over these sockets, both ways. */
function bytesOf(sockets: readonly Socket[]): number {
  return sockets.reduce((sum, { bytesRead, bytesWritten }) => sum + bytesRead + bytesWritten, 0);
}

test('between two events not a byte goes over the sockets of 100 browsers, for a minute of the gateway', async () => {
  const office = await Office.open({ limits: { connectionsPerUser: 100 } });
  await using server = await GatewayServer.listen({ gateway: office.gateway });
  const sockets: Socket[] = [];
  let [snapshots, events] = [0, 0];
  const createConnection = (options: NetConnectOpts) => {
    const socket = connect(options);
    sockets.push(socket);
    return socket;
  };
  const browsers = Array.from({ length: 100 }, () => {
    const browser = new WebSocket(server.webSocketUrl, [JSON_PROTOCOL], { createConnection } as object);
    browser.on('open', () => browser.send(JSON.stringify({ type: 'hello', user: 'olga', secret: 'olga' })));
    browser.on('message', (data) => {
      snapshots += String(data).includes('"type":"snapshot"') ? 1 : 0;
      events += String(data).includes('"type":"event"') ? 1 : 0;
    });
    return browser;
  });
  await office.until(() => snapshots === 100);
  const before = bytesOf(sockets);
  await office.after(60_000);
  expect(bytesOf(sockets) - before).toBe(0);
  expect(office.pbx.actionNames).toContain('Ping');
  office.pbx.say(lampRows(1001, 16));
  await office.until(() => events === 100);
  expect(bytesOf(sockets)).toBeGreaterThan(before);
  for (const browser of browsers) browser.terminate();
});
