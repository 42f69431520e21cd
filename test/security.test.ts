/**
 * Attacks on a gateway with real sockets in front of the simulated PBX. Each is refused with its code, and the PBX's own journal
 * shows that nothing of it arrived there.
 */
import { request } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { nodeRuntime } from '../src/ami/runtime.node.ts';
import { connectTcp } from '../src/ami/tcp-link.node.ts';
import { Gateway } from '../src/gateway/gateway.ts';
import { GatewayServer } from '../src/gateway/gateway-server.node.ts';
import { JwtVerifier } from '../src/gateway/jwt-verifier.node.ts';
import { hashSecret } from '../src/gateway/secret-hash.ts';
import { JSON_PROTOCOL, type ServerMessage } from '../src/gateway/wire/protocol.ts';
import { MockPbx } from '../src/mock-ami/mock-pbx.node.ts';

const CHEAP = { cost: 2, blockSize: 1, parallelization: 1, keyBytes: 16 };
const FORBIDDEN = 'GATEWAY_FORBIDDEN';
const BAD_VALUE = 'GATEWAY_BAD_VALUE';
const BAD_MESSAGE = 'GATEWAY_BAD_MESSAGE';
const REFUSED = 'GATEWAY_LOGIN_REFUSED';
const issuer = 'https://login.example.org';
const audience = 'asterclick';

const runtime = nodeRuntime();
const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
const stranger = await generateKeyPair('RS256');
let pbx: MockPbx;
let server: GatewayServer;
let actionsBefore = 0;
const sockets: WebSocket[] = [];

beforeAll(async () => {
  pbx = await MockPbx.listen({});
  const user = async (name: string, role: string, extension?: string) => ({
    name,
    secret: await hashSecret(name, runtime.digest, CHEAP),
    role,
    ...(extension !== undefined && { extension }),
  });
  const gateway = new Gateway({
    runtime,
    pbx: {
      connect: () => connectTcp({ host: '127.0.0.1', port: pbx.port, clock: runtime.clock }),
      credentials: { username: 'admin', secret: 'adminpw' },
    },
    users: {
      version: 1,
      users: [await user('olga', 'operator'), await user('ann', 'agent', '1001'), await user('vic', 'viewer')],
    },
    tokens: new JwtVerifier(
      { keys: { jwks: { keys: [await exportJWK(publicKey)] } }, issuer, audience },
      runtime.clock,
    ),
    limits: { connectionsPerUser: 1000 },
  });
  server = await GatewayServer.listen({ gateway, staticFolder: 'docs' });
  await gateway.open();
}, 30_000);

afterAll(async () => {
  for (const socket of sockets) socket.terminate();
  await server.close();
  await pbx.close();
});

/** Actions that the PBX has got of the gateway, without the ones that the gateway sends by itself. */
function actions(): number {
  return pbx.journal.entries.filter(({ action }) => action !== 'Ping').length;
}

beforeEach(() => {
  actionsBefore = actions();
});

