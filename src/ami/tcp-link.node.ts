import { connect as connectPlain, createServer, type Server, type Socket } from 'node:net';
import {
  type ConnectionOptions,
  connect as connectSecure,
  createServer as createSecureServer,
  type TlsOptions,
} from 'node:tls';
import { AmiError } from './ami-error.ts';
import type { Link, LinkAddress, LinkHandlers, LinkListener } from './link.ts';
import type { Clock } from './runtime.ts';

const DEFAULT_CONNECT_TIMEOUT_MS = 10_000;
const SOCKET_OPTIONS = { noDelay: true, allowHalfOpen: true };
/** As much of what is written in one turn goes out in one piece: the system's calls cost more than the bytes. */
const PIECE_BYTES = 16 * 1024;

export interface TcpConnectOptions {
  readonly host: string;
  readonly port: number;
  readonly clock: Clock;
  /** For the connection, and with TLS its handshake; 10 s by default. */
  readonly timeoutMs?: number;
  /** TLS; the certificate and its name are checked unless these options say otherwise. */
  readonly tls?: ConnectionOptions;
  /** Calls the attempt off. */
  readonly signal?: AbortSignal;
}

export interface TcpListenOptions {
  /** 0 for any free one. */
  readonly port: number;
  /** `127.0.0.1` by default. */
  readonly host?: string;
  readonly tls?: TlsOptions;
  /** Hears of connections that could not be taken (too many open files, say); listening goes on. */
  readonly onError?: (error: AmiError) => void;
  /** Hears when a link that was handed out is over, before the link's own handlers do. */
  readonly onClose?: (link: Link) => void;
}

/**
 * Connects over TCP or TLS.
 * @throws AmiError `AMI_CONNECT_FAILED`, `AMI_CONNECT_TIMEOUT`, `AMI_CLOSED` (called off)
 */
export function connectTcp(options: TcpConnectOptions): Promise<Link> {
  const { host, port, clock, tls, signal, timeoutMs = DEFAULT_CONNECT_TIMEOUT_MS } = options;
  const place = `${host}:${port}`;
  if (signal?.aborted) return Promise.reject(calledOff(place));
  return new Promise((resolve, reject) => {
    const raw = connectPlain({ host, port, ...SOCKET_OPTIONS });
    const socket =
      tls === undefined ? raw : connectSecure({ host, ...defaultName(host), ...tls, ...SOCKET_OPTIONS, socket: raw });
    const settle = (outcome: Link | AmiError) => {
      timer.cancel();
      signal?.removeEventListener('abort', abort);
      socket.off('error', fail);
      if (!(outcome instanceof AmiError)) return resolve(outcome);
      // Whatever else goes wrong with a socket that is given up concerns nobody.
      socket.on('error', () => {}).destroy();
      reject(outcome);
    };
    const fail = (cause: Error) =>
      settle(new AmiError('AMI_CONNECT_FAILED', `Cannot connect to ${place}: ${reasonOf(cause)}`, { cause }));
    const abort = () => settle(calledOff(place));
    const timer = clock.setTimer(timeoutMs, () =>
      settle(new AmiError('AMI_CONNECT_TIMEOUT', `No connection to ${place} within ${timeoutMs} ms`)),
    );
    signal?.addEventListener('abort', abort);
    socket.on('error', fail);
    socket.once(tls === undefined ? 'connect' : 'secureConnect', () => settle(new TcpLink(socket, raw)));
  });
}

/**
 * Listens for TCP or TLS connections and hands each out as a link. Closing the listener leaves those links alone.
 * @throws AmiError `AMI_LISTEN_FAILED`
 */
export function listenTcp(options: TcpListenOptions, accept: (link: Link) => void): Promise<LinkListener> {
  const { port, host = '127.0.0.1', tls, onError, onClose } = options;
  const server = openServer(tls, (socket, raw) => accept(new TcpLink(socket, raw, onClose)));
  return new Promise((resolve, reject) => {
    const refuse = (cause: Error) =>
      reject(new AmiError('AMI_LISTEN_FAILED', `Cannot listen on ${host}:${port}: ${reasonOf(cause)}`, { cause }));
    server.once('error', refuse);
    server.listen({ port, host }, () => {
      server.off('error', refuse);
      server.on('error', (cause) =>
        onError?.(new AmiError('AMI_LISTEN_FAILED', `Connection not taken: ${reasonOf(cause)}`, { cause })),
      );
      resolve({ address: listeningAddress(server), close: () => stop(server) });
    });
  });
}

