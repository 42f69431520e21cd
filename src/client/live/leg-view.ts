import type { ChannelState } from '../../gateway/wire/model.ts';

/** One end of a call, seen from its own extension. */
export interface LegView {
  readonly channel: string;
  readonly linkedid: string;
  readonly direction: 'in' | 'out';
  readonly state: 'calling' | 'ringing' | 'up';
  readonly holding: boolean;
  readonly held: boolean;
  readonly otherNumber: string;
  readonly otherName: string;
  readonly sinceMs: number;
  /** 0: not answered yet. */
  readonly answeredMs: number;
}

export function legView(channel: ChannelState, held: boolean): LegView {
  const out = channel.uniqueid === channel.linkedid;
  return {
    channel: channel.channel,
    linkedid: channel.linkedid,
    direction: out ? 'out' : 'in',
    state: legState(channel, out),
    holding: channel.holding,
    held,
    otherNumber: channel.connectedLineNum || (out ? channel.exten : ''),
    otherName: channel.connectedLineName,
    sinceMs: channel.sinceMs,
    answeredMs: channel.answeredMs,
  };
}

function legState({ stateDesc }: ChannelState, out: boolean): LegView['state'] {
  if (stateDesc === 'Up') return 'up';
  return out ? 'calling' : 'ringing';
}
