import { deviceChanged } from '../pbx/device-watch.ts';
import { LATENCY } from '../pbx/latency.ts';
import type { Pbx } from '../pbx/pbx.ts';
import { isInMaintenance } from '../pbx/pjsip-maintenance.ts';
import { authenticationFailed } from '../pbx/security-events.ts';
import type { Contact } from '../pbx/state.ts';
import { handle, type TaskHandler, task } from '../pbx/task.ts';

export const sipRegister = task<{ phone: string; expiresS: number; port: number }>('sip.register');
export const sipUnregister = task<{ phone: string }>('sip.unregister');
export const sipWrongPassword = task<{ phone: string }>('sip.wrongPassword');
const qualified = task<{ phone: string; uri: string }>('registrar.qualified');
const removed = task<{ phone: string; uri: string }>('registrar.removed');
const expired = task<{ phone: string; uri: string }>('registrar.expired');

/** As the recorded phones say it. */
const USER_AGENT = 'LabPhone/1.0 (pjsua-lib 2.17)';

export function contactUri(phone: string, port: number): string {
  return `sip:${phone}@127.0.0.1:${port};ob`;
}

export function newContact(pbx: Pbx, phone: string, port: number, expiresS: number): Contact {
  return {
    uri: contactUri(phone, port),
    aor: phone,
    status: 'NonQualified',
    roundtripUsec: 0,
    expiresMs: pbx.now + expiresS * 1000,
    userAgent: USER_AGENT,
  };
}

function tellContact(pbx: Pbx, phone: string, contact: Contact): void {
  pbx.emit('ContactStatus', [
    ['URI', contact.uri],
    ['ContactStatus', contact.status],
    ['AOR', contact.aor],
    ['EndpointName', phone],
    ['RoundtripUsec', String(contact.roundtripUsec)],
  ]);
}

/** The endpoint came within reach or went out of it; told once, and its device is looked at. */
function tellPeer(pbx: Pbx, phone: string, wasReachable: boolean): void {
  const reachable = isReachable(pbx, phone);
  if (reachable === wasReachable) return;
  pbx.emit('PeerStatus', [
    ['ChannelType', 'PJSIP'],
    ['Peer', `PJSIP/${phone}`],
    ['PeerStatus', reachable ? 'Reachable' : 'Unreachable'],
  ]);
  deviceChanged(pbx, `PJSIP/${phone}`);
}

export function isReachable(pbx: Pbx, phone: string): boolean {
  return (
    pbx.state.endpoints[phone]?.contacts.some(
      (contact) => contact.status !== 'Unreachable' && contact.status !== 'Removed' && contact.awaitsCheck !== true,
    ) ?? false
  );
}

function findContact(pbx: Pbx, phone: string, uri: string): Contact | undefined {
  return pbx.state.endpoints[phone]?.contacts.find((contact) => contact.uri === uri);
}

/** A contact is checked: OPTIONS is answered where the phone runs. Source: res_pjsip/pjsip_options.c; recordings `register-unregister`, `endpoint-goes-unreachable`. */
export function qualify(pbx: Pbx, phone: string, uri: string): void {
  const contact = findContact(pbx, phone, uri);
  const state = pbx.state.phones[phone];
  if (contact === undefined) return;
  const answers = state === undefined || (state.alive && contact.uri === contactUri(phone, state.port));
  const status = answers ? 'Reachable' : 'Unreachable';
  if (contact.status === status) return;
  const wasReachable = isReachable(pbx, phone);
  delete contact.awaitsCheck;
  contact.status = status;
  contact.roundtripUsec = answers ? 200 + Math.floor(pbx.random() * 400) : 0;
  tellPeer(pbx, phone, wasReachable);
  tellContact(pbx, phone, contact);
}

/** Every contact of an endpoint is checked now; one that does not answer is known by its `qualify_timeout`. */
export function askContacts(pbx: Pbx, phone: string): void {
  for (const { uri, aor } of pbx.state.endpoints[phone]?.contacts ?? []) {
    const state = pbx.state.phones[phone];
    const answers = state === undefined || state.alive;
    const timeoutMs = (pbx.config.pjsip.aors.get(aor)?.qualifyTimeoutS ?? 3) * 1000;
    pbx.after(answers ? LATENCY.sip : timeoutMs, qualified, { phone, uri });
  }
}

