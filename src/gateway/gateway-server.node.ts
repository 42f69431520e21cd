import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { MAX_MESSAGE_BYTES } from './decode-json.ts';
import type { Gateway } from './gateway.ts';
import { GatewayError } from './gateway-error.ts';
import { isOriginAllowed } from './is-origin-allowed.ts';
import { PROTOCOLS } from './protocols.ts';
import { StaticFiles } from './static-files.node.ts';
import { WebSocketPeer } from './websocket-peer.node.ts';

export interface GatewayServerOptions {
  readonly gateway: Gateway;
  /** `127.0.0.1` by default. */
  readonly host?: string;
  /** 0, the default, for any free one. */
  readonly port?: number;
  /** Folder of pages to serve. */
  readonly staticFolder?: string;
  /** Origins of pages that may connect besides those served here; `*` for all. */
  readonly origins?: readonly string[];
  /** Idle time after which the kernel asks whether a browser is still there, ms; 300 s by default, 0: never. */
  readonly keepAliveMs?: number;
  /** Answers requests before anything else does; false: not its own. */
  readonly handle?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

/** Connections that may wait to be taken: all browsers come back at once when a gateway was restarted. */
const BACKLOG = 4096;
const CLOSE_WITHIN_MS = 2_000;

/** A gateway on a port: WebSocket for browsers, pages, `/healthz` (it lives) and `/readyz` (and has its PBX). */
export class GatewayServer implements AsyncDisposable {
  readonly #options: GatewayServerOptions;
  readonly #http: Server;
  readonly #websockets: WebSocketServer;
  readonly #files: StaticFiles | undefined;
  readonly #sockets = new Set<Duplex>();

  /** @throws GatewayError `GATEWAY_LISTEN_FAILED` */
  static listen(options: GatewayServerOptions): Promise<GatewayServer> {
    return new GatewayServer(options).#listen();
  }

  private constructor(options: GatewayServerOptions) {
    this.#options = options;
    this.#files = options.staticFolder === undefined ? undefined : new StaticFiles(options.staticFolder);
    this.#websockets = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      // It would cost some 240 KB a browser, and no bytes could be shared.
      perMessageDeflate: false,
      maxPayload: MAX_MESSAGE_BYTES,
      handleProtocols: (offered) => PROTOCOLS.find((protocol) => offered.has(protocol)) ?? false,
    });
    this.#http = createServer((request, response) => this.#answer(request, response));
    this.#http.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
    this.#http.on('connection', (socket) => this.#track(socket));
  }

  get port(): number {
    return (this.#http.address() as AddressInfo | null)?.port ?? 0;
  }

  /** Where pages are, with a slash at its end. */
  get url(): string {
    const host = this.#options.host ?? '127.0.0.1';
    return `http://${host.includes(':') ? `[${host}]` : host}:${this.port}/`;
  }

  /** Where browsers connect to. */
  get webSocketUrl(): string {
    return this.url.replace(/^http/, 'ws');
  }

  /** Sends every browser away, lets go of the PBX, and stops listening. */
  async close(): Promise<void> {
    this.#options.gateway.close();
    const closed = new Promise<void>((resolve) => this.#http.close(() => resolve()));
    const timer = setTimeout(() => {
      for (const socket of this.#sockets) socket.destroy();
    }, CLOSE_WITHIN_MS);
    this.#http.closeIdleConnections();
    await closed;
    clearTimeout(timer);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #listen(): Promise<GatewayServer> {
    const { host = '127.0.0.1', port = 0 } = this.#options;
    return new Promise((resolve, reject) => {
      const fail = (cause: Error) => {
        reject(
          new GatewayError('GATEWAY_LISTEN_FAILED', `Cannot listen on ${host}:${port}: ${cause.message}`, { cause }),
        );
      };
      this.#http.once('error', fail);
      this.#http.listen({ host, port, backlog: BACKLOG }, () => {
        this.#http.off('error', fail);
        resolve(this);
      });
    });
  }

  #track(socket: Socket): void {
    const { keepAliveMs = 300_000 } = this.#options;
    socket.setNoDelay(true);
    socket.setKeepAlive(keepAliveMs > 0, keepAliveMs);
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const [path] = (request.url ?? '/').split('?');
    if (this.#options.handle?.(request, response) === true) return;
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
    } else if (path === '/healthz') {
      this.#answerHealth(response, true);
    } else if (path === '/readyz') {
      this.#answerHealth(response, this.#options.gateway.pbxState === 'up');
    } else if (this.#files !== undefined) {
      void this.#files.serve(request, response);
    } else {
      response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('There are no pages here.\n');
    }
  }

  #answerHealth(response: ServerResponse, good: boolean): void {
    const { pbxState, connections } = this.#options.gateway;
    response.writeHead(good ? 200 : 503, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(`${JSON.stringify({ status: good ? 'ok' : 'unavailable', pbx: pbxState, browsers: connections })}\n`);
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const { origin, host } = request.headers;
    if (!isOriginAllowed(origin, host, this.#options.origins ?? [])) {
      refuse(socket, '403 Forbidden', 'GATEWAY_ORIGIN_REFUSED: pages of this origin may not connect');
      return;
    }
    const asked = request.headers['sec-websocket-protocol'];
    const offered = (asked ?? '').split(',').map((name) => name.trim());
    if (asked !== undefined && !PROTOCOLS.some((protocol) => offered.includes(protocol))) {
      refuse(socket, '400 Bad Request', `Ask for one of these subprotocols: ${PROTOCOLS.join(', ')}`);
      return;
    }
    this.#websockets.handleUpgrade(request, socket, head, (websocket) => {
      const peer = new WebSocketPeer(websocket, socket, request.socket.remoteAddress ?? '');
      peer.attach(this.#options.gateway.accept(peer, websocket.protocol));
    });
  }
}

function refuse(socket: Duplex, status: string, text: string): void {
  const head = [
    `HTTP/1.1 ${status}`,
    'Connection: close',
    'Content-Type: text/plain',
    `Content-Length: ${text.length}`,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${text}`);
}
