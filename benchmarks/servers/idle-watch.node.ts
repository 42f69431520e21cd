/**
 * Watches an idle office from 100 clients, one way after the other, and prints a row of JSON each: `{way, ...}`. Everything that goes over
 * the loopback interface is between clients and server: the PBX is in the same process, and its AMI link in memory. Started by
 * `questions/idle-clients`, in a network namespace of its own where that is permitted.
 *
 * Arguments: seconds to watch each way; `interface` or `sockets`, where to count.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Link } from '../../src/ami/link.ts';
import { nodeRuntime } from '../../src/ami/runtime.node.ts';
import { Gateway } from '../../src/gateway/gateway.ts';
import { GatewayServer } from '../../src/gateway/gateway-server.node.ts';
import { hashSecret } from '../../src/gateway/secret-hash.ts';
import { JSON_PROTOCOL } from '../../src/gateway/wire/protocol.ts';
import { Ajam } from '../../src/mock-ami/http/ajam.ts';
import { listenAjam } from '../../src/mock-ami/http/http-server.node.ts';
import { MockPbx } from '../../src/mock-ami/mock-pbx.node.ts';
import { AjamPoller, type PollingWay } from '../ajam-poller.node.ts';
import { WebSocketViewer } from '../websocket-viewer.node.ts';
import { sumOfBytes } from '../wire-meter.ts';

const CLIENTS = 100;
/** Until what a start and a hundred logins set off has come to rest, TCP's late acknowledgements too. */
const SETTLE_MS = 6_000;
const [seconds = '60', counted = 'sockets'] = process.argv.slice(2);
/** Logins are not what is measured. */
const CHEAP = { cost: 2, blockSize: 1, parallelization: 1, keyBytes: 16 };
const viewer = { user: 'viewer', secret: 'secret of a benchmark' };
const runtime = nodeRuntime();

interface Watched {
  readonly 'bytes at the sockets': number;
  readonly 'packets at the interface': number | 'not counted';
  readonly 'bytes at the interface': number | 'not counted';
}

/** What went over the loopback interface since it is up. */
function loopback(): { readonly bytes: number; readonly packets: number } {
  const [, counters = ''] = /^\s*lo:(.*)$/m.exec(readFileSync('/proc/net/dev', 'utf8')) ?? [];
  const [bytes = 0, packets = 0] = counters.trim().split(/\s+/).map(Number);
  return { bytes, packets };
}

async function watch(socketBytes: () => number): Promise<Watched> {
  await pause(SETTLE_MS);
  const before = { socket: socketBytes(), ...(counted === 'interface' && loopback()) };
  await pause(Number(seconds) * 1000);
  const at = counted === 'interface' ? loopback() : undefined;
  return {
    'bytes at the sockets': socketBytes() - before.socket,
    'packets at the interface': at === undefined ? 'not counted' : at.packets - (before.packets ?? 0),
    'bytes at the interface': at === undefined ? 'not counted' : at.bytes - (before.bytes ?? 0),
  };
}

async function linkTo(pbx: MockPbx): Promise<Link> {
  const link = pbx.stage.connect();
  if (link === undefined) throw new Error('The PBX is down');
  return link;
}

async function overWebSockets(pbx: MockPbx, way: string, keepAliveMs?: number): Promise<void> {
  const gateway = new Gateway({
    runtime,
    pbx: { connect: () => linkTo(pbx), credentials: { username: 'admin', secret: 'adminpw' } },
    users: {
      version: 1,
      users: [{ name: viewer.user, secret: await hashSecret(viewer.secret, runtime.digest, CHEAP), role: 'viewer' }],
    },
    limits: { connectionsPerUser: CLIENTS },
  });
  await using server = await GatewayServer.listen({ gateway, ...(keepAliveMs !== undefined && { keepAliveMs }) });
  await gateway.open();
  const viewers: WebSocketViewer[] = [];
  for (let count = 0; count < CLIENTS; count++)
    viewers.push(await WebSocketViewer.start(server.port, JSON_PROTOCOL, viewer));
  let sum = 0;
  const watched = await watch(() => {
    const { sent, received } = sumOfBytes(viewers.map((each) => each.takeBytes()));
    sum += sent + received;
    return sum;
  });
  tell(way, watched);
  const stillThere = gateway.loggedIn;
  for (const each of viewers) each.stop();
  if (stillThere !== CLIENTS) throw new Error(`Only ${stillThere} of ${CLIENTS} browsers were still there`);
}

async function overAjam(pbx: MockPbx, name: string, way: PollingWay): Promise<void> {
  const ajam = await listenAjam(new Ajam({ runtime, connect: () => pbx.stage.connect() }));
  const pollers: AjamPoller[] = [];
  for (let count = 0; count < CLIENTS; count++) pollers.push(await AjamPoller.start(ajam.port, way));
  const watched = await watch(() => {
    const { sent, received } = sumOfBytes(pollers.flatMap(({ polls }) => polls.map(({ bytes }) => bytes)));
    return sent + received;
  });
  tell(name, watched);
  for (const each of pollers) await each.stop();
  await ajam.close();
}

function tell(way: string, watched: Watched): void {
  process.stdout.write(`${JSON.stringify({ way, ...watched })}\n`);
}

const pbx = await MockPbx.listen();
await overWebSockets(pbx, 'WebSocket');
await overWebSockets(pbx, 'WebSocket, keepalive after 20 s', 20_000);
await overAjam(pbx, 'AJAM poll every 5 s', { kind: 'poll', everyS: 5 });
await overAjam(pbx, 'AJAM long poll of 5 s', { kind: 'long poll', timeoutS: 5 });
await pbx.close();
