/**
 * What a subscription means, written a second time, from the documentation and without the gateway's own code: by it tests judge what the
 * gateway delivers.
 */
import { type Model, type ModelSnapshot, toSnapshot } from './wire/model.ts';
import type { EventMessage, SubscriptionRules } from './wire/protocol.ts';

/** What a role lets see, as far as tests need it. */
export interface RoleOfTest {
  readonly events: readonly string[];
  /** `undefined`: all. */
  readonly extensions?: readonly string[];
  readonly queues?: readonly string[];
}

const forms = new Map<string, RegExp>();

export function fits(patterns: readonly string[], name: string): boolean {
  return patterns.some((pattern) => {
    const source = pattern.replace(/[\\^$.|?+()[\]{}/-]/g, '\\$&').replaceAll('*', '.*');
    const form = forms.get(pattern) ?? new RegExp(`^${source}$`, 's');
    forms.set(pattern, form);
    return form.test(name);
  });
}

/** Events without which a table would hold what is long gone, and those that put something there. */
const OF_CHANNELS = ['Newchannel', 'Newstate', 'Hangup'];
const MEMBERS = [
  'QueueMemberAdded',
  'QueueMemberStatus',
  'QueueMemberPause',
  'QueueMemberPenalty',
  'QueueMemberRinginuse',
];
const CONFERENCES = ['Start', 'Join', 'Leave', 'Mute', 'Unmute', 'Talking', 'Record', 'StopRecord'].map(
  (what) => `Confbridge${what}`,
);
const TABLES: Readonly<Record<string, { readonly puts: readonly string[]; readonly needs: readonly string[] }>> = {
  channels: { puts: ['Newchannel'], needs: OF_CHANNELS },
  bridges: {
    puts: ['BridgeCreate', 'BridgeEnter'],
    needs: [...OF_CHANNELS, 'BridgeEnter', 'BridgeLeave', 'BridgeDestroy'],
  },
  extensions: { puts: ['ExtensionStatus'], needs: ['ExtensionStatus'] },
  devices: { puts: ['DeviceStateChange'], needs: ['DeviceStateChange'] },
  members: { puts: MEMBERS, needs: [...MEMBERS, 'QueueMemberRemoved'] },
  callers: { puts: ['QueueCallerJoin'], needs: ['QueueCallerJoin', 'QueueCallerLeave', 'QueueCallerAbandon'] },
  parked: {
    puts: ['ParkedCall', 'ParkedCallSwap'],
    needs: ['ParkedCall', 'ParkedCallSwap', 'UnParkedCall', 'ParkedCallTimeOut', 'ParkedCallGiveUp'],
  },
  conferences: { puts: CONFERENCES, needs: [...CONFERENCES, 'ConfbridgeEnd'] },
  mailboxes: { puts: ['MessageWaiting'], needs: ['MessageWaiting'] },
  contacts: { puts: ['ContactStatus'], needs: ['ContactStatus'] },
  presence: { puts: ['PresenceStateChange'], needs: ['PresenceStateChange'] },
};
const PAIRS = [
  ['Hold', 'Unhold'],
  ['MusicOnHoldStart', 'MusicOnHoldStop'],
  ['BridgeEnter', 'BridgeLeave'],
] as const;

function classOf(event: string): string {
  return event.startsWith('Queue') ? 'agent' : event === 'ContactStatus' ? 'system' : 'call';
}

/** What an event tells of, read from its headers and from what is different after it. */
export interface Telling {
  readonly named: ReadonlySet<string>;
  readonly all: ReadonlySet<string>;
  readonly queue: string | undefined;
  readonly queues: ReadonlySet<string>;
}

/** Follows a PBX by everything that is known of it, and says what of each event a browser should get. */
export class SubscriptionOracle {
  readonly #model: Model;
  /** Who was ever in a bridge or a conference that is still there. */
  readonly #inside = new Map<string, Set<string>>();
  #before: ModelSnapshot;

  /** @param model of the test's own, kept by all events */
  constructor(model: Model) {
    this.#model = model;
    this.#before = toSnapshot(model);
  }

