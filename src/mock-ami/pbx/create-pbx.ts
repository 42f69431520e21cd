import type { Past } from '../../scenarios/types.ts';
import type { PbxConfig } from '../config/pbx-config.ts';
import { newContact } from '../phones/registrar.ts';
import { fillState, newPhone } from './fill-state.ts';
import { addMessage } from './mailbox-counts.ts';
import { recallPast } from './past.ts';
import { Pbx, type PbxRuntime } from './pbx.ts';
import { pbxMachinery } from './pbx-machinery.ts';
import { raceState } from './races.ts';
import type { PbxState } from './state.ts';

export interface PbxOptions {
  readonly runtime: PbxRuntime;
  readonly config: PbxConfig;
  /** Of chance: bridge ids, Call-IDs, queue strategies. */
  readonly seed: number;
  /** Endpoints whose phones are registered at the start; absent: all that can register. */
  readonly registered?: readonly string[];
  /** New messages in each mailbox at the start, by `1003@default`. */
  readonly mailboxes?: Readonly<Record<string, number>>;
  /** What it has been through. */
  readonly past?: Past;
}

/** Seconds for which the PBX says it has been up when it starts: long enough for nothing to be on its way. */
const UP_FOR_S = 60;

const REGISTERED_FOR_S = 3600;

/** A PBX that has just come up, with its phones. */
export function createPbx(options: PbxOptions): Pbx {
  const { config, runtime } = options;
  const pbx = new Pbx({
    runtime,
    config,
    dialplan: config.dialplan,
    state: bootState(runtime.clock.now(), options.seed, options.past?.upS ?? UP_FOR_S),
    machinery: pbxMachinery,
  });
  for (const name of config.pjsip.endpoints.keys()) pbx.state.phones[name] = newPhone(pbx, name);
  for (const [mailbox, count] of Object.entries(options.mailboxes ?? {})) {
    for (let message = 0; message < count; message++) addMessage(pbx, mailbox, { callerId: '', durationS: 1 });
  }
  const registered = options.registered ?? ableToRegister(config);
  fillState(pbx, (name) => {
    const phone = pbx.state.phones[name];
    if (phone === undefined || !registered.includes(name)) return [];
    phone.registered = true;
    return [{ ...newContact(pbx, name, phone.port, REGISTERED_FOR_S), status: 'Reachable', roundtripUsec: 300 }];
  });
  if (options.past !== undefined) recallPast(pbx, options.past);
  return pbx;
}

function ableToRegister(config: PbxConfig): string[] {
  return [...config.pjsip.endpoints.values()].flatMap(({ name, auth }) => (auth === '' ? [] : [name]));
}

/** The state after a restart: everything new but the phones, and what is kept in the database. */
export function restartedState(pbx: Pbx): PbxState {
  const state = bootState(pbx.runtime.clock.now(), Math.floor(pbx.random() * 0x7fffffff), 0);
  state.raceState = pbx.state.raceState;
  state.phones = pbx.state.phones;
  state.astdb = pbx.state.astdb;
  state.newestChannel = pbx.state.newestChannel;
  state.customDevices = pbx.state.customDevices;
  state.presence = pbx.state.presence;
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
    raceState: raceState(seed),
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