function openServer(tls: TlsOptions | undefined, take: (socket: Socket, raw: Socket | undefined) => void): Server {
  if (tls === undefined) return createServer(SOCKET_OPTIONS, (socket) => take(socket, socket));
  const raws = new Map<string, Socket>();
  const server = createSecureServer({ ...tls, ...SOCKET_OPTIONS }, (socket) => take(socket, raws.get(peerOf(socket))));
  server.on('connection', (raw: Socket) => {
    const peer = peerOf(raw);
    raws.set(peer, raw);
    raw.on('close', () => raws.delete(peer));
  });
  return server;
}

function peerOf(socket: Socket): string {
  return `${socket.remoteAddress} ${socket.remotePort}`;
}

/** `net` reports the end of all connections; what counts here is that the port is free, which it is at once. */
async function stop(server: Server): Promise<void> {
  if (server.listening) server.close();
}

function listeningAddress(server: Server): LinkAddress {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('A TCP server has an address');
  return { address: address.address, port: address.port };
}

class TcpLink implements Link {
  readonly local: LinkAddress;
  readonly remote: LinkAddress;
  readonly #socket: Socket;
  /** The socket below TLS, which has no reset of its own; else the same one. */
  readonly #raw: Socket | undefined;
  /** Written in this turn, not yet given to the socket. */
  #gathered: Uint8Array[] = [];
  #gatheredBytes = 0;
  #handlers: LinkHandlers | undefined;
  #error: Error | undefined;
  #closed = false;

  constructor(socket: Socket, raw: Socket | undefined, onClose?: (link: Link) => void) {
    this.#socket = socket;
    this.#raw = raw;
    this.local = addressOf(socket.localAddress, socket.localPort);
    this.remote = addressOf(socket.remoteAddress, socket.remotePort);
    socket.on('error', (error) => {
      this.#error ??= new AmiError('AMI_LINK_LOST', `The connection broke: ${reasonOf(error)}`, { cause: error });
    });
    socket.on('close', () => {
      this.#closed = true;
      onClose?.(this);
      this.#handlers?.close(this.#error);
    });
  }

  attach(handlers: LinkHandlers): void {
    this.#handlers = handlers;
    if (this.#closed) {
      setImmediate(() => handlers.close(this.#error));
      return;
    }
    this.#socket.on('data', (bytes) => handlers.data(bytes));
    this.#socket.on('end', () => handlers.end());
  }

  /** Without what is gathered: the system has not been asked yet to take that. */
  get pendingBytes(): number {
    return this.#socket.writableLength;
  }

  write(bytes: Uint8Array): void {
    this.#gathered.push(bytes);
    this.#gatheredBytes += bytes.length;
    if (this.#gatheredBytes >= PIECE_BYTES || this.#socket.writableLength > 0) this.flush();
    else if (this.#gathered.length === 1) process.nextTick(flushLink, this);
  }

  flush(): void {
    const [first, ...more] = this.#gathered;
    if (first === undefined) return;
    const bytes = more.length === 0 ? first : Buffer.concat(this.#gathered, this.#gatheredBytes);
    this.#gathered = [];
    this.#gatheredBytes = 0;
    if (this.#socket.writable) this.#socket.write(bytes);
  }

  end(): void {
    this.flush();
    if (this.#socket.writable) this.#socket.end();
  }

  destroy(): void {
    this.flush();
    if (this.#raw === undefined) this.#socket.destroy();
    else this.#raw.resetAndDestroy();
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    // Before `attach` nobody listens: what flows then is lost.
    if (this.#handlers !== undefined) this.#socket.resume();
  }
}

function flushLink(link: TcpLink): void {
  link.flush();
}

/** IPv4 peers of a socket that serves IPv6 too are written as what they are. */
function addressOf(address = '', port = 0): LinkAddress {
  return { address: address.replace(/^::ffff:(?=\d+\.)/, ''), port };
}

/** SNI is for names only. */
function defaultName(host: string): ConnectionOptions {
  return /^[\d.]+$|:/.test(host) ? {} : { servername: host };
}

function calledOff(place: string): AmiError {
  return new AmiError('AMI_CLOSED', `Connecting to ${place} was called off`);
}

/** Where several addresses were tried Node gives a code and no message. */
function reasonOf(error: Error): string {
  return error.message === '' && 'code' in error ? String(error.code) : error.message;
}
