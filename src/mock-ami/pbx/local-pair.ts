import { endChannel, queueHangup } from './channel.ts';
import { localEntered } from './local-signals.ts';
import type { Pbx } from './pbx.ts';
import type { Channel } from './state.ts';
import { getVariable, setVariable } from './variables.ts';
import { wakeUp } from './wake.ts';

/** What both halves of a Local channel know of the pair; plain data. */
export interface LocalPair {
  /** Uniqueid of the other half. */
  readonly other: string;
  readonly half: 1 | 2;
  readonly context: string;
  readonly exten: string;
  /** Steps aside once both halves are bridged (no `/n`). */
  readonly optimizes: boolean;
  /** It could not be called: nothing ever ran on the second half. */
  readonly refused?: true;
}

export function localPair(channel: Channel): LocalPair | undefined {
  return channel.extra['local'] as LocalPair | undefined;
}

export function otherHalf(pbx: Pbx, channel: Channel): Channel | undefined {
  const pair = localPair(channel);
  return pair === undefined ? undefined : pbx.channel(pair.other);
}

/** Both halves step aside as soon as they are bridged, whatever was asked when they were made; false for another channel. */
export function letLocalStepAside(pbx: Pbx, channel: Channel): boolean {
  const pair = localPair(channel);
  if (pair === undefined) return false;
  for (const half of [channel, otherHalf(pbx, channel)]) {
    const own = half === undefined ? undefined : localPair(half);
    if (half !== undefined && own !== undefined) half.extra['local'] = { ...own, optimizes: true } satisfies LocalPair;
  }
  pbx.after(0, localEntered, { channel: channel.uniqueid });
  return true;
}

/** One half ends: the other one is asked to. Source: `local_hangup`, main/core_local.c. */
export function partLocal(pbx: Pbx, channel: Channel): void {
  const other = otherHalf(pbx, channel);
  if (other === undefined) return;
  if (localPair(channel)?.half === 2) {
    const status = getVariable(pbx, channel, 'DIALSTATUS');
    if (status !== undefined && status !== '') setVariable(pbx, other, 'CHANLOCALSTATUS', status);
  }
  if (other.hangupRequested && other.dialogOver) return;
  other.dialogOver = true;
  if (localPair(channel)?.refused) return endChannel(pbx, other);
  queueHangup(pbx, other, channel.hangupCause === 0 ? undefined : channel.hangupCause);
  wakeUp(pbx, other);
}
