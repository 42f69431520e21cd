import type { PjsipEndpoint } from '../config/pjsip-types.ts';
import type { FunctionEnvironment, PureFunction } from '../dialplan/functions/pure-function.ts';
import { pureFunctions } from '../dialplan/functions/registry.ts';
import { findHint } from '../dialplan/match.ts';
import { setCaller, setConnected } from './channel.ts';
import { channelFunctions } from './channel-functions.ts';
import { DEVICE_STATES, deviceState } from './device-state.ts';
import { deviceChanged } from './device-watch.ts';
import { groupFunctions } from './group-functions.ts';
import { hintStatus } from './hints.ts';
import { setLocal } from './local-variables.ts';
import type { PbxFunction } from './machinery.ts';
import { own } from './own.ts';
import type { Pbx } from './pbx.ts';
import { placeFunctions } from './place-functions.ts';
import { setPresence } from './presence.ts';
import type { Channel } from './state.ts';
import { callFunction, getVariable, setVariable, storeVariable, substituteFor, tellVariable } from './variables.ts';

function partyField(party: { num: string; name: string }, field: string): string {
  switch (field.split(',')[0]?.trim().toLowerCase()) {
    case 'num':
    case 'number':
      return party.num;
    case 'name':
      return party.name;
    case 'all':
      return `"${party.name}" <${party.num}>`;
    default:
      return '';
  }
}

function partyChange(field: string, value: string): Partial<{ num: string; name: string }> {
  switch (field.split(',')[0]?.trim().toLowerCase()) {
    case 'num':
    case 'number':
      return { num: value };
    case 'name':
      return { name: value };
    case 'all': {
      const [, name = '', num = ''] = /^\s*"?([^"<]*?)"?\s*<([^>]*)>\s*$/.exec(value) ?? [];
      return { name, num };
    }
    default:
      return {};
  }
}

const ENDPOINT_FIELDS: Readonly<Record<string, (endpoint: PjsipEndpoint) => string>> = {
  context: (endpoint) => endpoint.context,
  aors: (endpoint) => endpoint.aors.join(','),
  accountcode: (endpoint) => endpoint.accountCode,
  language: (endpoint) => endpoint.language,
  moh_suggest: (endpoint) => endpoint.mohSuggest,
  transport: (endpoint) => endpoint.transport,
};

