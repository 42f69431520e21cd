import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';
import type { Gateway } from './gateway.ts';
import { GatewayError } from './gateway-error.ts';
import { healthAnswer } from './health-answer.node.ts';
import { gatewayMetrics } from './metrics.node.ts';

export interface MetricsServerOptions {
  readonly gateway: Gateway;
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  /** Must be shown for `/metrics` (`Authorization: Bearer ...`) where there is one. */
  readonly token?: string;
}

/** `/metrics`, `/healthz` and `/readyz` on a port of their own, so that browsers need not be able to reach them. */
export class MetricsServer {
  readonly #options: MetricsServerOptions;
  readonly #registry: Registry;
  readonly #http: Server;

  /** @throws GatewayError `GATEWAY_LISTEN_FAILED` */
  static listen(options: MetricsServerOptions): Promise<MetricsServer> {
    return new MetricsServer(options).#listen();
  }

  private constructor(options: MetricsServerOptions) {
    this.#options = options;
    this.#registry = gatewayMetrics(options.gateway);
    this.#http = createServer((request, response) => void this.#answer(request, response));
  }

  get port(): number {
    return (this.#http.address() as AddressInfo | null)?.port ?? 0;
  }

  get url(): string {
    const { host } = this.#options;
    return `http://${host.includes(':') ? `[${host}]` : host}:${this.port}/metrics`;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#http.close(() => resolve());
      this.#http.closeAllConnections();
    });
  }

  #listen(): Promise<MetricsServer> {
    const { host, port } = this.#options;
    return new Promise((resolve, reject) => {
      this.#http.once('error', (cause) => {
        const message = `Cannot listen on ${host}:${port}: ${cause.message}`;
        reject(new GatewayError('GATEWAY_LISTEN_FAILED', message, { cause }));
      });
      this.#http.listen({ host, port }, () => resolve(this));
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path] = (request.url ?? '/').split('?');
    const { gateway, token } = this.#options;
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
    } else if (path === '/healthz') {
      healthAnswer(gateway, response, 'lives', 'operator');
    } else if (path === '/readyz') {
      healthAnswer(gateway, response, 'ready', 'operator');
    } else if (path !== '/metrics') {
      response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('There is /metrics here.\n');
    } else if (token !== undefined && !isSame(request.headers.authorization ?? '', `Bearer ${token}`)) {
      response.writeHead(401, { 'www-authenticate': 'Bearer' }).end();
    } else {
      const text = await this.#registry.metrics();
      response.writeHead(200, { 'content-type': this.#registry.contentType }).end(text);
    }
  }
}

function isSame(shown: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(shown), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
