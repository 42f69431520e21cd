/**
 * Many browsers in front of a PBX whose link is cut, slowed down and whose process restarts, fifty times at random, while people
 * talk: nobody misses or repeats anything, nobody gets what is not for their eyes, and the model ends equal to the PBX.
 */
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { AmiError } from '../src/ami/ami-error.ts';
import type { Link } from '../src/ami/link.ts';
import { ManualClock } from '../src/ami/manual-clock.ts';
import { nodeRuntime } from '../src/ami/runtime.node.ts';
import { SeededRandom } from '../src/ami/seeded-random.ts';
import type { Frame } from '../src/gateway/frame.ts';
import { Gateway } from '../src/gateway/gateway.ts';
import { GatewayServer } from '../src/gateway/gateway-server.node.ts';
import type { Role } from '../src/gateway/roles.ts';
import { hashSecret } from '../src/gateway/secret-hash.ts';
import { emptyModel, fromSnapshot, type Model, toSnapshot } from '../src/gateway/wire/model.ts';
import { JSON_PROTOCOL, type ServerMessage, type SubscriptionRules } from '../src/gateway/wire/protocol.ts';
import { type KeptTables, reduce, reducePbxLoss } from '../src/gateway/wire/reduce.ts';
import { smallOffice } from '../src/mock-ami/config/small-office.ts';
import { createStage } from '../src/mock-ami/simulated-stage.ts';
import { OfficeLife } from '../src/scenarios/office/office-life.ts';
import { officePeople } from '../src/scenarios/office/office-people.ts';
import { knownModel } from './composition/listed-model.ts';

