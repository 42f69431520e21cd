import { nodeRuntime } from '../src/ami/runtime.node.ts';
import { connectTcp } from '../src/ami/tcp-link.node.ts';
import { Gateway } from '../src/gateway/gateway.ts';
import { GatewayServer } from '../src/gateway/gateway-server.node.ts';
import { hashSecret } from '../src/gateway/secret-hash.ts';
import { Ajam } from '../src/mock-ami/http/ajam.ts';
import { listenAjam } from '../src/mock-ami/http/http-server.node.ts';
import { MockPbx } from '../src/mock-ami/mock-pbx.node.ts';

/** A simulated PBX with both ways to its events in front of it: the gateway, and AMI over HTTP. */
export interface Chain extends AsyncDisposable {
  readonly pbx: MockPbx;
  readonly gatewayPort: number;
  /** Who may come in at the gateway and sees all events. */
  readonly viewer: { readonly user: string; readonly secret: string };
  readonly ajamPort: number;
}

/** Starts it on free ports; the PBX is the small office, whose AMI user is admin, secret adminpw. */
export async function startChain(): Promise<Chain> {
  const runtime = nodeRuntime();
  const viewer = { user: 'viewer', secret: 'secret of a benchmark' };
  const pbx = await MockPbx.listen();
  const gateway = new Gateway({
    runtime,
    pbx: {
      connect: () => connectTcp({ host: pbx.host, port: pbx.port, clock: runtime.clock }),
      credentials: { username: 'admin', secret: 'adminpw' },
    },
    users: {
      version: 1,
      users: [{ name: viewer.user, secret: await hashSecret(viewer.secret, runtime.digest), role: 'viewer' }],
    },
  });
  const server = await GatewayServer.listen({ gateway });
  const ajam = await listenAjam(new Ajam({ runtime, connect: () => pbx.stage.connect() }));
  await gateway.open();
  return {
    pbx,
    viewer,
    gatewayPort: server.port,
    ajamPort: ajam.port,
    async [Symbol.asyncDispose]() {
      await ajam.close();
      await server.close();
      await pbx.close();
    },
  };
}
