import type { ToldModel } from './told-model.ts';

/** Numbers of channel states on the wire. */
const DOWN = '0';
const RINGING = '5';

/** Of hints, by the state of their only device. Source: `ast_devstate_to_extenstate`, main/pbx.c. */
const STATUS_OF_DEVICE: Readonly<Record<string, string>> = {
  NOT_INUSE: '0', UNKNOWN: '0', INUSE: '1', BUSY: '2', UNAVAILABLE: '4', INVALID: '4', RINGING: '8', RINGINUSE: '9', ONHOLD: '16',
}; // biome-ignore format: a table

/** Each phone's device and extension state beside the channels that events told of; a sentence for each that does not follow from them. */
export function deviceFaults(told: ToldModel, hearsMusic: (uniqueid: string) => boolean): string[] {
  const faults: string[] = [];
  for (const [device, state] of told.devices) {
    const endpoint = /^PJSIP\/(\w+)$/.exec(device)?.[1];
    if (endpoint === undefined) continue;
    const channels = [...told.channels].filter(([, { name }]) => name.startsWith(`PJSIP/${endpoint}-`));
    if (told.quietCallers().includes(endpoint)) continue;
    const allowed = allowedStates(channels.map(([id, channel]) => ({ state: channel.state, music: hearsMusic(id) })));
    if (!allowed.includes(state)) {
      const states =
        channels.map(([, channel]) => `${channel.name} in state ${channel.state}`).join(', ') || 'no channel';
      faults.push(`${device} is told to be ${state} with ${states}`);
    }
    const status = told.extensions.get(`${endpoint}@hints-only`);
    if (status !== undefined && status !== STATUS_OF_DEVICE[state])
      faults.push(`extension ${endpoint} has status ${status} while its device is ${state}`);
  }
  return faults;
}

interface Line {
  readonly state: string;
  readonly music: boolean;
}

/** Who talks, or rings, may be held, which only its own music tells. Source: `chan_pjsip_devicestate`, channels/chan_pjsip.c. */
function allowedStates(lines: readonly Line[]): string[] {
  if (lines.length === 0) return ['NOT_INUSE', 'UNAVAILABLE'];
  const heldWhileRinging = lines.filter(({ state, music }) => state === RINGING && music);
  const others = lines.filter((line) => !heldWhileRinging.includes(line));
  return [...statesOf(lines), ...(heldWhileRinging.length > 0 ? [...statesOf(others), 'ONHOLD', 'RINGINUSE'] : [])];
}

function statesOf(lines: readonly Line[]): string[] {
  const ringing = lines.some(({ state }) => state === RINGING);
  const inUse = lines.filter(({ state }) => state !== RINGING && state !== DOWN);
  if (ringing) return [inUse.length > 0 ? 'RINGINUSE' : 'RINGING'];
  if (inUse.length === 0) return ['NOT_INUSE'];
  return inUse.every(({ music }) => music) ? ['INUSE', 'ONHOLD'] : ['INUSE'];
}
