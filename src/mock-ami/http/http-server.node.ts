import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Ajam } from './ajam.ts';
import type { AjamRequest } from './ajam-request.ts';
import type { AjamResponse } from './ajam-response.ts';

/** Asterisk takes less form data than that. Source: `MAX_CONTENT_LENGTH`, main/http.c. */
const MAX_BODY_BYTES = 40 * 1024;

export interface AjamServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves AJAM over HTTP, header for header as Asterisk does.
 * @param options.port 0: any free one
 * @throws the system's error (`EADDRINUSE`, `EACCES` ...) where it can't listen
 */
export async function listenAjam(
  ajam: Ajam,
  options: { readonly host?: string; readonly port?: number } = {},
): Promise<AjamServer> {
  const server = createServer((request, response) => void serve(ajam, request, response));
  // WaitEvent holds requests open, and Asterisk keeps idle connections for 15 s (session_keep_alive)
  server.keepAliveTimeout = 15_000;
  await listening(server, options.host ?? '127.0.0.1', options.port ?? 0);
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      ajam.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function listening(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function serve(ajam: Ajam, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await bodyOf(request);
  if (body === 'gone') return;
  const { method = 'GET', url: target = '/', headers } = request;
  const bodyTooLong = body === 'too long';
  // the rest of a body too long is not read: the connection can't go on
  const close = bodyTooLong || /\bclose\b/i.test(headers.connection ?? '');
  const asked: AjamRequest = {
    method,
    target,
    cookie: headers.cookie ?? '',
    authorization: headers.authorization ?? '',
    body: body instanceof Buffer ? body.toString('utf8') : '',
    bodyTooLong,
    contentType: headers['content-type'] ?? '',
    close,
  };
  ajam.handle(asked, (answer) => {
    if (answer) write(response, answer, close);
    else request.destroy();
  });
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | 'too long' | 'gone'> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      bytes += (chunk as Buffer).length;
      if (bytes >= MAX_BODY_BYTES) return 'too long';
      chunks.push(chunk as Buffer);
    }
  } catch {
    return 'gone';
  }
  return Buffer.concat(chunks);
}

function write(response: ServerResponse, answer: AjamResponse, close: boolean): void {
  response.sendDate = false;
  if (!close) response.removeHeader('Connection');
  response.writeHead(answer.status, answer.reason, answer.headers.flat());
  response.end(answer.body);
}
