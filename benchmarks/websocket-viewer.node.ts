import { once } from 'node:events';
import { connect } from 'node:net';
import { WebSocket } from 'ws';
import { MessageReader } from '../src/client/decode.ts';
import type { COMPACT_PROTOCOL, JSON_PROTOCOL, ServerMessage } from '../src/gateway/wire/protocol.ts';
import { type WireBytes, WireMeter } from './wire-meter.ts';

/** A browser's part, without the browser: logged in at the gateway, it keeps what comes and counts its bytes. */
export class WebSocketViewer {
  readonly messages: ServerMessage[] = [];
  readonly #reader = new MessageReader();
  readonly #meter: WireMeter;
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket, meter: WireMeter) {
    this.#socket = socket;
    this.#meter = meter;
    socket.on('message', (data: Buffer, isBinary) => this.#read(isBinary ? data : String(data)));
  }

  /** Connects and waits for the snapshot. */
  static async start(
    port: number,
    protocol: typeof JSON_PROTOCOL | typeof COMPACT_PROTOCOL,
    login: { readonly user: string; readonly secret: string },
  ): Promise<WebSocketViewer> {
    const tcp = connect({ port, host: '127.0.0.1', noDelay: true });
    const socket = new WebSocket(`ws://127.0.0.1:${port}/`, protocol, {
      createConnection: () => tcp,
      perMessageDeflate: false,
    });
    const viewer = new WebSocketViewer(socket, new WireMeter(tcp));
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'hello', ...login }));
    while (!viewer.messages.some(({ type }) => type === 'snapshot')) await once(socket, 'message');
    return viewer;
  }

  /** Names of the events among the messages from that one on, oldest first. */
  eventsFrom(first: number): readonly string[] {
    return this.messages.slice(first).flatMap((message) => (message.type === 'event' ? [message.name] : []));
  }

  /** When the first event of that name came, among the messages from that one on; by `performance.now()`. */
  async sees(name: string, first: number): Promise<number> {
    while (!this.eventsFrom(first).includes(name)) await once(this.#socket, 'message');
    return performance.now();
  }

  #read(data: string | Buffer): void {
    const message = this.#reader.read(data);
    if (message === 'bad') throw new Error('The gateway sent what its own SDK can not read');
    if (message === 'none') return;
    if (message.type === 'welcome') this.#reader.arrange([message.pbx]);
    this.messages.push(message);
  }

  takeBytes(): WireBytes {
    return this.#meter.take();
  }

  stop(): void {
    this.#socket.terminate();
  }
}
