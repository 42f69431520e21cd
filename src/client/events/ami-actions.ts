/** Made by `npm run catalog`: change the catalogue in `fixtures`, not this file. */

/** The headers of every action of Asterisk 22.10.1, by its name; a list repeats a header. */
export interface AmiActions {
  AbsoluteTimeout: { readonly Channel: string | readonly string[]; readonly Timeout: string | readonly string[] };
  AgentLogoff: { readonly Agent: string | readonly string[]; readonly Soft?: string | readonly string[] };
  Agents: object;
  AGI: {
    readonly Channel: string | readonly string[];
    readonly Command: string | readonly string[];
    readonly CommandID?: string | readonly string[];
  };
  AOCMessage: {
    readonly Channel?: string | readonly string[];
    readonly ChannelPrefix?: string | readonly string[];
    readonly MsgType: string | readonly string[];
    readonly ChargeType?: string | readonly string[];
    readonly CurrencyName?: string | readonly string[];
    readonly CurrencyAmount?: string | readonly string[];
    readonly CurrencyMultiplier?: string | readonly string[];
    readonly TotalType?: string | readonly string[];
    readonly AOCBillingId?: string | readonly string[];
    readonly ChargingAssociationId?: string | readonly string[];
    readonly ChargingAssociationNumber?: string | readonly string[];
    readonly ChargingAssociationPlan?: string | readonly string[];
    readonly ChargedItem?: string | readonly string[];
    readonly RateType?: string | readonly string[];
    readonly Time?: string | readonly string[];
    readonly TimeScale?: string | readonly string[];
    readonly Granularity?: string | readonly string[];
    readonly GranularityTimeScale?: string | readonly string[];
    readonly ChargingType?: string | readonly string[];
    readonly VolumeUnit?: string | readonly string[];
    readonly Code?: string | readonly string[];
  };
  Atxfer: {
    readonly Channel: string | readonly string[];
    readonly Exten: string | readonly string[];
    readonly Context?: string | readonly string[];
  };
  BlindTransfer: {
    readonly Channel: string | readonly string[];
    readonly Context?: string | readonly string[];
    readonly Exten?: string | readonly string[];
  };
  Bridge: {
    readonly Channel1: string | readonly string[];
    readonly Channel2: string | readonly string[];
    readonly Tone?: string | readonly string[];
  };
  BridgeDestroy: { readonly BridgeUniqueid: string | readonly string[] };
  BridgeInfo: { readonly BridgeUniqueid: string | readonly string[] };
  BridgeKick: { readonly BridgeUniqueid?: string | readonly string[]; readonly Channel: string | readonly string[] };
  BridgeList: { readonly BridgeType?: string | readonly string[] };
  BridgeTechnologyList: object;
  BridgeTechnologySuspend: { readonly BridgeTechnology: string | readonly string[] };
  BridgeTechnologyUnsuspend: { readonly BridgeTechnology: string | readonly string[] };
  CancelAtxfer: { readonly Channel: string | readonly string[] };
  Challenge: { readonly AuthType: string | readonly string[] };
  Command: { readonly Command: string | readonly string[] };
  ConfbridgeKick: { readonly Conference: string | readonly string[]; readonly Channel: string | readonly string[] };
  ConfbridgeList: { readonly Conference: string | readonly string[] };
  ConfbridgeListRooms: object;
  ConfbridgeLock: { readonly Conference: string | readonly string[] };
  ConfbridgeMute: { readonly Conference: string | readonly string[]; readonly Channel: string | readonly string[] };
  ConfbridgeSetSingleVideoSrc: {
    readonly Conference: string | readonly string[];
    readonly Channel: string | readonly string[];
  };
  ConfbridgeStartRecord: {
    readonly Conference: string | readonly string[];
    readonly RecordFile?: string | readonly string[];
  };
  ConfbridgeStopRecord: { readonly Conference: string | readonly string[] };
  ConfbridgeUnlock: { readonly Conference: string | readonly string[] };
  ConfbridgeUnmute: { readonly Conference: string | readonly string[]; readonly Channel: string | readonly string[] };
  ControlPlayback: { readonly Channel: string | readonly string[]; readonly Control: string | readonly string[] };
  CoreSettings: object;
  CoreShowChannelMap: { readonly Channel?: string | readonly string[] };
  CoreShowChannels: object;
  CoreStatus: object;
  CreateConfig: { readonly Filename: string | readonly string[] };
  DAHDIDialOffhook: { readonly DAHDIChannel: string | readonly string[]; readonly Number: string | readonly string[] };
  DAHDIDNDoff: { readonly DAHDIChannel: string | readonly string[] };
  DAHDIDNDon: { readonly DAHDIChannel: string | readonly string[] };
  DAHDIHangup: { readonly DAHDIChannel: string | readonly string[] };
  DAHDIRestart: object;
  DAHDIShowChannels: { readonly DAHDIChannel?: string | readonly string[] };
  DAHDIShowStatus: object;
  DAHDITransfer: { readonly DAHDIChannel: string | readonly string[] };
  DBDel: { readonly Family: string | readonly string[]; readonly Key: string | readonly string[] };
  DBDelTree: { readonly Family: string | readonly string[]; readonly Key?: string | readonly string[] };
  DBGet: { readonly Family: string | readonly string[]; readonly Key: string | readonly string[] };
  DBGetTree: { readonly Family?: string | readonly string[]; readonly Key?: string | readonly string[] };
  DBPut: {
    readonly Family: string | readonly string[];
    readonly Key: string | readonly string[];
    readonly Val?: string | readonly string[];
  };
  DeviceStateList: object;
  DialplanExtensionAdd: {
    readonly Context: string | readonly string[];
    readonly Extension: string | readonly string[];
    readonly Priority: string | readonly string[];
    readonly Application: string | readonly string[];
    readonly ApplicationData?: string | readonly string[];
    readonly Replace?: string | readonly string[];
  };
  DialplanExtensionRemove: {
    readonly Context: string | readonly string[];
    readonly Extension: string | readonly string[];
    readonly Priority?: string | readonly string[];
  };
  Events: { readonly EventMask: string | readonly string[] };
  ExtensionState: { readonly Exten: string | readonly string[]; readonly Context: string | readonly string[] };
  ExtensionStateList: object;
  FAXSession: { readonly SessionNumber: string | readonly string[] };
  FAXSessions: object;
  FAXStats: object;
  Filter: {
    readonly Operation?: string | readonly string[];
    readonly MatchCriteria?: string | readonly string[];
    readonly Filter?: string | readonly string[];
  };
  GetConfig: {
    readonly Filename: string | readonly string[];
    readonly Category?: string | readonly string[];
    readonly Filter?: string | readonly string[];
  };
  GetConfigJSON: {
    readonly Filename: string | readonly string[];
    readonly Category?: string | readonly string[];
    readonly Filter?: string | readonly string[];
  };
  Getvar: { readonly Channel?: string | readonly string[]; readonly Variable: string | readonly string[] };
  Hangup: { readonly Channel: string | readonly string[]; readonly Cause?: string | readonly string[] };
  IAXnetstats: object;
  IAXpeerlist: object;
  IAXpeers: object;
  IAXregistry: object;
  JabberSend: {
    readonly Jabber: string | readonly string[];
    readonly JID: string | readonly string[];
    readonly Message: string | readonly string[];
  };
  ListCategories: { readonly Filename: string | readonly string[] };
  ListCommands: object;
  LocalOptimizeAway: { readonly Channel: string | readonly string[] };
  LoggerRotate: object;
  Login: {
    readonly Username: string | readonly string[];
    readonly AuthType?: string | readonly string[];
    readonly Secret?: string | readonly string[];
    readonly Key?: string | readonly string[];
    readonly Events?: string | readonly string[];
  };
  Logoff: object;
  MailboxCount: { readonly Mailbox: string | readonly string[] };
  MailboxStatus: { readonly Mailbox: string | readonly string[] };
  MeetmeList: { readonly Conference?: string | readonly string[] };
  MeetmeListRooms: object;
  MeetmeMute: { readonly Meetme: string | readonly string[]; readonly Usernum: string | readonly string[] };
  MeetmeUnmute: { readonly Meetme: string | readonly string[]; readonly Usernum: string | readonly string[] };
  MessageSend: {
    readonly Destination?: string | readonly string[];
    readonly To?: string | readonly string[];
    readonly From?: string | readonly string[];
    readonly Body?: string | readonly string[];
    readonly Base64Body?: string | readonly string[];
    readonly Variable?: string | readonly string[];
  };
  MixMonitor: {
    readonly Channel: string | readonly string[];
    readonly File?: string | readonly string[];
    readonly Options?: string | readonly string[];
    readonly Command?: string | readonly string[];
  };
  MixMonitorMute: {
    readonly Channel: string | readonly string[];
    readonly Direction?: string | readonly string[];
    readonly State?: string | readonly string[];
  };
  ModuleCheck: { readonly Module: string | readonly string[] };
  ModuleLoad: {
    readonly Module?: string | readonly string[];
    readonly LoadType: string | readonly string[];
    readonly Recursive?: string | readonly string[];
  };
  MuteAudio: {
    readonly Channel: string | readonly string[];
    readonly Direction: string | readonly string[];
    readonly State: string | readonly string[];
  };
  MWIDelete: { readonly Mailbox: string | readonly string[] };
  MWIGet: { readonly Mailbox: string | readonly string[] };
  MWIUpdate: {
    readonly Mailbox: string | readonly string[];
    readonly OldMessages?: string | readonly string[];
    readonly NewMessages?: string | readonly string[];
  };
  Originate: {
    readonly Channel: string | readonly string[];
    readonly Exten?: string | readonly string[];
    readonly Context?: string | readonly string[];
    readonly Priority?: string | readonly string[];
    readonly Application?: string | readonly string[];
    readonly Data?: string | readonly string[];
    readonly Timeout?: string | readonly string[];
    readonly CallerID?: string | readonly string[];
    readonly Variable?: string | readonly string[];
    readonly Account?: string | readonly string[];
    readonly EarlyMedia?: string | readonly string[];
    readonly Async?: string | readonly string[];
    readonly Codecs?: string | readonly string[];
    readonly ChannelId?: string | readonly string[];
    readonly OtherChannelId?: string | readonly string[];
    readonly PreDialGoSub?: string | readonly string[];
  };
  Park: {
    readonly Channel: string | readonly string[];
    readonly TimeoutChannel?: string | readonly string[];
    readonly AnnounceChannel?: string | readonly string[];
    readonly Timeout?: string | readonly string[];
    readonly Parkinglot?: string | readonly string[];
    readonly ParkingSpace?: string | readonly string[];
  };
  ParkedCalls: { readonly ParkingLot?: string | readonly string[] };
  Parkinglots: object;
  Ping: object;
  PJSIPHangup: { readonly Channel: string | readonly string[]; readonly Cause: string | readonly string[] };
  PJSIPNotify: {
    readonly Endpoint?: string | readonly string[];
    readonly URI?: string | readonly string[];
    readonly channel?: string | readonly string[];
    readonly Option?: string | readonly string[];
    readonly Variable?: string | readonly string[];
  };
  PJSIPQualify: { readonly Endpoint: string | readonly string[] };
  PJSIPRegister: { readonly Registration: string | readonly string[] };
  PJSIPSetMaintenance: { readonly Endpoint: string | readonly string[]; readonly State: string | readonly string[] };
  PJSIPShowAors: object;
  PJSIPShowAuths: object;
  PJSIPShowContacts: object;
  PJSIPShowEndpoint: { readonly Endpoint: string | readonly string[] };
  PJSIPShowEndpoints: object;
  PJSIPShowMaintenance: { readonly Endpoint?: string | readonly string[] };
  PJSIPShowRegistrationInboundContactStatuses: object;
  PJSIPShowRegistrationsInbound: object;
  PJSIPShowRegistrationsOutbound: object;
  PJSIPShowResourceLists: object;
  PJSIPShowSubscriptionsInbound: object;
  PJSIPShowSubscriptionsOutbound: object;
  PJSIPUnregister: { readonly Registration: string | readonly string[] };
  PlayDTMF: {
    readonly Channel: string | readonly string[];
    readonly Digit: string | readonly string[];
    readonly Duration?: string | readonly string[];
    readonly Receive?: string | readonly string[];
  };
  PlayMF: {
    readonly Channel: string | readonly string[];
    readonly Digit: string | readonly string[];
    readonly Duration?: string | readonly string[];
  };
  PresenceState: { readonly Provider: string | readonly string[] };
  PresenceStateList: object;
  PRIDebugFileSet: { readonly File: string | readonly string[] };
  PRIDebugFileUnset: object;
  PRIDebugSet: { readonly Span: string | readonly string[]; readonly Level: string | readonly string[] };
  PRIShowSpans: { readonly Span?: string | readonly string[] };
  QueueAdd: {
    readonly Queue: string | readonly string[];
    readonly Interface: string | readonly string[];
    readonly Penalty?: string | readonly string[];
    readonly Paused?: string | readonly string[];
    readonly Reason?: string | readonly string[];
    readonly MemberName?: string | readonly string[];
    readonly StateInterface?: string | readonly string[];
  };
  QueueChangePriorityCaller: {
    readonly Queue: string | readonly string[];
    readonly Caller: string | readonly string[];
    readonly Priority: string | readonly string[];
    readonly Immediate?: string | readonly string[];
  };
  QueueLog: {
    readonly Queue: string | readonly string[];
    readonly Event: string | readonly string[];
    readonly Uniqueid?: string | readonly string[];
    readonly Interface?: string | readonly string[];
    readonly Message?: string | readonly string[];
  };
  QueueMemberRingInUse: {
    readonly Interface: string | readonly string[];
    readonly RingInUse: string | readonly string[];
    readonly Queue?: string | readonly string[];
  };
  QueuePause: {
    readonly Interface: string | readonly string[];
    readonly Paused: string | readonly string[];
    readonly Queue?: string | readonly string[];
    readonly Reason?: string | readonly string[];
  };
  QueuePenalty: {
    readonly Interface: string | readonly string[];
    readonly Penalty: string | readonly string[];
    readonly Queue?: string | readonly string[];
  };
  QueueReload: {
    readonly Queue?: string | readonly string[];
    readonly Members?: string | readonly string[];
    readonly Rules?: string | readonly string[];
    readonly Parameters?: string | readonly string[];
  };
  QueueRemove: { readonly Queue: string | readonly string[]; readonly Interface: string | readonly string[] };
  QueueReset: { readonly Queue?: string | readonly string[] };
  QueueRule: { readonly Rule?: string | readonly string[] };
  QueueStatus: { readonly Queue?: string | readonly string[]; readonly Member?: string | readonly string[] };
  QueueSummary: { readonly Queue?: string | readonly string[] };
  QueueWithdrawCaller: {
    readonly Queue: string | readonly string[];
    readonly Caller: string | readonly string[];
    readonly WithdrawInfo?: string | readonly string[];
  };
  Redirect: {
    readonly Channel: string | readonly string[];
    readonly ExtraChannel?: string | readonly string[];
    readonly Exten: string | readonly string[];
    readonly ExtraExten?: string | readonly string[];
    readonly Context: string | readonly string[];
    readonly ExtraContext?: string | readonly string[];
    readonly Priority: string | readonly string[];
    readonly ExtraPriority?: string | readonly string[];
  };
  Reload: { readonly Module?: string | readonly string[] };
  SendFlash: { readonly Channel: string | readonly string[]; readonly Receive?: string | readonly string[] };
  SendText: {
    readonly Channel: string | readonly string[];
    readonly Message: string | readonly string[];
    readonly 'Content-Type'?: string | readonly string[];
  };
  Setvar: {
    readonly Channel?: string | readonly string[];
    readonly Variable: string | readonly string[];
    readonly Value: string | readonly string[];
  };
  ShowDialPlan: { readonly Extension?: string | readonly string[]; readonly Context?: string | readonly string[] };
  SorceryMemoryCacheExpire: { readonly Cache: string | readonly string[] };
  SorceryMemoryCacheExpireObject: {
    readonly Cache: string | readonly string[];
    readonly Object: string | readonly string[];
  };
  SorceryMemoryCachePopulate: { readonly Cache: string | readonly string[] };
  SorceryMemoryCacheStale: { readonly Cache: string | readonly string[] };
  SorceryMemoryCacheStaleObject: {
    readonly Cache: string | readonly string[];
    readonly Object: string | readonly string[];
    readonly Reload?: string | readonly string[];
  };
  Status: {
    readonly Channel?: string | readonly string[];
    readonly Variables?: string | readonly string[];
    readonly AllVariables?: string | readonly string[];
  };
  StopMixMonitor: { readonly Channel: string | readonly string[]; readonly MixMonitorID?: string | readonly string[] };
  UpdateConfig: {
    readonly SrcFilename: string | readonly string[];
    readonly DstFilename: string | readonly string[];
    readonly Reload?: string | readonly string[];
    readonly PreserveEffectiveContext?: string | readonly string[];
    readonly 'Action-000000'?: string | readonly string[];
    readonly 'Cat-000000'?: string | readonly string[];
    readonly 'Var-000000'?: string | readonly string[];
    readonly 'Value-000000'?: string | readonly string[];
    readonly 'Match-000000'?: string | readonly string[];
    readonly 'Line-000000'?: string | readonly string[];
    readonly 'Options-000000'?: string | readonly string[];
  };
  UserEvent: {
    readonly UserEvent: string | readonly string[];
    readonly Header1?: string | readonly string[];
    readonly HeaderN?: string | readonly string[];
  };
  VoicemailBoxSummary: { readonly Context: string | readonly string[]; readonly Mailbox: string | readonly string[] };
  VoicemailForward: {
    readonly Context: string | readonly string[];
    readonly Mailbox: string | readonly string[];
    readonly Folder: string | readonly string[];
    readonly ID: string | readonly string[];
    readonly ToContext: string | readonly string[];
    readonly ToMailbox: string | readonly string[];
    readonly ToFolder: string | readonly string[];
  };
  VoicemailMove: {
    readonly Context: string | readonly string[];
    readonly Mailbox: string | readonly string[];
    readonly Folder: string | readonly string[];
    readonly ID: string | readonly string[];
    readonly ToFolder: string | readonly string[];
  };
  VoicemailRefresh: { readonly Context?: string | readonly string[]; readonly Mailbox?: string | readonly string[] };
  VoicemailRemove: {
    readonly Context: string | readonly string[];
    readonly Mailbox: string | readonly string[];
    readonly Folder: string | readonly string[];
    readonly ID: string | readonly string[];
  };
  VoicemailUsersList: object;
  VoicemailUserStatus: { readonly Context: string | readonly string[]; readonly Mailbox: string | readonly string[] };
  WaitEvent: { readonly Timeout: string | readonly string[] };
}
