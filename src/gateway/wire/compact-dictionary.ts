/** What both sides of the compact protocol know from the start. It belongs to the protocol: a change of it is a new protocol. */

/** The headers that describe a channel, in AMI's order. */
export const CHANNEL: readonly string[] = [
  'Channel',
  'ChannelState',
  'ChannelStateDesc',
  'CallerIDNum',
  'CallerIDName',
  'ConnectedLineNum',
  'ConnectedLineName',
  'Language',
  'AccountCode',
  'Context',
  'Exten',
  'Priority',
  'Uniqueid',
  'Linkedid',
];

/** The headers that describe a bridge. */
export const BRIDGE: readonly string[] = [
  'BridgeUniqueid',
  'BridgeType',
  'BridgeTechnology',
  'BridgeCreator',
  'BridgeName',
  'BridgeNumChannels',
  'BridgeVideoSourceMode',
];

export const COMMON_TEXTS: readonly string[] = [
  '<unknown>',
  'from-phones',
  'hints-only',
  'default',
  'en',
  'Up',
  'Down',
  'Ring',
  'Ringing',
  'Busy',
  'Idle',
  'InUse',
  'Hold',
  'Unavailable',
  'Unknown',
  'NOT_INUSE',
  'INUSE',
  'RINGING',
  'ONHOLD',
  'UNAVAILABLE',
  'BUSY',
  'RINGINUSE',
  'ANSWER',
  'CANCEL',
  'NOANSWER',
  'CONGESTION',
  'CHANUNAVAIL',
  'none',
  'basic',
  'simple_bridge',
  'native_rtp',
  'holding_bridge',
  'softmix',
  'Dial',
  'AppDial',
  'Queue',
  'AppQueue',
  'NoOp',
  'Answer',
  'Hangup',
  'Wait',
  'Playback',
  '201(RR)',
  '200(SR)',
  '0x00000000',
  '0.0000',
  'static',
  'dynamic',
  'realtime',
  'Success',
  'Received',
  'Complete',
  'Yes',
  'No',
  'yes',
  'no',
  'TRUE',
  'FALSE',
  '127.0.0.1',
  'PJSIP/',
  'PJSIP',
  'AMI',
  'Informational',
  'admin',
  'Inbound',
  'Outbound',
  'UDP',
  'SIPDOMAIN',
  'DIALEDPEERNUMBER',
  'DIALEDPEERNAME',
  'DIALSTATUS',
  'DIALEDTIME',
  'DIALEDTIME_MS',
  'ANSWEREDTIME',
  'ANSWEREDTIME_MS',
  'RINGTIME',
  'RINGTIME_MS',
  'PROGRESSTIME',
  'PROGRESSTIME_MS',
  'BRIDGEPEER',
  'BRIDGEPVTCALLID',
  'RTPAUDIOQOS',
  'RTPAUDIOQOSJITTER',
  'RTPAUDIOQOSLOSS',
  'RTPAUDIOQOSRTT',
  'RTPAUDIOQOSMES',
  'RTPAUDIOQOSBRIDGED',
  'RTPAUDIOQOSJITTERBRIDGED',
  'RTPAUDIOQOSLOSSBRIDGED',
  'RTPAUDIOQOSRTTBRIDGED',
  'RTPAUDIOQOSMESBRIDGED',
  'ATTENDEDTRANSFER',
  'BLINDTRANSFER',
  'QUEUEWAIT',
  'QUEUEWAIT_MS',
  'QUEUEPOSITION',
  'ABANDONED',
  'SIPTRANSFER',
  'SIPREFERRINGCONTEXT',
  'SIPREFERTOHDR',
  '__SIPREFERREDBYHDR',
  'Normal Clearing',
  '(Outgoing Line)',
  'Fully Booted',
  'User busy',
  '0 (Presentation Allowed, Not Screened)',
];

