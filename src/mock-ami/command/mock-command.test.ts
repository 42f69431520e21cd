import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { nodeRuntime } from '../../ami/runtime.node.ts';
import { AmiSession } from '../../ami/session.ts';
import { connectTcp } from '../../ami/tcp-link.node.ts';
import { errorReport } from './error-report.ts';
import { mockCommand } from './mock-command.node.ts';
import { checkReady, type ListeningPorts } from './ready-file.node.ts';

const undo: (() => unknown)[] = [];

afterEach(async () => {
  vi.restoreAllMocks();
  for (const each of undo.splice(0).reverse()) await each();
});

/** Starts the command on free ports; `ended` settles when it has. */
async function startMock(
  ...args: readonly string[]
): Promise<{ ports: ListeningPorts; ended: Promise<unknown>; notes: string[] }> {
  const written: string[] = [];
  const notes: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => notes.push(String(text)) > 0);
  const ended = mockCommand().parseAsync(['--port', '0', '--json', ...args], { from: 'user' });
  ended.catch(() => undefined);
  undo.push(async () => {
    process.emit('SIGINT');
    await ended.catch(() => undefined);
  });
  await vi.waitUntil(() => written.some((line) => line.startsWith('{"host"')), { timeout: 10_000 });
  const ports: ListeningPorts = JSON.parse(written.find((line) => line.startsWith('{"host"')) ?? '');
  return { ports, ended, notes };
}

async function logIn(
  { host, amiPort }: ListeningPorts,
  onEvent: (name: string | undefined) => void,
): Promise<AmiSession> {
  const runtime = nodeRuntime();
  const link = await connectTcp({ host, port: amiPort, clock: runtime.clock });
  const session = new AmiSession(link, runtime, { onEvent: (event) => onEvent(event.event) });
  await session.login({ username: 'admin', secret: 'adminpw' });
  undo.push(() => session.close());
  return session;
}

/** What the command line would say, and end with. */
async function failure(...args: readonly string[]): Promise<{ text: string; status: number }> {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const failed = await mockCommand()
    .parseAsync(args, { from: 'user' })
    .then(
      () => undefined,
      (error: unknown) => error,
    );
  return errorReport(failed);
}

describe('asterclick mock', () => {
  it('listens for AMI, and opens no other port that was not asked for', async () => {
    const { ports } = await startMock();
    expect(ports).toMatchObject({ host: '127.0.0.1', httpPort: null, controlUrl: null });
    const session = await logIn(ports, () => undefined);
    expect(session.version).toBe('11.0.0');
  });

  it('plays the scenario once the first client has logged in, and goes on listening after it', async () => {
    const { ports, ended } = await startMock('--play', 'hold-unhold', '--speed', '50');
    const seen: (string | undefined)[] = [];
    const session = await logIn(ports, (name) => seen.push(name));
    await vi.waitUntil(() => seen.filter((name) => name === 'Hangup').length === 2, { timeout: 10_000 });
    expect(seen.filter((name) => name === 'Hold' || name === 'Unhold')).toEqual(['Hold', 'Unhold']);
    await expect(session.ping()).resolves.toBeGreaterThan(0);
    process.emit('SIGINT');
    await ended;
  });

  it('serves AMI over HTTP where asked to, with the users of the same configuration', async () => {
    const { ports } = await startMock('--http-port', '0', '--config', 'fixtures/lab');
    const response = await fetch(
      `http://127.0.0.1:${ports.httpPort}/rawman?action=login&username=panel&secret=panelpw`,
    );
    expect(response.headers.get('server')).toBe('Asterisk/22.10.1');
    expect(await response.text()).toBe('Response: Success\r\nMessage: Authentication accepted\r\n\r\n');
  });

  it('has the faults from the start that are asked for', async () => {
    const { ports } = await startMock('--fault', 'refuse-logins=1', '--fault', 'split-writes=longest:3');
    await expect(logIn(ports, () => undefined)).rejects.toMatchObject({ code: 'AMI_LOGIN_REFUSED' });
    const session = await logIn(ports, () => undefined);
    await expect(session.ping()).resolves.toBeGreaterThan(0);
  });

  it('telephones as much as it is told to, and says how it goes', async () => {
    const { ports, notes } = await startMock('--busy-hour', '5', '--speed', '50');
    let hangups = 0;
    await logIn(ports, (name) => {
      if (name === 'Hangup') hangups++;
    });
    await vi.waitUntil(() => hangups > 20 && notes.length > 1, { timeout: 20_000 });
    expect(notes.at(-1)).toMatch(/^calls now \d, begun \d+; channels \d+; events \d+; clients 1, their actions \d+\n$/);
  });

  it('serves the control API where asked to, beyond this machine only with a token', async () => {
    const { ports } = await startMock('--control', '0');
    const health = await fetch(`${ports.controlUrl}/v1/health`);
    expect(await health.json()).toMatchObject({ status: 'ok', amiPort: ports.amiPort });
    expect((await failure('--port', '0', '--control', '0.0.0.0:0')).text).toMatch(
      /give a token, or listen on 127.0.0.1/,
    );
    expect((await failure('--port', '0', '--control', '0', '--control-token-file', 'nowhere')).text).toMatch(
      /cannot read nowhere; --control-token-file wants a file/,
    );
  });

  it('writes where it listens into a ready file, by which another asks whether it answers', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ready-'));
    undo.push(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'mock.json');
    expect(await failure('--check', file)).toMatchObject({
      text: expect.stringContaining('[CLI_NOT_READY]'),
      status: 1,
    });
    const { ports, ended } = await startMock('--ready-file', file, '--host', '0.0.0.0');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(ports);
    expect(await checkReady(file)).toBe(`Asterisk Call Manager/11.0.0 at 127.0.0.1:${ports.amiPort}`);
    process.emit('SIGINT');
    await ended;
    expect(existsSync(file)).toBe(false);
    writeFileSync(file, JSON.stringify(ports));
    expect((await failure('--check', file)).text).toMatch(/^nothing answers at 127.0.0.1:\d+ /);
    const other = createServer((socket) => socket.on('error', () => undefined).end('hello\r\n')).listen(
      ports.amiPort,
      '127.0.0.1',
    );
    undo.push(() => other.close());
    await once(other, 'listening');
    expect((await failure('--check', file)).text).toMatch(/^what answers at 127.0.0.1:\d+ is no AMI/);
    expect((await failure('--port', '0', '--ready-file', join(folder, 'none', 'mock.json'))).text).toMatch(
      /cannot write .*; --ready-file wants a file in a folder that is there/,
    );
  });

  it('says which port is taken, and how to take another', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    undo.push(() => other.close());
    const taken = (other.address() as { port: number }).port;
    expect(await failure('--port', String(taken))).toEqual({
      text: `port ${taken}, wanted for AMI, is in use by another program; stop it, or give another port with --port (0: any free one) [CLI_PORT_IN_USE]`,
      status: 1,
    });
    expect((await failure('--port', '0', '--http-port', String(taken))).text).toContain('wanted for AMI over HTTP');
    expect((await failure('--port', '0', '--control', String(taken))).text).toContain('--control');
  });

  it.each([
    [['--config', 'nowhere'], /nowhere cannot be read or is not there; name a folder with extensions.conf/],
    [['--play', 'hold-unhol'], /hold-unhol/],
  ])('says in one line what is wrong with %j', async (args, text) => {
    const report = await failure('--port', '0', ...args);
    expect(report.status).toBe(1);
    expect(report.text).toMatch(text);
    expect(report.text).not.toContain('\n');
  });
});