/** A browser that says these things one after the other, and what it hears after each until it is closed. */
async function browser(): Promise<{
  say(text: string): void;
  next(type: ServerMessage['type']): Promise<ServerMessage>;
}> {
  const socket = new WebSocket(server.webSocketUrl, [JSON_PROTOCOL]);
  sockets.push(socket);
  const heard: ServerMessage[] = [];
  let wake = () => {};
  socket.on('message', (data) => {
    heard.push(JSON.parse(String(data)));
    wake();
  });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  return {
    say: (text) => socket.send(text),
    async next(type) {
      for (;;) {
        const at = heard.findIndex((message) => message.type === type);
        const [found] = at < 0 ? [] : heard.splice(at, 1);
        if (found !== undefined) return found;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

async function loggedIn(user: string) {
  const opened = await browser();
  opened.say(JSON.stringify({ type: 'hello', user, secret: user }));
  await opened.next('snapshot');
  return opened;
}

function get(path: string, options: { method?: string; headers?: Record<string, string> } = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: server.port, path, ...options }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    asked.on('upgrade', () => resolve(101));
    asked.on('error', reject).end();
  });
}

function expectNothingReachedThePbx(): void {
  expect(actions()).toBe(actionsBefore);
}

const good = {
  dial: { from: '1001', to: '1002' },
  hangUp: { channel: 'PJSIP/1001-00000001' },
  transfer: { channel: 'PJSIP/1001-00000001', to: '1002' },
  redirect: { channel: 'PJSIP/1001-00000001', extraChannel: 'PJSIP/1002-00000002', to: '1003' },
  action: { name: 'QueueStatus' },
} as const;
const breakers = [
  ['CR LF', '\r\n'],
  ['a lone CR', '\r'],
  ['a lone LF', '\n'],
  ['NUL', '\0'],
] as const;
const injections = Object.entries(good).flatMap(([command, fields]) =>
  Object.entries(fields).flatMap(([field, value]) =>
    breakers.map(([name, breaker]) => {
      const attack = { do: command, ...fields, [field]: `${value}${breaker}Action: Command` };
      return [`${name} in "${field}" of ${command}`, 'olga', attack, BAD_MESSAGE] as const;
    }),
  ),
);
const headerInjections = breakers.flatMap(([name, breaker]) => [
  [
    `${name} in a header's value`,
    'olga',
    action('QueueStatus', { Queue: `a${breaker}Action: Command` }),
    BAD_MESSAGE,
  ] as const,
  [
    `${name} in a header's name`,
    'olga',
    action('QueueStatus', { [`Queue${breaker}Action`]: 'Command' }),
    BAD_MESSAGE,
  ] as const,
]);

function action(name: string, headers: Record<string, unknown> = {}): object {
  return { do: 'action', name, headers };
}

const FORBIDDEN_ACTIONS: readonly (readonly [string, Record<string, string>])[] = [
  ['Command', { Command: 'core stop now' }],
  ['Originate', { Channel: 'PJSIP/1001', Application: 'System', Data: 'id' }],
  ['Originate', { Channel: 'Local/x@from-trunk', Context: 'from-trunk', Exten: '1', Priority: '1' }],
  ['UpdateConfig', { SrcFilename: 'manager.conf', DstFilename: 'manager.conf' }],
  ['GetConfig', { Filename: 'manager.conf' }],
  ['GetConfigJSON', { Filename: 'pjsip.conf' }],
  ['CreateConfig', { Filename: 'x.conf' }],
  ['ListCategories', { Filename: 'manager.conf' }],
  ['ModuleLoad', { Module: 'evil.so', LoadType: 'load' }],
  ['Reload', {}],
  ['Setvar', { Variable: 'SHELL(id)', Value: '' }],
  ['Getvar', { Variable: 'FILE(/etc/passwd)' }],
  ['DBPut', { Family: 'a', Key: 'b', Val: 'c' }],
  ['DBDelTree', { Family: 'a' }],
  ['DialplanExtensionAdd', { Context: 'from-phones', Extension: '9', Priority: '1', Application: 'System' }],
  ['MixMonitor', { Channel: 'PJSIP/1001-1', Command: 'id' }],
  ['Monitor', { Channel: 'PJSIP/1001-1', File: '/tmp/x' }],
  ['AGI', { Channel: 'PJSIP/1001-1', Command: 'exec System id' }],
  ['UserEvent', { UserEvent: 'forged' }],
  ['Events', { EventMask: 'off' }],
  ['Filter', { Operation: 'Add', Filter: '!.*' }],
  ['Logoff', {}],
  ['Login', { Username: 'admin', Secret: 'x' }],
  ['SIPpeers', {}],
  ['SendText', { Channel: 'PJSIP/1001-1', Message: 'x' }],
  ['QueueReset', {}],
  ['__proto__', {}],
  ['constructor', {}],
  ['command', { Command: 'core stop now' }],
];

describe('a command', () => {
  test.each([
    ...injections,
    ...headerInjections,
    ...FORBIDDEN_ACTIONS.map(
      ([name, headers], at) => [`the action ${name} (${at + 1})`, 'olga', action(name, headers), FORBIDDEN] as const,
    ),
    [
      'an ActionID of the browser, to get the answer to another',
      'olga',
      action('QueueStatus', { ActionID: '1' }),
      FORBIDDEN,
    ],
    ['a second Action among the headers', 'olga', action('QueueStatus', { Action: 'Command' }), FORBIDDEN],
    ['a header by the prototype', 'olga', action('QueueStatus', { constructor: 'x' }), FORBIDDEN],
    ['a header that is no text', 'olga', action('QueueStatus', { Queue: { a: 1 } }), BAD_MESSAGE],
    ['101 headers', 'olga', action('QueueStatus', { Queue: Array.from({ length: 101 }, () => 'a') }), BAD_MESSAGE],
    ['a header of 513 letters', 'olga', action('QueueStatus', { Queue: 'a'.repeat(513) }), BAD_MESSAGE],
    ['a viewer who dials', 'vic', { do: 'dial', ...good.dial }, FORBIDDEN],
    ['a viewer who asks the PBX', 'vic', action('QueueStatus'), FORBIDDEN],
    ['an agent who dials from the phone of another', 'ann', { do: 'dial', from: '1002', to: '1003' }, FORBIDDEN],
    ['an agent who pauses another', 'ann', action('QueuePause', { Interface: 'PJSIP/1002', Paused: '1' }), FORBIDDEN],
    ['a context in the number', 'olga', { do: 'dial', from: '1001', to: '1@from-trunk' }, BAD_VALUE],
    ['an application in the number', 'olga', { do: 'dial', from: '1001', to: '1,1,System(id)' }, BAD_VALUE],
    ['a second phone in the number', 'olga', { do: 'dial', from: '1001&PJSIP/1002', to: '1' }, BAD_VALUE],
    ['another technology in the number', 'olga', { do: 'dial', from: 'Local/1', to: '1' }, BAD_VALUE],
    ['a function in the number', 'olga', { do: 'dial', from: '1001', to: '$' + '{SHELL(id)}' }, BAD_VALUE],
    ['all channels by a pattern', 'olga', { do: 'hangUp', channel: '/.*/' }, 'GATEWAY_NO_SUCH_CHANNEL'],
    ['a channel by the prototype', 'olga', { do: 'hangUp', channel: '__proto__' }, 'GATEWAY_NO_SUCH_CHANNEL'],
    ['a command that is none', 'olga', { do: 'shell', name: 'id' }, BAD_MESSAGE],
  ] as const)('with %s is refused', async (_, user, attack, code) => {
    const opened = await loggedIn(user);
    opened.say(JSON.stringify({ type: 'command', id: 7, ...attack }));
    expect(await opened.next('reply')).toMatchObject({ id: 7, ok: false, code });
    expectNothingReachedThePbx();
  });
});

describe('a first message', () => {
  const seconds = () => Math.floor(runtime.clock.now() / 1000);
  const token = (claims: Record<string, unknown> = {}) =>
    new SignJWT({ sub: 'eve', role: 'operator', iss: issuer, aud: audience, exp: seconds() + 600, ...claims });
  const rs256 = { alg: 'RS256' };
  const withTicket = async (change: (ticket: string) => string) => {
    const opened = await browser();
    opened.say(JSON.stringify({ type: 'hello', user: 'ann', secret: 'ann' }));
    const welcome = await opened.next('welcome');
    return { ticket: change('ticket' in welcome ? welcome.ticket : '') };
  };
  test.each<readonly [string, () => object | Promise<object>, string]>([
    [
      'an expired token',
      async () => ({
        token: await token({ exp: seconds() - 60 })
          .setProtectedHeader(rs256)
          .sign(privateKey),
      }),
      REFUSED,
    ],
    [
      'a token of another key',
      async () => ({ token: await token().setProtectedHeader(rs256).sign(stranger.privateKey) }),
      REFUSED,
    ],
    [
      'a token for another service',
      async () => ({ token: await token({ aud: 'mail' }).setProtectedHeader(rs256).sign(privateKey) }),
      REFUSED,
    ],
    [
      'a token of another issuer',
      async () => ({ token: await token({ iss: 'x' }).setProtectedHeader(rs256).sign(privateKey) }),
      REFUSED,
    ],
    [
      'a token with a role that is none',
      async () => ({ token: await token({ role: '__proto__' }).setProtectedHeader(rs256).sign(privateKey) }),
      REFUSED,
    ],
    [
      'an unsigned token',
      () => ({
        token: new UnsecuredJWT({
          sub: 'eve',
          role: 'operator',
          iss: issuer,
          aud: audience,
          exp: seconds() + 60,
        }).encode(),
      }),
      REFUSED,
    ],
    [
      'a ticket rewritten for another user',
      () => withTicket((ticket) => ticket.replace(/^1\.[0-9a-f]+/, '1.6f6c6761')),
      REFUSED,
    ],
    [
      'a ticket with a longer life',
      () => withTicket((ticket) => ticket.replace(/\.\d+\./, '.9999999999999.')),
      REFUSED,
    ],
    [
      'a ticket that claims a token',
      () =>
        withTicket((ticket) =>
          ticket.replace(
            /^1\.[0-9a-f]+/,
            `1.${Buffer.from(' {"user":"olga","roles":["operator"],"expiresMs":9e15}').toString('hex')}`,
          ),
        ),
      REFUSED,
    ],
    ['a wrong secret', () => ({ user: 'olga', secret: 'olg' }), REFUSED],
    ['a user by the prototype', () => ({ user: '__proto__', secret: '' }), REFUSED],
    ['no proof', () => ({}), REFUSED],
    ['a user that is no text', () => ({ user: ['olga'], secret: 'olga' }), BAD_MESSAGE],
    ['a command in its place', () => ({ type: 'command', id: 1, do: 'dial', ...good.dial }), 'GATEWAY_HELLO_EXPECTED'],
  ])('with %s is refused', async (_, make, code) => {
    const opened = await browser();
    opened.say(JSON.stringify({ type: 'hello', ...(await make()) }));
    expect(await opened.next('error')).toMatchObject({ code });
    expectNothingReachedThePbx();
  });
});

describe('at the door', () => {
  const upgrade = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  };
  test.each<readonly [string, string, { method?: string; headers?: Record<string, string> }, number]>([
    [
      "a stranger's page",
      '/',
      { headers: { ...upgrade, 'sec-websocket-protocol': JSON_PROTOCOL, origin: 'https://evil.example' } },
      403,
    ],
    [
      'a page of no origin (sandboxed)',
      '/',
      { headers: { ...upgrade, 'sec-websocket-protocol': JSON_PROTOCOL, origin: 'null' } },
      403,
    ],
    [
      'a page whose host only begins like ours',
      '/',
      { headers: { ...upgrade, 'sec-websocket-protocol': JSON_PROTOCOL, origin: 'http://127.0.0.1.evil.example' } },
      403,
    ],
    ['a path out of the pages', '/../package.json', {}, 404],
    ['an encoded path out of the pages', '/%2e%2e/package.json', {}, 404],
    ['an encoded slash', '/..%2fpackage.json', {}, 404],
    ['a backslash', '/..%5cpackage.json', {}, 404],
    ['NUL in a path', '/gateway.md%00.html', {}, 404],
    ['a page to be written', '/gateway.md', { method: 'PUT' }, 405],
    ['a form of another site', '/', { method: 'POST', headers: { origin: 'https://evil.example' } }, 405],
  ])('%s is refused', async (_, path, options, status) => {
    expect(await get(path, options)).toBe(status);
    expectNothingReachedThePbx();
  });
});

test('what is allowed does arrive: the journal would have shown the others', async () => {
  const opened = await loggedIn('olga');
  opened.say(JSON.stringify({ type: 'command', id: 1, ...action('QueueStatus') }));
  expect(await opened.next('reply')).toMatchObject({ id: 1, ok: true });
  expect(actions()).toBe(actionsBefore + 1);
});
