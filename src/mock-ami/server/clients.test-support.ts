import { labConfig } from '../../../test/fixtures.ts';
import type { Link } from '../../ami/link.ts';
import { ManualClock } from '../../ami/manual-clock.ts';
import { memoryLinks } from '../../ami/memory-link.ts';
import { nodeRuntime } from '../../ami/runtime.node.ts';
import type { ConfigOverlay } from '../config/overlay.ts';
import { createStage } from '../simulated-stage.ts';

/** The lab's PBX with its manager port, a clock moved by hand, and clients in memory. */
export function setUp(config: ConfigOverlay = {}) {
  const clock = new ManualClock();
  const stage = createStage({ runtime: nodeRuntime({ clock }), files: labConfig(), config });
  const { server } = stage;

  const connect = (options: { from?: string; capacityBytes?: number } = {}): Client => {
    const near = { address: options.from ?? '127.0.0.1', port: 40_000 };
    const capacity = options.capacityBytes === undefined ? {} : { capacityBytes: options.capacityBytes };
    const [mine, theirs] = memoryLinks(clock, { near, ...capacity });
    server.accept(theirs);
    return new Client(mine, clock);
  };
  const logIn = (user = 'admin', ...rows: string[]): Client => {
    const client = connect();
    client.send('Action: Login', `Username: ${user}`, `Secret: ${stage.managerSecret(user)}`, ...rows);
    client.take();
    return client;
  };
  return { clock, stage, server, connect, logIn };
}

/** One end of a connection, which reads all that comes. */
export class Client {
  readonly link: Link;
  readonly #clock: ManualClock;
  #text = '';
  ended = false;

  constructor(link: Link, clock: ManualClock) {
    this.link = link;
    this.#clock = clock;
    link.attach({
      data: (bytes) => {
        this.#text += Buffer.from(bytes).toString();
      },
      end: () => {
        this.ended = true;
        link.end();
      },
      close: () => {
        this.ended = true;
      },
    });
    clock.advance(0);
  }

  send(...rows: string[]): void {
    this.write(`${rows.join('\r\n')}\r\n\r\n`);
  }

  write(text: string): void {
    this.link.write(Buffer.from(text));
    this.#clock.advance(0);
  }

  /** What has come since the last time. */
  take(): string {
    this.#clock.advance(0);
    const text = this.#text;
    this.#text = '';
    return text;
  }
}

/** Every value of that header in a text of messages. */
export function said(text: string, name: string): string[] {
  return [...text.matchAll(new RegExp(`^${name}: (.*)\r$`, 'gm'))].map(([, value]) => value ?? '');
}
