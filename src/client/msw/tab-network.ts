import { type WebSocketClientConnectionProtocol, WebSocketInterceptor } from '@mswjs/interceptors/WebSocket';
import { ws } from 'msw';
import { defineNetwork, InterceptorSource } from 'msw/experimental';
import { MswPeer, type TabPeerHandlers } from './msw-peer.ts';

/** One WebSocket server in the tab. */
export interface TabServer {
  /** `ws:` URL, without a query. */
  readonly url: string;
  accept(peer: MswPeer): TabPeerHandlers;
}

type Interceptors = ConstructorParameters<typeof InterceptorSource>[0]['interceptors'];

/**
 * Answers `new WebSocket(...)` for these servers inside this tab, and lets every other one through. No service worker is needed:
 * MSW catches WebSockets in the page itself.
 * @returns a function that ends it
 */
export async function serveInTab(servers: readonly TabServer[]): Promise<() => Promise<void>> {
  const handlers = servers.map((server) =>
    ws.link(server.url).addEventListener('connection', ({ client }) => connect(server, client)),
  );
  // The same class, but MSW's types name the declarations for CommonJS of it.
  const interceptors = [new WebSocketInterceptor()] as unknown as Interceptors;
  const network = defineNetwork({
    sources: [new InterceptorSource({ interceptors })],
    handlers,
    onUnhandledFrame: 'bypass',
    context: { quiet: true },
  });
  await network.enable();
  return async () => {
    await network.disable();
  };
}

function connect({ accept }: TabServer, client: WebSocketClientConnectionProtocol): void {
  const peer = new MswPeer(client);
  peer.listen(accept(peer));
}
