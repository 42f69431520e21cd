import type { Header } from '../../ami/message.ts';
import type { PjsipAor, PjsipEndpoint } from '../config/pjsip-types.ts';
import type { Contact } from '../pbx/state.ts';
import { randomUuid } from '../pbx/uuid.ts';
import type { ActionHandlers } from './action.ts';
import type { ActionRequest, Answered, ListItem } from './action-request.ts';
import {
  activeChannels,
  aorHeaders,
  contactName,
  contactsOf,
  deviceText,
  endpointHeaders,
  objectHeaders,
  registeredContacts,
} from './pjsip-objects.ts';

/** Source: res/res_pjsip; recordings `pjsip-lists`, `pjsip-lists-in-call`. */
export const pjsipListActions: ActionHandlers = {
  PJSIPShowEndpoints: showEndpoints,
  PJSIPShowEndpoint: showEndpoint,
  PJSIPShowContacts: showContacts,
  PJSIPShowAors: showAors,
  PJSIPShowAuths: showAuths,
  PJSIPShowRegistrationsInbound: showRegistrationsInbound,
  PJSIPShowRegistrationsOutbound: showRegistrationsOutbound,
  PJSIPShowRegistrationInboundContactStatuses: showContactStatuses,
  PJSIPShowSubscriptionsInbound: (request) => showSubscriptions(request, 'Inbound'),
  PJSIPShowSubscriptionsOutbound: (request) => showSubscriptions(request, 'Outbound'),
  PJSIPShowResourceLists: (request) => request.error('No resource lists found\n'),
};

