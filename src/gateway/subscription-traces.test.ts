/** Random subscriptions and roles over what a real Asterisk said: each browser gets exactly its part, and its model is exactly that part. */
import { expect, test } from 'vitest';
import { readTrace, traceNames } from '../../test/fixtures.ts';
import { SeededRandom } from '../ami/seeded-random.ts';
import { type FakeBrowser, Office, users } from './office.test-support.ts';
import type { Role } from './roles.ts';
import {
  type RoleOfTest,
  SubscriptionOracle,
  sees,
  shouldGet,
  shouldSee,
  type Telling,
} from './subscription-oracle.test-support.ts';
import type { UserRecord } from './users.ts';
import type { WireLine } from './wire/event.ts';
import { fromSnapshot, type ModelSnapshot, toSnapshot } from './wire/model.ts';
import { COMPACT_PROTOCOL, type EventMessage, JSON_PROTOCOL, type SubscriptionRule } from './wire/protocol.ts';
import { reduce } from './wire/reduce.ts';

const BASE: Role = { events: ['*'], hiddenHeaders: [], commands: [], channels: 'own', actions: {} };
const ROLES: Readonly<Record<string, Role>> = {
  all: BASE,
  own: { ...BASE, extensions: 'own', queues: ['support'] },
  nameless: { ...BASE, hiddenHeaders: ['CallerIDName', 'ConnectedLineName'] },
  quiet: { ...BASE, events: ['Queue*', 'ExtensionStatus', 'Newchannel', 'Newstate', 'Hangup', 'Hold', 'Unhold'] },
};
const OWN = '1002';

/** Names to choose from: all kinds that recordings hold, and some that fit nothing. */
const POOL = {
  events: [
    'Hold',
    'Unhold',
    'New*',
    'Queue*',
    'QueueCaller*',
    'Bridge*',
    'ExtensionStatus',
    '*State*',
    'Hangup',
    'Confbridge*',
    'Park*',
    'UnPark*',
    'Dial*',
    'Nothing',
    'M*',
    '*a*e*',
  ],
  classes: ['call', 'agent', 'system', 'dialplan', 'c*', 'all', 'security'],
  extensions: ['1001', '1002', '1003', '10*', '*2', '*', '9999', 'trunk', '1*0*4'],
  queues: ['support', 'sales', 'sup*', '*', 'nowhere'],
};

function randomRules(random: SeededRandom): readonly SubscriptionRule[] {
  const pick = (from: readonly string[]) => from[Math.floor(random.next() * from.length)] ?? '';
  const list = (from: readonly string[]) => Array.from({ length: 1 + Math.floor(random.next() * 3) }, () => pick(from));
  return Array.from({ length: Math.floor(random.next() * 4) }, () => ({
    ...(random.next() < 0.35 && { events: list(POOL.events) }),
    ...(random.next() < 0.15 && { classes: list(POOL.classes) }),
    ...(random.next() < 0.45 && { extensions: list(POOL.extensions) }),
    ...(random.next() < 0.2 && { queues: list(POOL.queues) }),
  }));
}

/** What one session of a recording heard, without a start or an end of the PBX: after these everybody gets a snapshot. */
function eventsOf(name: string): readonly string[] {
  const lines = readTrace(name).lines.filter(
    ({ dir, conn }) => dir === 'in' && (conn === undefined || conn === 'admin'),
  );
  return lines.flatMap(({ raw }) =>
    raw?.startsWith('Event:') && !/^Event: (FullyBooted|Shutdown)\r|\nActionID:/.test(raw) ? [raw] : [],
  );
}

async function office() {
  const [olga] = await users();
  const all = Object.keys(ROLES).map(
    (role): UserRecord => ({ name: role, role, extension: OWN, secret: olga?.secret ?? '' }),
  );
  return Office.open({ users: { version: 1, roles: ROLES, users: all }, limits: { connectionsPerUser: 1_000 } });
}

interface Viewer {
  readonly role: string;
  readonly rules: readonly SubscriptionRule[];
  readonly browser: FakeBrowser;
}

async function enter(
  opened: Office,
  role: string,
  rules: readonly SubscriptionRule[] | undefined,
  protocol: string,
): Promise<FakeBrowser> {
  const browser = opened.connect(protocol);
  browser.says({ type: 'hello', user: role, secret: 'olga', ...(rules && { subscribe: rules }) });
  await opened.until(() => browser.messages.length > 1);
  return browser;
}

function roleOf(name: string): RoleOfTest {
  const { events, extensions, queues } = ROLES[name] ?? BASE;
  return { events, ...(extensions === 'own' && { extensions: [OWN] }), ...(queues && { queues }) };
}

/** An event as who sees everything got it, what it tells of, and all that is known after it. */
interface Step {
  readonly event: EventMessage;
  readonly telling: Telling;
  readonly model: ModelSnapshot;
  readonly isChange: boolean;
  /** The lines of the recording. */
  readonly lines: readonly WireLine[];
}

function stepsOf(everything: FakeBrowser, recorded: readonly string[]): readonly Step[] {
  const model = fromSnapshot(everything.last('snapshot').model);
  const oracle = new SubscriptionOracle(model);
  return everything.all('event').map((event, index) => {
    const isChange = reduce(model, event).length > 0;
    const lines = linesOf(recorded[index] ?? '');
    return { event, telling: oracle.read(event), model: toSnapshot(model), isChange, lines };
  });
}

/** What stands after `Event`, header by header. */
function linesOf(raw: string): readonly WireLine[] {
  const [, ...rows] = raw.split('\r\n').filter((row) => row !== '');
  return rows.map((row): WireLine => {
    const at = row.indexOf(':');
    return [row.slice(0, at), row.slice(at + 1).replace(/^ /, '')];
  });
}

