import type { ServerResponse } from 'node:http';
import type { Gateway } from './gateway.ts';

/**
 * Answers `/healthz` and `/readyz`: whether all is well and how many browsers there are; to operators also each PBX with its state.
 * @param asked `lives`: good while the process answers at all. `ready`: good where there is something to show, a PBX that is up;
 *   one of several is enough, as to send all browsers elsewhere would help nobody; not while it goes down
 */
export function healthAnswer(
  gateway: Gateway,
  response: ServerResponse,
  asked: 'lives' | 'ready',
  reader: 'operator' | 'anybody',
): void {
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
  // A user who may not see a PBX must not learn here that it is there.
  const details = reader === 'operator' ? { pbxs } : {};
  const answer = { status, pbx: gateway.pbxState, ...details, browsers: gateway.connections };
  response.end(`${JSON.stringify(answer)}\n`);
}
