/**
 * What two runs of one PBX may differ in, by the names of events, headers and variables. Taken out of the comparison is only
 * what no client could rely on.
 */

/** Come or not as sound packets and security checks come. */
export const UNCOMPARED_EVENTS: ReadonlySet<string> = new Set([
  'RTCPSent',
  'RTCPReceived',
  'SuccessfulAuth',
  'ChallengeSent',
  'ChallengeResponseFailed',
  'InvalidAccountID',
  'InvalidPassword',
  'FailedACL',
  'RequestNotAllowed',
  'RequestBadFormat',
  'SessionLimit',
  'SessionTimeout',
]);

/** Statistics of sound. */
export const UNCOMPARED_VARIABLES = /^RTP(?:AUDIO|VIDEO)QOS/;

/** Made by threads of their own: they come in any order within milliseconds. Source: recording `hold-60-times`. */
export const RACING_EVENTS: ReadonlySet<string> = new Set([
  'DeviceStateChange',
  'ExtensionStatus',
  'QueueMemberStatus',
  'MusicOnHoldStart',
  'MusicOnHoldStop',
  'DialState',
  'ContactStatus',
  'PeerStatus',
  'PresenceStateChange',
  'PresenceStatus',
  'CEL',
  'Cdr',
  'UserEvent',
  'ParkedCallTimeOut',
  'OriginateResponse',
]);

/** Begin or end the life of a channel, a dial, a bridge: all that names it stays on its side of them. */
export const LIFE_EVENTS: ReadonlySet<string> = new Set(['Newchannel', 'DialBegin', 'BridgeCreate', 'BridgeDestroy']);

/** Set by a bridge's own thread each time it looks: the same value again says nothing. */
export const BRIDGE_VARIABLES = /^BRIDGE(?:PEER|PVTCALLID)$/;

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Headers whose values differ from run to run, by what they are replaced with. */
export const VARYING_HEADERS: ReadonlyMap<string, string> = new Map([
  ...words(`Timestamp EventTV StartTime AnswerTime EndTime EventTime LoginTime LoggedInTime RoundtripUsec RTT CoreStartupTime
    CoreReloadTime CoreStartupDate CoreReloadDate Time LastCall LastPause SessionNumber Uptime LastReload Lastreload ID
    RegExpire ExpirationTime SessionID SessionTV Callid CallID CommandId`).map((name) => [name, '<clock>'] as const),
  ...words(`Duration BillableSeconds HoldTime TalkTime RingTime RingTimeMs Wait ParkingDuration DurationMs Holdtime
    TalkTimeMs TalkingDuration BridgeTime Seconds LongestHoldTime ParkingTimeout`).map(
    (name) => [name, '<duration>'] as const,
  ),
  // they grow with what happened before the scenario
  ...words(`CallsTaken Completed Abandoned CoreProcessedCalls ServicelevelPerf ServicelevelPerf2 SequenceNumber`).map(
    (name) => [name, '<count>'] as const,
  ),
]);

/** Variables whose values are times, or names made of them. */
export const VARYING_VARIABLES =
  /^(?:(?:ANSWERED|DIALED|RING|PROGRESS)TIME(?:_MS)?$|BRIDGEPVTCALLID|SIPCALLID|MIXMONITOR_FILENAME|VM_|QEHOLDTIME|QUEUEHOLDTIME|QUEUETALKTIME|QEORIGINALPOS|CALLDURATION|RECORDED_FILE)/;

/** `PJSIP/1001-0000002c` and `Local/1002@office-00000001;2`: the technology's endpoint, the serial number, the half. */
export const CHANNEL_NAME = /\b([A-Z][A-Za-z0-9]*\/[^\s,;&|]+?)-([0-9a-f]{8})(;[12])?(?![0-9a-f])/g;
export const UNIQUEID = /\b\d{9,10}\.\d+\b/g;
export const UUID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g;
export const ADDRESS = /\b(?:IPV[46]\/(?:UDP|TCP|TLS|WS)\/)?\d{1,3}(?:\.\d{1,3}){3}[:/]\d+\b/g;

/** Headers that name something that has a life. */
export const SUBJECT_HEADER = /^(?:\w*Channel|\w*BridgeUniqueid|Device|Exten|Queue|Mailbox|AOR|EndpointName|Peer)$/;

/** What an event is about: the first of these that it carries, else the first of {@link OTHER_SUBJECT}. */
export const CHANNEL_SUBJECT =
  /^(?:Channel|SourceChannel|TransfererChannel|OrigTransfererChannel|LocalOneChannel|ParkeeChannel|DestChannel)$/;
export const OTHER_SUBJECT = /^(?:BridgeUniqueid|Device|Exten|Queue|Mailbox|AOR|EndpointName|Peer)$/;
