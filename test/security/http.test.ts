/** What other sites' pages, and whoever can reach the port, may try over HTTP. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { type OutgoingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MetricsServer } from '../../src/gateway/metrics-server.node.ts';
import { JSON_PROTOCOL } from '../../src/gateway/wire/protocol.ts';
import { AttackRig, PROTOCOLS } from './attack-rig.ts';
import { written } from './written.ts';

const SECRET = 'what nobody may read';

let rig: AttackRig;
/** Goes by a name of its own. */
let named: AttackRig;
let metrics: MetricsServer;
const folder = mkdtempSync(join(tmpdir(), 'asterclick-attack-'));

beforeAll(async () => {
  const pages = join(folder, 'pages');
  mkdirSync(join(pages, 'sub'), { recursive: true });
  mkdirSync(join(folder, 'pages-of-another'));
  writeFileSync(join(pages, 'index.html'), 'home');
  writeFileSync(join(pages, '.env'), SECRET);
  for (const path of ['users.json', 'pages-of-another/x.txt']) writeFileSync(join(folder, path), SECRET);
  symlinkSync(join(folder, 'users.json'), join(pages, 'link.json'));
  symlinkSync(folder, join(pages, 'linked'));
  rig = await AttackRig.open({ server: { staticFolder: pages, origins: ['https://panel.example.org'] } });
  named = await AttackRig.open({ server: { staticFolder: pages, hosts: ['127.0.0.1', 'Panel.example.org'] } });
  metrics = await MetricsServer.listen({ gateway: rig.gateway, host: '127.0.0.1', port: 0, token: 'let me in' });
}, 30_000);
afterAll(async () => {
  await metrics.close();
  await rig[Symbol.asyncDispose]();
  await named[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

interface Asked {
  readonly port?: number;
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
}

/** The path goes out as it is: nothing is resolved before. */
function ask(path: string, { port = rig.server.port, method = 'GET', headers = {} }: Asked = {}) {
  return new Promise<{ status: number; headers: Readonly<Record<string, unknown>>; body: string }>(
    (resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
        let body = '';
        response.on('data', (chunk) => {
          body += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
      });
      asked.on('upgrade', (response, socket) => {
        socket.destroy();
        resolve({ status: 101, headers: response.headers, body: '' });
      });
      asked.on('error', reject).end();
    },
  );
}

const upgrade = (protocol: string, more: OutgoingHttpHeaders = {}): OutgoingHttpHeaders => ({
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  'sec-websocket-protocol': protocol,
  ...more,
});

describe.each(PROTOCOLS)('a WebSocket for %s', (protocol) => {
  test.each([
    ['a page of its own', () => `http://127.0.0.1:${rig.server.port}`],
    ['a page that is listed', () => 'https://panel.example.org'],
  ])('is given to %s', async (_, origin) => {
    expect(await ask('/', { headers: upgrade(protocol, { origin: origin() }) })).toMatchObject({ status: 101 });
  });

  test.each([
    ['of a stranger', () => 'https://evil.example'],
    ['of no origin (sandboxed)', () => 'null'],
    ['whose origin is blank', () => ''],
    ['whose host only begins like ours', () => `http://127.0.0.1.evil.example:${rig.server.port}`],
    ['whose host only ends like ours', () => `http://evil-127.0.0.1:${rig.server.port}`],
    ['of another port', () => 'http://127.0.0.1:1'],
    ['that puts our name before its own', () => `http://127.0.0.1:${rig.server.port}@evil.example`],
    ['that is a file', () => 'file://'],
    ['whose name begins like a listed one', () => 'https://panel.example.org.evil.example'],
    ['of a listed name without TLS', () => 'http://panel.example.org'],
  ])('is refused to a page %s', async (_, origin) => {
    const answer = await ask('/', { headers: upgrade(protocol, { origin: origin() }) });
    expect(answer).toMatchObject({ status: 403, body: expect.stringContaining('GATEWAY_ORIGIN_REFUSED') });
    await rig.nothingReachedThePbx();
  });

  test('is refused under a name that somebody else made point here (DNS rebinding)', async () => {
    const { port } = named.server;
    const evil = { host: `evil.example:${port}`, origin: `http://evil.example:${port}` };
    expect(await ask('/', { port, headers: upgrade(protocol, evil) })).toMatchObject({
      status: 421,
      body: expect.stringContaining('GATEWAY_HOST_REFUSED'),
    });
    const good = { host: `panel.example.org:${port}`, origin: `http://panel.example.org:${port}` };
    expect(await ask('/', { port, headers: upgrade(protocol, good) })).toMatchObject({ status: 101 });
    await named.nothingReachedThePbx();
  });
});

describe('a WebSocket', () => {
  test('under a foreign name, where any is good, gets nothing without a proof: there are no cookies that it could use', async () => {
    const { port } = rig.server;
    const evil = {
      host: `evil.example:${port}`,
      origin: `http://evil.example:${port}`,
      cookie: 'user=olga',
      authorization: 'Basic b2xnYTpvbGdh',
    };
    const rebound = await rig.attacker(JSON_PROTOCOL, evil);
    rebound.say(written(JSON_PROTOCOL, { type: 'hello' }));
    expect(await rebound.answer()).toBe('GATEWAY_LOGIN_REFUSED');
    expect((await rebound.closed).code).toBe(4001);
    await rig.nothingReachedThePbx();
  });

  test.each([
    ['of another version', upgrade(JSON_PROTOCOL, { 'sec-websocket-version': '7' }), 400],
    ['without a key', upgrade(JSON_PROTOCOL, { 'sec-websocket-key': '' }), 400],
    ['with a key that is none', upgrade(JSON_PROTOCOL, { 'sec-websocket-key': 'x' }), 400],
    ['of another protocol', upgrade('mqtt'), 400],
    ['by the prototype', upgrade('__proto__'), 400],
  ])('%s is refused', async (_, headers, status) => {
    expect((await ask('/', { headers })).status).toBe(status);
    await rig.nothingReachedThePbx();
  });

  test('that asks for something else than a WebSocket is refused', async () => {
    expect((await ask('/', { headers: { connection: 'Upgrade', upgrade: 'h2c' } })).status).toBe(400);
    await rig.nothingReachedThePbx();
  });
});

describe('a path', () => {
  test.each([
    '/../users.json',
    '/%2e%2e/users.json',
    '/%2E%2E%2Fusers.json',
    '/..%2fusers.json',
    '/..%5cusers.json',
    '/..\\users.json',
    '/sub/../../users.json',
    '/sub/%2e%2e/%2e%2e/users.json',
    '/....//users.json',
    '/.%00./users.json',
    '/%252e%252e/users.json',
    '/%c0%ae%c0%ae/users.json',
    '/%u002e%u002e/users.json',
    '//etc/passwd',
    '/etc/passwd',
    'http://evil.example/../users.json',
    '/users.json%00.html',
    '/.env',
    '/%2eenv',
    '/link.json',
    '/linked/users.json',
    '/../pages-of-another/x.txt',
    '/C:%5cusers.json',
    '/?x=/../users.json/..',
    '/index.html/../../users.json',
    '*',
  ])('out of the pages is refused: %s', async (path) => {
    const { status, body } = await ask(path);
    expect([path, status]).toEqual([path, path.startsWith('/?') ? 200 : 404]);
    expect(body).not.toContain(SECRET);
    await rig.nothingReachedThePbx();
  });
});

describe('a request of another site', () => {
  const evil = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
  test.each([
    ['a form', 'POST', '/', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['JSON as text', 'POST', '/', { 'content-type': 'text/plain' }],
    ['a page to be written', 'PUT', '/index.html', {}],
    ['a page to be deleted', 'DELETE', '/index.html', {}],
    ['a question before JSON (preflight)', 'OPTIONS', '/', { 'access-control-request-method': 'POST' }],
    ['an echo', 'TRACE', '/', {}],
    ['an action as AJAM had it', 'POST', '/rawman', {}],
  ])('is refused: %s', async (_, method, path, headers) => {
    const answer = await ask(path, { method, headers: { ...evil, ...headers } });
    expect(answer).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    await rig.nothingReachedThePbx();
  });

  test.each([
    '/rawman?action=Command',
    '/manager?action=login&username=admin',
    '/mxml?action=originate',
    '/metrics',
    '/ws',
  ])('for what is not there is refused: %s', async (path) => {
    expect((await ask(path, { headers: evil })).status).toBe(404);
    await rig.nothingReachedThePbx();
  });

  test('may not frame the panel, nor read its answers', async () => {
    const { status, headers } = await ask('/', { headers: evil });
    expect([status, headers['x-frame-options'], headers['x-content-type-options']]).toEqual([
      200,
      'SAMEORIGIN',
      'nosniff',
    ]);
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  test('for pages under a foreign name is refused; health is told under any', async () => {
    const { port } = named.server;
    for (const path of ['/', '/index.html', '/x'])
      expect(await ask(path, { port, headers: { host: 'evil.example' } })).toMatchObject({ status: 421 });
    expect(await ask('/healthz', { port, headers: { host: '10.0.0.1' } })).toMatchObject({ status: 200 });
    expect(await ask('/', { port, headers: { host: 'panel.example.org' } })).toMatchObject({ status: 200 });
    await named.nothingReachedThePbx();
  });

  test.each([
    ['no token', {}, 401],
    ['another token', { authorization: 'Bearer let me' }, 401],
    ['the token in another way', { authorization: 'Basic let me in' }, 401],
  ])('for metrics with %s is refused', async (_, headers, status) => {
    const answer = await ask('/metrics', { port: metrics.port, headers });
    expect(answer).toMatchObject({ status, body: '' });
    expect(await ask('/metrics', { port: metrics.port, headers: { authorization: 'Bearer let me in' } })).toMatchObject(
      {
        status: 200,
      },
    );
    await rig.nothingReachedThePbx();
  });
});
