import { describe, expect, it } from 'vitest';
import type { Link } from './link.ts';
import { memoryLinks } from './memory-link.ts';
import { nodeRuntime } from './runtime.node.ts';
import { connectTcp, listenTcp } from './tcp-link.node.ts';
import { TEST_CERTIFICATE, TEST_KEY } from './tls.test-support.ts';

const { clock, text } = nodeRuntime();

interface Transport {
  readonly name: string;
  /** What fills the buffers between the two ends. */
  readonly floodBytes: number;
  open(): Promise<readonly [near: Link, far: Link]>;
}

async function overTcp(tls: boolean): Promise<readonly [Link, Link]> {
  let accept: (link: Link) => void = () => {};
  const accepted = new Promise<Link>((resolve) => {
    accept = resolve;
  });
  const server = tls ? { tls: { cert: TEST_CERTIFICATE, key: TEST_KEY } } : {};
  const listener = await listenTcp({ port: 0, ...server }, accept);
  const client = tls ? { tls: { ca: TEST_CERTIFICATE } } : {};
  const { address, port } = listener.address;
  const near = await connectTcp({ host: address, port, clock, ...client });
  const far = await accepted;
  await listener.close();
  return [near, far];
}

const TRANSPORTS: readonly Transport[] = [
  { name: 'memory', floodBytes: 10_000, open: async () => memoryLinks(clock, { capacityBytes: 1_000 }) },
  { name: 'TCP', floodBytes: 20_000_000, open: () => overTcp(false) },
  { name: 'TLS', floodBytes: 20_000_000, open: () => overTcp(true) },
];

/** Writes down what a link says, and fails where it says it from within one of its methods. */
class Listener {
  readonly heard: string[] = [];
  data = '';
  error: Error | undefined;
  readonly #link: Link;
  #inMethod = false;
  #waiting: { readonly met: () => boolean; readonly go: () => void }[] = [];

  constructor(link: Link) {
    this.#link = link;
  }

  attach(): this {
    this.call((link) => {
      link.attach({
        data: (bytes) => {
          this.data += text.decode(bytes).text;
          this.#note('data');
        },
        end: () => this.#note('end'),
        close: (error) => {
          this.error = error;
          this.#note('close');
        },
      });
    });
    return this;
  }

