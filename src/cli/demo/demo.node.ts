import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeRuntime } from '../../ami/runtime.node.ts';
import { SeededRandom } from '../../ami/seeded-random.ts';
import { connectTcp } from '../../ami/tcp-link.node.ts';
import { Gateway } from '../../gateway/gateway.ts';
import { GatewayServer } from '../../gateway/gateway-server.node.ts';
import { hashSecret } from '../../gateway/secret-hash.ts';
import { CliError } from '../../mock-ami/command/cli-error.ts';
import { officeConfig } from '../../mock-ami/config/small-office.ts';
import { MockPbx } from '../../mock-ami/mock-pbx.node.ts';
import { OfficeLife } from '../../scenarios/office/office-life.ts';
import { type OfficePeople, officePeople } from '../../scenarios/office/office-people.ts';

export interface DemoOptions {
  /** Of the page; 0 for any free one. */
  readonly port: number;
  /** Of the people, and of what they do. */
  readonly seed: number;
  /** Nobody telephones but those who press keys. */
  readonly quiet: boolean;
}

export interface Demo {
  /** Where the page is. */
  readonly url: string;
  /** Where the simulated PBX listens for AMI. */
  readonly amiPort: number;
  close(): Promise<void>;
}

const PANEL_FOLDER = fileURLToPath(new URL('../../../dist/panel/', import.meta.url));
const PANEL_USER = 'operator';
const AMI_USER = 'gateway';
/** So many phones are left to whoever looks at the page. */
const PHONES_FOR_VISITORS = 2;

/**
 * The whole chain on free ports of this machine: simulated PBX, AMI over TCP, gateway, page.
 * @throws CliError `CLI_NOT_BUILT`; GatewayError `GATEWAY_LISTEN_FAILED`
 */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  if (!existsSync(join(PANEL_FOLDER, 'index.html'))) {
    throw new CliError('CLI_NOT_BUILT', 'the page is not built yet; npm run build does it');
  }
  const people = officePeople(options.seed, { workers: 8, callers: 40 });
  const amiSecret = secret();
  const pbx = await startPbx(people, amiSecret, options.seed);
  try {
    const server = await startGateway(pbx, people, amiSecret, options.port);
    const life = options.quiet ? undefined : startLife(pbx, people, options.seed);
    return {
      url: server.url,
      amiPort: pbx.port,
      async close() {
        life?.stop();
        await server.close();
        await pbx.close();
      },
    };
  } catch (error) {
    await pbx.close();
    throw error;
  }
}

function startPbx({ workers }: OfficePeople, amiSecret: string, seed: number): Promise<MockPbx> {
  return MockPbx.listen({
    config: officeConfig(workers.map(({ extension, name }) => [extension, name])),
    changes: {
      'manager.conf': {
        // the page shows how long an event took, from when the PBX made it
        general: { timestampevents: 'yes' },
        [AMI_USER]: { secret: amiSecret, read: 'all', write: 'all' },
      },
    },
    seed,
    control: { token: secret() },
  });
}

async function startGateway(
  pbx: MockPbx,
  people: OfficePeople,
  amiSecret: string,
  port: number,
): Promise<GatewayServer> {
  const runtime = nodeRuntime();
  const panelSecret = secret();
  const gateway = new Gateway({
    runtime,
    pbx: {
      connect: () => connectTcp({ host: pbx.host, port: pbx.port, clock: runtime.clock }),
      credentials: { username: AMI_USER, secret: amiSecret },
    },
    users: {
      version: 1,
      users: [{ name: PANEL_USER, secret: await hashSecret(panelSecret, runtime.digest), role: 'operator' }],
    },
  });
  const setup = {
    version: 1,
    title: 'Demo office',
    gateway: { url: './', user: PANEL_USER, secret: panelSecret },
    phones: { url: pbx.control?.url },
    names: Object.fromEntries(people.workers.map(({ extension, name }) => [extension, name])),
  };
  const server = await GatewayServer.listen({
    gateway,
    port,
    staticFolder: PANEL_FOLDER,
    handle: (request, response) => serveSetup(setup, request, response),
  });
  await gateway.open();
  return server;
}

function serveSetup(setup: object, request: IncomingMessage, response: ServerResponse): boolean {
  if (request.method !== 'GET' || request.url?.split('?')[0] !== '/demo.json') return false;
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(JSON.stringify(setup));
  return true;
}

function startLife({ stage }: MockPbx, { workers, callers }: OfficePeople, seed: number): OfficeLife {
  const phones = workers.slice(PHONES_FOR_VISITORS).map(({ extension }) => extension);
  const life = new OfficeLife({ stage, random: new SeededRandom(seed), phones, trunk: 'trunk', callers });
  life.start();
  return life;
}

function secret(): string {
  return randomBytes(18).toString('base64url');
}