const OWN_FUNCTIONS: Readonly<Record<string, PbxFunction>> = {
  CALLERID: {
    read: (_pbx, channel, field) => (channel === undefined ? '' : partyField(channel.caller, field)),
    write: (pbx, channel, field, value) => {
      if (channel !== undefined) setCaller(pbx, channel, partyChange(field, value));
    },
  },
  CONNECTEDLINE: {
    read: (_pbx, channel, field) => (channel === undefined ? '' : partyField(channel.connected, field)),
    write: (pbx, channel, field, value) => {
      if (channel !== undefined) setConnected(pbx, channel, { ...channel.connected, ...partyChange(field, value) });
    },
  },
  CDR: {
    read: (_pbx, channel, field) => cdrFields(channel)[field] ?? '',
    write: (_pbx, channel, field, value) => {
      cdrFields(channel)[field] = value;
    },
  },
  GLOBAL: {
    read: (pbx, _channel, name) => own(pbx.state.globals, name) ?? '',
    write: (pbx, channel, name, value) => {
      storeVariable(pbx, undefined, name, value);
      tellVariable(pbx, channel, name, value);
    },
  },
  LOCAL: {
    read: (pbx, channel, name) => getVariable(pbx, channel, name) ?? '',
    write: (pbx, channel, name, value) => {
      if (channel !== undefined) setLocal(pbx, channel, name, value);
    },
  },
  DB: {
    read: (pbx, _channel, key) => pbx.state.astdb[`/${key}`] ?? '',
    write: (pbx, _channel, key, value) => {
      pbx.state.astdb[`/${key}`] = value;
    },
  },
  DB_EXISTS: { read: (pbx, _channel, key) => (Object.hasOwn(pbx.state.astdb, `/${key}`) ? '1' : '0') },
  DB_DELETE: {
    read: (pbx, _channel, key) => {
      const value = pbx.state.astdb[`/${key}`] ?? '';
      delete pbx.state.astdb[`/${key}`];
      return value;
    },
  },
  DEVICE_STATE: {
    read: (pbx, _channel, device) => deviceState(pbx, device),
    write: (pbx, _channel, device, value) => {
      const state = DEVICE_STATES.find((name) => name === value.toUpperCase());
      if (!device.startsWith('Custom:') || state === undefined) return;
      pbx.state.customDevices[device.slice('Custom:'.length)] = state;
      deviceChanged(pbx, device);
    },
  },
  EXTENSION_STATE: {
    read: (pbx, channel, args) => {
      const [exten = '', context = channel?.context ?? 'default'] = args.split('@');
      const found = findHint(pbx.dialplan, context, exten, pbx.now);
      const hint = pbx
        .hints()
        .find((candidate) => candidate.exten === found?.pattern && candidate.context === found.context);
      return hint === undefined ? 'UNKNOWN' : extensionStateName(hintStatus(pbx, hint).status);
    },
  },
  PRESENCE_STATE: {
    read: (pbx, _channel, args) => {
      const [provider = '', field = 'value'] = args.split(',');
      const value = own(pbx.state.presence, provider);
      if (value === undefined) return '';
      return field === 'subtype' ? value.subtype : field === 'message' ? value.message : value.state;
    },
    write: (pbx, _channel, provider, value) => setPresence(pbx, provider, value),
  },
  /** Source: `pjsip_endpoint_function_read`, res/res_pjsip's func_pjsip_endpoint.c. */
  PJSIP_ENDPOINT: {
    read: (pbx, _channel, args) => {
      const [name = '', field = ''] = args.split(',');
      const endpoint = pbx.config.pjsip.endpoints.get(name);
      return endpoint === undefined ? '' : (own(ENDPOINT_FIELDS, field)?.(endpoint) ?? '');
    },
  },
  EVAL: { read: (pbx, channel, text) => substituteFor(pbx, channel, text) },
  HASH: {
    read: (pbx, channel, args) => getVariable(pbx, channel, `~HASH~${args.replace(',', '~')}~`) ?? '',
    write: (pbx, channel, args, value) => setVariable(pbx, channel, `~HASH~${args.replace(',', '~')}~`, value),
  },
};

function extensionStateName(status: number): string {
  const names: Readonly<Record<number, string>> = {
    0: 'NOT_INUSE', 1: 'INUSE', 2: 'BUSY', 4: 'UNAVAILABLE', 8: 'RINGING', 9: 'RINGINUSE', 16: 'HOLDINUSE', 17: 'HOLDINUSE',
  }; // biome-ignore format: a table
  return names[status] ?? 'UNKNOWN';
}

function cdrFields(channel: Channel | undefined): Record<string, string> {
  if (channel === undefined) return {};
  channel.extra['cdr'] ??= {};
  return channel.extra['cdr'] as Record<string, string>;
}

/** Every dialplan function by its upper-case name: the PBX's own and the pure ones of `dialplan/functions`. */
export const dialplanFunctions: ReadonlyMap<string, PbxFunction> = new Map([
  ...Object.entries(pureFunctions).map(([name, pure]): [string, PbxFunction] => [name, adapt(pure)]),
  ...Object.entries(OWN_FUNCTIONS),
  ...Object.entries(channelFunctions),
  ...Object.entries(groupFunctions),
  ...Object.entries(placeFunctions),
]);

function adapt({ read, write }: PureFunction): PbxFunction {
  return {
    ...(read === undefined ? {} : { read: (pbx, channel, args) => read(environment(pbx, channel), args) }),
    ...(write === undefined
      ? {}
      : { write: (pbx, channel, args, value) => write(environment(pbx, channel), args, value) }),
  };
}

function environment(pbx: Pbx, channel: Channel | undefined): FunctionEnvironment {
  return {
    variable: (name) => getVariable(pbx, channel, name),
    callFunction: (name, args) => callFunction(pbx, channel, name, args),
    nowMs: pbx.now,
    random: () => pbx.random(),
    md5: (text) => pbx.runtime.digest.md5(text),
    setVariable: (name, value) => setVariable(pbx, channel, name, value),
  };
}
