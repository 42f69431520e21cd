import type { ServerResponse } from 'node:http';
import type { Gateway } from './gateway.ts';

/**
 * Answers `/healthz` and `/readyz`: each PBX with its state, and how many browsers there are.
 * @param asked `lives`: good while the process answers at all. `ready`: good where there is something to show, a PBX that is up;
 *   one of several is enough, as to send all browsers elsewhere would help nobody; not while it goes down
 */
export function healthAnswer(gateway: Gateway, response: ServerResponse, asked: 'lives' | 'ready'): void {
  const pbxs = Object.fromEntries(
    gateway.pbxs.map(({ name, feed }) => [
      name,
      { state: feed.state, ...(feed.trouble !== undefined && { trouble: feed.trouble }) },
    ]),
  );
  const isUp = gateway.pbxs.some(({ feed }) => feed.state === 'up');
  const good = asked === 'lives' || (isUp && !gateway.isDraining);
  const status = good ? 'ok' : gateway.isDraining ? 'draining' : 'unavailable';
  response.writeHead(good ? 200 : 503, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(`${JSON.stringify({ status, pbx: gateway.pbxState, pbxs, browsers: gateway.connections })}\n`);
}
