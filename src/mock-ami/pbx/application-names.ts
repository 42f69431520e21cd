/** The applications that the simulation knows, as Asterisk spells them: events show them so, however the dialplan writes them. */
const NAMES = `AddQueueMember AgentLogin AgentRequest AGI Answer Background Bridge BridgeAdd BridgeWait Busy ChannelRedirect ChanSpy ConfBridge Congestion
  ContinueWhile DBdel DBdeltree DeadAGI Dial EAGI Echo Else ElseIf EndIf EndWhile Exec ExecIf ExecIfTime ExitIf ExitWhile ExtenSpy Gosub GosubIf Goto GotoIf
  GotoIfTime Hangup If Incomplete Log MixMonitor MSet MusicOnHold NoOp Originate Page Park ParkedCall PauseQueueMember Pickup PickupChan
  PJSIPHangup Playback Playtones Proceeding Progress Queue QueueLog RaiseException Read ReadExten Record RemoveQueueMember RetryDial Return
  Ringing SayAlpha SayDigits SayNumber SayPhonetic SayUnixTime SendDTMF SendImage SendText SendURL Set SoftHangup StackPop
  StartMusicOnHold StopMixMonitor StopMusicOnHold StopPlaytones System TryExec TrySystem UnpauseQueueMember UserEvent Verbose VoiceMail
  VoiceMailMain Wait WaitExten WaitUntil While`;

/** By lower-case name. */
export const applicationNames: ReadonlyMap<string, string> = new Map(
  NAMES.split(/\s+/).map((name) => [name.toLowerCase(), name]),
);