  /** To be called once for each event, when the model has taken it in. */
  read(event: EventMessage): Telling {
    const [before, after] = [this.#before, toSnapshot(this.#model)];
    this.#before = after;
    const named = new Set<string>();
    for (const [header, value] of Object.entries(event.headers))
      for (const text of [value].flat()) for (const number of numbersIn(event.name, header, text)) named.add(number);
    const all = new Set(named);
    const add = (key: string, channels: readonly string[], also: boolean) => {
      const inside = this.#inside.get(key) ?? new Set();
      this.#inside.set(key, inside);
      for (const channel of channels) {
        inside.add(numberOf(channel));
        if (also) all.add(numberOf(channel));
      }
      return inside;
    };
    const nameOf = (uniqueid: string) =>
      [...after.channels, ...before.channels].find((channel) => channel.uniqueid === uniqueid)?.channel ?? '';
    for (const id of changed(before.bridges, after.bridges, ({ uniqueid }) => uniqueid)) {
      const both = [...before.bridges, ...after.bridges].filter(({ uniqueid }) => uniqueid === id);
      const isGone = !after.bridges.some(({ uniqueid }) => uniqueid === id);
      const visitors = add(
        `bridge ${id}`,
        both.flatMap(({ channels }) => channels.map(nameOf)),
        true,
      );
      if (isGone) for (const number of visitors) all.add(number);
    }
    for (const id of changed(before.conferences, after.conferences, ({ conference }) => conference)) {
      const both = [...before.conferences, ...after.conferences].filter(({ conference }) => conference === id);
      const isGone = !after.conferences.some(({ conference }) => conference === id);
      const members = both.flatMap(({ members }) => members.map(({ channel }) => channel));
      const visitors = add(`conference ${id}`, members, named.size === 0);
      if (isGone && named.size === 0) for (const number of visitors) all.add(number);
      if (isGone) this.#inside.delete(`conference ${id}`);
    }
    const queue = event.headers['Queue'] as string | undefined;
    const queues = new Set(changed(before.queues, after.queues, ({ queue }) => queue));
    if (queue !== undefined) queues.add(queue);
    return { named, all, queue, queues };
  }
}

/** Whether a browser with that role and subscription gets an event. */
export function shouldGet(
  role: RoleOfTest,
  rules: SubscriptionRules | undefined,
  event: EventMessage,
  telling: Telling,
): boolean {
  if (!fits(role.events, event.name)) return false;
  const { named, all, queue, queues } = telling;
  if (queue !== undefined && role.queues !== undefined && !fits(role.queues, queue)) return false;
  if (
    queue === undefined &&
    role.extensions !== undefined &&
    !['FullyBooted', 'Shutdown', 'Reload'].includes(event.name)
  ) {
    const who = named.size > 0 ? named : all;
    if (![...who].some((number) => fits(role.extensions ?? [], number))) return false;
  }
  if (rules === undefined) return true;
  const classes = event.lines?.[0]?.[1].split(',') ?? [];
  return rules.some((rule) => {
    const { events = ['*'], classes: ofClasses = ['*'] } = rule;
    if (rule.extensions !== undefined && ![...all].some((number) => fits(rule.extensions ?? [], number))) return false;
    if (rule.queues !== undefined && ![...queues].some((name) => fits(rule.queues ?? [], name))) return false;
    const lets = (name: string) => fits(events, name) && (fits(ofClasses, classOf(name)) || fits(ofClasses, 'all'));
    if (queue === undefined && queues.size > 0 && lets('QueueCallerJoin') && lets('QueueCallerLeave')) return true;
    return fits(events, event.name) && classes.some((each) => fits(ofClasses, each));
  });
}

const keepersKnown = new WeakMap<SubscriptionRules, Map<string, ReadonlyMap<string, SubscriptionRules>>>();

/** The rules that keep each table; a table that is not kept is absent. */
function keepersOf(role: RoleOfTest, rules: SubscriptionRules): ReadonlyMap<string, SubscriptionRules> {
  const known = keepersKnown.get(rules) ?? new Map<string, ReadonlyMap<string, SubscriptionRules>>();
  keepersKnown.set(rules, known);
  const before = known.get(role.events.join());
  if (before !== undefined) return before;
  const lets = (rule: SubscriptionRules[number], name: string) =>
    fits(role.events, name) &&
    fits(rule.events ?? ['*'], name) &&
    (fits(rule.classes ?? ['*'], classOf(name)) || fits(rule.classes ?? ['*'], 'all'));
  const keepers = (table: string): SubscriptionRules | undefined => {
    const { puts = [], needs = [] } = TABLES[table] ?? {};
    const about = rules.filter((rule) => rule.queues === undefined || table === 'members' || table === 'callers');
    const who = about.filter((rule) => puts.some((name) => lets(rule, name)));
    const isKept = who.every(
      (rule) =>
        needs.every((name) => lets(rule, name)) &&
        (table !== 'channels' || PAIRS.every(([one, other]) => lets(rule, one) === lets(rule, other))),
    );
    return isKept ? who : undefined;
  };
  const isLost = (table: string) =>
    keepers(table) === undefined ||
    (/^(members|callers)$/.test(table) && (keepers('members') === undefined || keepers('callers') === undefined));
  const tables = Object.keys(TABLES).filter((table) => !isLost(table));
  const found = new Map(tables.map((table) => [table, keepers(table) ?? []]));
  known.set(role.events.join(), found);
  return found;
}

/** Keys of what such a browser should see of a model, by table; those of a table that is not kept are absent. */
export function shouldSee(
  role: RoleOfTest,
  rules: SubscriptionRules,
  model: ModelSnapshot,
): Readonly<Record<string, readonly string[]>> {
  const permitted = { numbers: role.extensions ?? ['*'], queues: role.queues ?? ['*'] };
  const who = keepersOf(role, rules);
  const shows = (rule: SubscriptionRules[number], numbers: readonly string[], queue?: string) =>
    (rule.queues === undefined || (queue !== undefined && fits(rule.queues, queue))) &&
    (rule.extensions === undefined || numbers.some((number) => fits(rule.extensions ?? [], number)));
  const seen: Record<string, readonly string[]> = {};
  const list = <State>(
    table: string,
    states: readonly State[],
    key: (state: State) => string,
    numbers: (state: State) => readonly string[],
    queue?: (state: State) => string,
  ) => {
    const keepers = who.get(table);
    if (keepers === undefined) return;
    seen[table] = states
      .filter((state) => {
        const of = numbers(state);
        const name = queue?.(state);
        const may =
          name === undefined ? of.some((number) => fits(permitted.numbers, number)) : fits(permitted.queues, name);
        return may && keepers.some((rule) => shows(rule, of, name));
      })
      .map(key)
      .toSorted();
  };
  const ofChannel = ({ channel }: { readonly channel: string }) => [numberOf(channel)];
  list('channels', model.channels, (one) => `${one.uniqueid} ${one.stateDesc}`, ofChannel);
  list(
    'extensions',
    model.extensions,
    (one) => `${one.exten} ${one.status}`,
    (one) => [one.exten],
  );
  list(
    'devices',
    model.devices,
    (one) => `${one.device} ${one.state}`,
    (one) => [numberOf(one.device)],
  );
  const members = model.queues.flatMap(({ queue, members }) => members.map((member) => ({ queue, ...member })));
  list(
    'members',
    members,
    (one) => `${one.queue} ${one.interface} ${one.status} ${one.paused}`,
    (one) => [numberOf(one.interface), numberOf(one.name)],
    ({ queue }) => queue,
  );
  const callers = model.queues.flatMap(({ queue, callers }) => callers.map((caller) => ({ queue, ...caller })));
  list(
    'callers',
    callers,
    (one) => `${one.queue} ${one.uniqueid}`,
    ofChannel,
    ({ queue }) => queue,
  );
  list('parked', model.parked, (one) => `${one.space}@${one.lot}`, ofChannel);
  const talkers = model.conferences.flatMap(({ conference, recording, members }) =>
    members.map((one) => ({ conference, recording, ...one })),
  );
  list(
    'conferences',
    talkers,
    (one) => `${one.conference} ${one.recording} ${one.uniqueid} ${one.muted} ${one.talking}`,
    ofChannel,
  );
  list(
    'mailboxes',
    model.mailboxes,
    (one) => `${one.mailbox} ${one.newMessages}`,
    (one) => [one.mailbox.replace(/@.*/, '')],
  );
  list(
    'contacts',
    model.contacts,
    (one) => `${one.aor} ${one.uri} ${one.status}`,
    (one) => [one.aor, one.endpoint],
  );
  list(
    'presence',
    model.presence,
    (one) => `${one.presentity} ${one.status}`,
    (one) => [one.presentity.replace(/^.*:/, '')],
  );
  return seen;
}

const ALL: SubscriptionRules = [{}];

/** The same of what a browser has. */
export function sees(model: ModelSnapshot, tables: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const everything = shouldSee({ events: ['*'] }, ALL, model);
  return Object.fromEntries(tables.map((table) => [table, everything[table] ?? []]));
}

/** `1001` of `PJSIP/1001-0000002c`, `PJSIP/1001` and `Local/1001@from-phones-00000001;2`. Hints of the recordings name no other. */
function numberOf(channel: string): string {
  return channel
    .replace(/;[12]$/, '')
    .replace(/-[0-9a-f]{8}$/, '')
    .replace(/^[^/]*\//, '')
    .replace(/@.*/, '');
}

function numbersIn(event: string, header: string, text: string): readonly string[] {
  if (event === 'MessageWaiting' && header !== 'Mailbox') return [];
  if (/Channel$|^Newname$/.test(header)) return [numberOf(text)];
  if (/^(Device|Interface|StateInterface|Peer|MemberName)$/.test(header)) return [numberOf(text)];
  if (/^(Mailbox|VoiceMailbox|EndpointName|AOR|Endpoint)$/.test(header)) return [text.replace(/@.*/, '')];
  if (header === 'Presentity') return [text.replace(/^.*:/, '')];
  return header === 'Exten' && /^(ExtensionStatus|PresenceStatus)$/.test(event) ? [text] : [];
}

function changed<State>(
  before: readonly State[],
  after: readonly State[],
  key: (state: State) => string,
): readonly string[] {
  const old = new Map(before.map((state) => [key(state), JSON.stringify(state)]));
  const now = new Map(after.map((state) => [key(state), JSON.stringify(state)]));
  return [...new Set([...old.keys(), ...now.keys()])].filter((each) => old.get(each) !== now.get(each));
}
