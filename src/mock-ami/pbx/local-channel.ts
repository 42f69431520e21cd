import { peerOf } from './bridge.ts';
import { newChannel, nextSerial, publish, setChannelState, setConnected, shown } from './channel.ts';
import { startPbx } from './dialplan-run.ts';
import { type LocalPair, localPair, otherHalf } from './local-pair.ts';
import { localConnected } from './local-signals.ts';
import { sameForwards } from './max-forwards.ts';
import { isLeg, isWatched, reportLeg } from './outgoing-leg.ts';
import type { Pbx } from './pbx.ts';
import { channelHeaders } from './snapshot.ts';
import type { Channel, PartyId } from './state.ts';
import { handle, type TaskHandler, task } from './task.ts';
import { fullName, setVariable } from './variables.ts';

const localAnswered = task<{ channel: string }>('local.answered');

/**
 * Makes both halves of `Local/exten@context[/n]`: the first is called, the second will run the dialplan. Whether there is such an extension
 * is looked at when it is called. Source: `local_request`, main/core_local.c.
 */
export function requestLocal(
  pbx: Pbx,
  resource: string,
  parent: Channel | undefined,
  ids: { uniqueid: string; other: string },
): { readonly channel: Channel } {
  const [target = '', options = ''] = resource.split('/');
  const [exten = '', context = 'default'] = target.split('@');
  const serial = nextSerial(pbx, 'Local');
  const half = (number: 1 | 2, uniqueid: string, of: Channel | undefined): Channel =>
    newChannel(pbx, {
      name: `Local/${target}-${serial};${number}`,
      tech: 'Local',
      direction: number === 1 ? 'out' : 'in',
      state: number === 1 ? 'Down' : 'Ring',
      caller: { num: '', name: '' },
      context,
      exten,
      parent: of,
      ...(uniqueid === '' ? {} : { uniqueid }),
    });
  const first = half(1, ids.uniqueid, parent);
  const second = half(2, ids.other, first);
  const pair = { context, exten, optimizes: !options.includes('n') };
  first.extra['local'] = { ...pair, half: 1, other: second.uniqueid } satisfies LocalPair;
  second.extra['local'] = { ...pair, half: 2, other: first.uniqueid } satisfies LocalPair;
  return { channel: first };
}

/**
 * Starts the second half: it takes over what the first was given, mirrored, and runs the dialplan; false where there is no such
 * extension, or no second half any more. Source: `local_call`.
 */
export function callLocal(pbx: Pbx, first: Channel): boolean {
  const second = handToSecondHalf(pbx, first);
  const pair = localPair(first);
  if (second === undefined || pair === undefined) return false;
  if (pbx.find(pair.context, pair.exten, 1, second.caller.num) === undefined) {
    first.extra['local'] = { ...pair, refused: true } satisfies LocalPair;
    return false;
  }
  tellLocalBridge(pbx, first, second, pair);
  startPbx(pbx, second);
  return true;
}

/** The second half takes over what the first was given, mirrored. Source: `ast_unreal_call_setup`, main/core_unreal.c. */
export function handToSecondHalf(pbx: Pbx, first: Channel): Channel | undefined {
  const second = otherHalf(pbx, first);
  if (second === undefined) return undefined;
  for (const [name, variable] of Object.entries(first.variables).reverse())
    setVariable(pbx, second, fullName(name, variable), variable.value);
  second.caller = { ...first.connected };
  second.connected = { ...first.caller };
  second.accountCode = first.accountCode;
  second.language = first.language;
  sameForwards(first, second);
  publish(pbx, second);
  return second;
}

export function tellLocalBridge(pbx: Pbx, first: Channel, second: Channel, pair: LocalPair): void {
  pbx.emit('LocalBridge', [
    ...channelHeaders(shown(pbx, first), 'LocalOne'),
    ...channelHeaders(shown(pbx, second), 'LocalTwo'),
    ['Context', pair.context],
    ['Exten', pair.exten],
    ['LocalOptimization', pair.optimizes ? 'Yes' : 'No'],
  ]);
}

/** What runs on the second half lets it ring: the first rings. */
export function ringLocal(pbx: Pbx, channel: Channel): void {
  const other = otherHalf(pbx, channel);
  if (other === undefined || !isWatched(other)) return;
  setChannelState(pbx, other, 'Ringing');
  reportLeg(pbx, other, { kind: 'ringing' });
}

/** What runs on the second half answers it: the first is answered. */
export function answerLocal(pbx: Pbx, channel: Channel): void {
  setChannelState(pbx, channel, 'Up');
  pbx.after(0.1, localAnswered, { channel: channel.uniqueid });
}

/** A tone that refuses: the first half fails with its cause. */
export function refuseLocal(pbx: Pbx, channel: Channel, cause: number): void {
  const other = otherHalf(pbx, channel);
  if (other === undefined || !isLeg(other)) return;
  other.hangupCause = cause;
  reportLeg(pbx, other, { kind: 'hangup' });
}

/** Whom one half talks to is who calls on the other: told to whoever is there. Source: `local_indicate`, AST_CONTROL_CONNECTED_LINE. */
function passConnectedLine(pbx: Pbx, channel: Channel): void {
  const other = otherHalf(pbx, channel);
  if (other === undefined) return;
  other.caller = { ...channel.connected };
  if (isLeg(other)) return reportLeg(pbx, other, { kind: 'connected', party: { ...channel.connected } });
  const peer = peerOf(pbx, other);
  if (peer !== undefined && !isSameParty(peer.connected, channel.connected)) setConnected(pbx, peer, channel.connected);
}

/** Two Local channels that talk to each other would tell it round and round. */
function isSameParty(one: PartyId, other: PartyId): boolean {
  return one.num === other.num && one.name === other.name;
}

/** Does something with a half and the other one, if both are still there. */
export function withHalves(what: (pbx: Pbx, channel: Channel, other: Channel) => void) {
  return (pbx: Pbx, { channel: uniqueid }: { channel: string }): void => {
    const channel = pbx.channel(uniqueid);
    const other = channel === undefined ? undefined : otherHalf(pbx, channel);
    if (channel !== undefined && other !== undefined) what(pbx, channel, other);
  };
}

export const localTasks: readonly TaskHandler[] = [
  handle(
    localConnected,
    withHalves((pbx, channel) => passConnectedLine(pbx, channel)),
  ),
  handle(
    localAnswered,
    withHalves((pbx, _channel, other) => {
      setChannelState(pbx, other, 'Up');
      reportLeg(pbx, other, { kind: 'answer' });
    }),
  ),
];
