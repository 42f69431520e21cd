import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Gateway } from './gateway.ts';
import type { PbxFeed } from './pbx-feed.ts';

/** A value, and the labels that tell it from others of its name. */
type Sample = readonly [value: number, labels?: Readonly<Record<string, string>>];

/** One metric of the gateway, and where its values come from at each reading. */
interface Metric {
  readonly name: string;
  readonly type: 'counter' | 'gauge';
  readonly labels: readonly string[];
  readonly help: string;
  read(gateway: Gateway): readonly Sample[];
}

function metric(type: Metric['type'], name: string, help: string, read: (gateway: Gateway) => number): Metric {
  return { type, name, help, labels: [], read: (gateway) => [[read(gateway)]] };
}

function perPbx(type: Metric['type'], name: string, help: string, read: (feed: PbxFeed) => number): Metric {
  return {
    type,
    name,
    help,
    labels: ['pbx'],
    read: (gateway) => gateway.pbxs.map(({ name: pbx, feed }) => [read(feed), { pbx }]),
  };
}

function perCode(name: string, help: string, read: (gateway: Gateway) => ReadonlyMap<string, number>): Metric {
  return {
    type: 'counter',
    name,
    help,
    labels: ['code'],
    read: (gateway) => [...read(gateway)].map(([code, count]) => [count, { code }]),
  };
}

const READ_AT_EACH_SCRAPE: readonly Metric[] = [
  {
    type: 'gauge',
    name: 'asterclick_pbx_state',
    labels: ['pbx', 'state'],
    help: '1 for the state in which the link to the PBX is: up, syncing, down, unreachable or login-refused',
    read: (gateway) =>
      gateway.pbxs.flatMap(({ name: pbx, feed }) =>
        PBX_STATES.map((state): Sample => [state === stateOf(feed) ? 1 : 0, { pbx, state }]),
      ),
  },
  perPbx(
    'counter',
    'asterclick_pbx_connects_total',
    'Times that the model of the PBX was filled',
    ({ stats }) => stats.connects,
  ),
  perPbx(
    'counter',
    'asterclick_pbx_unreachable_total',
    'Attempts at which the PBX could not be reached',
    ({ stats }) => stats.unreachable,
  ),
  perPbx(
    'counter',
    'asterclick_pbx_login_refused_total',
    'Attempts at which the PBX refused the login',
    ({ stats }) => stats.loginRefused,
  ),
  perPbx('counter', 'asterclick_events_total', 'AMI events that came', ({ stats }) => stats.events),
  perPbx('counter', 'asterclick_ami_read_bytes_total', 'Bytes read from AMI', ({ stats }) => stats.bytesRead),
  perPbx(
    'gauge',
    'asterclick_ring_bytes',
    'Memory for events that are kept for browsers which come back',
    ({ bus }) => bus.ringBytes,
  ),
  perPbx('gauge', 'asterclick_channels', 'Channels that there are', ({ model }) => model.channels.size),
  metric(
    'gauge',
    'asterclick_browsers',
    'Browsers that are connected, logged in or not',
    ({ connections }) => connections,
  ),
  metric('gauge', 'asterclick_browsers_logged_in', 'Browsers that are logged in', ({ loggedIn }) => loggedIn),
  metric(
    'counter',
    'asterclick_browser_connects_total',
    'Browsers that ever connected',
    ({ stats }) => stats.connections,
  ),
  metric(
    'counter',
    'asterclick_browser_messages_sent_total',
    'Messages to browsers',
    ({ stats }) => stats.messagesSent,
  ),
  metric(
    'counter',
    'asterclick_browser_sent_bytes_total',
    'Bytes of these messages, without the headers of WebSocket',
    ({ stats }) => stats.bytesSent,
  ),
  metric(
    'counter',
    'asterclick_browser_messages_received_total',
    'Messages from browsers',
    ({ stats }) => stats.messagesReceived,
  ),
  metric(
    'gauge',
    'asterclick_outbox_bytes',
    'Bytes that wait for browsers to read them, all together',
    ({ waitingBytes }) => waitingBytes.sum,
  ),
  metric(
    'gauge',
    'asterclick_outbox_most_bytes',
    'Bytes that wait for the browser that is most behind',
    ({ waitingBytes }) => waitingBytes.most,
  ),
  metric(
    'counter',
    'asterclick_browsers_too_slow_total',
    'Browsers that were closed because they read too slowly',
    ({ stats }) => stats.tooSlow,
  ),
  metric(
    'counter',
    'asterclick_logins_resumed_total',
    'Logins that went on where they had been',
    ({ stats }) => stats.resumed,
  ),
  metric(
    'counter',
    'asterclick_logins_started_total',
    'Logins that began with a snapshot',
    ({ stats }) => stats.started,
  ),
  perCode('asterclick_logins_refused_total', 'Logins that were refused, by code', ({ stats }) => stats.loginsRefused),
  metric(
    'counter',
    'asterclick_commands_total',
    'Commands that the PBX carried out',
    ({ stats }) => stats.commandsSent,
  ),
  perCode(
    'asterclick_commands_refused_total',
    'Commands that were refused or failed, by code',
    ({ stats }) => stats.commandsRefused,
  ),
];

const AGE = {
  name: 'asterclick_event_age_seconds',
  type: 'histogram',
  labels: ['pbx'],
  help: 'How old an event was when it was read: lag of the PBX, the network and the gateway (where the PBX stamps events, and as far as the clocks agree)',
} as const;

/** What is told of the gateway itself; of the process there are also the usual `process_*` and `nodejs_*`. */
export const METRICS: readonly (Pick<Metric, 'name' | 'labels' | 'help'> & { readonly type: string })[] = [
  ...READ_AT_EACH_SCRAPE,
  AGE,
];

const PBX_STATES = ['up', 'syncing', 'down', 'unreachable', 'login-refused'] as const;

function stateOf({ state, trouble }: PbxFeed): (typeof PBX_STATES)[number] {
  return state === 'down' ? (trouble ?? 'down') : state;
}

/** A registry in Prometheus' form. Values are read when it is asked: nothing is counted twice. */
export function gatewayMetrics(gateway: Gateway): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const each of READ_AT_EACH_SCRAPE) register(each, gateway, registry);
  const age = new Histogram({
    name: AGE.name,
    help: AGE.help,
    labelNames: AGE.labels,
    buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1, 5],
    registers: [registry],
  });
  for (const { name: pbx, feed } of gateway.pbxs) feed.stats.onAge = (ageS) => age.observe({ pbx }, ageS);
  return registry;
}

function register({ type, name, help, labels, read }: Metric, gateway: Gateway, registry: Registry): void {
  const common = { name, help, labelNames: [...labels], registers: [registry] };
  if (type === 'gauge') {
    new Gauge({
      ...common,
      collect() {
        this.reset();
        for (const [value, of = {}] of read(gateway)) this.set(of, value);
      },
    });
    return;
  }
  new Counter({
    ...common,
    collect() {
      this.reset();
      for (const [value, of = {}] of read(gateway)) this.inc(of, value);
    },
  });
}
