import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer, Server as SecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { MAX_MESSAGE_BYTES } from './decode-json.ts';
import type { Gateway } from './gateway.ts';
import { GatewayError } from './gateway-error.ts';
import { healthAnswer } from './health-answer.node.ts';
import { isHostAllowed, isOriginAllowed } from './is-origin-allowed.ts';
import { PROTOCOLS } from './protocols.ts';
import { StaticFiles } from './static-files.node.ts';
import { WebSocketPeer } from './websocket-peer.node.ts';
import { WebSocketPing } from './websocket-ping.node.ts';

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
  /** Names by which it may be asked for (`panel.example.org`), whatever the port; any, where none is said. */
  readonly hosts?: readonly string[];
  /** How long a client may take for the head of a request, or for the handshake of TLS, ms; 10 s by default. */
  readonly requestTimeoutMs?: number;
  /** Idle time after which the kernel asks whether a browser is still there, ms; 300 s by default, 0: never. */
  readonly keepAliveMs?: number;
  /** Certificate, with what vouches for it, and its key (PEM): then pages and WebSockets come over TLS. */
  readonly tls?: TlsFiles;
  /** How often browsers are sent a WebSocket ping, ms; one that does not answer before the next is closed. 0, the default: never. */
  readonly pingMs?: number;
  /**
   * Offers permessage-deflate, for slow links; off by default. It costs some 250 KB a browser, and each message is packed for each
   * browser anew. Packed are only messages of 1 KiB and more: snapshots and lists; compact events are smaller than that.
   */
  readonly deflate?: boolean;
  /** Answers requests before anything else does; false: not its own. */
  readonly handle?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
}

/** Connections that may wait to be taken: all browsers come back at once when a gateway was restarted. */
const BACKLOG = 4096;
const CLOSE_WITHIN_MS = 2_000;
const HOST_REFUSED = 'GATEWAY_HOST_REFUSED: this gateway goes by another name';

/** A gateway on a port: WebSocket for browsers, pages, `/healthz` (it lives) and `/readyz` (and has a PBX). */
export class GatewayServer implements AsyncDisposable {
  readonly #options: GatewayServerOptions;
  readonly #http: Server | SecureServer;
  readonly #ping: WebSocketPing | undefined;
  #origins: readonly string[];
  #hosts: readonly string[];
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
      perMessageDeflate: options.deflate === true && {
        threshold: 1024,
        serverNoContextTakeover: true,
        concurrencyLimit: 4,
      },
      maxPayload: MAX_MESSAGE_BYTES,
      handleProtocols: (offered) => PROTOCOLS.find((protocol) => offered.has(protocol)) ?? false,
    });
    const { tls, pingMs = 0, requestTimeoutMs = 10_000 } = options;
    this.#origins = options.origins ?? [];
    this.#hosts = options.hosts ?? [];
    this.#ping = pingMs > 0 ? new WebSocketPing(pingMs) : undefined;
    const answer = (request: IncomingMessage, response: ServerResponse) => this.#answer(request, response);
    const times = {
      headersTimeout: requestTimeoutMs,
      requestTimeout: requestTimeoutMs,
      connectionsCheckingInterval: Math.ceil(requestTimeoutMs / 2),
    };
    this.#http =
      tls === undefined
        ? createServer(times, answer)
        : createSecureServer({ ...times, ...tls, handshakeTimeout: requestTimeoutMs }, answer);
    this.#http.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
    this.#http.on('connection', (socket) => this.#track(socket));
  }

  get port(): number {
    return (this.#http.address() as AddressInfo | null)?.port ?? 0;
  }

  /** Where pages are, with a slash at its end. */
  get url(): string {
    const host = this.#options.host ?? '127.0.0.1';
    const scheme = this.#options.tls === undefined ? 'http' : 'https';
    return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${this.port}/`;
  }

  /** Where browsers connect to. */
  get webSocketUrl(): string {
    return this.url.replace(/^http/, 'ws');
  }

  /** Other origins whose pages may connect, and names by which it may be asked for, from now on. */
  renewOrigins(origins: readonly string[], hosts: readonly string[] = []): void {
    this.#origins = origins;
    this.#hosts = hosts;
  }

  /**
   * Another certificate, for connections to come.
   * @throws the system's error where it can't be used, or there was none before
   */
  renewCertificate(tls: TlsFiles): void {
    if (!(this.#http instanceof SecureServer)) throw new TypeError('This server was started without TLS');
    this.#http.setSecureContext({ ...tls });
  }

  /**
   * Takes no more browsers, lets each finish its commands and sends it away until a time of its own, then closes.
   * @param times the longest of these times, and how long all of this may last
   */
  async drain({ spreadMs, withinMs }: { readonly spreadMs: number; readonly withinMs: number }): Promise<void> {
    const { gateway } = this.#options;
    const closed = this.#stopListening();
    gateway.drain(spreadMs);
    const timer = setTimeout(() => this.#cutAll(), withinMs);
    this.#http.closeIdleConnections();
    await closed;
    clearTimeout(timer);
    gateway.close();
  }

  /** Sends every browser away, lets go of the PBXs, and stops listening. */
  async close(): Promise<void> {
    this.#options.gateway.close();
    const closed = this.#stopListening();
    const timer = setTimeout(() => this.#cutAll(), CLOSE_WITHIN_MS);
    this.#http.closeIdleConnections();
    await closed;
    clearTimeout(timer);
  }

  #stopListening(): Promise<void> {
    this.#ping?.stop();
    return new Promise((resolve) => this.#http.close(() => resolve()));
  }

  #cutAll(): void {
    for (const socket of this.#sockets) socket.destroy();
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
      healthAnswer(this.#options.gateway, response, 'lives', 'anybody');
    } else if (path === '/readyz') {
      healthAnswer(this.#options.gateway, response, 'ready', 'anybody');
    } else if (!isHostAllowed(request.headers.host, this.#hosts)) {
      response.writeHead(421, { 'content-type': 'text/plain; charset=utf-8' }).end(`${HOST_REFUSED}\n`);
    } else if (this.#files !== undefined) {
      void this.#files.serve(request, response);
    } else {
      response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('There are no pages here.\n');
    }
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const { origin, host } = request.headers;
    if (!isHostAllowed(host, this.#hosts)) {
      refuse(socket, '421 Misdirected Request', HOST_REFUSED);
      return;
    }
    if (!isOriginAllowed(origin, host, this.#origins)) {
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
      this.#ping?.watch(websocket);
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
