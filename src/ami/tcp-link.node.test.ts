import { createServer, type Server, Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Link } from './link.ts';
import { ManualClock } from './manual-clock.ts';
import { nodeRuntime } from './runtime.node.ts';
import { connectTcp, listenTcp } from './tcp-link.node.ts';
import { TEST_CERTIFICATE, TEST_CERTIFICATE_OF_NAME, TEST_KEY } from './tls.test-support.ts';

const { clock } = nodeRuntime();
const host = '127.0.0.1';
const open: { close(): unknown }[] = [];
const codeOf = (code: string) => expect.objectContaining({ name: 'AmiError', code });

afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

/** A server that takes connections and never says a word. */
async function silentServer(): Promise<number> {
  const server: Server = createServer((socket) => {
    socket.on('error', () => {});
    open.push({ close: () => socket.destroy() });
  });
  open.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, host, resolve);
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
  const listener = await listenTcp({ port: 0 }, () => {});
  await listener.close();
  return listener.address.port;
}

describe('connectTcp', () => {
  it('says where it could not connect, and why', async () => {
    const port = await freePort();
    const attempt = connectTcp({ host, port, clock });
    await expect(attempt).rejects.toThrow(codeOf('AMI_CONNECT_FAILED'));
    await expect(attempt).rejects.toThrow(new RegExp(`127\\.0\\.0\\.1:${port}.*ECONNREFUSED`));
  });

  it('says why even where several addresses of a name were tried', async () => {
    const port = await freePort();
    await expect(connectTcp({ host: 'localhost', port, clock })).rejects.toThrow(/ECONNREFUSED/);
  });

  it('says the same of TLS', async () => {
    await expect(connectTcp({ host, port: await freePort(), clock, tls: {} })).rejects.toThrow(
      codeOf('AMI_CONNECT_FAILED'),
    );
  });

  it('refuses a certificate that nobody it trusts has signed', async () => {
    const listener = await listenTcp({ port: 0, tls: { cert: TEST_CERTIFICATE, key: TEST_KEY } }, () => {});
    open.push(listener);
    const attempt = connectTcp({ host, port: listener.address.port, clock, tls: {} });
    await expect(attempt).rejects.toThrow(codeOf('AMI_CONNECT_FAILED'));
  });

  it('refuses a certificate of another name', async () => {
    const listener = await listenTcp({ port: 0, tls: { cert: TEST_CERTIFICATE, key: TEST_KEY } }, () => {});
    open.push(listener);
    const tls = { ca: TEST_CERTIFICATE, servername: 'pbx.example' };
    await expect(connectTcp({ host, port: listener.address.port, clock, tls })).rejects.toThrow(/pbx\.example/);
  });

  it('does not take a certificate for localhost for one of the address that it was told', async () => {
    const listener = await listenTcp({ port: 0, tls: { cert: TEST_CERTIFICATE_OF_NAME, key: TEST_KEY } }, () => {});
    open.push(listener);
    const tls = { ca: TEST_CERTIFICATE_OF_NAME };
    const { port } = listener.address;
    await expect(connectTcp({ host: '127.0.0.1', port, clock, tls })).rejects.toThrow(
      /127\.0\.0\.1 is not in the cert/,
    );
    const link = await connectTcp({ host: '127.0.0.1', port, clock, tls: { ...tls, servername: 'localhost' } });
    open.push({ close: () => link.destroy() });
  });

  it('gives up when the time for it is over, a silent TLS handshake included', async () => {
    const manual = new ManualClock();
    const attempt = connectTcp({ host, port: await silentServer(), clock: manual, tls: {}, timeoutMs: 500 });
    manual.advance(499);
    expect(manual.pending).toBe(1);
    manual.advance(1);
    await expect(attempt).rejects.toThrow(codeOf('AMI_CONNECT_TIMEOUT'));
  });

  it('leaves no timer behind', async () => {
    const manual = new ManualClock();
    const link = await connectTcp({ host, port: await silentServer(), clock: manual });
    expect(manual.pending).toBe(0);
    link.destroy();
    await expect(connectTcp({ host, port: await freePort(), clock: manual })).rejects.toThrow();
    expect(manual.pending).toBe(0);
  });

  it('is called off by a signal, before it starts and later', async () => {
    const port = await silentServer();
    await expect(connectTcp({ host, port, clock, signal: AbortSignal.abort() })).rejects.toThrow(codeOf('AMI_CLOSED'));
    const controller = new AbortController();
    const attempt = connectTcp({ host, port, clock, tls: {}, signal: controller.signal });
    controller.abort();
    await expect(attempt).rejects.toThrow(codeOf('AMI_CLOSED'));
  });
});

