import { parseCallerId } from './caller-id.ts';
import type { ConfValues } from './conf-values.ts';
import { splitList } from './conf-values.ts';
import type { WarningSink } from './config-warning.ts';
import type {
  PjsipAor,
  PjsipAuth,
  PjsipEndpoint,
  PjsipIdentify,
  PjsipRegistration,
  PjsipTransport,
  Setting,
} from './pjsip-types.ts';

/** Source: res/res_pjsip/pjsip_configuration.c, ast_res_pjsip_initialize_configuration. */
export function readEndpoint(values: ConfValues, name: string, warn: WarningSink): PjsipEndpoint {
  return {
    name,
    context: values.text('context') ?? 'default',
    callerId: parseCallerId(values.text('callerid') ?? ''),
    aors: splitList(values.text('aors') ?? ''),
    auth: values.text('auth') ?? '',
    outboundAuth: values.text('outbound_auth') ?? '',
    transport: values.text('transport') ?? '',
    callGroup: readGroups(values, 'call_group', warn),
    pickupGroup: readGroups(values, 'pickup_group', warn),
    namedCallGroup: splitList(values.text('named_call_group') ?? ''),
    namedPickupGroup: splitList(values.text('named_pickup_group') ?? ''),
    mailboxes: splitList(values.text('mailboxes') ?? ''),
    accountCode: values.text('accountcode') ?? '',
    mohSuggest: values.text('moh_suggest') ?? 'default',
    mohPassthrough: values.flag('moh_passthrough', false),
    dtmfMode: values.text('dtmf_mode') ?? 'rfc4733',
    deviceStateBusyAt: values.integer('device_state_busy_at', 0),
    language: values.text('language') || 'en',
    toneZone: values.text('tone_zone') ?? '',
    setVar: values.all('set_var').flatMap(readVariable),
    allow: readCodecs(settingsOf(values)),
    identifyBy: splitList(values.text('identify_by') ?? 'username,ip'),
    directMedia: values.flag('direct_media', true),
    rtpSymmetric: values.flag('rtp_symmetric', false),
    inbandProgress: values.flag('inband_progress', false),
    subscribeContext: values.text('subscribe_context') ?? '',
    messageContext: values.text('message_context') ?? '',
    allowSubscribe: values.flag('allow_subscribe', true),
    allowTransfer: values.flag('allow_transfer', true),
    trustIdInbound: values.flag('trust_id_inbound', false),
    tellsConnectedLine:
      values.flag('send_connected_line', true) && (values.flag('send_pai', false) || values.flag('send_rpid', false)),
    fromUser: values.text('from_user') ?? '',
    fromDomain: values.text('from_domain') ?? '',
    recordOnFeature: values.text('record_on_feature') ?? 'automixmon',
    recordOffFeature: values.text('record_off_feature') ?? 'automixmon',
    settings: settingsOf(values),
  };
}

/** Source: res/res_pjsip/config_auth.c. */
export function readAuth(values: ConfValues, name: string): PjsipAuth {
  return {
    name,
    authType: values.text('auth_type') ?? 'userpass',
    username: values.text('username') ?? '',
    password: values.text('password') ?? '',
    realm: values.text('realm') ?? '',
    settings: settingsOf(values),
  };
}

/** Source: res/res_pjsip/location.c, ast_sip_initialize_sorcery_location. */
export function readAor(values: ConfValues, name: string): PjsipAor {
  return {
    name,
    maxContacts: values.integer('max_contacts', 0),
    removeExisting: values.flag('remove_existing', false),
    removeUnavailable: values.flag('remove_unavailable', false),
    qualifyFrequencyS: values.integer('qualify_frequency', 0),
    qualifyTimeoutS: Number.parseFloat(values.text('qualify_timeout') ?? '3') || 0,
    minimumExpirationS: values.integer('minimum_expiration', 60),
    maximumExpirationS: values.integer('maximum_expiration', 7200),
    defaultExpirationS: values.integer('default_expiration', 3600),
    contacts: values.list('contact'),
    mailboxes: splitList(values.text('mailboxes') ?? ''),
    settings: settingsOf(values),
  };
}

export function readIdentify(values: ConfValues, name: string): PjsipIdentify {
  return {
    name,
    endpoint: values.text('endpoint') ?? '',
    match: values.list('match'),
    matchHeader: values.text('match_header') ?? '',
    settings: settingsOf(values),
  };
}

export function readRegistration(values: ConfValues, name: string): PjsipRegistration {
  return {
    name,
    serverUri: values.text('server_uri') ?? '',
    clientUri: values.text('client_uri') ?? '',
    outboundAuth: values.text('outbound_auth') ?? '',
    transport: values.text('transport') ?? '',
    expirationS: values.integer('expiration', 3600),
    retryIntervalS: values.integer('retry_interval', 60),
    settings: settingsOf(values),
  };
}

export function readTransport(values: ConfValues, name: string): PjsipTransport {
  return {
    name,
    protocol: values.text('protocol') ?? 'udp',
    bind: values.text('bind') ?? '',
    settings: settingsOf(values),
  };
}

function settingsOf(values: ConfValues): readonly Setting[] {
  return (values.category?.entries ?? []).map((entry): Setting => [entry.name, entry.value]);
}

function readVariable(text: string): readonly Setting[] {
  const equals = text.indexOf('=');
  return equals > 0 ? [[text.slice(0, equals).trim(), text.slice(equals + 1).trim()]] : [];
}

/** `1,3-5`: groups from 0 to 63. */
function readGroups(values: ConfValues, name: string, warn: WarningSink): readonly number[] {
  const groups = new Set<number>();
  for (const part of splitList(values.text(name) ?? '')) {
    const [, first = '', last = first] = /^(\d+)(?:\s*-\s*(\d+))?$/.exec(part) ?? [];
    if (first === '' || Number(last) > 63 || Number(first) > Number(last)) {
      const entry = values.category?.entries.findLast((candidate) => candidate.name.toLowerCase() === name);
      const message = `${name} "${part}" is no group from 0 to 63; write numbers and ranges, such as 1,3-5`;
      warn({ file: entry?.file ?? '', line: entry?.line ?? 0, severity: 'warning', message });
      continue;
    }
    for (let group = Number(first); group <= Number(last); group += 1) groups.add(group);
  }
  return [...groups].sort((a, b) => a - b);
}

/** `disallow` and `allow` in the order written; `all` and `!codec` count. */
function readCodecs(settings: readonly Setting[]): readonly string[] {
  let allowed: readonly string[] = [];
  for (const [name, value] of settings) {
    if (!/^(dis)?allow$/i.test(name)) continue;
    for (const word of splitList(value)) {
      const codec = word.replace(/^!/, '').toLowerCase();
      const off = word.startsWith('!') !== (name.toLowerCase() === 'disallow');
      if (codec === 'all') allowed = off ? [] : ['all'];
      else if (off) allowed = allowed.filter((known) => known !== codec);
      else if (!allowed.includes(codec)) allowed = [...allowed, codec];
    }
  }
  return allowed;
}
