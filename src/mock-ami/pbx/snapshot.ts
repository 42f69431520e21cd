import type { Header } from '../../ami/message.ts';
import { type Bridge, CHANNEL_STATES, type Channel, type ChannelSnapshot } from './state.ts';

/** What the channel shows now. Source: `ast_channel_snapshot_create`, main/stasis_channels.c. */
export function takeSnapshot(channel: Channel, managerVariables: readonly string[]): ChannelSnapshot {
  return {
    channel: channel.name,
    state: channel.state,
    callerIdNum: channel.caller.num,
    callerIdName: channel.caller.name,
    connectedLineNum: channel.connected.num,
    connectedLineName: channel.connected.name,
    language: channel.language,
    accountCode: channel.accountCode,
    context: channel.context,
    exten: channel.exten,
    priority: channel.priority,
    uniqueid: channel.uniqueid,
    linkedid: channel.linkedid,
    application: channel.application,
    applicationData: channel.applicationData,
    hangupCause: channel.hangupCause,
    techCause: channel.techCause,
    managerVariables,
  };
}

/**
 * The headers of a channel snapshot in events; `prefix` is '' or for example `Dest`.
 * Empty party values are shown as `<unknown>`; names are C-escaped. Source: main/manager_channels.c; recordings `trunk-call-*`.
 */
export function channelHeaders(snapshot: ChannelSnapshot, prefix = ''): readonly Header[] {
  snapshot.headers ??= headersOf(snapshot);
  return prefix === '' ? snapshot.headers : snapshot.headers.map(([name, value]): Header => [prefix + name, value]);
}

function headersOf(snapshot: ChannelSnapshot): Header[] {
  return [
    ['Channel', snapshot.channel],
    ['ChannelState', String(CHANNEL_STATES.indexOf(snapshot.state))],
    ['ChannelStateDesc', snapshot.state],
    ['CallerIDNum', orUnknown(snapshot.callerIdNum)],
    ['CallerIDName', orUnknown(escapeName(snapshot.callerIdName))],
    ['ConnectedLineNum', orUnknown(snapshot.connectedLineNum)],
    ['ConnectedLineName', orUnknown(escapeName(snapshot.connectedLineName))],
    ['Language', snapshot.language],
    ['AccountCode', snapshot.accountCode],
    ['Context', snapshot.context],
    ['Exten', snapshot.exten],
    ['Priority', String(snapshot.priority)],
    ['Uniqueid', snapshot.uniqueid],
    ['Linkedid', snapshot.linkedid],
    ...snapshot.managerVariables.map((variable): Header => ['ChanVariable', variable]),
  ];
}

function orUnknown(value: string): string {
  return value === '' ? '<unknown>' : value;
}

/** `ast_escape_c_alloc`: quotes, backslashes and control characters. */
export function escapeName(name: string): string {
  return name.replace(/[\\"'?\p{Cc}]/gu, (character) => ESCAPES[character] ?? character);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  "'": "\\'",
  '?': '\\?',
  '\n': '\\n',
  '\t': '\\t',
  '\r': '\\r',
  '\v': '\\v',
  '\f': '\\f',
  '\b': '\\b',
  '\x07': '\\a',
};

/** The headers of a bridge snapshot; `prefix` is '' or for example `Orig`. */
export function bridgeHeaders(bridge: Bridge, prefix = ''): Header[] {
  return [
    [`${prefix}BridgeUniqueid`, bridge.uniqueid],
    [`${prefix}BridgeType`, bridge.type],
    [`${prefix}BridgeTechnology`, bridge.technology],
    [`${prefix}BridgeCreator`, orUnknown(bridge.creator)],
    [`${prefix}BridgeName`, orUnknown(bridge.name)],
    [`${prefix}BridgeNumChannels`, String(bridge.channels.length + bridge.unseen.length)],
    [`${prefix}BridgeVideoSourceMode`, bridge.videoSourceMode],
    ...(bridge.videoSource === '' ? [] : ([[`${prefix}BridgeVideoSource`, bridge.videoSource]] as const)),
  ];
}
