import type { Frame } from '../../src/gateway/frame.ts';
import { Office } from '../../src/gateway/office.test-support.ts';
import { COMPACT_PROTOCOL, type SubscriptionRules } from '../../src/gateway/wire/protocol.ts';
import { readTrace } from '../../test/fixtures.ts';
import type { Question, Row } from '../question.ts';

const CLIENTS = 1_000;
/** Calls that are made, between as many pairs of the extensions: what one client gets does not depend on it, what all get does. */
const CALLS = 30;
const FIRST = 20_000;

/** A recorded call with a hold, once for each two of the extensions: who is called 1001 and 1002 there is one of them here. */
function calls(): readonly string[] {
  const events = readTrace('hold-unhold').lines.flatMap(({ dir, raw }) =>
    dir === 'in' && raw?.startsWith('Event:') && !/^Event: FullyBooted|\nActionID:/.test(raw) ? [raw] : [],
  );
  return Array.from({ length: CALLS }, (_, pair) =>
    events
      .join('')
      .replaceAll(/\b1001\b/g, String(FIRST + 2 * pair))
      .replaceAll(/\b1002\b/g, String(FIRST + 2 * pair + 1))
      // Channels, bridges and their numbers are others in each call.
      .replaceAll(
        /-(0000[0-9a-f]{4})\b/g,
        (_text, id: string) => `-${(Number.parseInt(id, 16) + pair * 16).toString(16).padStart(8, '0')}`,
      )
      .replaceAll(/\b(\d{10}\.\d+)\b/g, `$1${String(pair).padStart(4, '0')}`)
      .replaceAll(/\b([0-9a-f]{8})-([0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/g, `$1-$2${pair}`),
  );
}

interface Case {
  readonly what: string;
  readonly clients: number;
  subscribe(client: number): SubscriptionRules | undefined;
}

const CASES: readonly Case[] = [
  { what: 'one client, everything', clients: 1, subscribe: () => undefined },
  { what: 'everything', clients: CLIENTS, subscribe: () => undefined },
  { what: 'all the same extension', clients: CLIENTS, subscribe: () => [{ extensions: [String(FIRST)] }] },
  {
    what: 'each its own extension',
    clients: CLIENTS,
    subscribe: (client) => [{ extensions: [String(FIRST + client)] }],
  },
  { what: 'each its own pattern', clients: CLIENTS, subscribe: (client) => [{ extensions: [`${FIRST + client}*`] }] },
  {
    what: 'each holds of its own extension',
    clients: CLIENTS,
    subscribe: (client) => [{ events: ['Hold', 'Unhold'], extensions: [String(FIRST + client)] }],
  },
];

async function measure({ what, clients, subscribe }: Case, texts: readonly string[]): Promise<Row> {
  const office = await Office.open({ limits: { connectionsPerUser: CLIENTS, uncountedAddresses: ['bench'] } });
  let [bytes, messages, isMeasured] = [0, 0, false];
  const send = (frame: Frame) => {
    if (!isMeasured) return;
    messages += 1;
    bytes += frame.bytes + (frame.bytes < 126 ? 2 : 4);
  };
  for (let client = 0; client < clients; client++) {
    const peer = { address: 'bench', pendingBytes: 0, close: () => {}, send };
    const handlers = office.gateway.accept(peer, COMPACT_PROTOCOL);
    const rules = subscribe(client);
    const hello = { type: 'hello', user: 'olga', secret: 'olga', ...(rules && { subscribe: rules }) };
    handlers.message(JSON.stringify(hello));
  }
  await office.until(() => office.gateway.loggedIn === clients);
  isMeasured = true;
  const feed = office.gateway.pbxs[0]?.feed;
  if (feed === undefined) throw new Error('There is no PBX');
  const [before, started] = [feed.stats.events, process.cpuUsage()];
  for (const text of texts) {
    office.pbx.raw(text);
    await office.after();
  }
  const used = process.cpuUsage(started);
  const events = feed.stats.events - before;
  const { views } = feed;
  isMeasured = false;
  office.gateway.close();
  if (messages === 0) throw new Error(`${what}: nobody heard anything`);
  return {
    clients,
    subscribedTo: what,
    views,
    events,
    messagesPerClient: Math.round((10 * messages) / clients) / 10,
    bytesPerClient: Math.round(bytes / clients),
    cpuUsPerEvent: Math.round((used.user + used.system) / events),
  };
}

export const question: Question = {
  asks: 'What does a subscription to one extension save, and what do 1,000 different ones cost?',
  method:
    'A recorded call with a hold, made 30 times, each time between two others of 1,000 extensions, one call after the other, through a gateway in memory in one process ' +
    '(no sockets), compact protocol, to clients that count. bytesPerClient is the mean of all clients, also of those whose extension had no call, and counts payload and WebSocket headers after the first snapshot; ' +
    'cpuUsPerEvent is all of the process: reading AMI, the model, choosing, encoding, handing out, and what the benchmark itself does with ' +
    'each message, so that "one client, everything" is what is there without many clients. Before each case a tenth of it runs, which does not count. ' +
    'Compare the rows of a run with each other: times depend on the machine and on what else it does.',
  async answer() {
    const texts = calls();
    const rows: Row[] = [];
    for (const each of CASES) {
      await measure(each, texts.slice(0, 3));
      rows.push(await measure(each, texts));
    }
    return rows;
  },
};
