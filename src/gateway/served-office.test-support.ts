import { nodeRuntime } from '../ami/runtime.node.ts';
import { connectTcp, listenTcp } from '../ami/tcp-link.node.ts';
import { Gateway, type GatewayOptions } from './gateway.ts';
import { GatewayServer, type GatewayServerOptions } from './gateway-server.node.ts';
import { FakePbx, users } from './office.test-support.ts';

export interface ServedOffice {
  readonly pbx: FakePbx;
  readonly gateway: Gateway;
  readonly server: GatewayServer;
  close(): Promise<void>;
}

export interface ServedOfficeOptions {
  readonly server?: Partial<GatewayServerOptions>;
  readonly gateway?: Partial<GatewayOptions>;
  /** Says what the PBX answers, before the gateway asks. */
  readonly prepare?: (pbx: FakePbx) => void;
}

/** A gateway on a port of its own, open, in front of a written PBX on another. */
export async function serveOffice(options: ServedOfficeOptions = {}): Promise<ServedOffice> {
  const runtime = nodeRuntime();
  const pbx = new FakePbx(runtime);
  pbx.saysBooted = true;
  options.prepare?.(pbx);
  const listener = await listenTcp({ port: 0 }, (link) => pbx.serve(link));
  const { port } = listener.address;
  const gateway = new Gateway({
    runtime,
    users: { version: 1, users: await users() },
    pbx: {
      connect: () => connectTcp({ host: '127.0.0.1', port, clock: runtime.clock }),
      credentials: { username: 'gw', secret: 'x' },
    },
    ...options.gateway,
  });
  const server = await GatewayServer.listen({ gateway, ...options.server });
  await gateway.open();
  return {
    pbx,
    gateway,
    server,
    close: async () => {
      await server.close();
      await listener.close();
    },
  };
}
