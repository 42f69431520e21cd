import type { PbxConfig } from '../config/pbx-config.ts';
import type { PhoneState } from '../phones/phone-state.ts';
import { newContact } from '../phones/registrar.ts';
import { startAgents } from './agents/agent-state.ts';
import { deviceState } from './device-state.ts';
import { hintStatus } from './hints.ts';
import { addMessage } from './mailbox-counts.ts';
import { Pbx, type PbxRuntime } from './pbx.ts';
import { pbxMachinery } from './pbx-machinery.ts';
import { startQueues } from './queue/start-queues.ts';
import type { Contact, PbxState } from './state.ts';

export interface PbxOptions {
  readonly runtime: PbxRuntime;
  readonly config: PbxConfig;
  /** Of chance: bridge ids, Call-IDs, queue strategies. */
  readonly seed: number;
  /** Endpoints whose phones are registered at the start; absent: all that can register. */
  readonly registered?: readonly string[];
  /** New messages in each mailbox at the start, by `1003@default`. */
  readonly mailboxes?: Readonly<Record<string, number>>;
}

/** Seconds for which the PBX says it has been up when it starts: long enough for nothing to be on its way. */
const UP_FOR_S = 60;

/** A PBX that has just come up, with its phones. */
export function createPbx(options: PbxOptions): Pbx {
  const { config, runtime } = options;
  const pbx = new Pbx({
    runtime,
    config,
    dialplan: config.dialplan,
    state: bootState(runtime.clock.now(), options.seed, UP_FOR_S),
    machinery: pbxMachinery,
  });
  for (const name of config.pjsip.endpoints.keys()) pbx.state.phones[name] = newPhone(pbx, name);
  fillState(
    pbx,
    options.registered ??
      [...config.pjsip.endpoints.values()].filter((endpoint) => endpoint.auth !== '').map(({ name }) => name),
  );
  for (const [mailbox, count] of Object.entries(options.mailboxes ?? {})) {
    for (let message = 0; message < count; message++) addMessage(pbx, mailbox, { callerId: '', durationS: 1 });
  }
  return pbx;
}

/** The state after a restart: everything new but the phones, whose registrations are kept in the database. */
export function restartedState(pbx: Pbx): PbxState {
  const state = bootState(pbx.runtime.clock.now(), Math.floor(pbx.random() * 0x7fffffff), 0);
  state.phones = pbx.state.phones;
  state.astdb = pbx.state.astdb;
  state.newestChannel = pbx.state.newestChannel;
  if (pbx.state.parts['mailboxes'] !== undefined) state.parts['mailboxes'] = pbx.state.parts['mailboxes'];
  return state;
}

function bootState(nowMs: number, seed: number, upForS: number): PbxState {
  return {
    systemName: '',
    bootedMs: nowMs - upForS * 1000,
    reloadedMs: nowMs - upForS * 1000,
    fullyBooted: true,
    nowMs,
    nextTask: 0,
    tasks: [],
    nextChannel: 0,
    nextSerial: {},
    callsProcessed: 0,
    rings: 0,
    randomState: seed >>> 0,
    channels: {},
    bridges: {},
    endpoints: {},
    devices: {},
    dirtyDevices: [],
    customDevices: {},
    presence: {},
    hints: {},
    globals: {},
    astdb: {},
    phones: {},
    newestChannel: {},
    parts: {},
  };
}

/** Endpoints, globals, device and extension states as they are once everything is loaded; nothing of it is told. */
export function fillState(pbx: Pbx, registered: readonly string[]): void {
  for (const { name, value } of pbx.dialplan.globals) pbx.state.globals[name] = value;
  for (const endpoint of pbx.config.pjsip.endpoints.values()) {
    const phone = pbx.state.phones[endpoint.name];
    const contacts = staticContacts(pbx, endpoint.aors);
    if (phone !== undefined && registered.includes(endpoint.name)) {
      phone.registered = true;
      contacts.push({ ...newContact(pbx, endpoint.name, phone.port, 3600), status: 'Reachable', roundtripUsec: 300 });
    }
    pbx.state.endpoints[endpoint.name] = { name: endpoint.name, contacts };
    pbx.state.devices[`PJSIP/${endpoint.name}`] = deviceState(pbx, `PJSIP/${endpoint.name}`);
  }
  startAgents(pbx);
  startQueues(pbx);
  for (const { mailbox, context } of pbx.config.voicemail.mailboxes) {
    const device = `MWI:${mailbox}@${context}`;
    pbx.state.devices[device] = deviceState(pbx, device);
  }
  for (const hint of pbx.hints()) {
    for (const device of hint.devices)
      if (isKnownAtStart(device)) pbx.state.devices[device] ??= deviceState(pbx, device);
    pbx.state.hints[`${hint.exten}@${hint.context}`] = { status: hintStatus(pbx, hint).status };
  }
}

/** The places of a parking lot and custom devices are told of once they change. Source: the lists of `extension-state-actions` and `presence-change`. */
function isKnownAtStart(device: string): boolean {
  return !/^(park|custom):/i.test(device);
}

function staticContacts(pbx: Pbx, aors: readonly string[]): Contact[] {
  return aors
    .flatMap((aor) => pbx.config.pjsip.aors.get(aor)?.contacts.map((uri) => ({ aor, uri })) ?? [])
    .map(({ aor, uri }) => ({
      uri,
      aor,
      status: 'NonQualified',
      roundtripUsec: 0,
      expiresMs: Number.POSITIVE_INFINITY,
      userAgent: '',
    }));
}

const FIRST_PORT = 6000;

function newPhone(pbx: Pbx, name: string): PhoneState {
  const line = /^\d+$/.test(name) ? Number(name) % 100 : Object.keys(pbx.state.phones).length + 200;
  return {
    name,
    alive: true,
    port: FIRST_PORT + line * 100,
    order: undefined,
    calls: [],
    nextCall: 1,
    speaking: false,
    registered: false,
  };
}
