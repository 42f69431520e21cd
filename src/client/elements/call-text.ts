import type { CallView, PartyView } from '../live/call-view.ts';

/** Who a party is, as short as people say it. */
export function partyName({ name, number }: PartyView): string {
  return name || number || 'Unknown';
}

/** Who is called, and where nobody is yet: the number that was dialled. */
export function calledName({ called, dialled }: CallView): string {
  const [first, ...others] = called;
  if (!first) return dialled || 'the PBX';
  return others.length === 0 ? partyName(first) : `${partyName(first)} and ${others.length} more`;
}

/** `1001 → 1002`, where the numbers are known. */
export function callNumbers({ caller, called, dialled }: CallView): string {
  return [caller.number, called.length === 1 ? called[0]?.number : dialled].filter((number) => number).join(' → ');
}

/** `On hold by Alice Adams`, `Talking`, `Ringing`. */
export function callText(call: CallView): string {
  if (call.state === 'ringing') return 'Ringing';
  const holders = [call.caller, ...call.called].filter(({ holding }) => holding);
  return holders.length === 0 ? 'Talking' : `On hold by ${holders.map(partyName).join(' and ')}`;
}

/**
 * How to send the caller of a call elsewhere: by transfer, as the party that talks to the one called; where the caller talks to
 * the PBX itself (a queue, an announcement), or the phone still rings, by sending its channel there.
 */
export function transferOf({ state, caller, called }: CallView): {
  readonly do: 'transfer' | 'redirect';
  readonly channel: string;
} {
  const [first] = called;
  return first && state !== 'ringing'
    ? { do: 'transfer', channel: first.channel }
    : { do: 'redirect', channel: caller.channel };
}
