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
VarSet @ Variable Value
RTCPReceived @ To From RTT MES SSRC PT ReportCount Report0SourceSSRC Report0FractionLost Report0CumulativeLost Report0HighestSequence Report0SequenceNumberCycles Report0IAJitter Report0LSR Report0DLSR
DeviceStateChange Device State
RTCPReceived @ To From RTT MES SSRC PT ReportCount SentNTP SentRTP SentPackets SentOctets Report0SourceSSRC Report0FractionLost Report0CumulativeLost Report0HighestSequence Report0SequenceNumberCycles Report0IAJitter Report0LSR Report0DLSR
ExtensionStatus Exten Context Hint Status StatusText
Newexten @ Extension Application AppData
Newstate @
QueueMemberStatus Queue MemberName Interface StateInterface Membership Penalty CallsTaken LastCall LastPause LoginTime InCall Status Paused PausedReason Ringinuse Wrapuptime
NewConnectedLine @
Newchannel @
Hangup @ Cause Cause-txt
BridgeLeave # @
BridgeEnter # @
SoftHangupRequest @ Cause
ChallengeSent EventTV Severity Service EventVersion AccountID SessionID LocalAddress RemoteAddress Challenge
SuccessfulAuth EventTV Severity Service EventVersion AccountID SessionID LocalAddress RemoteAddress UsingPassword
DialEnd @ Dest@ DialStatus
NewAccountCode @ OldAccountCode
DialBegin @ Dest@ DialString
RTCPSent @ To From MES SSRC PT ReportCount SentNTP SentRTP SentPackets SentOctets Report0SourceSSRC Report0FractionLost Report0CumulativeLost Report0HighestSequence Report0SequenceNumberCycles Report0IAJitter Report0LSR Report0DLSR
DialState @ Dest@ DialStatus
BridgeCreate #
BridgeDestroy #
MusicOnHoldStart @ Class
SuccessfulAuth EventTV Severity Service EventVersion AccountID SessionID LocalAddress RemoteAddress UsingPassword SessionTV
MusicOnHoldStop @
HangupRequest @ Cause
Unhold @
FullyBooted Uptime LastReload Status
Hold @ MusicClass
VarSet Timestamp @ Variable Value
Hangup @ Cause Cause-txt TechCause
DTMFEnd @ Digit DurationMs Direction
NewCallerid @ CID-CallingPres
HangupRequest @
CEL EventName AccountCode CallerIDnum CallerIDname CallerIDani CallerIDrdnis CallerIDdnid Exten Context Channel Application AppData EventTime AMAFlags UniqueID LinkedID Userfield Peer PeerAccount Extra
VarSet @ ChanVariable+ Variable Value
DTMFBegin @ Digit Direction
MessageWaiting Mailbox Waiting New Old
HangupRequest @ Cause TechCause
QueueCallerJoin @ Queue Position Count
RTCPSent To From MES SSRC PT ReportCount SentNTP SentRTP SentPackets SentOctets Report0SourceSSRC Report0FractionLost Report0CumulativeLost Report0HighestSequence Report0SequenceNumberCycles Report0IAJitter Report0LSR Report0DLSR
QueueCallerLeave @ Queue Position Count
BridgeEnter # @ SwapUniqueid
QueueCallerAbandon @ Queue Position OriginalPosition HoldTime
AgentCalled @ Dest@ Queue Interface MemberName
LocalBridge LocalOne@ LocalTwo@ Context Exten LocalOptimization
ContactStatus URI ContactStatus AOR EndpointName RoundtripUsec
AttendedTransfer Result OrigTransferer@ Orig# SecondTransferer@ Second# Transferee@ TransferTarget@ IsExternal DestType DestBridgeUniqueid
BlindTransfer Result Transferer@ Transferee@ # IsExternal Context Extension
SoftHangupRequest @ Cause TechCause
RTCPSent To From MES SSRC PT ReportCount Report0SourceSSRC Report0FractionLost Report0CumulativeLost Report0HighestSequence Report0SequenceNumberCycles Report0IAJitter Report0LSR Report0DLSR
ConfbridgeJoin Conference # @ Admin Muted
QueueMemberAdded Queue MemberName Interface StateInterface Membership Penalty CallsTaken LastCall LastPause LoginTime InCall Status Paused PausedReason Ringinuse Wrapuptime
QueueMemberRemoved Queue MemberName Interface StateInterface Membership Penalty CallsTaken LastCall LastPause LoginTime InCall Status Paused PausedReason Ringinuse Wrapuptime
InvalidPassword EventTV Severity Service EventVersion AccountID SessionID LocalAddress RemoteAddress SessionTV
LocalOptimizationBegin LocalOne@ LocalTwo@ Source@ DestUniqueId Id
LocalOptimizationEnd LocalOne@ LocalTwo@ Success Id
DialState Dest@ DialStatus
DialEnd Dest@ DialStatus
RTCPReceived Timestamp @ To From RTT MES SSRC PT ReportCount Report0SourceSSRC Report0FractionLost Report0CumulativeLost Report0HighestSequence Report0SequenceNumberCycles Report0IAJitter Report0LSR Report0DLSR
PeerStatus ChannelType Peer PeerStatus
RequestBadFormat EventTV Severity Service EventVersion SessionID LocalAddress RemoteAddress RequestType SessionTV AccountID
DialBegin Dest@ DialString
AGIExecStart @ CommandId Command
AGIExecEnd @ CommandId Command ResultCode Result
AsyncAGIExec @ Result CommandId
QueueMemberPause Queue MemberName Interface StateInterface Membership Penalty CallsTaken LastCall LastPause LoginTime InCall Status Paused PausedReason Ringinuse Wrapuptime
AgentConnect @ Dest@ Queue Interface MemberName HoldTime RingTime
ConfbridgeLeave Conference # @ Admin
DeviceStateChange Timestamp Device State
ExtensionStatus Timestamp Exten Context Hint Status StatusText
RTCPReceived Timestamp @ To From RTT MES SSRC PT ReportCount SentNTP SentRTP SentPackets SentOctets Report0SourceSSRC Report0FractionLost Report0CumulativeLost Report0HighestSequence Report0SequenceNumberCycles Report0IAJitter Report0LSR Report0DLSR
AgentComplete @ Dest@ Queue Interface MemberName HoldTime TalkTime Reason
Newexten @ ChanVariable+ Extension Application AppData
UserEvent UserEvent Seq Pad
ParkedCall Parkee@ ParkerDialString Parkinglot ParkingSpace ParkingTimeout ParkingDuration
Cdr AccountCode Source Destination DestinationContext CallerID Channel DestinationChannel LastApplication LastData StartTime AnswerTime EndTime Duration BillableSeconds Disposition AMAFlags UniqueID UserField
Reload Module Status
AgentRingNoAnswer @ Dest@ Queue Interface MemberName RingTime
RTCPReceived @ ChanVariable+ To From RTT MES SSRC PT ReportCount Report0SourceSSRC Report0FractionLost Report0CumulativeLost Report0HighestSequence Report0SequenceNumberCycles Report0IAJitter Report0LSR Report0DLSR
QueueMemberStatus Timestamp Queue MemberName Interface StateInterface Membership Penalty CallsTaken LastCall LastPause LoginTime InCall Status Paused PausedReason Ringinuse Wrapuptime
AttendedTransfer Result OrigTransferer@ SecondTransferer@ Second# TransferTarget@ IsExternal DestType DestApp
VarSet Channel Uniqueid Variable Value
ConfbridgeMute Conference # @ Admin
Newexten Timestamp @ Extension Application AppData
`;
