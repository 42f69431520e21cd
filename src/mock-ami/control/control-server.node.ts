import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { CONTROL_PROTOCOL, type ControlServer } from './control-server.ts';

const MAX_MESSAGE_BYTES = 64 * 1024;
/** A client that reads so slowly that this much waits for it is dropped: it gets all phones when it comes again. */
const MAX_BUFFERED_BYTES = 1024 * 1024;

export interface ControlListenerOptions {
  /** 0 for any free one, which is the default. */
  readonly port?: number;
  /** `127.0.0.1` by default. */
  readonly host?: string;
  /** Asked for as the URL's `token`. Without one, pages of other machines are refused by their origin. */
  readonly token?: string;
}

export interface ControlListener {
  readonly port: number;
  /** What a client connects to, its token included. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves the phones of a simulated PBX over WebSocket.
 * @throws the system's error (`EADDRINUSE`, `EACCES` ...) where it can't listen
 */
export async function listenControl(
  server: ControlServer,
  options: ControlListenerOptions = {},
): Promise<ControlListener> {
  const { port = 0, host = '127.0.0.1', token } = options;
  const http = createServer((_request, response) => response.writeHead(426).end('This port speaks WebSocket.\n'));
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(CONTROL_PROTOCOL) ? CONTROL_PROTOCOL : false),
  });
  http.on('upgrade', (request, socket, head) => {
    if (!mayConnect(request, token)) return refuse(socket);
    sockets.handleUpgrade(request, socket, head, (client) => serve(server, client));
  });
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, host, () => {
      http.off('error', reject);
      resolve();
    });
  });
  const bound = (http.address() as AddressInfo).port;
  const query = token === undefined ? '' : `?token=${encodeURIComponent(token)}`;
  return {
    port: bound,
    url: `ws://${host.includes(':') ? `[${host}]` : host}:${bound}/${query}`,
    async close() {
      server.close();
      for (const client of sockets.clients) client.terminate();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

function mayConnect(request: IncomingMessage, token: string | undefined): boolean {
  const given = new URL(request.url ?? '/', 'ws://localhost').searchParams.get('token');
  if (token !== undefined) return given === token;
  const { origin } = request.headers;
  return origin === undefined || /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(origin);
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
