/** What Asterisk says of a channel in every event about one. */
export interface ChannelHeaders {
  readonly Channel: string;
  readonly ChannelState: string;
  readonly ChannelStateDesc: string;
  readonly CallerIDNum: string;
  readonly CallerIDName: string;
  readonly ConnectedLineNum: string;
  readonly ConnectedLineName: string;
  readonly Language: string;
  readonly AccountCode: string;
  readonly Context: string;
  readonly Exten: string;
  readonly Priority: string;
  readonly Uniqueid: string;
  readonly Linkedid: string;
}

/** The same of a second channel in the event, its header names with a prefix. */
export type Second<Prefix extends string> = {
  readonly [Name in keyof ChannelHeaders as `${Prefix}${Name}`]: string;
};

export interface BridgeHeaders {
  readonly BridgeUniqueid: string;
  readonly BridgeType: string;
  readonly BridgeTechnology: string;
  readonly BridgeCreator: string;
  readonly BridgeName: string;
  readonly BridgeNumChannels: string;
  readonly BridgeVideoSourceMode: string;
}

export interface QueueMemberHeaders {
  readonly Queue: string;
  readonly MemberName: string;
  readonly Interface: string;
  readonly StateInterface: string;
  readonly Membership: string;
  readonly Penalty: string;
  readonly CallsTaken: string;
  readonly LastCall: string;
  readonly LastPause: string;
  readonly LoginTime: string;
  readonly InCall: string;
  readonly Status: string;
  readonly Paused: string;
  readonly PausedReason: string;
  readonly Ringinuse: string;
  readonly Wrapuptime: string;
}