  call(method: (link: Link) => void): void {
    this.#inMethod = true;
    method(this.#link);
    this.#inMethod = false;
  }

  write(words: string): void {
    this.call((link) => link.write(text.encode(words)));
  }

  /** Resolves once the condition is met, which is looked at after each thing heard. */
  async until(met: () => boolean): Promise<void> {
    if (met()) return;
    await new Promise<void>((go) => {
      this.#waiting.push({ met, go });
    });
  }

  async untilHeard(what: string): Promise<void> {
    await this.until(() => this.heard.includes(what));
  }

  /** As a server does: answers the end, if one comes before the close, with its own. TLS may show a very early reset as an end. */
  async untilClosed(): Promise<void> {
    await this.until(() => this.heard.includes('end') || this.heard.includes('close'));
    this.call((link) => link.end());
    await this.untilHeard('close');
  }

  #note(what: string): void {
    expect(this.#inMethod, `${what} from within a method`).toBe(false);
    expect(this.heard, `${what} after the close`).not.toContain('close');
    if (what !== 'data' || this.heard.at(-1) !== 'data') this.heard.push(what);
    for (const { met, go } of this.#waiting) if (met()) go();
    this.#waiting = this.#waiting.filter(({ met }) => !met());
  }
}

describe.each(TRANSPORTS)('a link over $name', ({ floodBytes, open }) => {
  async function pair(): Promise<readonly [near: Listener, far: Listener, nearLink: Link, farLink: Link]> {
    const [near, far] = await open();
    return [new Listener(near), new Listener(far), near, far];
  }

  it('carries bytes both ways, in order', async () => {
    const [near, far] = await pair();
    near.attach();
    far.attach();
    for (let at = 0; at < 100; at++) near.write(`${at},`);
    far.write('hello');
    await far.until(() => far.data.endsWith('99,'));
    await near.until(() => near.data === 'hello');
    expect(far.data).toBe(`${Array.from({ length: 100 }, (_, at) => at).join(',')},`);
    near.call((link) => link.destroy());
    await near.untilHeard('close');
  });

  it('keeps what came before anybody listened', async () => {
    const [near, far] = await pair();
    near.attach();
    near.write('early');
    near.call((link) => link.end());
    far.attach();
    await far.untilHeard('end');
    expect([far.data, far.heard]).toEqual(['early', ['data', 'end']]);
    far.call((link) => link.end());
    await near.untilHeard('close');
  });

  it('tells of a close that happened before anybody listened', async () => {
    const [near, far] = await pair();
    far.attach();
    near.call((link) => link.destroy());
    await far.untilClosed();
    near.attach();
    await near.untilHeard('close');
    expect([near.heard, near.error]).toEqual([['close'], undefined]);
  });

  it('knows both addresses, each side as the other sees it', async () => {
    const [near, far, nearLink, farLink] = await pair();
    expect(nearLink.local).toEqual(farLink.remote);
    expect(nearLink.remote).toEqual(farLink.local);
    expect(nearLink.remote).toMatchObject({ address: '127.0.0.1', port: expect.any(Number) });
    expect(nearLink.local.port).not.toBe(nearLink.remote.port);
    near.attach().call((link) => link.destroy());
    far.attach();
    await far.untilClosed();
  });

  it('ends one direction and goes on in the other', async () => {
    const [near, far] = await pair();
    near.attach();
    far.attach();
    near.write('last words');
    near.call((link) => link.end());
    near.write('too late');
    await far.untilHeard('end');
    far.write('still here');
    await near.until(() => near.data !== '');
    expect([far.data, near.data]).toEqual(['last words', 'still here']);
    far.call((link) => link.end());
    await Promise.all([near.untilHeard('close'), far.untilHeard('close')]);
    expect([near.heard, near.error]).toEqual([['data', 'end', 'close'], undefined]);
    expect([far.heard, far.error]).toEqual([['data', 'end', 'close'], undefined]);
  });

  it('takes every call after the close for nothing', async () => {
    const [near, far, link] = await pair();
    near.attach();
    far.attach();
    near.call(() => link.destroy());
    await Promise.all([near.untilHeard('close'), far.untilClosed()]);
    near.call(() => {
      link.write(text.encode('x'));
      link.pause();
      link.resume();
      link.end();
      link.destroy();
    });
    expect(near.heard).toEqual(['close']);
  });

  it('cuts the connection', async () => {
    const [near, far] = await pair();
    near.attach();
    far.attach();
    near.write('hello');
    await far.until(() => far.data === 'hello');
    near.call((link) => link.destroy());
    await near.untilHeard('close');
    expect([near.heard, near.error]).toEqual([['close'], undefined]);
    await far.untilHeard('close');
    expect(far.heard).toEqual(['data', 'close']);
    expect(far.error).toMatchObject({ name: 'AmiError', code: 'AMI_LINK_LOST' });
  });

  it('delivers nothing while it is paused, and all of it afterwards', async () => {
    const [near, far] = await pair();
    near.attach();
    far.call((link) => link.pause());
    far.attach();
    near.write('one ');
    far.write('ask');
    await near.until(() => near.data === 'ask');
    near.write('two');
    far.write(' again');
    await near.until(() => near.data === 'ask again');
    expect(far.heard).toEqual([]);
    far.call((link) => link.resume());
    await far.until(() => far.data === 'one two');
    far.call((link) => link.destroy());
    await near.untilHeard('close');
  });

  it('tells how much waits for a reader that has stopped', async () => {
    const [near, far, nearLink] = await pair();
    near.attach();
    far.call((link) => link.pause());
    far.attach();
    near.write('x'.repeat(floodBytes));
    far.write('go');
    await near.until(() => near.data === 'go');
    expect(nearLink.pendingBytes).toBeGreaterThan(floodBytes / 2);
    near.call((link) => link.end());
    far.call((link) => link.resume());
    await far.untilHeard('end');
    expect(far.data).toHaveLength(floodBytes);
    far.call((link) => link.end());
    await near.untilHeard('close');
    expect(nearLink.pendingBytes).toBe(0);
  });
});
