import type { PbxEvent } from '../events/pbx-event.ts';

/** What happens at every step of every call and tells an operator nothing. */
const NOISE: ReadonlySet<string> = new Set([
  'VarSet',
  'Newexten',
  'NewAccountCode',
  'RTCPReceived',
  'RTCPSent',
  'ChallengeSent',
  'SuccessfulAuth',
  'LocalBridge',
  'LocalOptimizationBegin',
  'LocalOptimizationEnd',
]);

/** The headers that tell most about an event, by name; any other event shows its channel and state. */
const TELLING: ReadonlyMap<string, readonly string[]> = new Map([
  ['ExtensionStatus', ['Exten', 'StatusText']],
  ['DeviceStateChange', ['Device', 'State']],
  ['QueueMemberStatus', ['Queue', 'MemberName', 'Status']],
  ['QueueCallerJoin', ['Queue', 'CallerIDNum', 'Position']],
  ['QueueCallerLeave', ['Queue', 'CallerIDNum', 'Count']],
  ['QueueCallerAbandon', ['Queue', 'CallerIDNum', 'HoldTime']],
  ['PeerStatus', ['Peer', 'PeerStatus']],
  ['ContactStatus', ['AOR', 'ContactStatus']],
  ['VarSet', ['Channel', 'Variable', 'Value']],
  ['Newexten', ['Channel', 'Application', 'AppData']],
  ['DialBegin', ['Channel', 'DestChannel']],
  ['DialState', ['DestChannel', 'DialStatus']],
  ['DialEnd', ['DestChannel', 'DialStatus']],
  ['Hangup', ['Channel', 'Cause-txt']],
  ['BridgeEnter', ['Channel', 'BridgeTechnology', 'BridgeNumChannels']],
  ['BridgeLeave', ['Channel', 'BridgeTechnology', 'BridgeNumChannels']],
  ['BridgeCreate', ['BridgeTechnology', 'BridgeUniqueid']],
  ['BridgeDestroy', ['BridgeTechnology', 'BridgeUniqueid']],
  ['NewConnectedLine', ['Channel', 'ConnectedLineNum', 'ConnectedLineName']],
  ['MusicOnHoldStart', ['Channel', 'Class']],
  ['UserEvent', ['UserEvent', 'Channel']],
]);

const OTHERWISE = ['Channel', 'ChannelStateDesc'] as const;

export function isNoise(event: PbxEvent): boolean {
  return NOISE.has(event.name);
}

/** One line for a log: `PJSIP/1001-0000002c · Up`. */
export function eventSummary(event: PbxEvent): string {
  const headers = TELLING.get(event.name) ?? OTHERWISE;
  const values = headers
    .map((header) => event.get(header) ?? '')
    .filter((value) => value !== '' && value !== '<unknown>');
  return values.join(' · ');
}
