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

/** @param prefix of the headers, as in `ParkeeChannel` */
export function channelSnapshot(event: WireEvent, prefix = ''): ChannelSnapshot {
  const value = (name: string) => header(event, prefix + name);
  return {
    channel: value('Channel'),
    linkedid: value('Linkedid'),
    stateDesc: value('ChannelStateDesc'),
    callerIdNum: known(value('CallerIDNum')),
    callerIdName: unescaped(known(value('CallerIDName'))),
    connectedLineNum: known(value('ConnectedLineNum')),
    connectedLineName: unescaped(known(value('ConnectedLineName'))),
    context: value('Context'),
    exten: value('Exten'),
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
