import type { WireHeaders } from '../../gateway/wire/event.ts';
import type { BridgeHeaders, ChannelHeaders, QueueMemberHeaders, Second } from './header-groups.ts';

type Dial = ChannelHeaders & Second<'Dest'>;
type InQueue = ChannelHeaders & { readonly Queue: string; readonly Position: string };

/**
 * Headers of the events that call programs use most, as Asterisk 22 sends them. A role may hide some of them.
 * Other programs can add their own: `declare module` this interface.
 */
export interface KnownEvents {
  Newchannel: ChannelHeaders;
  Newstate: ChannelHeaders;
  Newexten: ChannelHeaders & { readonly Extension: string; readonly Application: string; readonly AppData: string };
  NewCallerid: ChannelHeaders & { readonly 'CID-CallingPres': string };
  NewConnectedLine: ChannelHeaders;
  NewAccountCode: ChannelHeaders & { readonly OldAccountCode: string };
  VarSet: ChannelHeaders & { readonly Variable: string; readonly Value: string };
  DialBegin: Dial & { readonly DialString: string };
  DialState: Dial & { readonly DialStatus: string };
  DialEnd: Dial & { readonly DialStatus: string; readonly Forward?: string };
  BridgeCreate: BridgeHeaders;
  BridgeEnter: BridgeHeaders & ChannelHeaders & { readonly SwapUniqueid?: string };
  BridgeLeave: BridgeHeaders & ChannelHeaders;
  BridgeDestroy: BridgeHeaders;
  /** `Channel` is the party that holds; the other one hears music. */
  Hold: ChannelHeaders & { readonly MusicClass?: string };
  Unhold: ChannelHeaders;
  MusicOnHoldStart: ChannelHeaders & { readonly Class: string };
  MusicOnHoldStop: ChannelHeaders;
  HangupRequest: ChannelHeaders & { readonly Cause?: string; readonly TechCause?: string };
  SoftHangupRequest: ChannelHeaders & { readonly Cause?: string };
  Hangup: ChannelHeaders & { readonly Cause: string; readonly 'Cause-txt': string; readonly TechCause?: string };
  DTMFBegin: ChannelHeaders & { readonly Digit: string; readonly Direction: string };
  DTMFEnd: ChannelHeaders & { readonly Digit: string; readonly DurationMs: string; readonly Direction: string };
  BlindTransfer: Second<'Transferer'> &
    Second<'Transferee'> &
    BridgeHeaders & {
      readonly Result: string;
      readonly IsExternal: string;
      readonly Context: string;
      readonly Extension: string;
    };
  ExtensionStatus: {
    readonly Exten: string;
    readonly Context: string;
    readonly Hint: string;
    readonly Status: string;
    readonly StatusText: string;
  };
  DeviceStateChange: { readonly Device: string; readonly State: string };
  PeerStatus: { readonly ChannelType: string; readonly Peer: string; readonly PeerStatus: string };
  ContactStatus: {
    readonly URI: string;
    readonly ContactStatus: string;
    readonly AOR: string;
    readonly EndpointName: string;
    readonly RoundtripUsec?: string;
  };
  QueueMemberStatus: QueueMemberHeaders;
  QueueMemberPause: QueueMemberHeaders;
  QueueMemberAdded: QueueMemberHeaders;
  QueueMemberRemoved: QueueMemberHeaders;
  QueueCallerJoin: InQueue & { readonly Count: string };
  QueueCallerLeave: InQueue & { readonly Count: string };
  QueueCallerAbandon: InQueue & { readonly OriginalPosition: string; readonly HoldTime: string };
  OriginateResponse: {
    readonly Response: string;
    readonly Channel: string;
    readonly Context: string;
    readonly Exten: string;
    readonly Reason: string;
    readonly Uniqueid: string;
  };
  Reload: { readonly Module: string; readonly Status: string };
  Shutdown: { readonly Shutdown: string; readonly Restart: string };
  FullyBooted: { readonly Uptime: string; readonly LastReload: string; readonly Status: string };
}

/** Any event's name; the known ones are offered by an editor. */
export type EventName = keyof KnownEvents | (string & {});

/** Headers of an event that is not in {@link KnownEvents}: repeated ones are arrays. */
export type AnyHeaders = WireHeaders;

export type EventHeaders<Name extends EventName> = Name extends keyof KnownEvents ? KnownEvents[Name] : AnyHeaders;