/** Events and their headers, the most frequent first; see `compact-shape.ts` for the signs. */
export const COMMON_SHAPES = `
VarSet dialplan,all @ Variable Value
RTCPReceived reporting,all @ To From RTT MES SSRC PT ReportCount Report0SourceSSRC Report0FractionLost Report0CumulativeLost Report0HighestSequence Report0SequenceNumberCycles Report0IAJitter Report0LSR Report0DLSR
DeviceStateChange call,all Device State
RTCPReceived reporting,all @ To From RTT MES SSRC PT ReportCount SentNTP SentRTP SentPackets SentOctets Report0SourceSSRC Report0FractionLost Report0CumulativeLost Report0HighestSequence Report0SequenceNumberCycles Report0IAJitter Report0LSR Report0DLSR
ExtensionStatus call,all Exten Context Hint Status StatusText
Newexten dialplan,all @ Extension Application AppData
Newstate call,all @
QueueMemberStatus agent,all Queue MemberName Interface StateInterface Membership Penalty CallsTaken LastCall LastPause LoginTime InCall Status Paused PausedReason Ringinuse Wrapuptime
NewConnectedLine call,all @
Newchannel call,all @
Hangup call,all @ Cause Cause-txt
BridgeLeave call,all # @
BridgeEnter call,all # @
SoftHangupRequest call,all @ Cause
ChallengeSent security,all EventTV Severity Service EventVersion AccountID SessionID LocalAddress RemoteAddress Challenge
SuccessfulAuth security,all EventTV Severity Service EventVersion AccountID SessionID LocalAddress RemoteAddress UsingPassword
DialEnd call,all @ Dest@ DialStatus
NewAccountCode call,all @ OldAccountCode
DialBegin call,all @ Dest@ DialString
RTCPSent reporting,all @ To From MES SSRC PT ReportCount SentNTP SentRTP SentPackets SentOctets Report0SourceSSRC Report0FractionLost Report0CumulativeLost Report0HighestSequence Report0SequenceNumberCycles Report0IAJitter Report0LSR Report0DLSR
DialState call,all @ Dest@ DialStatus
BridgeCreate call,all #
BridgeDestroy call,all #
MusicOnHoldStart call,all @ Class
SuccessfulAuth security,all EventTV Severity Service EventVersion AccountID SessionID LocalAddress RemoteAddress UsingPassword SessionTV
MusicOnHoldStop call,all @
HangupRequest call,all @ Cause
Unhold call,all @
FullyBooted system,all Uptime LastReload Status
Hold call,all @ MusicClass
VarSet dialplan,all Timestamp @ Variable Value
Hangup call,all @ Cause Cause-txt TechCause
DTMFEnd dtmf,all @ Digit DurationMs Direction
NewCallerid call,all @ CID-CallingPres
HangupRequest call,all @
CEL call,all EventName AccountCode CallerIDnum CallerIDname CallerIDani CallerIDrdnis CallerIDdnid Exten Context Channel Application AppData EventTime AMAFlags UniqueID LinkedID Userfield Peer PeerAccount Extra
VarSet dialplan,all @ ChanVariable+ Variable Value
DTMFBegin dtmf,all @ Digit Direction
MessageWaiting call,all Mailbox Waiting New Old
HangupRequest call,all @ Cause TechCause
QueueCallerJoin agent,all @ Queue Position Count
RTCPSent reporting,all To From MES SSRC PT ReportCount SentNTP SentRTP SentPackets SentOctets Report0SourceSSRC Report0FractionLost Report0CumulativeLost Report0HighestSequence Report0SequenceNumberCycles Report0IAJitter Report0LSR Report0DLSR
QueueCallerLeave agent,all @ Queue Position Count
BridgeEnter call,all # @ SwapUniqueid
QueueCallerAbandon agent,all @ Queue Position OriginalPosition HoldTime
AgentCalled agent,all @ Dest@ Queue Interface MemberName
LocalBridge call,all LocalOne@ LocalTwo@ Context Exten LocalOptimization
ContactStatus system,all URI ContactStatus AOR EndpointName RoundtripUsec
AttendedTransfer call,all Result OrigTransferer@ Orig# SecondTransferer@ Second# Transferee@ TransferTarget@ IsExternal DestType DestBridgeUniqueid
BlindTransfer call,all Result Transferer@ Transferee@ # IsExternal Context Extension
SoftHangupRequest call,all @ Cause TechCause
RTCPSent reporting,all To From MES SSRC PT ReportCount Report0SourceSSRC Report0FractionLost Report0CumulativeLost Report0HighestSequence Report0SequenceNumberCycles Report0IAJitter Report0LSR Report0DLSR
ConfbridgeJoin call,all Conference # @ Admin Muted
QueueMemberAdded agent,all Queue MemberName Interface StateInterface Membership Penalty CallsTaken LastCall LastPause LoginTime InCall Status Paused PausedReason Ringinuse Wrapuptime
QueueMemberRemoved agent,all Queue MemberName Interface StateInterface Membership Penalty CallsTaken LastCall LastPause LoginTime InCall Status Paused PausedReason Ringinuse Wrapuptime
InvalidPassword security,all EventTV Severity Service EventVersion AccountID SessionID LocalAddress RemoteAddress SessionTV
LocalOptimizationBegin call,all LocalOne@ LocalTwo@ Source@ DestUniqueId Id
LocalOptimizationEnd call,all LocalOne@ LocalTwo@ Success Id
DialState call,all Dest@ DialStatus
DialEnd call,all Dest@ DialStatus
RTCPReceived reporting,all Timestamp @ To From RTT MES SSRC PT ReportCount Report0SourceSSRC Report0FractionLost Report0CumulativeLost Report0HighestSequence Report0SequenceNumberCycles Report0IAJitter Report0LSR Report0DLSR
PeerStatus system,all ChannelType Peer PeerStatus
RequestBadFormat security,all EventTV Severity Service EventVersion SessionID LocalAddress RemoteAddress RequestType SessionTV AccountID
DialBegin call,all Dest@ DialString
AGIExecStart agi,all @ CommandId Command
AGIExecEnd agi,all @ CommandId Command ResultCode Result
AsyncAGIExec agi,all @ Result CommandId
QueueMemberPause agent,all Queue MemberName Interface StateInterface Membership Penalty CallsTaken LastCall LastPause LoginTime InCall Status Paused PausedReason Ringinuse Wrapuptime
AgentConnect agent,all @ Dest@ Queue Interface MemberName HoldTime RingTime
ConfbridgeLeave call,all Conference # @ Admin
DeviceStateChange call,all Timestamp Device State
ExtensionStatus call,all Timestamp Exten Context Hint Status StatusText
RTCPReceived reporting,all Timestamp @ To From RTT MES SSRC PT ReportCount SentNTP SentRTP SentPackets SentOctets Report0SourceSSRC Report0FractionLost Report0CumulativeLost Report0HighestSequence Report0SequenceNumberCycles Report0IAJitter Report0LSR Report0DLSR
AgentComplete agent,all @ Dest@ Queue Interface MemberName HoldTime TalkTime Reason
Newexten dialplan,all @ ChanVariable+ Extension Application AppData
UserEvent user,all UserEvent Seq Pad
ParkedCall call,all Parkee@ ParkerDialString Parkinglot ParkingSpace ParkingTimeout ParkingDuration
Cdr cdr,all AccountCode Source Destination DestinationContext CallerID Channel DestinationChannel LastApplication LastData StartTime AnswerTime EndTime Duration BillableSeconds Disposition AMAFlags UniqueID UserField
Reload system,all Module Status
AgentRingNoAnswer agent,all @ Dest@ Queue Interface MemberName RingTime
RTCPReceived reporting,all @ ChanVariable+ To From RTT MES SSRC PT ReportCount Report0SourceSSRC Report0FractionLost Report0CumulativeLost Report0HighestSequence Report0SequenceNumberCycles Report0IAJitter Report0LSR Report0DLSR
QueueMemberStatus agent,all Timestamp Queue MemberName Interface StateInterface Membership Penalty CallsTaken LastCall LastPause LoginTime InCall Status Paused PausedReason Ringinuse Wrapuptime
AttendedTransfer call,all Result OrigTransferer@ SecondTransferer@ Second# TransferTarget@ IsExternal DestType DestApp
VarSet dialplan,all Channel Uniqueid Variable Value
ConfbridgeMute call,all Conference # @ Admin
Newexten dialplan,all Timestamp @ Extension Application AppData
`;
