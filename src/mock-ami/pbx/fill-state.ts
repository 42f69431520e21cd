import type { PhoneState } from '../phones/phone-state.ts';
import { startAgents } from './agents/agent-state.ts';
import { deviceState } from './device-state.ts';
import { hintKey, hintStatus } from './hints.ts';
import type { Pbx } from './pbx.ts';
import { startQueues } from './queue/start-queues.ts';
import type { Contact } from './state.ts';

/** Endpoints, globals, device and extension states as they are once everything is loaded; nothing of it is told. */
export function fillState(pbx: Pbx, registeredContacts: (endpoint: string) => readonly Contact[]): void {
  for (const { name, value } of pbx.dialplan.globals) pbx.state.globals[name] = value;
  fillEndpoints(pbx, registeredContacts);
  startAgents(pbx);
  startQueues(pbx);
  for (const { mailbox, context } of pbx.config.voicemail.mailboxes) {
    const device = `MWI:${mailbox}@${context}`;
    pbx.state.devices[device] = deviceState(pbx, device);
  }
  for (const hint of pbx.hints()) {
    for (const device of hint.devices)
      if (isConference(device)) pbx.state.devices[device] = 'NOT_INUSE';
      else if (isKnownAtStart(device)) pbx.state.devices[device] ??= deviceState(pbx, device);
    pbx.state.hints[hintKey(hint)] = { status: hintStatus(pbx, hint).status };
  }
}

/** Of a PBX that has just come up: no conference has been yet. */
export function forgetConferences(pbx: Pbx): void {
  for (const device of Object.keys(pbx.state.devices)) if (isConference(device)) delete pbx.state.devices[device];
}

/** Its device is known only once a conference has begun. */
function isConference(device: string): boolean {
  return device.toLowerCase().startsWith('confbridge:');
}

/** Makes the endpoints of pjsip.conf that are not there yet, each with its desk phone. */
export function fillEndpoints(pbx: Pbx, registeredContacts: (endpoint: string) => readonly Contact[] = () => []): void {
  for (const { name, aors } of pbx.config.pjsip.endpoints.values()) {
    if (pbx.state.endpoints[name] !== undefined) continue;
    pbx.state.phones[name] ??= newPhone(pbx, name);
    pbx.state.endpoints[name] = { name, contacts: [...staticContacts(pbx, aors), ...registeredContacts(name)] };
    pbx.state.devices[`PJSIP/${name}`] = deviceState(pbx, `PJSIP/${name}`);
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

export function newPhone(pbx: Pbx, name: string): PhoneState {
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