/** The contacts that phones have registered, as they are found in the database after a restart. */
export function keptContacts(pbx: Pbx, phone: string): Contact[] {
  return (pbx.state.endpoints[phone]?.contacts ?? [])
    .filter((contact) => contact.expiresMs !== Number.POSITIVE_INFINITY)
    .map((contact) => ({
      ...contact,
      status: 'NonQualified',
      roundtripUsec: 0,
      awaitsCheck: qualifyEveryS(pbx, contact) > 0,
    }));
}

function qualifyEveryS(pbx: Pbx, contact: Contact): number {
  return pbx.config.pjsip.aors.get(contact.aor)?.qualifyFrequencyS ?? 0;
}

/**
 * res_pjsip is loaded: endpoints whose contacts are never asked are within reach, the others once they have been asked,
 * which begins at any moment of their `qualify_frequency`. Source: recording `fault-core-stop-now`; res_pjsip/pjsip_options.c.
 */
export function startRegistrar(pbx: Pbx): void {
  for (const phone of Object.keys(pbx.state.endpoints)) tellPeer(pbx, phone, false);
  for (const [phone, { contacts }] of Object.entries(pbx.state.endpoints)) {
    for (const contact of contacts) {
      if (contact.expiresMs === Number.POSITIVE_INFINITY) continue;
      tellContact(pbx, phone, contact);
      pbx.after(Math.max(0, contact.expiresMs - pbx.now), expired, { phone, uri: contact.uri });
      const everyS = qualifyEveryS(pbx, contact);
      if (everyS > 0) pbx.after(everyS * 1000 * pbx.random(), qualified, { phone, uri: contact.uri });
    }
  }
}

/** A contact goes: unregistered, expired, or replaced by a newer one. */
function dropContact(pbx: Pbx, phone: string, uri: string): void {
  const endpoint = pbx.state.endpoints[phone];
  const contact = findContact(pbx, phone, uri);
  if (endpoint === undefined || contact === undefined) return;
  const wasReachable = isReachable(pbx, phone);
  endpoint.contacts = endpoint.contacts.filter((other) => other !== contact);
  contact.status = 'Removed';
  contact.roundtripUsec = 0;
  tellPeer(pbx, phone, wasReachable);
  tellContact(pbx, phone, contact);
}

function register(pbx: Pbx, phone: string, port: number, expiresS: number): void {
  const endpoint = pbx.state.endpoints[phone];
  if (endpoint === undefined) return;
  const uri = contactUri(phone, port);
  const known = findContact(pbx, phone, uri);
  if (known !== undefined) {
    known.expiresMs = pbx.now + expiresS * 1000;
    if (known.awaitsCheck === true) pbx.after(LATENCY.sip, qualified, { phone, uri });
  } else {
    const wasReachable = isReachable(pbx, phone);
    const contact = newContact(pbx, phone, port, expiresS);
    const replaced = endpoint.contacts.map((other) => other.uri);
    endpoint.contacts = [...endpoint.contacts, contact];
    tellContact(pbx, phone, contact);
    if (!wasReachable) tellPeer(pbx, phone, false);
    pbx.after(LATENCY.sip, qualified, { phone, uri });
    for (const old of replaced) pbx.after(LATENCY.sip * 2, removed, { phone, uri: old });
  }
  pbx.after(expiresS * 1000, expired, { phone, uri });
}

export const registrarTasks: readonly TaskHandler[] = [
  handle(sipRegister, (pbx, { phone, port, expiresS }) => {
    if (!isInMaintenance(pbx, phone)) register(pbx, phone, port, expiresS);
  }),
  handle(sipUnregister, (pbx, { phone }) => {
    for (const contact of pbx.state.endpoints[phone]?.contacts ?? []) dropContact(pbx, phone, contact.uri);
  }),
  handle(sipWrongPassword, (pbx, { phone }) => authenticationFailed(pbx, phone)),
  handle(qualified, (pbx, { phone, uri }) => qualify(pbx, phone, uri)),
  handle(removed, (pbx, { phone, uri }) => dropContact(pbx, phone, uri)),
  handle(expired, (pbx, { phone, uri }) => {
    const contact = findContact(pbx, phone, uri);
    if (contact !== undefined && contact.expiresMs <= pbx.now) dropContact(pbx, phone, uri);
  }),
];