/** By name, as Asterisk lists them. */
function sorted<Thing extends { readonly name: string }>(things: ReadonlyMap<string, Thing>): Thing[] {
  return [...things.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}

function listing(request: ActionRequest, what: string, row: string, rows: readonly (readonly Header[])[]): Answered {
  return request.list({
    message: `A listing of ${what} follows, presented as ${row} events`,
    items: rows.map((headers) => ({ event: row, headers })),
    complete: `${row}Complete`,
    actionIdStands: 'second',
  });
}

function showEndpoints(request: ActionRequest): Answered {
  const { pbx } = request;
  const rows = sorted(pbx.config.pjsip.endpoints).map((endpoint): Header[] => {
    const contacts = endpoint.aors.flatMap((aor) => contactsOf(pbx, aor));
    return [
      ['ObjectType', 'endpoint'],
      ['ObjectName', endpoint.name],
      ['Transport', endpoint.transport],
      ['Aor', endpoint.aors.join(',')],
      ['Auths', endpoint.auth],
      ['OutboundAuths', endpoint.outboundAuth],
      ['Contacts', contacts.map(({ aor, uri }) => `${aor}/${uri},`).join('')],
      ['DeviceState', deviceText(pbx, endpoint.name)],
      ['ActiveChannels', String(activeChannels(pbx, endpoint.name))],
    ];
  });
  return listing(request, 'Endpoints', 'EndpointList', rows);
}

function showEndpoint(request: ActionRequest): Answered {
  const { pbx } = request;
  const name = request.header('Endpoint');
  if (name === '') return request.error('PJSIPShowEndpoint requires an endpoint name\n');
  const endpoint = pbx.config.pjsip.endpoints.get(name);
  if (endpoint === undefined) return request.error(`Unable to retrieve endpoint ${name}\n`);
  return request.list({
    message: 'Following are Events for each object associated with the Endpoint',
    items: [{ event: 'EndpointDetail', headers: endpointHeaders(pbx, endpoint) }, ...partsOf(request, endpoint)],
    complete: 'EndpointDetailComplete',
    actionIdStands: 'second',
  });
}

/** What belongs to an endpoint: auth, transport, addresses of record, contacts, and the addresses it is known by. */
function partsOf(request: ActionRequest, endpoint: PjsipEndpoint): ListItem[] {
  const { pbx } = request;
  const { auths, transports, aors, identifies } = pbx.config.pjsip;
  const owner: Header = ['EndpointName', endpoint.name];
  const auth = auths.get(endpoint.auth);
  const transport = transports.get(endpoint.transport);
  const known = endpoint.aors.flatMap((aor) => aors.get(aor) ?? []);
  return [
    ...(auth === undefined ? [] : [{ event: 'AuthDetail', headers: [...objectHeaders('auth', auth), owner] }]),
    ...(transport === undefined
      ? []
      : [{ event: 'TransportDetail', headers: [...objectHeaders('transport', transport), owner] }]),
    ...known.map((aor) => ({ event: 'AorDetail', headers: [...aorDetails(request, aor), owner] })),
    ...known.flatMap((aor) =>
      contactsOf(pbx, aor.name).map((contact) => ({
        event: 'ContactStatusDetail',
        headers: contactStatusHeaders(request, contact, endpoint.name),
      })),
    ),
    ...[...identifies.values()]
      .filter((identify) => identify.endpoint === endpoint.name)
      .map(({ name, match }) => ({
        event: 'IdentifyDetail',
        headers: [
          ['ObjectType', 'identify'],
          ['ObjectName', name],
          ['Endpoint', endpoint.name],
          ['SrvLookups', 'true'],
          ['Match', match.join(',')],
          owner,
        ] satisfies Header[],
      })),
  ];
}

function aorDetails({ pbx }: ActionRequest, aor: PjsipAor): Header[] {
  return [
    ...aorHeaders(pbx, aor),
    ['TotalContacts', String(contactsOf(pbx, aor.name).length)],
    ['ContactsRegistered', String(registeredContacts(pbx, aor.name).length)],
  ];
}

function contactStatusHeaders({ pbx }: ActionRequest, contact: Contact, endpoint: string): Header[] {
  const aor = pbx.config.pjsip.aors.get(contact.aor);
  return [
    ['AOR', contact.aor],
    ['URI', contact.uri],
    ['UserAgent', contact.userAgent],
    ['RegExpire', expiryOf(contact)],
    ['ViaAddress', addressOf(contact)],
    ['CallID', randomUuid(pbx)],
    ['Status', contact.status],
    ['RoundtripUsec', contact.roundtripUsec === 0 ? 'N/A' : String(contact.roundtripUsec)],
    ['EndpointName', endpoint],
    ['ID', contactName(pbx, contact)],
    ['AuthenticateQualify', '0'],
    ['OutboundProxy', ''],
    ['Path', ''],
    ['QualifyFrequency', String(aor?.qualifyFrequencyS ?? 0)],
    ['QualifyTimeout', (aor?.qualifyTimeoutS ?? 3).toFixed(3)],
    ['Qualify2xxOnly', '0'],
  ];
}

/** Seconds since the epoch; 0 for what stands in pjsip.conf. */
function expiryOf({ expiresMs }: Contact): string {
  return Number.isFinite(expiresMs) ? String(Math.floor(expiresMs / 1000)) : '0';
}

/** `127.0.0.1:6100` of `sip:1001@127.0.0.1:6100;ob`. */
function addressOf({ uri }: Contact): string {
  return /^sips?:(?:[^@]*@)?([^;?]+)/.exec(uri)?.[1] ?? '';
}

function showContacts(request: ActionRequest): Answered {
  const { pbx } = request;
  const contacts = sorted(pbx.config.pjsip.aors).flatMap((aor) =>
    registeredContacts(pbx, aor.name).map((contact): Header[] => {
      const [address = '', port = ''] = addressOf(contact).split(':');
      return [
        ['ObjectType', 'contact'],
        ['ObjectName', contactName(pbx, contact)],
        ['ViaAddr', address],
        ['QualifyTimeout', aor.qualifyTimeoutS.toFixed(6)],
        ['Qualify2xxOnly', 'false'],
        ['CallId', randomUuid(pbx)],
        ['RegServer', ''],
        ['PruneOnBoot', 'no'],
        ['Path', ''],
        ['Endpoint', aor.name],
        ['ViaPort', port],
        ['AuthenticateQualify', 'no'],
        ['Uri', contact.uri],
        ['QualifyFrequency', String(aor.qualifyFrequencyS)],
        ['UserAgent', contact.userAgent],
        ['ExpirationTime', expiryOf(contact)],
        ['OutboundProxy', ''],
        ['Status', contact.status],
        ['RoundtripUsec', String(contact.roundtripUsec)],
      ];
    }),
  );
  return listing(request, 'Contacts', 'ContactList', contacts);
}

function showAors(request: ActionRequest): Answered {
  const { pbx } = request;
  const rows = sorted(pbx.config.pjsip.aors).map((aor) => aorHeaders(pbx, aor));
  return listing(request, 'AORs', 'AorList', rows);
}

function showAuths(request: ActionRequest): Answered {
  const rows = sorted(request.pbx.config.pjsip.auths).map((auth) => objectHeaders('auth', auth));
  return listing(request, 'Auths', 'AuthList', rows);
}

/** The contacts of an address of record come twice, under two names. */
function showRegistrationsInbound(request: ActionRequest): Answered {
  const { pbx } = request;
  return request.list({
    message: 'Following are Events for each Inbound registration',
    items: sorted(pbx.config.pjsip.aors).map((aor) => ({
      event: 'InboundRegistrationDetail',
      headers: [
        ...aorHeaders(pbx, aor).map(([name, value]): Header => [name === 'Contacts' ? 'Contact' : name, value]),
        [
          'Contacts',
          contactsOf(pbx, aor.name)
            .map(({ uri }) => `${aor.name}/${uri},`)
            .join(''),
        ],
      ],
    })),
    complete: 'InboundRegistrationDetailComplete',
    actionIdStands: 'second',
  });
}

/** The simulation registers nowhere. */
function showRegistrationsOutbound(request: ActionRequest): Answered {
  const registrations = sorted(request.pbx.config.pjsip.registrations);
  return request.list({
    message: 'Following are Events for each Outbound registration',
    items: registrations.map(({ name, serverUri, clientUri }) => ({
      event: 'OutboundRegistrationDetail',
      headers: [
        ['ObjectType', 'registration'],
        ['ObjectName', name],
        ['ServerUri', serverUri],
        ['ClientUri', clientUri],
        ['Status', 'Unregistered'],
      ],
    })),
    complete: 'OutboundRegistrationDetailComplete',
    more: [
      ['Registered', '0'],
      ['NotRegistered', String(registrations.length)],
    ],
    actionIdStands: 'second',
  });
}

function showContactStatuses(request: ActionRequest): Answered {
  const { pbx } = request;
  const contacts = sorted(pbx.config.pjsip.aors).flatMap(({ name }) => registeredContacts(pbx, name));
  return request.list({
    message: 'Following are ContactStatusEvents for each Inbound registration',
    items: contacts.map((contact) => ({
      event: 'ContactStatusDetail',
      headers: contactStatusHeaders(request, contact, contact.aor),
    })),
    complete: 'ContactStatusDetailComplete',
    actionIdStands: 'second',
  });
}

function showSubscriptions(request: ActionRequest, direction: 'Inbound' | 'Outbound'): Answered {
  return request.list({
    message: `Following are Events for each ${direction.toLowerCase()} Subscription`,
    items: [],
    complete: `${direction}SubscriptionDetailComplete`,
    actionIdStands: 'second',
  });
}
