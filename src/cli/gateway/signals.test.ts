import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { nodeRuntime } from '../../ami/runtime.node.ts';
import { hashSecret } from '../../gateway/secret-hash.ts';
import { JSON_PROTOCOL, type ServerMessage } from '../../gateway/wire/protocol.ts';
import { MockPbx } from '../../mock-ami/mock-pbx.node.ts';
import { gatewayCommand } from '../gateway.node.ts';

const CHEAP = { cost: 2, blockSize: 1, parallelization: 1, keyBytes: 16 };
const AMI_SECRET = 'adminpw';
const SECRET = 'correct horse';
const WRONG = 'battery staple';

let folder = '';
/** Made once: another salt would be another secret. */
let hash: string | undefined;
const undo: (() => unknown)[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'asterclick-signals-'));
});
afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each();
  rmSync(folder, { recursive: true });
});

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

async function writeUsers(...names: readonly string[]): Promise<string> {
  hash ??= await hashSecret(SECRET, nodeRuntime().digest, CHEAP);
  const secret = hash;
  return write(
    'users.json',
    JSON.stringify({ version: 1, users: names.map((name) => ({ name, secret, role: 'viewer' })) }),
  );
}

/** A gateway as the command line runs it, and all that it writes. */
async function running(more = '') {
  const pbx = await MockPbx.listen({});
  undo.push(() => pbx.close());
  await writeUsers('ann', 'bob');
  write('ami-secret', AMI_SECRET);
  const config = (extra: string) =>
    write(
      'gateway.yaml',
      `pbx: {ami: "127.0.0.1:${pbx.port}", user: admin, secretFile: ami-secret}\nlisten: 127.0.0.1:0\nusers: users.json\n` +
        `drain: {spread: 5s, within: 5s}\n${extra}`,
    );
  const written: string[] = [];
  for (const stream of [process.stdout, process.stderr]) {
    const spy = vi.spyOn(stream, 'write').mockImplementation((text) => written.push(String(text)) > 0);
    undo.push(() => spy.mockRestore());
  }
  const args = ['--config', config(more), '--json', '--log-level', 'debug', '--log-format', 'json'];
  const ended = gatewayCommand().parseAsync(args, { from: 'user' });
  const greeting = await vi.waitUntil(() => written.find((line) => line.startsWith('{"url"')), { timeout: 10_000 });
  const logged = (message: string) => written.some((line) => line.includes(`"msg":"${message}`));
  const until = (message: string) => vi.waitUntil(() => logged(message), { timeout: 10_000 });
  return { url: JSON.parse(greeting).webSocketUrl as string, ended, written, until, config };
}

async function browser(url: string, user: string, secret = SECRET) {
  const socket = new WebSocket(url, JSON_PROTOCOL);
  undo.push(() => socket.terminate());
  const messages: ServerMessage[] = [];
  socket.on('message', (data) => messages.push(JSON.parse(String(data))));
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  await new Promise((resolve) => socket.once('open', resolve));
  socket.send(JSON.stringify({ type: 'hello', user, secret }));
  await vi.waitUntil(() => messages.length > 0);
  return { socket, messages, closed };
}

describe('a gateway that is told by signals', () => {
  it('takes over changed users at SIGHUP, with its browsers there, and goes down in order at SIGTERM', async () => {
    const { url, ended, until } = await running();
    const [ann, bob] = [await browser(url, 'ann'), await browser(url, 'bob')];
    await writeUsers('bob', 'cora');
    process.emit('SIGHUP');
    expect(await ann.closed).toBe(4001);
    await until('Reloaded');
    expect(bob.socket.readyState).toBe(WebSocket.OPEN);
    expect((await browser(url, 'cora')).messages[0]).toMatchObject({ type: 'welcome', user: 'cora' });
    process.emit('SIGTERM');
    expect(await bob.closed).toBe(1001);
    const { retryAfterMs = -1 } = bob.messages.find(({ type }) => type === 'error') as { retryAfterMs?: number };
    expect(retryAfterMs).toBeGreaterThanOrEqual(0);
    expect(retryAfterMs).toBeLessThanOrEqual(5_000);
    await ended;
  });

  it('stays as it is where what it reads is not good, and says what; what only a restart can change is named', async () => {
    const { url, ended, written, until, config } = await running();
    const bob = await browser(url, 'bob');
    config('lissten: x');
    await writeUsers('ann');
    process.emit('SIGHUP');
    await until('Not reloaded');
    expect(written.join('')).toMatch(/"level":"error".*gateway\.yaml:5: lissten is no setting; did you mean listen\?/);
    expect((await browser(url, 'bob')).messages[0]).toMatchObject({ type: 'welcome' });
    config('keepAlive: off');
    process.emit('SIGHUP');
    await until('Changed, but taken over only at the next start');
    expect(written.join('')).toContain('"settings":"keepAlive"');
    expect(await bob.closed).toBe(4001);
    process.emit('SIGTERM');
    await ended;
  });

  it('never writes a secret, whatever the log tells', async () => {
    const { url, ended, written } = await running(`audit: audit.jsonl`);
    const ann = await browser(url, 'ann');
    await browser(url, 'ann', WRONG);
    const ticket = ann.messages[0]?.type === 'welcome' ? ann.messages[0].ticket : '';
    ann.socket.send(
      JSON.stringify({ type: 'command', id: 1, do: 'action', name: 'Login', headers: { Secret: WRONG } }),
    );
    await vi.waitUntil(() => ann.messages.some(({ type }) => type === 'reply'));
    ann.socket.send(JSON.stringify({ type: 'hello', user: 'ann', secret: WRONG }));
    await ann.closed;
    process.emit('SIGTERM');
    await ended;
    const all = written.join('');
    expect(all).toContain('"msg":"A login was refused"');
    expect(all).toContain('"msg":"A command was refused"');
    expect(ticket).not.toBe('');
    for (const secret of [AMI_SECRET, SECRET, WRONG, ticket, 'scrypt:']) expect(all).not.toContain(secret);
  });
});
