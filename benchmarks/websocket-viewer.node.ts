import { once } from 'node:events';
import { connect } from 'node:net';
import { WebSocket } from 'ws';
import { JSON_PROTOCOL, type ServerMessage } from '../src/gateway/wire/protocol.ts';
import { type WireBytes, WireMeter } from './wire-meter.ts';

/** A browser's part, without the browser: logged in at the gateway, it keeps what comes and counts its bytes. */
export class WebSocketViewer {
  readonly messages: ServerMessage[] = [];
  readonly #meter: WireMeter;
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket, meter: WireMeter) {
    this.#socket = socket;
    this.#meter = meter;
    socket.on('message', (data) => this.messages.push(JSON.parse(String(data))));
  }

  /** Connects and waits for the snapshot. */
  static async start(
    port: number,
    login: { readonly user: string; readonly secret: string },
  ): Promise<WebSocketViewer> {
    const tcp = connect({ port, host: '127.0.0.1', noDelay: true });
    const socket = new WebSocket(`ws://127.0.0.1:${port}/`, JSON_PROTOCOL, {
      createConnection: () => tcp,
      perMessageDeflate: false,
    });
    const viewer = new WebSocketViewer(socket, new WireMeter(tcp));
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'hello', ...login }));
    while (!viewer.messages.some(({ type }) => type === 'snapshot')) await once(socket, 'message');
    return viewer;
  }

  /** Names of the events that came, oldest first. */
  get events(): readonly string[] {
    return this.messages.flatMap((message) => (message.type === 'event' ? [message.name] : []));
  }

  takeBytes(): WireBytes {
    return this.#meter.take();
  }

  stop(): void {
    this.#socket.terminate();
  }
}
