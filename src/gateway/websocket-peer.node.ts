import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Frame } from './frame.ts';
import type { Peer, PeerHandlers } from './peer.ts';
import { websocketFrame } from './websocket-frame.node.ts';
import { CLOSE } from './wire/protocol.ts';

/** How long a browser may take to answer a close; one that reads slowly has much to read before. */
const CLOSE_WITHIN_MS = 5_000;

/** A browser behind a WebSocket of the `ws` package, and the TCP or TLS socket under it. */
export class WebSocketPeer implements Peer {
  readonly address: string;
  readonly #websocket: WebSocket;
  readonly #socket: Duplex;

  /** @param socket that `websocket` was made of; messages go straight to it, as they are encoded already */
  constructor(websocket: WebSocket, socket: Duplex, address: string) {
    this.#websocket = websocket;
    this.#socket = socket;
    this.address = address;
  }

  /** Passes on what comes from the browser. */
  attach(handlers: PeerHandlers): void {
    this.#websocket.on('message', (data, isBinary) => {
      if (isBinary) this.close(CLOSE.protocolError, 'GATEWAY_BAD_MESSAGE');
      else handlers.message(String(data));
    });
    this.#websocket.on('close', () => handlers.closed());
    // A close follows; what broke the connection is of no use to anybody.
    this.#websocket.on('error', () => {});
  }

  get pendingBytes(): number {
    return this.#isPacking ? this.#websocket.bufferedAmount : this.#socket.writableLength;
  }

  /** The browser takes packed messages. Then all go through the package: it keeps them in order while some are being packed. */
  get #isPacking(): boolean {
    return this.#websocket.extensions !== '';
  }

  send(frame: Frame): void {
    if (this.#websocket.readyState !== this.#websocket.OPEN) return;
    corkForNow(this.#socket);
    if (this.#isPacking) {
      this.#websocket.send(frame.data ?? frame.text);
      return;
    }
    this.#socket.write(websocketFrame(frame));
  }

  close(code: number, reason: string): void {
    if (this.#websocket.readyState !== this.#websocket.OPEN) return;
    this.#websocket.close(code, reason);
    const timer = setTimeout(() => this.#websocket.terminate(), CLOSE_WITHIN_MS);
    this.#websocket.once('close', () => clearTimeout(timer));
  }
}

const corked = new Set<Duplex>();

/** All that is written to a socket in one go of the event loop leaves in one system call. */
function corkForNow(socket: Duplex): void {
  if (corked.has(socket)) return;
  if (corked.size === 0) process.nextTick(uncorkAll);
  corked.add(socket);
  socket.cork();
}

function uncorkAll(): void {
  for (const socket of corked) socket.uncork();
  corked.clear();
}