/** What is wrong with what a viewer got. */
function judge({ role, rules, browser }: Viewer, steps: readonly Step[]): readonly string[] {
  const faults: string[] = [];
  const [start, ...later] = browser.all('snapshot');
  if (start === undefined) return ['no snapshot came'];
  let model = fromSnapshot(start.model);
  let keeps = start.keeps && new Set(start.keeps);
  const got = new Map(browser.all('event').map((event) => [event.seq, event]));
  for (const { event, telling, model: full, isChange, lines } of steps) {
    if (event.seq <= start.seq) continue;
    const own = got.get(event.seq);
    got.delete(event.seq);
    const should = shouldGet(roleOf(role), rules, event, telling);
    if (should !== (own !== undefined)) faults.push(`${event.seq} ${event.name}: ${should ? 'did not come' : 'came'}`);
    if (own?.lines !== undefined && role !== 'nameless' && JSON.stringify(own.lines) !== JSON.stringify(lines))
      faults.push(`${event.seq} ${event.name}: is not as recorded`);
    if (own !== undefined) reduce(model, own, keeps);
    const fresh = later.find(({ seq }) => seq === event.seq);
    if (fresh !== undefined) [model, keeps] = [fromSnapshot(fresh.model), fresh.keeps && new Set(fresh.keeps)];
    if (own === undefined && !isChange && event.seq > start.seq + 1) continue;
    const wanted = shouldSee(roleOf(role), rules, full);
    const seen = sees(toSnapshot(model), Object.keys(wanted));
    for (const table of Object.keys(wanted))
      if (JSON.stringify(seen[table]) !== JSON.stringify(wanted[table]))
        faults.push(`${event.seq} ${event.name}: ${table} are ${seen[table]}, not ${wanted[table]}`);
  }
  return [...faults, ...brokenLinks(browser), ...[...got.keys()].map((seq) => `${seq} came from nowhere`)];
}

/** Each message names the one before it; the first after a snapshot one that the snapshot holds. */
function brokenLinks({ messages }: FakeBrowser): readonly string[] {
  const faults: string[] = [];
  let [position, isStart] = [0, true];
  for (const message of messages) {
    if (message.type === 'snapshot') [position, isStart] = [message.seq, true];
    if (message.type !== 'event' && message.type !== 'pbx') continue;
    const { seq, prev } = message;
    if (seq <= position || (isStart ? prev > position : prev !== position))
      faults.push(`${seq} says ${prev}, and ${position} was before it`);
    [position, isStart] = [seq, false];
  }
  return faults;
}

/** What is wrong with what a viewer gets that had left in the middle, and comes back now with a ticket. */
async function comeBack(
  opened: Office,
  { role, rules, browser }: Viewer,
  random: SeededRandom,
): Promise<readonly string[]> {
  const { epoch, seq: from } = browser.last('snapshot');
  const all = browser.all('event').filter(({ seq }) => seq > from);
  const seqs = [from, ...all.map(({ seq }) => seq)];
  const seq = seqs[Math.floor(random.next() * seqs.length)] ?? from;
  const back = opened.connect(random.next() < 0.5 ? COMPACT_PROTOCOL : JSON_PROTOCOL);
  const { ticket } = browser.last('welcome');
  back.says({ type: 'hello', ticket, subscribe: rules, resume: { epoch, seq } });
  await opened.until(() => back.messages.length > 0);
  const missed = all.filter((event) => event.seq > seq).map(plain);
  const faults = JSON.stringify(back.all('event').map(plain)) === JSON.stringify(missed) ? [] : [`missed after ${seq}`];
  if (!back.last('welcome').resumed) faults.push(`${role} is not resumed from ${seq}`);
  return faults;
}

/** What both protocols carry. */
function plain({ lines: _, ...event }: EventMessage): unknown {
  return { ...event, headers: Object.entries(event.headers) };
}

const ROUNDS = Number(process.env['SUBSCRIPTION_ROUNDS'] ?? 8);
const BUSY = ['busy-hour-mix'];

test(`${ROUNDS} recordings with 8 random subscriptions each`, async () => {
  const random = new SeededRandom(Number(process.env['SUBSCRIPTION_SEED'] ?? 1));
  const names = traceNames().filter((name) => !BUSY.includes(name) && eventsOf(name).length > 20);
  for (let round = 0; round < ROUNDS; round++) {
    const name = names[Math.floor(random.next() * names.length)] ?? '';
    const events = eventsOf(name);
    const opened = await office();
    const everything = await enter(opened, 'all', undefined, COMPACT_PROTOCOL);
    const viewers: Viewer[] = [];
    const cut = Math.floor(random.next() * events.length * 0.5);
    const pieces = [events.slice(0, cut), events.slice(cut)];
    for (const piece of pieces) {
      for (let count = 0; count < 4; count++) {
        const role = Object.keys(ROLES)[Math.floor(random.next() * 4)] ?? 'all';
        const rules = randomRules(random);
        const browser = await enter(opened, role, rules, random.next() < 0.5 ? COMPACT_PROTOCOL : JSON_PROTOCOL);
        viewers.push({ role, rules, browser });
      }
      opened.pbx.raw(piece.join(''));
      await opened.after(100);
    }
    const steps = stepsOf(everything, events);
    for (const viewer of viewers) {
      const faults = [...judge(viewer, steps), ...(await comeBack(opened, viewer, random))];
      expect(faults.slice(0, 5), `${name}, ${viewer.role}: ${JSON.stringify(viewer.rules)}`).toEqual([]);
    }
    opened.gateway.close();
  }
}, 600_000);
