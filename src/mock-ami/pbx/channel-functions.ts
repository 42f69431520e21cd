import { posixRegex } from '../dialplan/posix-regex.ts';
import { publish } from './channel.ts';
import { popHangupHandler, pushHangupHandler } from './hangup-handlers.ts';
import type { PbxFunction } from './machinery.ts';
import { own } from './own.ts';
import type { Pbx } from './pbx.ts';
import { hangupSource } from './records/hangup-source.ts';
import type { Channel } from './state.ts';
import { getVariable, setVariable, tellVariable } from './variables.ts';

/** What CHANNEL() reads. Source: `func_channel_read`, funcs/func_channel.c; channels/pjsip/dialplan_functions.c. */
const FIELDS: Readonly<Record<string, (channel: Channel, pbx: Pbx) => string>> = {
  name: (channel) => channel.name,
  state: (channel) => channel.state,
  language: (channel) => channel.language,
  accountcode: (channel) => channel.accountCode,
  uniqueid: (channel) => channel.uniqueid,
  linkedid: (channel) => channel.linkedid,
  channeltype: (channel) => channel.tech,
  context: (channel) => channel.context,
  exten: (channel) => channel.exten,
  endpoint: (channel) => channel.endpoint,
  contact: (channel, pbx) => pbx.state.endpoints[channel.endpoint]?.contacts.at(-1)?.uri ?? '',
  aor: (channel, pbx) => pbx.config.pjsip.endpoints.get(channel.endpoint)?.aors[0] ?? '',
  appname: (channel) => channel.application,
  appdata: (channel) => channel.applicationData,
  checkhangup: (channel) => (channel.hangupRequested ? '1' : '0'),
  onhold: (channel) => (channel.holding ? '1' : '0'),
  hangupsource: hangupSource,
  callgroup: (channel, pbx) => pbx.config.pjsip.endpoints.get(channel.endpoint)?.callGroup.join(',') ?? '',
  pickupgroup: (channel, pbx) => pbx.config.pjsip.endpoints.get(channel.endpoint)?.pickupGroup.join(',') ?? '',
  peer: (channel, pbx) => {
    const bridge = pbx.bridge(channel.bridge);
    const other = bridge?.channels.find((uniqueid) => uniqueid !== channel.uniqueid);
    return (other === undefined ? undefined : pbx.channel(other)?.name) ?? '';
  },
};

/** Fields that nothing else of the PBX knows, by their own names in `extra`. */
const STORED: Readonly<Record<string, string>> = { musicclass: 'musicClass' };

/** What CHANNEL() does with what is written to it; other fields are kept. */
const WRITERS: Readonly<Record<string, (pbx: Pbx, channel: Channel, value: string) => void>> = {
  language: (pbx, channel, value) => {
    channel.language = value;
    publish(pbx, channel);
  },
  accountcode: (pbx, channel, value) => {
    channel.accountCode = value;
    publish(pbx, channel);
  },
  hangup_handler_push: pushHangupHandler,
  hangup_handler_pop: (pbx, channel, value) => {
    popHangupHandler(pbx, channel);
    pushHangupHandler(pbx, channel, value);
  },
  hangup_handler_wipe: (pbx, channel, value) => {
    while (popHangupHandler(pbx, channel));
    pushHangupHandler(pbx, channel, value);
  },
};

function read(pbx: Pbx, channel: Channel, field: string): string {
  const name = field.toLowerCase();
  const known = own(FIELDS, name);
  return known === undefined ? String(channel.extra[own(STORED, name) ?? name] ?? '') : known(channel, pbx);
}

function write(pbx: Pbx, channel: Channel, field: string, value: string): void {
  const name = field.toLowerCase();
  const writer = own(WRITERS, name);
  if (writer !== undefined) return writer(pbx, channel, value);
  if (own(FIELDS, name) === undefined) channel.extra[own(STORED, name) ?? name] = value;
}

/** Another channel by its name, or its uniqueid. */
function named(pbx: Pbx, name: string): Channel | undefined {
  return pbx.channelByName(name) ?? pbx.channel(name);
}

