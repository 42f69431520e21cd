import { header, type WireEvent } from './event.ts';
import type { ChannelState } from './model.ts';

/** What an event's snapshot of a channel says: the part of the state that is there as it stands. */
export type ChannelSnapshot = Pick<
  ChannelState,
  | 'channel'
  | 'linkedid'
  | 'stateDesc'
  | 'callerIdNum'
  | 'callerIdName'
  | 'connectedLineNum'
  | 'connectedLineName'
  | 'context'
  | 'exten'
>;

export function channelSnapshot(event: WireEvent): ChannelSnapshot {
  return {
    channel: header(event, 'Channel'),
    linkedid: header(event, 'Linkedid'),
    stateDesc: header(event, 'ChannelStateDesc'),
    callerIdNum: known(header(event, 'CallerIDNum')),
    callerIdName: unescaped(known(header(event, 'CallerIDName'))),
    connectedLineNum: known(header(event, 'ConnectedLineNum')),
    connectedLineName: unescaped(known(header(event, 'ConnectedLineName'))),
    context: header(event, 'Context'),
    exten: header(event, 'Exten'),
  };
}

function known(value: string): string {
  return value === '<unknown>' ? '' : value;
}

const ESCAPES: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** Undoes the C escapes that AMI has in names. Source: recording `trunk-call-utf8-name` and Asterisk's `ast_escape_c`. */
function unescaped(name: string): string {
  return name.includes('\\') ? name.replace(/\\(.)/gs, (_, sign: string) => ESCAPES[sign] ?? sign) : name;
}
