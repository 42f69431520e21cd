import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { ApiAnswer } from './api/api-route.ts';
import type { ControlApi } from './api/control-api.ts';
import { ControlError } from './control-error.ts';
import { CONTROL_PROTOCOL, type ControlServer } from './control-server.ts';

const MAX_BYTES = 1024 * 1024;
const MAX_DRAINED_BYTES = 16 * MAX_BYTES;
/** A client that reads so slowly that this much waits for it is dropped: it gets all phones when it comes again. */
const MAX_BUFFERED_BYTES = 1024 * 1024;
const LOOPBACK = /^(localhost|127(\.\d+){3}|::1|\[::1\])$/;

export interface ControlListenerOptions {
  /** 0 for any free one, which is the default. */
  readonly port?: number;
  /** `127.0.0.1` by default. */
  readonly host?: string;
  /**
   * Asked for as `Authorization: Bearer ...`, or as the URL's `token`. Needed beyond the loopback addresses; on them, without one, what
   * pages of other machines send is refused.
   */
  readonly token?: string;
}

export interface ControlListener {
  readonly port: number;
  /** What a WebSocket client connects to, its token included. */
  readonly url: string;
  /** What paths of the HTTP API are appended to. */
  readonly httpUrl: string;
  close(): Promise<void>;
}

/** What is served: phones over WebSocket, and the API over HTTP. */
export interface ControlServices {
  readonly phones: ControlServer;
  readonly api: ControlApi;
}

/**
 * Serves the control of a simulated PBX over HTTP and WebSocket.
 * @throws ControlError `CONTROL_NEEDS_TOKEN`; the system's error (`EADDRINUSE`, `EACCES` ...) where it can't listen
 */
export async function listenControl(
  services: ControlServices,
  options: ControlListenerOptions = {},
): Promise<ControlListener> {
  const { port = 0, host = '127.0.0.1', token } = options;
  if (token === undefined && !LOOPBACK.test(host)) {
    const message = `whoever reaches ${host} could do everything with this PBX: give a token, or listen on 127.0.0.1`;
    throw new ControlError('CONTROL_NEEDS_TOKEN', message);
  }
  const http = createServer((request, response) => void answer(services.api, token, request, response));
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_BYTES,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(CONTROL_PROTOCOL) ? CONTROL_PROTOCOL : false),
  });
  http.on('upgrade', (request, socket, head) => {
    if (request.headers.upgrade?.toLowerCase() !== 'websocket') return ignoreOffer(http, request, socket, head);
    if (!mayConnect(request, token)) return refuse(socket);
    sockets.handleUpgrade(request, socket, head, (client) => serve(services.phones, client));
  });
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, host, () => {
      http.off('error', reject);
      resolve();
    });
  });
  const bound = (http.address() as AddressInfo).port;
  const authority = `${host.includes(':') ? `[${host}]` : host}:${bound}`;
  return {
    port: bound,
    url: `ws://${authority}/${token === undefined ? '' : `?token=${encodeURIComponent(token)}`}`,
    httpUrl: `http://${authority}`,
    async close() {
      services.phones.close();
      for (const client of sockets.clients) client.terminate();
      const closed = new Promise((resolve) => http.close(resolve));
      http.closeAllConnections();
      await closed;
      await services.api.close();
    },
  };
}

async function answer(
  api: ControlApi,
  token: string | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!mayConnect(request, token)) {
    const message =
      token === undefined ? 'pages of other machines may not ask' : 'the token is missing, or another one';
    write(response, { status: 403, body: { code: 'CONTROL_FORBIDDEN', message } });
    return;
  }
  const body = await bodyOf(request).catch(() => undefined);
  if (body === undefined) {
    const message = `a body is read up to ${MAX_BYTES} bytes`;
    response.setHeader('Connection', 'close');
    write(response, { status: 413, body: { code: 'CONTROL_TOO_LONG', message } });
    return;
  }
  const { pathname, searchParams } = targetOf(request);
  searchParams.delete('token');
  write(
    response,
    await api.handle({
      method: request.method ?? 'GET',
      path: pathname,
      query: Object.fromEntries(searchParams),
      body,
    }),
  );
}

function write(response: ServerResponse, { status, body }: ApiAnswer): void {
  if (body === undefined) response.writeHead(status).end();
  else response.writeHead(status, { 'Content-Type': 'application/json' }).end(`${JSON.stringify(body)}\n`);
}

/** `undefined` where it is too long: then the rest of it is read, within reason, as only so the client hears why. Rejects where that is gone. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes <= MAX_BYTES) chunks.push(chunk as Buffer);
    else if (bytes > MAX_DRAINED_BYTES) return undefined;
  }
  return bytes > MAX_BYTES ? undefined : Buffer.concat(chunks).toString('utf8');
}

/** Without a token: only who asks for this very machine, and no page that came from another one. */
function mayConnect(request: IncomingMessage, token: string | undefined): boolean {
  if (token !== undefined) return isSame(tokenOf(request), token);
  const { host = '', origin } = request.headers;
  const isHere = LOOPBACK.test(host.replace(/:\d+$/, ''));
  return isHere && (origin === undefined || LOOPBACK.test(hostOf(origin)));
}

function tokenOf(request: IncomingMessage): string {
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '');
  return bearer?.[1] ?? targetOf(request).searchParams.get('token') ?? '';
}

function targetOf(request: IncomingMessage): URL {
  return new URL(`http://control${request.url?.startsWith('/') === true ? request.url : '/'}`);
}

function hostOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).hostname : '';
}

function isSame(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/**
 * Who offers to go on in another protocol (Java's client asks for HTTP/2 with each first request) is answered in this one: the request is read
 * again without the offer. Node would end the connection.
 */
function ignoreOffer(http: Server, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const rows = [`${request.method} ${request.url} HTTP/1.1`];
  for (let at = 0; at < request.rawHeaders.length; at += 2) {
    const [name = '', value = ''] = request.rawHeaders.slice(at, at + 2);
    if (!/^(?:connection|upgrade|http2-settings)$/i.test(name)) rows.push(`${name}: ${value}`);
  }
  socket.unshift(Buffer.concat([Buffer.from(`${rows.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
  http.emit('connection', socket);
}

function refuse(socket: Duplex): void {
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
}

function serve(server: ControlServer, client: WebSocket): void {
  const connection = server.connect({
    send: (text) => {
      if (client.bufferedAmount > MAX_BUFFERED_BYTES) client.terminate();
      else if (client.readyState === client.OPEN) client.send(text);
    },
  });
  client.on('message', (data: RawData, isBinary: boolean) => {
    if (isBinary) client.close(1003, 'This protocol is text.');
    else connection.receive(data.toString());
  });
  // The close that follows says all that anybody needs to know.
  client.on('error', () => {});
  client.on('close', () => connection.close());
}
