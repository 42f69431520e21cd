import type { Header } from '../../ami/message.ts';
import { pjsipFields } from '../catalog/pjsip-fields.ts';
import type { PjsipAor, PjsipEndpoint, Setting } from '../config/pjsip-types.ts';
import { deviceState } from '../pbx/device-state.ts';
import type { Pbx } from '../pbx/pbx.ts';
import type { Contact } from '../pbx/state.ts';

type ObjectType = keyof typeof pjsipFields;

/** How a device's state reads in text. Source: `ast_devstate2str`, main/devicestate.c. */
export const DEVICE_TEXTS = {
  UNKNOWN: 'Unknown',
  NOT_INUSE: 'Not in use',
  INUSE: 'In use',
  BUSY: 'Busy',
  INVALID: 'Invalid',
  UNAVAILABLE: 'Unavailable',
  RINGING: 'Ringing',
  RINGINUSE: 'Ring+Inuse',
  ONHOLD: 'On Hold',
} as const;

/** An object as the manager shows it: every field, as configured or by default. `own` replaces what the settings would show. */
export function objectHeaders(
  type: ObjectType,
  object: { readonly name: string; readonly settings: readonly Setting[] },
  own: Readonly<Record<string, string>> = {},
): Header[] {
  const configured = new Map(object.settings.map(([name, value]) => [headerName(name), value]));
  const fields = pjsipFields[type].map(([header, byDefault]): Header => {
    const value = own[header] ?? configured.get(header);
    return [header, value === undefined ? byDefault : inStyleOf(byDefault, value)];
  });
  return [['ObjectType', type], ['ObjectName', object.name], ...fields];
}

/** `rtp_symmetric` as `RtpSymmetric`. */
function headerName(setting: string): string {
  return setting
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** Flags are shown as their default is: `true`, `yes` or `Yes`. */
function inStyleOf(byDefault: string, value: string): string {
  const pair = STYLES.find((styles) => styles.includes(byDefault));
  if (pair === undefined || !/^(yes|true|y|t|1|on|no|false|n|f|0|off)$/i.test(value)) return value;
  return /^(yes|true|y|t|1|on)$/i.test(value) ? pair[0] : pair[1];
}

const STYLES: readonly (readonly [yes: string, no: string])[] = [
  ['true', 'false'],
  ['yes', 'no'],
  ['Yes', 'No'],
];

export function endpointHeaders(pbx: Pbx, endpoint: PjsipEndpoint): Header[] {
  const { name, number } = endpoint.callerId;
  const caller = name === '' ? number : `"${name}" <${number}>`;
  return [
    ...objectHeaders('endpoint', endpoint, {
      Allow: `(${endpoint.allow.join('|')})`,
      ...(caller === '' ? {} : { Callerid: caller }),
    }),
    ['DeviceState', deviceText(pbx, endpoint.name)],
    ['ActiveChannels', String(activeChannels(pbx, endpoint.name))],
  ];
}

export function deviceText(pbx: Pbx, endpoint: string): string {
  return DEVICE_TEXTS[deviceState(pbx, `PJSIP/${endpoint}`)];
}

export function activeChannels(pbx: Pbx, endpoint: string): number {
  return pbx.channels().filter((channel) => channel.tech === 'PJSIP' && channel.endpoint === endpoint).length;
}

export function aorHeaders(pbx: Pbx, aor: PjsipAor): Header[] {
  return objectHeaders('aor', aor, {
    QualifyTimeout: aor.qualifyTimeoutS.toFixed(6),
    Contacts: contactsOf(pbx, aor.name)
      .map(({ uri }) => `${aor.name}/${uri}`)
      .join(','),
  });
}

/** All contacts of an address of record, those that stand in pjsip.conf too. */
export function contactsOf(pbx: Pbx, aor: string): Contact[] {
  return Object.values(pbx.state.endpoints).flatMap(({ contacts }) =>
    contacts.filter((contact) => contact.aor === aor),
  );
}

/** Those that phones have registered. */
export function registeredContacts(pbx: Pbx, aor: string): Contact[] {
  const fixed = pbx.config.pjsip.aors.get(aor)?.contacts ?? [];
  return contactsOf(pbx, aor).filter(({ uri }) => !fixed.includes(uri));
}

/** `1001;@` and the digest of the URI. Source: `ast_sip_location_create_contact`, res/res_pjsip/location.c. */
export function contactName(pbx: Pbx, contact: Contact): string {
  return `${contact.aor};@${pbx.runtime.digest.md5(contact.uri)}`;
}
