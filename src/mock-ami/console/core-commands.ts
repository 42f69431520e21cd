import { listedChannels } from '../actions/channel-list.ts';
import { shown } from '../pbx/channel.ts';
import type { Pbx } from '../pbx/pbx.ts';
import { peerAccount } from '../pbx/records/peer-account.ts';
import type { Channel } from '../pbx/state.ts';
import type { ConsoleCommand, ConsoleRequest } from './console-command.ts';
import { showChannel } from './show-channel.ts';

export const coreCommands: readonly ConsoleCommand[] = [
  { name: 'core show version', run: ({ host }) => [host.profile.versionText] },
  { name: 'core show uptime', run: ({ host }) => uptime(host.pbx) },
  { name: 'core show channels', run: showChannels },
  { name: 'core show channel', run: showChannel },
];

function uptime(pbx: Pbx): string[] {
  return [
    `System uptime: ${duration(pbx.now - pbx.state.bootedMs)}`,
    `Last reload: ${duration(pbx.now - pbx.state.reloadedMs)}`,
  ];
}

const UNITS = [
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** `2 minutes, 55 seconds` */
function duration(ms: number): string {
  let rest = Math.floor(ms / 1000);
  const parts: string[] = [];
  for (const [unit, seconds] of UNITS) {
    const count = Math.floor(rest / seconds);
    rest -= count * seconds;
    if (count > 0) parts.push(`${count} ${unit}${count === 1 ? '' : 's'}`);
  }
  return parts.length === 0 ? '0 seconds' : parts.join(', ');
}

function showChannels({ host, words }: ConsoleRequest): string[] | undefined {
  const { pbx } = host;
  const channels = listedChannels(pbx);
  const [form] = words;
  if (form === 'count') return totals(pbx, channels);
  if (form === 'concise') return channels.map((channel) => conciseRow(pbx, channel));
  if (form === 'verbose')
    return [VERBOSE_HEAD, ...channels.map((channel) => verboseRow(pbx, channel)), ...totals(pbx, channels)];
  if (form !== undefined) return undefined;
  const head = plainRow('Channel', 'Location', 'State', 'Application(Data)');
  const rows = channels.map((channel) => {
    const snapshot = shown(pbx, channel);
    const place = snapshot.exten === '' ? '(None)' : `${snapshot.exten}@${snapshot.context}:${snapshot.priority}`;
    const doing = snapshot.application === '' ? '(None)' : `${snapshot.application}(${snapshot.applicationData})`;
    return plainRow(snapshot.channel, place, snapshot.state, doing);
  });
  return [head, ...rows, ...totals(pbx, channels)];
}

function plainRow(name: string, place: string, state: string, doing: string): string {
  return `${name.padEnd(64)} ${place.padEnd(32)} ${column(state, 7)} ${doing.padEnd(30)}`;
}

function totals(pbx: Pbx, channels: readonly Channel[]): string[] {
  const calls = channels.filter((channel) => channel.runs.some(({ kind }) => kind === 'pbx')).length;
  const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
  return [
    counted(channels.length, 'active channel'),
    counted(calls, 'active call'),
    `${counted(pbx.state.callsProcessed, 'call')} processed`,
  ];
}

function conciseRow(pbx: Pbx, channel: Channel): string {
  const snapshot = shown(pbx, channel);
  return [
    snapshot.channel,
    snapshot.context,
    snapshot.exten,
    snapshot.priority,
    snapshot.state,
    snapshot.application === '' ? '(None)' : snapshot.application,
    snapshot.applicationData,
    snapshot.callerIdNum,
    snapshot.accountCode,
    '',
    3,
    Math.floor((pbx.now - channel.createdMs) / 1000),
    channel.bridge === '' ? '(None)' : channel.bridge,
    channel.uniqueid,
  ].join('!');
}

const VERBOSE_HEAD = [
  'Channel'.padEnd(80),
  'Context'.padEnd(24),
  'Extension'.padEnd(24),
  'Prio',
  'State'.padEnd(7),
  'Application'.padEnd(12),
  'Data'.padEnd(25),
  'CallerID'.padEnd(15),
  'Duration',
  'Accountcode',
  'PeerAccount',
  'BridgeID'.padEnd(20),
].join(' ');

function verboseRow(pbx: Pbx, channel: Channel): string {
  const snapshot = shown(pbx, channel);
  const seconds = Math.floor((pbx.now - channel.createdMs) / 1000);
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  return [
    column(snapshot.channel, 80),
    column(snapshot.context, 24),
    column(snapshot.exten, 24),
    String(snapshot.priority).padStart(4),
    column(snapshot.state, 7),
    column(snapshot.application === '' ? '(None)' : snapshot.application, 12),
    column(snapshot.applicationData, 25),
    column(snapshot.callerIdNum, 15),
    `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`,
    column(snapshot.accountCode, 11),
    column(peerAccount(channel), 11),
    column(channel.bridge, 20),
  ].join(' ');
}

function column(text: string, width: number): string {
  return text.slice(0, width).padEnd(width);
}
