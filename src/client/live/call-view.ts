import type { CallState, ChannelState } from '../../gateway/wire/model.ts';

/** One call as a list of live calls shows it. */
export interface CallView {
  readonly linkedid: string;
  readonly state: 'ringing' | 'up' | 'held';
  /** Milliseconds since the epoch; `answeredMs` is 0 while it rings. */
  readonly sinceMs: number;
  readonly answeredMs: number;
  /** What the caller dialled. */
  readonly dialled: string;
  readonly caller: PartyView;
  /** Who was called: several while a group rings, nobody where the call talks to the PBX itself. */
  readonly called: readonly PartyView[];
}

export interface PartyView {
  readonly channel: string;
  readonly number: string;
  readonly name: string;
  readonly state: string;
  /** Put the other party on hold. */
  readonly holding: boolean;
  /** Hears music on hold. */
  readonly music: boolean;
}

/** `undefined` for a call whose channels are not (or no longer) known. */
export function callView(
  call: CallState,
  channelOf: (uniqueid: string) => ChannelState | undefined,
): CallView | undefined {
  const channels = call.channels.map(channelOf).filter((channel) => channel !== undefined);
  const caller = channels.find(({ uniqueid }) => uniqueid === call.linkedid) ?? oldest(channels);
  if (!caller) return undefined;
  const called = channels.filter((channel) => channel !== caller && !isHalfOfLocal(channel));
  return {
    linkedid: call.linkedid,
    state: stateOf(caller, called),
    sinceMs: call.sinceMs,
    answeredMs: call.answeredMs,
    dialled: caller.exten,
    caller: partyView(caller),
    called: called.map(partyView),
  };
}

/** A Local channel is a pipe between two parts of the dialplan, not a party. */
function isHalfOfLocal({ channel }: ChannelState): boolean {
  return channel.startsWith('Local/');
}

function oldest(channels: readonly ChannelState[]): ChannelState | undefined {
  return channels.toSorted((a, b) => a.sinceMs - b.sinceMs)[0];
}

function stateOf(caller: ChannelState, called: readonly ChannelState[]): CallView['state'] {
  const parties = [caller, ...called];
  if (parties.some(({ holding }) => holding)) return 'held';
  if (called.some(({ stateDesc }) => stateDesc === 'Up')) return 'up';
  return called.length === 0 && caller.stateDesc === 'Up' ? 'up' : 'ringing';
}

function partyView(channel: ChannelState): PartyView {
  return {
    channel: channel.channel,
    number: channel.callerIdNum,
    name: channel.callerIdName,
    state: channel.stateDesc,
    holding: channel.holding,
    music: channel.music,
  };
}
