import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Ajam, AjamResponse } from './ajam.ts';

/** Asterisk takes no more form data than that. */
const MAX_BODY_BYTES = 4096;

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
  if (body === undefined) {
    request.destroy();
    return;
  }
  const { method = 'GET', url: target = '/', headers } = request;
  const close = /\bclose\b/i.test(headers.connection ?? '');
  ajam.handle({ method, target, cookie: headers.cookie ?? '', body, close }, (answer) => {
    if (answer) write(response, answer, close);
    else request.destroy();
  });
}

/** `undefined` where it is too long, or the client went away. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request) {
      bytes += (chunk as Buffer).length;
      if (bytes > MAX_BODY_BYTES) return undefined;
      chunks.push(chunk as Buffer);
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks).toString('utf8');
}

function write(response: ServerResponse, answer: AjamResponse, close: boolean): void {
  response.sendDate = false;
  if (!close) response.removeHeader('Connection');
  response.writeHead(answer.status, answer.reason, answer.headers.flat());
  response.end(answer.body);
}