const FAULTS = 50;
const CHEAP = { cost: 2, blockSize: 1, parallelization: 1, keyBytes: 16 };
const BASE: Role = { events: ['*'], hiddenHeaders: [], commands: [], channels: 'own', actions: {} };
const ROLES: Readonly<Record<string, Role>> = {
  all: BASE,
  own: { ...BASE, extensions: 'own', queues: [] },
  nameless: { ...BASE, hiddenHeaders: ['CallerIDName', 'ConnectedLineName'] },
  lamps: { ...BASE, events: ['ExtensionStatus'] },
};
/** What browsers see: all that a role lets them, or what they subscribe to of it. The fickle want something else now and then. */
const GROUPS: readonly string[] = [...Object.keys(ROLES), 'queues', 'fickle'];
const SUBSCRIPTIONS: Readonly<Record<string, SubscriptionRules>> = {
  queues: [{ events: ['Queue*'] }, { events: ['ExtensionStatus'], extensions: ['100*'] }],
  fickle: [{ extensions: ['1003'] }],
};
const FANCIES: readonly SubscriptionRules[] = [
  [{ extensions: ['1003'] }],
  [{ events: ['ExtensionStatus', 'New*', 'Hangup'] }],
  [{ extensions: ['1001', '1002'] }, { queues: ['*'] }],
  [],
];
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A link that can be made to hold back what comes. */
function slowable(link: Link, clock: ManualClock): { readonly link: Link; slow(ms: number): void } {
  let untilMs = 0;
  const attach: Link['attach'] = (handlers) => {
    const held: (() => void)[] = [];
    const pass = (deliver: () => void) => {
      if (clock.now() >= untilMs && held.length === 0) return deliver();
      held.push(deliver);
      if (held.length === 1)
        clock.setTimer(Math.max(untilMs - clock.now(), 1), () => {
          for (const each of held.splice(0)) each();
        });
    };
    link.attach({
      ...handlers,
      data: (bytes) => pass(() => handlers.data(bytes)),
      end: () => pass(() => handlers.end()),
      close: (error) => pass(() => handlers.close(error)),
    });
  };
  const wrapped = new Proxy(link, {
    get: (target, name) => {
      if (name === 'attach') return attach;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const slow = (ms: number) => {
    untilMs = clock.now() + ms;
  };
  return { link: wrapped, slow };
}

async function office(seed: number) {
  const clock = new ManualClock();
  const random = new SeededRandom(seed);
  const runtime = nodeRuntime({ clock, random: new SeededRandom(seed + 1) });
  const stage = createStage({ runtime, files: smallOffice, seed });
  let newest: ReturnType<typeof slowable> | undefined;
  const connect = async () => {
    const link = stage.connect();
    if (link === undefined) throw new AmiError('AMI_CONNECT_FAILED', 'The PBX is down');
    newest = slowable(link, clock);
    return newest.link;
  };
  const users = await Promise.all(
    Object.keys(ROLES).map(async (role) => ({
      name: role,
      role,
      extension: '1003',
      secret: await hashSecret(role, runtime.digest, CHEAP),
    })),
  );
  const credentials = { username: 'admin', secret: stage.managerSecret('admin') ?? '' };
  const options = { runtime, pbx: { connect, credentials }, users: { version: 1, roles: ROLES, users } as const };
  const gateway = new Gateway({ ...options, limits: { connectionsPerUser: 10_000, uncountedAddresses: ['test'] } });
  const opened = gateway.open();
  const pass = async (ms: number) => {
    for (let leftMs = ms; leftMs > 0; leftMs -= 100) {
      clock.advance(Math.min(100, leftMs));
      await settle();
    }
  };
  await clock.runUntil(opened, settle);
  const { callers } = officePeople(seed, { workers: 8, callers: 10 });
  const phones = ['1001', '1002', '1003', '1004', '1005', '1006', '1007', '1008'];
  const life = new OfficeLife({ stage, random, phones, trunk: 'trunk', callers, callsAtOnce: 4 });
  life.start();
  const fault = () => {
    const dice = random.next();
    const kind = dice < 0.4 ? 'cut' : dice < 0.55 && gateway.pbxState === 'up' ? 'restart' : 'slow';
    if (kind === 'cut') newest?.link.destroy();
    else if (kind === 'restart') stage.pbx.restart();
    else newest?.slow(500 + random.next() * 2_000);
    return kind;
  };
  const fresh = () => new Gateway({ ...options, users: { version: 1, users: [] } });
  return { clock, random, gateway, life, pass, fault, fresh };
}

/** One browser: what it heard, and what of that was wrong. It comes back with its ticket and its position. */
class Browser {
  readonly group: string;
  rules: SubscriptionRules | undefined;
  readonly faults: string[] = [];
  /** `epoch seq` of everything that it heard, in order. */
  readonly heard: string[] = [];
  readonly model: { now: Model; keeps?: KeptTables | undefined } | undefined;
  ticket: string | undefined;
  epoch = '';
  seq = 0;
  resumes = 0;

  constructor(group: string, keepsModel: boolean) {
    this.group = group;
    this.rules = SUBSCRIPTIONS[group];
    this.model = keepsModel ? { now: emptyModel() } : undefined;
  }

  hello(): string {
    const user = Object.hasOwn(ROLES, this.group) ? this.group : 'all';
    const proof = this.ticket === undefined ? { user, secret: user } : { ticket: this.ticket };
    const wish = this.rules === undefined ? {} : { subscribe: this.rules };
    const resume = this.epoch === '' ? {} : { resume: { epoch: this.epoch, seq: this.seq } };
    return JSON.stringify({ type: 'hello', ...proof, ...wish, ...resume });
  }

  wants(rules: SubscriptionRules): string {
    this.rules = rules;
    return JSON.stringify({ type: 'subscribe', id: 1, rules });
  }

  take(message: ServerMessage): void {
    if (message.type === 'reply' && !message.ok) this.faults.push(`is refused: ${message.message}`);
    if (message.type === 'welcome') {
      this.ticket = message.ticket;
      if (message.resumed) this.resumes += 1;
      return;
    }
    if (message.type === 'snapshot') {
      [this.epoch, this.seq] = [message.epoch, message.seq];
      if (this.model === undefined) return;
      this.model.now = fromSnapshot(message.model);
      this.model.keeps = message.keeps && new Set(message.keeps);
      return;
    }
    if (message.type !== 'event' && message.type !== 'pbx') return;
    if (message.prev > this.seq) this.faults.push(`misses what is between ${this.seq} and ${message.seq}`);
    if (message.seq <= this.seq) this.faults.push(`hears ${message.seq} after ${this.seq}`);
    this.seq = message.seq;
    this.heard.push(`${this.epoch} ${message.seq}`);
    if (this.model === undefined) return;
    if (message.type === 'event') reduce(this.model.now, message, this.model.keeps);
    else if (message.state === 'down') reducePbxLoss(this.model.now);
  }
}

/** What a group must never be sent. */
const HIDDEN: Readonly<Record<string, (text: string, message: ServerMessage) => boolean>> = {
  all: () => false,
  own: (text, message) =>
    message.type === 'event' &&
    !text.includes('1003') &&
    !/^(FullyBooted|Shutdown|Reload|BridgeDestroy)$/.test(message.name),
  nameless: (text) =>
    /CallerIDName|ConnectedLineName/.test(text) || /"(callerIdName|connectedLineName)":"[^"]/.test(text),
  queues: (_, message) =>
    message.type === 'event' &&
    !/^(Queue|AttendedTransfer)/.test(message.name) &&
    !(message.name === 'ExtensionStatus' && String(message.headers['Exten']).startsWith('100')),
  lamps: (text, message) => (message.type === 'event' && message.name !== 'ExtensionStatus') || /"channel":/.test(text),
};

/** Everything after what both heard first is the same, and one who never left missed nothing by the other's account. */
function compare(browsers: readonly Browser[]): readonly string[] {
  return GROUPS.filter((group) => group !== 'fickle').flatMap((group) => {
    const [reference, ...others] = browsers.filter((browser) => browser.group === group);
    const all = new Map(reference?.heard.map((place, index) => [place, index]));
    return others.flatMap((browser) => {
      const faults = [...browser.faults];
      for (const [index, place] of browser.heard.entries()) {
        const before = all.get(browser.heard[index - 1] ?? '');
        const at = all.get(place);
        if (at === undefined) faults.push(`${group}: only one of them heard ${place}`);
        else if (before !== undefined && isSameEpoch(browser.heard[index - 1], place) && at !== before + 1)
          faults.push(`${group}: missed what came before ${place}`);
      }
      return faults;
    });
  });
}

function isSameEpoch(one = '', other = ''): boolean {
  return one.split(' ')[0] === other.split(' ')[0];
}

const groupOf = (index: number) => GROUPS[index % GROUPS.length] ?? 'all';

test('1,000 browsers in memory', async () => {
  const { random, gateway, life, pass, fault, fresh } = await office(7);
  const parsed = new WeakMap<Frame, ServerMessage>();
  const leaks: string[] = [];
  const browsers = Array.from(
    { length: 1_000 },
    (_, index) => new Browser(groupOf(index), index % 102 < GROUPS.length),
  );
  const read = (frame: Frame, { group }: Browser): ServerMessage => {
    const known = parsed.get(frame);
    if (known !== undefined) return known;
    const message = JSON.parse(frame.text) as ServerMessage;
    if (HIDDEN[group]?.(frame.text, message)) leaks.push(`${group}: ${frame.text.slice(0, 200)}`);
    parsed.set(frame, message);
    return message;
  };
  const join = (browser: Browser) => {
    let isThere = true;
    const handlers = gateway.accept({
      address: 'test',
      pendingBytes: 0,
      close: () => {},
      send: (frame) => isThere && browser.take(read(frame, browser)),
    });
    handlers.message(browser.hello());
    const say = (text: string) => handlers.message(text);
    const leave = () => {
      isThere = false;
      handlers.closed();
    };
    return { say, leave };
  };
  const ends = browsers.map(join);
  // Checking a thousand secrets needs real time; the clock stands still meanwhile.
  while (browsers.some(({ epoch }) => epoch === '')) await settle();
  const faults: Record<string, number> = {};
  for (let turn = 0; turn < FAULTS; turn++) {
    await pass(300 + random.next() * 1_500);
    const what = fault();
    faults[what] = (faults[what] ?? 0) + 1;
    const some = () =>
      new Set(
        Array.from({ length: 20 }, () => GROUPS.length + Math.floor(random.next() * (browsers.length - GROUPS.length))),
      );
    const gone = some();
    for (const index of gone) ends[index]?.leave();
    for (const index of some()) {
      const browser = browsers[index];
      const fancy = FANCIES[Math.floor(random.next() * FANCIES.length)] ?? [];
      if (browser?.group !== 'fickle' || browser.model !== undefined) continue;
      // Who is away says it when it comes back.
      const wish = browser.wants(fancy);
      if (!gone.has(index)) ends[index]?.say(wish);
    }
    // From the middle on some see everything again, without having missed anything of it.
    for (const [index, browser] of browsers.entries())
      if (turn === FAULTS / 2 && browser.group === 'fickle' && browser.model !== undefined && !gone.has(index))
        ends[index]?.say(browser.wants([{}]));
    await pass(random.next() * 400);
    for (const index of gone) ends[index] = join(browsers[index] as Browser);
  }
  life.stop();
  await pass(20_000);
  while (gateway.pbxState !== 'up') await pass(1_000);
  const other = fresh();
  const opened = other.open();
  await pass(2_000);
  await opened;
  expect(leaks).toEqual([]);
  expect(browsers.flatMap((browser) => browser.faults)).toEqual([]);
  expect(compare(browsers)).toEqual([]);
  expect(knownModel(gateway.model)).toEqual(knownModel(other.model));
  const whole = browsers.filter(({ group, rules }) => group === 'all' || JSON.stringify(rules) === '[{}]');
  expect(whole.filter(({ group, model }) => group === 'fickle' && model !== undefined).length).toBeGreaterThan(5);
  for (const browser of whole.filter(({ model }) => model !== undefined))
    expect(toSnapshot(browser.model?.now ?? emptyModel())).toEqual(toSnapshot(gateway.model));
  expect(browsers.reduce((sum, { resumes }) => sum + resumes, 0)).toBeGreaterThan(100);
  expect(Object.keys(faults).sort()).toEqual(['cut', 'restart', 'slow']);
  expect(browsers[0]?.heard.length).toBeGreaterThan(1_000);
  gateway.close();
  other.close();
}, 120_000);

test('50 browsers over real sockets', async () => {
  const { clock, random, gateway, life, pass, fault } = await office(11);
  await using server = await GatewayServer.listen({ gateway });
  const leaks: string[] = [];
  const browsers = Array.from({ length: 50 }, (_, index) => new Browser(groupOf(index), false));
  const sockets: WebSocket[] = [];
  const join = (index: number) => {
    const browser = browsers[index] as Browser;
    const socket = new WebSocket(server.webSocketUrl, [JSON_PROTOCOL]);
    sockets[index] = socket;
    socket.on('open', () => socket.send(browser.hello()));
    socket.on('message', (data) => {
      if (sockets[index] !== socket) return;
      const message = JSON.parse(String(data)) as ServerMessage;
      if (HIDDEN[browser.group]?.(String(data), message)) leaks.push(`${browser.group}: ${String(data).slice(0, 200)}`);
      browser.take(message);
    });
    socket.on('error', () => {});
  };
  /** Real sockets need real time; the clock stands still meanwhile. */
  const until = async (condition: () => boolean) => {
    const giveUpAt = performance.now() + 20_000;
    while (!condition()) {
      if (performance.now() > giveUpAt) throw new Error('It never came about');
      clock.advance(0);
      await settle();
    }
  };
  for (const index of browsers.keys()) join(index);
  await until(() => browsers.every(({ epoch }) => epoch !== ''));
  for (let turn = 0; turn < FAULTS; turn++) {
    await pass(300 + random.next() * 1_000);
    fault();
    const index = GROUPS.length + Math.floor(random.next() * (browsers.length - GROUPS.length));
    sockets[index]?.terminate();
    join(index);
    await pass(200);
  }
  life.stop();
  await pass(20_000);
  while (gateway.pbxState !== 'up') await pass(1_000);
  const last = () => gateway.pbxs[0]?.feed.bus.position;
  await until(() => browsers.filter(({ group }) => group === 'all').every(({ seq }) => seq === last()?.seq));
  for (const socket of sockets) socket.terminate();
  expect(leaks).toEqual([]);
  expect(browsers.flatMap((browser) => browser.faults)).toEqual([]);
  expect(compare(browsers)).toEqual([]);
  expect(browsers[0]?.heard.length).toBeGreaterThan(500);
}, 120_000);
