import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { MockPbx } from '../mock-pbx.node.ts';
import { ROUTES } from './api/routes.ts';
import { CONTROL_PROTOCOL } from './control-server.ts';

let pbx: MockPbx;

beforeEach(async () => {
  pbx = await MockPbx.listen({ control: {}, speed: 20 });
});

afterEach(async () => {
  await pbx.close();
});

/** The paths and methods that were asked for, and what they answered. */
const asked = new Map<string, Set<number>>();

async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${pbx.control?.httpUrl}${path}`, {
    method,
    headers: { 'Content-Type': 'application/json', ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const answer = text === '' ? undefined : JSON.parse(text);
  const route = ROUTES.find((each) => each.method === method && matches(each.path, path.replace(/\?.*/, '')));
  if (route !== undefined && response.status === route.status) {
    asked.set(`${method} ${route.path}`, (asked.get(`${method} ${route.path}`) ?? new Set()).add(response.status));
    if (route.response !== undefined) z.parse(route.response, answer);
  }
  return { status: response.status, body: answer };
}

function matches(pattern: string, path: string): boolean {
  return new RegExp(`^${pattern.replace(/\{\w+\}/g, '[^/]+')}$`).test(path);
}

async function logIn(): Promise<(...rows: string[]) => void> {
  const socket = createConnection(pbx.port, pbx.host);
  socket.on('error', () => {});
  const send = (...rows: string[]) => socket.write(`${rows.join('\r\n')}\r\n\r\n`);
  send('Action: Login', 'Username: admin', `Secret: ${pbx.stage.managerSecret('admin')}`);
  await new Promise<void>((resolve) =>
    socket.on('data', (bytes) => {
      if (bytes.toString().includes('Authentication accepted')) resolve();
    }),
  );
  return send;
}

describe('the control API', () => {
  it('plays a scenario, waits for its end, and tells why one failed', async () => {
    expect((await ask('GET', '/v1/scenarios')).body.scenarios).toContain('hold-unhold');
    const started = await ask('POST', '/v1/plays', { scenario: 'hold-unhold' });
    expect(started).toMatchObject({ status: 201, body: { id: 1, state: 'playing' } });
    expect((await ask('GET', '/v1/plays/1?withinMs=20000')).body).toMatchObject({ state: 'done' });
    const yaml = 'scenario: mine\nsteps: [1001 dials 1002, expect lamp 1002 held within 50ms]\n';
    await ask('POST', '/v1/plays', { yaml });
    const failed = await ask('GET', '/v1/plays/2?withinMs=20000');
    expect(failed.body).toMatchObject({ state: 'failed', failure: { code: 'SCENARIO_FAILED' } });
    await ask('POST', '/v1/plays', { yaml: 'scenario: long\nsteps: [wait 1h]\n' });
    expect((await ask('DELETE', '/v1/plays/3')).body).toMatchObject({ state: 'stopped' });
    expect((await ask('GET', '/v1/plays')).body.plays.map(({ state }: { state: string }) => state)).toEqual([
      'done',
      'failed',
      'stopped',
    ]);
  });

  it('plays a hundred scenarios at a time and no more', async () => {
    const yaml = 'scenario: long\nsteps: [wait 1h]\n';
    for (let times = 0; times < 100; times++) await ask('POST', '/v1/plays', { yaml });
    expect((await ask('POST', '/v1/plays', { yaml })).body.code).toBe('CONTROL_TOO_MANY');
    expect((await ask('POST', '/v1/steps', { steps: ['wait 1s'] })).body.code).toBe('CONTROL_TOO_MANY');
    await ask('POST', '/v1/clock/run-until-idle', { atMostMs: 4_000_000 });
    expect((await ask('POST', '/v1/plays', { yaml })).status).toBe(201);
  });

  it('asks for every pattern before it waits for the first action', async () => {
    const wanted = [{ action: 'Originate' }, { action: 'Ping', headers: { ActionID: { matches: '[a-' } } }];
    const answer = await ask('POST', '/v1/journal/assert', { expected: wanted, withinMs: 10 });
    expect(answer).toMatchObject({ status: 400, body: { code: 'CONTROL_BAD_REQUEST' } });
    // an expectation left behind would fail after its time, with nobody to hear of it
    await ask('POST', '/v1/journal/wait', { action: 'Originate', withinMs: 30 });
  });

  it('does single steps, presses buttons and shows phones', async () => {
    const done = await ask('POST', '/v1/steps', { steps: ['1001 dials 1002', 'wait until 1002 is ringing'] });
    expect(done).toMatchObject({ status: 200, body: { state: 'done' } });
    expect((await ask('POST', '/v1/phones/1002/press', { do: 'answer' })).status).toBe(200);
    await ask('POST', '/v1/events/wait', { name: 'BridgeEnter' });
    expect((await ask('GET', '/v1/phones/1002')).body).toMatchObject({ lamp: 'up', calls: [{ other: '1001' }] });
    expect((await ask('GET', '/v1/phones')).body.phones).toHaveLength(8);
    expect((await ask('POST', '/v1/phones/1002/press', { do: 'transfer', other: '1001' })).body.message).toBe(
      'to is missing: a text',
    );
    const wrong = await ask('POST', '/v1/steps', { steps: ['1002 hangs up 4711'] });
    expect(wrong).toMatchObject({ status: 409, body: { code: 'SCENARIO_FAILED' } });
  });

  it('shows what clients did, waits for it, and asserts it with what came instead', async () => {
    const send = await logIn();
    const waiting = ask('POST', '/v1/journal/wait', { action: 'DBPut', headers: { Val: { matches: '^\\d$' } } });
    send('Action: DBPut', 'Family: a', 'Key: b', 'Val: 1');
    expect((await waiting).body).toMatchObject({ action: 'DBPut', user: 'admin', answer: { response: 'Success' } });
    const { entries } = (await ask('GET', '/v1/journal?action=dbput&limit=5')).body;
    expect(entries).toMatchObject([{ id: 2, headers: { Family: 'a', Val: '1' } }]);
    expect((await ask('POST', '/v1/journal/assert', { expected: [{ action: 'DBPut' }] })).status).toBe(200);
    const missed = await ask('POST', '/v1/journal/assert', { expected: [{ action: 'DBPut', headers: { Val: '2' } }] });
    expect(missed).toMatchObject({ status: 409, body: { code: 'MOCK_ACTION_MISSING' } });
    expect(missed.body.message).toContain("nearest is DBPut, action 2, but Val is '1' and not '2'");
    expect((await ask('POST', '/v1/journal/assert', { expected: [] })).body.code).toBe('MOCK_ACTION_UNEXPECTED');
    const late = await ask('POST', '/v1/journal/wait', { action: 'Originate', withinMs: 10 });
    expect(late).toMatchObject({ status: 408, body: { code: 'CONTROL_TIMEOUT' } });
  });

  it('says so where the wanted action came but has no answer yet', async () => {
    const send = await logIn();
    send('Action: Originate', 'Channel: PJSIP/1001', 'Context: phones', 'Exten: 1002', 'Priority: 1');
    await ask('POST', '/v1/steps', { steps: ['wait until 1001 is ringing'] });
    const waited = await ask('POST', '/v1/journal/wait', { action: 'Originate', withinMs: 10 });
    expect(waited.body.message).toBe('within 10 ms Originate, action 2, came as wanted, but is not answered yet');
  });

  it('answers in HTTP/1.1 who offers another protocol, as the client of Java does', async () => {
    const socket = createConnection(pbx.control?.port ?? 0, '127.0.0.1');
    const body = '{"steps": ["1001 dials 1002"]}';
    const offer = 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAA\r\n';
    socket.write(
      `POST /v1/steps HTTP/1.1\r\nHost: localhost\r\n${offer}Content-Length: ${body.length}\r\n\r\n${body.slice(0, 9)}`,
    );
    socket.write(body.slice(9));
    let answers = '';
    let asked = false;
    for await (const bytes of socket) {
      answers += bytes;
      if (asked || !answers.includes('"done"')) continue;
      asked = true;
      socket.write('GET /v1/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    }
    expect(answers).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*"state":"done"[\s\S]*HTTP\/1\.1 200 OK\r\n[\s\S]*"api":1/);
  });

  it('keeps the newest events, by name', async () => {
    await ask('POST', '/v1/steps', { steps: ['1001 dials 1002', 'wait until 1002 is ringing'] });
    const { events, last } = (await ask('GET', '/v1/events?name=newchannel')).body;
    expect(events).toMatchObject([{ headers: { CallerIDNum: '1001' } }, { headers: { Exten: 's' } }]);
    expect(last).toBeGreaterThan(10);
    const late = await ask('POST', '/v1/events/wait', { name: 'Hold', after: last, withinMs: 10 });
    expect(late).toMatchObject({
      status: 408,
      body: { message: 'within 10 ms no event Hold happened as wanted; no event came at all' },
    });
    const other = await ask('POST', '/v1/events/wait', {
      name: 'Newchannel',
      headers: { Exten: '1003' },
      withinMs: 10,
    });
    expect(other.body.message).toMatch(/nearest is Newchannel, event \d+, but Exten is 's' and not '1003'/);
  });

  it('lists, sets and ends faults', async () => {
    const { known } = (await ask('GET', '/v1/faults')).body;
    expect(known.map(({ name }: { name: string }) => name)).toContain('refuse-connections');
    const set = await ask('PUT', '/v1/faults/delay-writes', { values: { by: '200ms' } });
    expect(set.body.active).toMatchObject([{ name: 'delay-writes', values: { by: 200 } }]);
    expect((await ask('DELETE', '/v1/faults/delay-writes')).body.active).toEqual([]);
    await ask('PUT', '/v1/faults/silence', {});
    expect((await ask('DELETE', '/v1/faults')).body.active).toEqual([]);
    expect((await ask('PUT', '/v1/faults/delay-writs', {})).body).toMatchObject({ code: 'STAGE_UNKNOWN_FAULT' });
    expect((await ask('PUT', '/v1/faults/delay-writes', { values: { by: 'long' } })).status).toBe(400);
  });

  it('moves time: its pace, by hand, and until nobody talks', async () => {
    await ask('PATCH', '/v1/clock', { speed: 0 });
    const before = (await ask('GET', '/v1/clock')).body;
    expect(before.speed).toBe(0);
    await ask('POST', '/v1/plays', { yaml: 'scenario: c\nsteps: [1001 dials 1002, wait 6s, 1001 hangs up]\n' });
    expect((await ask('POST', '/v1/clock/advance', { ms: 5000 })).body.nowMs).toBe(before.nowMs + 5000);
    expect((await ask('GET', '/v1/phones/1002')).body.lamp).toBe('ringing');
    expect((await ask('POST', '/v1/clock/run-until-idle', { atMostMs: 10 })).body.idle).toBe(false);
    expect((await ask('POST', '/v1/clock/run-until-idle')).body.idle).toBe(true);
    expect((await ask('GET', '/v1/plays/1')).body.state).toBe('done');
  });

  it('goes back to the start, to a snapshot, and on as another PBX', async () => {
    await ask('POST', '/v1/steps', { steps: ['1001 dials 1002', 'wait until 1002 is ringing'] });
    const kept = (await ask('POST', '/v1/snapshots')).body;
    expect((await ask('POST', '/v1/reset', { seed: 7 })).body.seed).toBe(7);
    expect((await ask('GET', '/v1/health')).body).toMatchObject({ pbx: 'up', channels: 0, seed: 7 });
    const fork = (await ask('POST', '/v1/forks', { snapshot: kept.id })).body;
    expect(fork.amiPort).not.toBe(pbx.port);
    expect((await ask('GET', '/v1/forks')).body.forks).toEqual([fork]);
    expect((await ask('DELETE', `/v1/forks/${fork.id}`)).status).toBe(204);
    await ask('POST', `/v1/snapshots/${kept.id}/restore`);
    expect((await ask('GET', '/v1/phones/1002')).body.lamp).toBe('ringing');
    expect((await ask('GET', '/v1/snapshots')).body.snapshots).toEqual([kept]);
    expect((await ask('DELETE', `/v1/snapshots/${kept.id}`)).status).toBe(204);
    expect((await ask('POST', `/v1/snapshots/${kept.id}/restore`)).status).toBe(404);
  });

  it('has answered on every path it has, in the form that its description promises', async () => {
    const all = ROUTES.map(({ method, path }) => `${method} ${path}`);
    expect(all.filter((one) => !asked.has(one))).toEqual([]);
  });

  it('describes itself as OpenAPI: every path, with the schemas that check requests', async () => {
    const { body } = await ask('GET', '/v1/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    const written = readFileSync(new URL('../../../docs/openapi.json', import.meta.url), 'utf8');
    expect(JSON.parse(written), 'docs/openapi.json; npm run open-api writes it anew').toEqual(body);
    const described = Object.entries(body.paths as Record<string, object>).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.sort()).toEqual(ROUTES.map(({ method, path }) => `${method} ${path}`).sort());
    const ids = Object.values(body.paths as Record<string, Record<string, { operationId: string }>>).flatMap(
      (methods) => Object.values(methods).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each([
    ['GET', '/v1/jurnal', undefined, 404, /did you mean \/v1\/journal\?/],
    ['POST', '/v1/health', {}, 405, /takes GET, not POST/],
    ['POST', '/v1/plays', '{', 400, /no JSON/],
    ['POST', '/v1/plays', {}, 400, /give either scenario/],
    ['POST', '/v1/plays', { scenario: 'hold-unhld' }, 404, /did you mean 'hold-unhold'/],
    ['POST', '/v1/plays', { yaml: 'scenario: x\nsteps: [1001 sings]' }, 400, /yaml:2/],
    ['POST', '/v1/plays', { scenario: 'variant-timestampevents' }, 409, /before the start/],
    ['PATCH', '/v1/clock', { speed: -1 }, 400, /speed/],
    ['PATCH', '/v1/clock', { sped: 1 }, 400, /there are speed/],
    ['POST', '/v1/steps', { steps: [] }, 400, /steps/],
    ['GET', '/v1/phones/4711', undefined, 404, /there is no phone 4711/],
    ['GET', '/v1/phones/%E0', undefined, 400, /no escape/],
    ['GET', '/v1/journal?limit=many', undefined, 400, /limit/],
    ['POST', '/v1/journal/wait', { action: 'X', headers: { A: { matches: '(' } } }, 400, /regular expression/],
    ['GET', '/v1/plays/99', undefined, 404, /99/],
    ['POST', '/v1/plays', `{"yaml": "${'x'.repeat(1_100_000)}"}`, 413, /up to 1048576 bytes/],
  ])('says what would be right: %s %s', async (method, path, body, status, message) => {
    const answer = await ask(method, path, body);
    expect([answer.status, answer.body.message]).toEqual([status, expect.stringMatching(message)]);
  });

  it('takes requests over its WebSocket too', async () => {
    const socket = new WebSocket(pbx.control?.url ?? '', CONTROL_PROTOCOL);
    const answer = new Promise<unknown>((resolve) =>
      socket.on('message', (data) => {
        const message = JSON.parse(String(data));
        if (message.type === 'answer') resolve(message);
      }),
    );
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send(JSON.stringify({ id: 5, do: 'request', method: 'GET', path: '/v1/health' }));
    expect(await answer).toMatchObject({ id: 5, status: 200, body: { status: 'ok' } });
    socket.close();
  });
});

describe('who may use the control API', () => {
  it('refuses pages of other machines, and names that only point here', async () => {
    const foreign = await ask('GET', '/v1/health', undefined, { Origin: 'https://evil.example' });
    expect(foreign).toMatchObject({ status: 403, body: { code: 'CONTROL_FORBIDDEN' } });
    const local = await ask('GET', '/v1/health', undefined, { Origin: 'http://localhost:3000' });
    expect(local.status).toBe(200);
  });

  it('wants the token where there is one', async () => {
    await using guarded = await MockPbx.listen({ control: { token: 's3cret' } });
    const health = (headers: Record<string, string>, query = '') =>
      fetch(`${guarded.control?.httpUrl}/v1/health${query}`, { headers }).then(({ status }) => status);
    expect(await health({})).toBe(403);
    expect(await health({ Authorization: 'Bearer s3cres' })).toBe(403);
    expect(await health({ Authorization: 'Bearer s3cret' })).toBe(200);
    expect(await health({}, '?token=s3cret')).toBe(200);
  });

  it('is not served beyond this machine without one', async () => {
    await expect(MockPbx.listen({ control: { host: '0.0.0.0' } })).rejects.toMatchObject({
      code: 'CONTROL_NEEDS_TOKEN',
    });
  });
});

const python = spawnSync('python3', ['--version']).status === 0;

describe.skipIf(!python)('a program in another language', () => {
  it('plays, presses, waits and makes things go wrong, with the standard library of Python only', async () => {
    const program = fileURLToPath(new URL('./control-api.test.py', import.meta.url));
    const { stdout } = await promisify(execFile)('python3', [program, String(pbx.control?.httpUrl), String(pbx.port)]);
    expect(stdout).toBe('held\nPing by admin: Success\nrefused\nidle\n');
  });
});
