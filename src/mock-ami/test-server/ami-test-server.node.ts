import { EventEmitter } from 'node:events';
import type { Header } from '../../ami/message.ts';
import type { JournalEntry } from '../actions/journal.ts';
import type { ConfigOverlay } from '../config/overlay.ts';
import { MockPbx, type MockPbxOptions } from '../mock-pbx.node.ts';
import type { ManagerSession } from '../server/manager-session.ts';
import { AmiTestClient, type AmiTestMessage } from './ami-test-client.node.ts';
import { LimitedDoor } from './limited-door.ts';

export interface AmiTestServerOptions {
  /** Taken, and of no effect: this server never prints. */
  readonly silent?: boolean;
  /** Above it connections are closed without a word; 50 by default. */
  readonly maxConnections?: number;
  /** Milliseconds until a client that has not logged in is sent away, in whole seconds as Asterisk counts them; 30,000 by default. */
  readonly authTimeout?: number;
  /** Who may log in, with all rights unless `pbx.changes` say otherwise of that user; the users of `pbx.config` by default, which are `admin` with `adminpw` and a few more. */
  readonly credentials?: { readonly username?: string; readonly secret?: string };
  /** Of the simulated PBX behind it: configuration, seed, clock, faults ... */
  readonly pbx?: Omit<MockPbxOptions, 'port' | 'host'>;
}

/** As of `net.Server`'s `listen`: a port, or an address. */
export type AmiTestServerAddress = number | { readonly port: number; readonly host?: string };

interface AmiTestServerEvents {
  listening: [];
  /** A client has logged in; with how many there are now that have. */
  connection: [clients: number];
  close: [];
}

/**
 * A server with the interface of the npm package asterisk-ami-test-server (0.1.4), and a simulated Asterisk behind it: a suite that was
 * written for that package keeps its code and meets the answers of a real PBX, and may go on with {@link pbx}.
 */
export class AmiTestServer extends EventEmitter<AmiTestServerEvents> {
  readonly #options: AmiTestServerOptions;
  readonly #clients = new WeakMap<ManagerSession, AmiTestClient>();
  #pbx: MockPbx | undefined;
  #closing: Promise<void> = Promise.resolve();

  constructor(options: AmiTestServerOptions = {}) {
    super();
    this.#options = options;
  }

  /** Values of an object, in order. */
  static objectValues<Value>(object: Readonly<Record<string, Value>>): Value[] {
    return Object.values(object);
  }

  /** Sends a message, its headers as an object; a list of values repeats the header. */
  static sendToClient(client: Pick<AmiTestClient, 'write'>, message: AmiTestMessage): void {
    const headers = Object.entries(message).flatMap(([name, value]) =>
      [value].flat().map((single): Header => [name, String(single)]),
    );
    client.write(`${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`);
  }

  /** The simulated PBX; `undefined` while it does not listen. */
  get pbx(): MockPbx | undefined {
    return this.#pbx;
  }

  /**
   * Where it listens already, it stops that first.
   * @throws AmiError `AMI_LISTEN_FAILED`
   */
  async listen(address: AmiTestServerAddress): Promise<void> {
    const { maxConnections = 50, pbx: options = {} } = this.#options;
    const { port, ...host } = typeof address === 'number' ? { port: address } : address;
    if (this.#pbx !== undefined) this.close();
    await this.#closing;
    const pbx = await MockPbx.listen({ ...options, port, ...host, changes: this.#changes() });
    const { server, faults } = pbx.stage;
    server.door = new LimitedDoor(faults, () => server.sessions.size < maxConnections);
    const known = new WeakSet<ManagerSession>();
    pbx.journal.onChange((entry) => {
      const session = [...server.sessions].find(({ number }) => number === entry.session);
      if (session === undefined || !isLogin(entry) || known.has(session)) return;
      known.add(session);
      this.emit('connection', this.getAuthClients().length);
    });
    this.#pbx = pbx;
    this.emit('listening');
  }

  /** Sends text or bytes, as they are, to every client that has logged in. */
  broadcast(data: string | Uint8Array): this {
    for (const client of this.getAuthClients()) client.write(data);
    return this;
  }

  /** Clients that have logged in. */
  getAuthClients(): AmiTestClient[] {
    return this.#clientsThat(({ user }) => user !== undefined);
  }

  getUnAuthClients(): AmiTestClient[] {
    return this.#clientsThat(({ user }) => user === undefined);
  }

  getClients(): AmiTestClient[] {
    return [...this.getAuthClients(), ...this.getUnAuthClients()];
  }

  /** Ends every connection and closes the port; `close` tells when that is done. */
  close(): this {
    const pbx = this.#pbx;
    this.#pbx = undefined;
    this.#closing = this.#closing.then(() => pbx?.close()).then(() => void this.emit('close'));
    return this;
  }

  #clientsThat(fits: (session: ManagerSession) => boolean): AmiTestClient[] {
    const pbx = this.#pbx;
    if (pbx === undefined) return [];
    return [...pbx.stage.server.sessions].filter(fits).map((session) => {
      const client = this.#clients.get(session) ?? new AmiTestClient(session, pbx.stage.server.runtime.text);
      this.#clients.set(session, client);
      return client;
    });
  }

  #changes(): ConfigOverlay {
    const { authTimeout = 30_000, credentials: { username, secret = '' } = {}, pbx } = this.#options;
    const before = pbx?.changes?.['manager.conf'] ?? {};
    const given = (section: string): object => (before[section] === 'remove' ? {} : (before[section] ?? {}));
    const user =
      username === undefined ? {} : { [username]: { read: 'all', write: 'all', ...given(username), secret } };
    const manager = {
      ...before,
      general: { ...given('general'), authtimeout: String(Math.max(1, Math.ceil(authTimeout / 1000))) },
      ...user,
    };
    return { ...pbx?.changes, 'manager.conf': manager };
  }
}

function isLogin({ action, answer }: JournalEntry): boolean {
  return action.toLowerCase() === 'login' && answer?.response === 'Success';
}
