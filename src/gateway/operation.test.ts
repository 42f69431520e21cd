/** What an operator gets of a gateway on real sockets: TLS, pings, going down, metrics. */

import { X509Certificate } from 'node:crypto';
import { get } from 'node:http';
import { get as getSecurely } from 'node:https';
import { connect as connectSecurely } from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { TEST_CERTIFICATE, TEST_KEY } from '../ami/tls.test-support.ts';
import type { GatewayServer, GatewayServerOptions } from './gateway-server.node.ts';
import { METRICS } from './metrics.node.ts';
import { MetricsServer } from './metrics-server.node.ts';
import { lampRows } from './office.test-support.ts';
import { serveOffice } from './served-office.test-support.ts';
import { JSON_PROTOCOL } from './wire/protocol.ts';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each();
});

/** For the same key, and the name `renewed`. */
const OTHER_CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBjzCCATWgAwIBAgIUbnVAslAXyFoQ3rXQy+eFxgybQXAwCgYIKoZIzj0EAwIw
EjEQMA4GA1UEAwwHcmVuZXdlZDAgFw0yNjExMjkwMzEyNDVaGA8yMTI2MTEwNTAz
MTI0NVowEjEQMA4GA1UEAwwHcmVuZXdlZDBZMBMGByqGSM49AgEGCCqGSM49AwEH
A0IABJEVv8lLlhqZpOyhk2gLJGlmDfjtTP4DX5JJpmb2fSPAy9kzf5nP0AXKw7T1
QH6uUOybz5MioM8BX68Kk4a2QA2jZzBlMB0GA1UdDgQWBBT/9pvHDe3vejkh/mlX
XRk2UMLGVDAfBgNVHSMEGDAWgBT/9pvHDe3vejkh/mlXXRk2UMLGVDAPBgNVHRMB
Af8EBTADAQH/MBIGA1UdEQQLMAmCB3JlbmV3ZWQwCgYIKoZIzj0EAwIDSAAwRQIh
AM3RVyDP5W90o8IUzZPYk951+mXZBrImBSYgoYLqyym+AiB9X7Jc07YEj0MNna5m
nSclVxkhBfr1qG1AqDqqYMf66A==
-----END CERTIFICATE-----
`;

const TLS = { cert: TEST_CERTIFICATE, key: TEST_KEY };

async function serve(server: Partial<GatewayServerOptions> = {}) {
  const office = await serveOffice({ server });
  undo.push(() => office.close());
  return office;
}

/** A browser that has logged in, and how it is closed. */
async function browser(server: GatewayServer, options: object = {}) {
  const socket = new WebSocket(server.webSocketUrl, JSON_PROTOCOL, options);
  undo.push(() => socket.terminate());
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const welcome = new Promise((resolve) => socket.once('message', resolve));
  socket.send(JSON.stringify({ type: 'hello', user: 'olga', secret: 'olga' }));
  await welcome;
  return { socket, closed };
}

function fetched(url: string, headers: Record<string, string> = {}): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const options = { headers, ca: TEST_CERTIFICATE };
    const request = url.startsWith('https') ? getSecurely(url, options) : get(url, options);
    request.once('error', reject).once('response', (response) => {
      let text = '';
      response.on('data', (part) => {
        text += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
  });
}

describe('TLS for browsers', () => {
  test('carries pages and WebSockets', async () => {
    const { server } = await serve({ tls: TLS });
    expect(server.webSocketUrl).toMatch(/^wss:/);
    expect((await fetched(`${server.url}readyz`)).status).toBe(200);
    await browser(server, { ca: TEST_CERTIFICATE });
  });

  test('takes another certificate for who comes from then on, and keeps the one that is good', async () => {
    const { server } = await serve({ tls: TLS });
    const before = await browser(server, { ca: TEST_CERTIFICATE });
    expect(() => server.renewCertificate({ cert: 'x', key: TEST_KEY })).toThrow();
    server.renewCertificate({ cert: OTHER_CERTIFICATE, key: TEST_KEY });
    const shown = await new Promise<string>((resolve) => {
      const socket = connectSecurely({ port: server.port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
        resolve(socket.getPeerCertificate().fingerprint256);
        socket.destroy();
      });
    });
    expect(shown).toBe(new X509Certificate(OTHER_CERTIFICATE).fingerprint256);
    expect(before.socket.readyState).toBe(WebSocket.OPEN);
  });
});

describe('a WebSocket ping', () => {
  test('is not sent unless it is asked for', async () => {
    const { server } = await serve();
    const { socket } = await browser(server);
    let pings = 0;
    socket.on('ping', () => pings++);
    await fetched(`${server.url}healthz`);
    expect(pings).toBe(0);
  });

  test('keeps who answers, and gives up who does not', async () => {
    const { server, gateway } = await serve({ pingMs: 20 });
    const alive = await browser(server);
    const dead = await browser(server, { autoPong: false });
    expect(await dead.closed).toBe(1006);
    await new Promise((resolve) => alive.socket.once('ping', resolve));
    expect(alive.socket.readyState).toBe(WebSocket.OPEN);
    expect(gateway.connections).toBe(1);
  });
});

describe('going down', () => {
  test('takes nobody more, closes those who are there, and ends once they have gone', async () => {
    const { server, gateway } = await serve();
    const { url } = server;
    const { closed } = await browser(server);
    const drained = server.drain({ spreadMs: 1_000, withinMs: 60_000 });
    expect(await closed).toBe(1001);
    await drained;
    await expect.poll(() => gateway.connections).toBe(0);
    await expect(fetched(`${url}healthz`)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('ends in time whoever does not go', async () => {
    const { server, pbx } = await serve();
    pbx.silentOn.add('QueueStatus');
    const { socket, closed } = await browser(server);
    socket.send(JSON.stringify({ type: 'command', id: 1, do: 'action', name: 'QueueStatus' }));
    await expect.poll(() => pbx.actionNames.filter((name) => name === 'QueueStatus').length).toBe(2);
    await server.drain({ spreadMs: 1_000, withinMs: 50 });
    expect(await closed).toBe(1006);
  });
});

describe('metrics', () => {
  async function measured(options: { readonly token?: string } = {}) {
    const served = await serve();
    const metrics = await MetricsServer.listen({ gateway: served.gateway, host: '127.0.0.1', port: 0, ...options });
    undo.push(() => metrics.close());
    return { ...served, metrics };
  }

  test('tell what happened: the PBX, events, browsers, logins and commands that were refused', async () => {
    const { server, metrics, pbx, gateway } = await measured();
    const { socket } = await browser(server);
    const seen = new Promise((resolve) =>
      socket.on('message', (data) => String(data).includes('"event"') && resolve(data)),
    );
    pbx.say(`${lampRows(1001, 1)}\nTimestamp: ${(Date.now() / 1000 - 0.5).toFixed(6)}`);
    await seen;
    socket.send(JSON.stringify({ type: 'command', id: 1, do: 'hangUp', channel: 'PJSIP/9' }));
    await expect.poll(() => gateway.stats.commandsRefused.size).toBe(1);
    const { text } = await fetched(metrics.url);
    for (const line of [
      'asterclick_pbx_state{pbx="pbx",state="up"} 1',
      'asterclick_pbx_state{pbx="pbx",state="down"} 0',
      'asterclick_pbx_connects_total{pbx="pbx"} 1',
      'asterclick_browsers 1',
      'asterclick_browsers_logged_in 1',
      'asterclick_logins_started_total 1',
      'asterclick_commands_refused_total{code="GATEWAY_NO_SUCH_CHANNEL"} 1',
      'asterclick_event_age_seconds_count{pbx="pbx"} 1',
    ])
      expect(text.split('\n')).toContain(line);
    expect(text).toMatch(/asterclick_event_age_seconds_bucket\{le="0.25",pbx="pbx"\} 0\n/);
    expect(Number(/asterclick_browser_sent_bytes_total (\d+)/.exec(text)?.[1])).toBeGreaterThan(200);
    expect(Number(/asterclick_ami_read_bytes_total\{pbx="pbx"\} (\d+)/.exec(text)?.[1])).toBeGreaterThan(200);
    // Read a second time they are the same: nothing is counted by reading.
    expect((await fetched(metrics.url)).text).toContain('asterclick_logins_started_total 1\n');
  });

  test('are all there that the page lists', async () => {
    const { metrics } = await measured();
    const { text } = await fetched(metrics.url);
    for (const { name, type } of METRICS) expect(text).toContain(`# TYPE ${name} ${type}`);
    expect(text).toContain('nodejs_eventloop_lag_p99_seconds');
  });

  test('are for who has the token, where there is one; health is for all', async () => {
    const { metrics } = await measured({ token: 'hush' });
    expect((await fetched(metrics.url)).status).toBe(401);
    expect((await fetched(metrics.url, { authorization: 'Bearer hus' })).status).toBe(401);
    expect((await fetched(metrics.url, { authorization: 'Bearer hush' })).status).toBe(200);
    expect(JSON.parse((await fetched(metrics.url.replace('metrics', 'readyz'))).text)).toEqual({
      status: 'ok',
      pbx: 'up',
      pbxs: { pbx: { state: 'up' } },
      browsers: 0,
    });
  });

  test('alone name the PBXs: on the port for browsers nobody learns which there are', async () => {
    const { server } = await serve();
    expect(JSON.parse((await fetched(`${server.url}readyz`)).text)).toEqual({ status: 'ok', pbx: 'up', browsers: 0 });
  });

  test('say what is wrong with the address', async () => {
    const { metrics, gateway } = await measured();
    await expect(MetricsServer.listen({ gateway, host: '127.0.0.1', port: metrics.port })).rejects.toMatchObject({
      code: 'GATEWAY_LISTEN_FAILED',
    });
  });
});
