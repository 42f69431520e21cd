import type { Header } from '../../ami/message.ts';
import { shown } from '../pbx/channel.ts';
import { channelHeaders } from '../pbx/snapshot.ts';
import type { Channel } from '../pbx/state.ts';
import type { ActionRequest, Answered } from './action-request.ts';
import { listedChannels } from './channel-list.ts';
import { findChannel } from './find-channel.ts';
import { mediaFormats } from './media-formats.ts';
import { reachesShell } from './reaches-shell.ts';
import { readVariable } from './read-variable.ts';

/**
 * One channel or all, with variables where they are asked for. Its rows are the only list rows with a privilege.
 * Source: `action_status`, main/manager.c; recordings `core-show-channels-1`, `permission-denied`.
 */
export function status(request: ActionRequest): Answered {
  const { pbx } = request;
  if (reachesShell(request, request.header('Variables'))) return request.error('Status Access Forbidden: Variables');
  const name = request.header('Channel');
  const one = name === '' ? undefined : findChannel(pbx, name);
  if (name !== '' && one === undefined) return request.error('No such channel');
  const channels = one === undefined ? listedChannels(pbx) : [one];
  const count = String(channels.length);
  return request.list({
    message: 'Channel status will follow',
    items: channels.map((channel) => ({ event: 'Status', headers: statusHeaders(request, channel) })),
    complete: 'StatusComplete',
    more: [['Items', count]],
    actionIdStands: 'last',
  });
}

function statusHeaders(request: ActionRequest, channel: Channel): Header[] {
  const { pbx } = request;
  const endpoint = pbx.config.pjsip.endpoints.get(channel.endpoint);
  const formats = mediaFormats(pbx, channel);
  const orUnknown = (value: string): string => (value === '' ? '<unknown>' : value);
  return [
    ['Privilege', 'Call'],
    ...channelHeaders(shown(pbx, channel)),
    ['Type', channel.tech],
    ['DNID', channel.dialedNumber],
    ['EffectiveConnectedLineNum', orUnknown(channel.connected.num)],
    ['EffectiveConnectedLineName', orUnknown(channel.connected.name)],
    ['TimeToHangup', '0'],
    ['BridgeID', channel.bridge],
    ['Application', channel.application],
    ['Data', channel.applicationData],
    ['Nativeformats', `(${formats.native})`],
    ['Readformat', formats.read],
    ['Readtrans', translation(formats.native, formats.read)],
    ['Writeformat', formats.write],
    ['Writetrans', translation(formats.write, formats.native)],
    ['Callgroup', groupBits(endpoint?.callGroup)],
    ['Pickupgroup', groupBits(endpoint?.pickupGroup)],
    ['Seconds', String(Math.floor((pbx.now - channel.createdMs) / 1000))],
    ...variableHeaders(request, channel),
  ];
}

function translation(from: string, to: string): string {
  return from === to ? '' : `(${from}@8000)->(${to}@8000)`;
}

/** Groups as a bit mask: group 1 is shown as 2. */
function groupBits(groups: readonly number[] = []): string {
  return String(groups.reduce((bits, group) => bits + 2 ** group, 0));
}

/** The newest variable first. */
function variableHeaders(request: ActionRequest, channel: Channel): Header[] {
  const { pbx } = request;
  const wanted = request.header('Variables');
  const headers: Header[] = (wanted === '' ? [] : wanted.split(',')).map((name) => [
    'Variable',
    `${name}=${readVariable(pbx, channel, name) ?? '(null)'}`,
  ]);
  if (!/^(yes|true|y|t|1|on)$/i.test(request.header('AllVariables'))) return headers;
  const all = Object.entries(channel.variables).reverse();
  return [...headers, ...all.map(([name, { value }]): Header => ['Variable', `${name}=${value}`])];
}
