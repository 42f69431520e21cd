import { findConference } from './conference/conference-state.ts';
import { mailboxCounts } from './mailbox-counts.ts';
import { own } from './own.ts';
import { isSpaceTaken } from './parking/parking-state.ts';
import type { Pbx } from './pbx.ts';
import type { Channel, Contact } from './state.ts';

export type DeviceStateName =
  | 'UNKNOWN' | 'NOT_INUSE' | 'INUSE' | 'BUSY' | 'INVALID' | 'UNAVAILABLE' | 'RINGING' | 'RINGINUSE' | 'ONHOLD'; // biome-ignore format: one set

/** In the order of their numbers on the wire (QueueMemberStatus). */
export const DEVICE_STATES: readonly DeviceStateName[] = [
  'UNKNOWN', 'NOT_INUSE', 'INUSE', 'BUSY', 'INVALID', 'UNAVAILABLE', 'RINGING', 'RINGINUSE', 'ONHOLD',
]; // biome-ignore format: a table

/** Of several states the highest counts. Source: `ast_devstate_aggregate_add`, main/devicestate.c. */
const PRECEDENCE: Readonly<Record<DeviceStateName, number>> = {
  INVALID: 0, UNKNOWN: 1, UNAVAILABLE: 2, NOT_INUSE: 3, ONHOLD: 4, RINGING: 5, INUSE: 6, BUSY: 7, RINGINUSE: 8,
}; // biome-ignore format: a table

export function aggregate(states: readonly DeviceStateName[]): DeviceStateName {
  let result: DeviceStateName = 'INVALID';
  const ringing = states.includes('RINGING') || states.includes('RINGINUSE');
  const inUse = states.some(
    (state) => state === 'INUSE' || state === 'ONHOLD' || state === 'BUSY' || state === 'RINGINUSE',
  );
  if (ringing && inUse) return 'RINGINUSE';
  for (const state of states) if (PRECEDENCE[state] > PRECEDENCE[result]) result = state;
  return result;
}

/** What the device's state is now, whatever was told. */
export function deviceState(pbx: Pbx, device: string): DeviceStateName {
  const [tech = '', name = ''] = splitDevice(device);
  const provider = own(PROVIDERS, tech);
  return provider === undefined ? 'INVALID' : provider(pbx, name, device);
}

function splitDevice(device: string): [string, string] {
  const at = device.search(/[/:]/);
  return at < 0 ? [device, ''] : [device.slice(0, at), device.slice(at + 1)];
}

/** Who knows the states of devices of a technology or of a kind (`Custom:`, `Queue:`). */
type Provider = (pbx: Pbx, name: string, device: string) => DeviceStateName;

const PROVIDERS: Readonly<Record<string, Provider>> = {
  park: (pbx, _name, device) => (isSpaceTaken(pbx, device) ? 'INUSE' : 'NOT_INUSE'),
  PJSIP: pjsipState,
  Local: (pbx, name) => localState(pbx, name),
  MWI: (pbx, name) => (mailboxCounts(pbx, name).fresh + mailboxCounts(pbx, name).urgent > 0 ? 'INUSE' : 'NOT_INUSE'),
  /** Nobody can be asked for it: it is known once a conference has begun. Source: recordings `fault-core-stop-now`, `fault-manager-reload`. */
  confbridge: (pbx, name, device) =>
    findConference(pbx, name) !== undefined
      ? 'INUSE'
      : pbx.state.devices[device] === undefined
        ? 'INVALID'
        : 'NOT_INUSE',
  /** The announcer of a conference that has ended. */
  CBAnn: (pbx, name) => (pbx.state.devices[`CBAnn/${name}`] === '' ? 'INUSE' : 'UNKNOWN'),
  Custom: (pbx, name) => (own(pbx.state.customDevices, name) as DeviceStateName | undefined) ?? 'UNKNOWN',
  Agent: (pbx, name) =>
    own(
      pbx.part<Record<string, { device: DeviceStateName }>>('agents', () => ({})),
      name,
    )?.device ?? 'INVALID',
  Queue: (pbx, _name, device) =>
    own(
      pbx.part<Record<string, DeviceStateName>>('queueDevices', () => ({})),
      device,
    ) ?? 'INVALID',
};

const CHANNEL_TO_DEVICE: Readonly<Record<Channel['state'], DeviceStateName>> = {
  Down: 'NOT_INUSE', Rsrvd: 'INUSE', OffHook: 'INUSE', Dialing: 'INUSE', Ring: 'INUSE', Ringing: 'RINGING', Up: 'INUSE', Busy: 'BUSY',
}; // biome-ignore format: a table

/** Source: `chan_pjsip_devicestate`, channels/chan_pjsip.c. */
function pjsipState(pbx: Pbx, name: string): DeviceStateName {
  const endpoint = own(pbx.state.endpoints, name);
  if (endpoint === undefined) return 'INVALID';
  const states = pbx
    .channels()
    .filter((channel) => channel.endpoint === name)
    .map((channel) => (channel.heldByPeer ? 'ONHOLD' : CHANNEL_TO_DEVICE[channel.state]));
  if (states.length > 0) {
    const busyAt = pbx.config.pjsip.endpoints.get(name)?.deviceStateBusyAt ?? 0;
    if (busyAt > 0 && states.filter((state) => state !== 'NOT_INUSE').length >= busyAt) return 'BUSY';
    return aggregate(states);
  }
  const answers = (contact: Contact): boolean => contact.status !== 'Unreachable' && contact.awaitsCheck !== true;
  return endpoint.contacts.some(answers) ? 'NOT_INUSE' : 'UNAVAILABLE';
}

/** Source: `local_devicestate`, main/core_local.c. */
function localState(pbx: Pbx, name: string): DeviceStateName {
  const [exten = '', context = 'default'] = name.replace(/\/n$/, '').split('@');
  const inUse = pbx
    .channels()
    .some((channel) => channel.name.startsWith(`Local/${exten}@${context}-`) && channel.name.endsWith(';2'));
  if (inUse) return 'INUSE';
  return pbx.find(context, exten, 1, '') !== undefined ? 'NOT_INUSE' : 'INVALID';
}