/** The channel whose linkedid all channels of the call have. Source: `ast_channel_get_by_name(ast_channel_linkedid())`, funcs/func_channel.c. */
function master(pbx: Pbx, channel: Channel | undefined): Channel | undefined {
  return channel === undefined ? undefined : (pbx.channel(channel.linkedid) ?? channel);
}

const SHARED = 'shared';

function shared(channel: Channel | undefined): Record<string, string> {
  return (channel?.extra[SHARED] as Record<string, string> | undefined) ?? {};
}

/** `SHARED(name,channel)`: the name, and whose variable it is. */
function sharedBy(pbx: Pbx, channel: Channel | undefined, args: string): { name: string; of: Channel | undefined } {
  const [name = '', other = ''] = args.split(',');
  return { name, of: other === '' ? channel : named(pbx, other) };
}

/** Functions of a channel, its own or another's. Source: funcs/func_channel.c, funcs/func_global.c, funcs/func_import.c. */
export const channelFunctions: Readonly<Record<string, PbxFunction>> = {
  CHANNEL: {
    read: (pbx, channel, field) => (channel === undefined ? '' : read(pbx, channel, field)),
    write: (pbx, channel, field, value) => {
      if (channel !== undefined) write(pbx, channel, field, value);
    },
  },
  CHANNELS: {
    read: (pbx, _channel, pattern) => {
      const names = pbx.channels().map(({ name }) => name);
      return (pattern === '' ? names : names.filter((name) => posixRegex(pattern)?.test(name))).join(' ');
    },
  },
  CHANNEL_EXISTS: { read: (pbx, _channel, name) => (named(pbx, name) === undefined ? '0' : '1') },
  MASTER_CHANNEL: {
    read: (pbx, channel, name) => getVariable(pbx, master(pbx, channel), name) ?? '',
    write: (pbx, channel, name, value) => setVariable(pbx, master(pbx, channel), name, value),
  },
  IMPORT: {
    read: (pbx, _channel, args) => {
      const [name = '', variable = ''] = args.split(',');
      const other = named(pbx, name);
      return other === undefined ? '' : (getVariable(pbx, other, variable) ?? '');
    },
  },
  EXPORT: {
    write: (pbx, _channel, args, value) => {
      const [name = '', variable = ''] = args.split(',');
      const other = named(pbx, name);
      if (other !== undefined) setVariable(pbx, other, variable, value);
    },
  },
  SHARED: {
    read: (pbx, channel, args) => {
      const { name, of } = sharedBy(pbx, channel, args);
      return own(shared(of), name) ?? '';
    },
    write: (pbx, channel, args, value) => {
      const { name, of } = sharedBy(pbx, channel, args);
      if (of === undefined) return;
      of.extra[SHARED] = { ...shared(of), [name]: value };
      tellVariable(pbx, of, `SHARED(${name})`, value);
    },
  },
  /** What a call was sent here for; nothing tells of it. Source: funcs/func_callerid.c. */
  REDIRECTING: {
    read: (_pbx, channel, field) => String(channel?.extra[`redirecting.${field.toLowerCase()}`] ?? ''),
    write: (_pbx, channel, field, value) => {
      if (channel !== undefined) channel.extra[`redirecting.${field.split(',')[0]?.toLowerCase()}`] = value;
    },
  },
  VOLUME: { write: (_pbx, channel, side, value) => keep(channel, `volume.${side}`, value) },
  JITTERBUFFER: { write: (_pbx, channel, kind, value) => keep(channel, `jitterbuffer.${kind}`, value) },
  PJSIP_HEADER: {
    read: (_pbx, channel, args) => String(channel?.extra[headerKey(args)] ?? ''),
    write: (_pbx, channel, args, value) => keep(channel, headerKey(args), value),
  },
};

/** What was added by `PJSIP_HEADER(add,X-Name)`; the calls of simulated phones bring no headers of their own. */
function headerKey(args: string): string {
  return `sipHeader.${(args.split(',')[1] ?? '').trim().toLowerCase()}`;
}

function keep(channel: Channel | undefined, key: string, value: string): void {
  if (channel !== undefined) channel.extra[key] = value;
}