describe('a TCP link', () => {
  /** A link, what the other end has heard (to its end), and what was given to the system a piece at a time. */
  async function heardLink() {
    const heard: Buffer[] = [];
    const server = createServer((socket) => socket.on('data', (bytes) => heard.push(bytes)).on('error', () => {}));
    open.push(server);
    await new Promise<void>((resolve) => server.listen(0, host, resolve));
    const { port } = server.address() as { port: number };
    const ended = new Promise<string>((resolve) =>
      server.on('connection', (socket) => socket.on('end', () => resolve(Buffer.concat(heard).toString()))),
    );
    const link = await connectTcp({ host, port, clock });
    const given = vi.spyOn(Socket.prototype, 'write');
    open.push({ close: () => given.mockRestore() }, { close: () => link.destroy() });
    const pieces = () => given.mock.calls.map(([bytes]) => Buffer.from(bytes as Uint8Array).toString());
    return { link, ended, pieces };
  }
  const write = (link: Link, ...texts: string[]) => {
    for (const text of texts) link.write(Buffer.from(text));
  };

  it('sends what is written in one turn in one piece, at the end of the turn', async () => {
    const { link, ended, pieces } = await heardLink();
    write(link, 'a', 'b', 'c');
    expect(pieces()).toEqual([]);
    await new Promise((resolve) => setImmediate(resolve));
    write(link, 'd');
    link.end();
    expect(await ended).toBe('abcd');
    expect(pieces()).toEqual(['abc', 'd']);
  });

  it('starts another piece where it is told to, or one is large', async () => {
    const { link, ended, pieces } = await heardLink();
    write(link, 'a', 'b');
    link.flush();
    write(link, 'c', 'x'.repeat(16 * 1024), 'd');
    expect(pieces().map((piece) => piece.length)).toEqual([2, 16 * 1024 + 1]);
    link.end();
    expect((await ended).length).toBe(16 * 1024 + 4);
  });

  it('has given all that was written to the system when it is cut', async () => {
    const { link, ended } = await heardLink();
    write(link, 'a', 'b');
    link.destroy();
    write(link, 'too late');
    expect(await ended).toBe('ab');
  });
});

describe('listenTcp', () => {
  it('says which address is taken', async () => {
    const first = await listenTcp({ port: 0 }, () => {});
    open.push(first);
    const { port } = first.address;
    const second = listenTcp({ port }, () => {});
    await expect(second).rejects.toThrow(codeOf('AMI_LISTEN_FAILED'));
    await expect(second).rejects.toThrow(new RegExp(`127\\.0\\.0\\.1:${port}.*EADDRINUSE`));
  });

  it('frees its port when it closes, and leaves its links alone', async () => {
    const far: Link[] = [];
    const listener = await listenTcp({ port: 0 }, (link) => far.push(link));
    const { port } = listener.address;
    const near = await connectTcp({ host, port, clock });
    await listener.close();
    await listener.close();
    const again = await listenTcp({ port }, () => {});
    open.push(again);
    expect(again.address).toEqual({ address: host, port });
    const data = new Promise<string>((resolve) => {
      near.attach({ data: (bytes) => resolve(Buffer.from(bytes).toString()), end() {}, close() {} });
    });
    far[0]?.write(Buffer.from('still here'));
    expect(await data).toBe('still here');
    near.destroy();
  });

  it('names IPv4 peers as such where it listens for IPv6 too', async () => {
    const accepted = new Promise<Link>((resolve) => {
      listenTcp({ port: 0, host: '::' }, resolve).then(async (listener) => {
        open.push(listener);
        const near = await connectTcp({ host, port: listener.address.port, clock });
        open.push({ close: () => near.destroy() });
      });
    });
    const link = await accepted;
    expect([link.local.address, link.remote.address]).toEqual([host, host]);
  });

  it('goes on after a connection that does not speak TLS', async () => {
    let links = 0;
    const listener = await listenTcp({ port: 0, tls: { cert: TEST_CERTIFICATE, key: TEST_KEY } }, (link) => {
      links += 1;
      open.push({ close: () => link.destroy() });
    });
    open.push(listener);
    const { port } = listener.address;
    const plain = await connectTcp({ host, port, clock });
    const closed = new Promise<void>((resolve) => {
      plain.attach({ data() {}, end: () => plain.end(), close: () => resolve() });
    });
    plain.write(Buffer.from('Action: Login\r\n\r\n'));
    await closed;
    const secure = await connectTcp({ host, port, clock, tls: { ca: TEST_CERTIFICATE } });
    open.push({ close: () => secure.destroy() });
    expect(links).toBeLessThanOrEqual(1);
  });
});
