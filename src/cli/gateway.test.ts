import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { JSON_PROTOCOL } from '../gateway/wire/protocol.ts';
import { errorReport } from '../mock-ami/command/error-report.ts';
import { MockPbx } from '../mock-ami/mock-pbx.node.ts';
import { gatewayCommand } from './gateway.node.ts';

let folder = '';
let secretFile = '';
const undo: (() => unknown)[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'asterclick-cli-'));
  secretFile = write('ami-secret', 'adminpw\n');
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

async function mockPbx(): Promise<string> {
  const pbx = await MockPbx.listen({});
  undo.push(() => pbx.close());
  return `127.0.0.1:${pbx.port}`;
}

/** A port where something listens that says `greeting`, or nothing. */
async function listener(greeting = ''): Promise<string> {
  const server = createServer((socket) => socket.on('error', () => {}).write(greeting)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  undo.push(() => server.close());
  const address = server.address();
  return typeof address === 'object' && address !== null ? `127.0.0.1:${address.port}` : '';
}

async function freePort(): Promise<string> {
  const place = await listener();
  await undo.pop()?.();
  return place;
}

/** What the command line would say, and end with. */
async function failure(args: readonly string[]): Promise<{ text: string; status: number }> {
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const command = gatewayCommand()
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  try {
    await command.parseAsync(['--listen', '127.0.0.1:0', ...args], { from: 'user' });
  } catch (error) {
    expect(said).not.toHaveBeenCalled();
    return errorReport(error);
  } finally {
    said.mockRestore();
  }
  throw new Error('it did not fail');
}

describe('asterclick gateway', () => {
  it('prints where it is, lets a browser in, and ends at SIGTERM', async () => {
    const ami = await mockPbx();
    const written: string[] = [];
    const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
    const args = ['--ami', ami, '--user', 'admin', '--secret-file', secretFile, '--listen', '127.0.0.1:0', '--json'];
    const ended = gatewayCommand().parseAsync(args, { from: 'user' });
    await vi.waitUntil(() => written.some((line) => line.startsWith('{"url"')), { timeout: 10_000 });
    stdout.mockRestore();
    const { webSocketUrl, user, secret } = JSON.parse(written.find((line) => line.startsWith('{"url"')) ?? '');
    const socket = new WebSocket(webSocketUrl, JSON_PROTOCOL);
    await new Promise((resolve) => socket.once('open', resolve));
    const welcome = new Promise((resolve) => socket.once('message', (data) => resolve(JSON.parse(String(data)))));
    socket.send(JSON.stringify({ type: 'hello', user, secret }));
    expect(await welcome).toMatchObject({ type: 'welcome', pbxState: 'up', user: 'operator' });
    const dialled = new Promise((resolve) => {
      socket.on('message', (data) => {
        const message = JSON.parse(String(data));
        if (message.type === 'reply') resolve(message);
      });
    });
    // No context is given: it asks the PBX for that of the phone.
    socket.send(JSON.stringify({ type: 'command', id: 1, do: 'dial', from: '1001', to: '1002' }));
    expect(await dialled).toMatchObject({ id: 1, ok: true });
    const closed = new Promise((resolve) => socket.once('close', resolve));
    process.emit('SIGTERM');
    expect(await closed).toBe(1001);
    await ended;
  });

  it('says that the secret is wrong, where, and what would be right', async () => {
    const ami = await mockPbx();
    const args = ['--ami', ami, '--user', 'admin', '--secret-file', write('wrong', 'guess')];
    expect(await failure(args)).toEqual({
      text: `Asterisk refused to log in "admin": Authentication failed; the PBX at ${ami} wants user admin and the secret in ${join(folder, 'wrong')} as its manager.conf has them, from an address that it permits [AMI_LOGIN_REFUSED]`,
      status: 1,
    });
  });

  it('says that nothing listens where the PBX should be', async () => {
    const ami = await freePort();
    expect(await failure(['--ami', ami, '--user', 'admin', '--secret-file', secretFile])).toEqual({
      text: `Cannot connect to ${ami}: connect ECONNREFUSED ${ami}; is the PBX up, and --ami (pbx.ami) right? (--wait goes on trying) [AMI_CONNECT_FAILED]`,
      status: 1,
    });
  });

  it('says that something else than AMI listens there', async () => {
    const ami = await listener('SSH-2.0-OpenSSH_9.2\r\n');
    const { text } = await failure(['--ami', ami, '--user', 'admin', '--secret-file', secretFile]);
    expect(text).toContain('This is no Asterisk Manager Interface');
    expect(text).toContain(`is ${ami} the port of AMI (5038 in most cases)? [AMI_BAD_BANNER]`);
  });

  it('says which port is taken', async () => {
    const [ami, taken] = [await mockPbx(), await listener()];
    const { text } = await failure(['--ami', ami, '--user', 'admin', '--secret-file', secretFile, '--listen', taken]);
    expect(text).toMatch(/^port \d+, wanted for browsers, is in use by another program; .*--listen/);
  });

  it.each([
    [
      'a secret file that is not there',
      () => ['--secret-file', 'nowhere'],
      /^cannot read nowhere, which --secret-file names: there is no such file/,
    ],
    ['a secret file with two lines', () => ['--secret-file', write('two', 'a\nb\n')], /does not hold one line/],
    ['an empty secret file', () => ['--secret-file', write('empty', '\n')], /does not hold one line/],
    [
      'a users file that is not there',
      () => ['--users', 'nowhere'],
      /^Cannot read the users file nowhere: there is no such file/,
    ],
    [
      'a users file that makes no sense',
      () => ['--users', write('users', '{"version":1}')],
      /users: users: Invalid input/,
    ],
    [
      'a folder of pages that is not there',
      () => ['--static', 'nowhere'],
      /^there is no folder nowhere, which --static names/,
    ],
  ])('says what is wrong with %s', async (_, args, message) => {
    const { text, status } = await failure([
      '--ami',
      '127.0.0.1:1',
      '--user',
      'admin',
      '--secret-file',
      secretFile,
      ...args(),
    ]);
    expect(text).toMatch(message);
    expect(status).toBe(1);
  });
});
