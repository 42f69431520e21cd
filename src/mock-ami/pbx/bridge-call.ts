import { type ActivityHandler, activityData, beginActivity } from './activity.ts';
import { createBridge, destroyBridge, dissolveBridge, enterBridge } from './bridge.ts';
import { type CallFeatures, callFeatures, setFeatures } from './call-features.ts';
import { readOptions } from './dial-arguments.ts';
import { hangupSoon } from './hangup.ts';
import { LATENCY } from './latency.ts';
import type { Pbx } from './pbx.ts';
import type { Channel, Continuation } from './state.ts';
import { handle, type TaskHandler, task } from './task.ts';
import { getVariable } from './variables.ts';

/** How two channels are joined. */
export interface BridgeCallOptions {
  /** What the two may do by pressing keys. */
  readonly features: CallFeatures;
  /** Whom others join comes into this bridge; nobody is moved out of it. Queues follow their calls by the bridge. */
  readonly staysPut?: boolean;
  /** Goes on with the caller when it has left the bridge. */
  readonly then: Continuation;
  /** Goes on with the other one; absent: that one is hung up. */
  readonly peerThen?: Continuation;
}

interface JoiningData extends BridgeCallOptions {
  readonly peer: string;
}

const JOINING = 'joining';
const makeBridge = task<{ caller: string }>('bridgeCall.make');
const peerEnters = task<{ caller: string; bridge: string }>('bridgeCall.peerEnters');
const callerEnters = task<{ caller: string; bridge: string }>('bridgeCall.callerEnters');

/** Joins a caller and the channel that answered it in a new bridge: first the one that answered, then the caller. Source: `ast_bridge_call`, main/features.c. */
export function bridgeCall(pbx: Pbx, caller: Channel, peer: Channel, options: BridgeCallOptions): void {
  const added = callFeatures(readOptions(getVariable(pbx, caller, 'BRIDGE_FEATURES') ?? ''));
  setFeatures(caller, [...options.features.caller, ...added.caller]);
  setFeatures(peer, [...options.features.callee, ...added.callee]);
  beginActivity(caller, JOINING, { ...options, peer: peer.uniqueid } satisfies JoiningData);
  beginActivity(peer, JOINING, { ...options, peer: caller.uniqueid } satisfies JoiningData);
  pbx.after(LATENCY.bridge, makeBridge, { caller: caller.uniqueid });
}

function joining(pbx: Pbx, uniqueid: string): { caller: Channel; peer: Channel; data: JoiningData } | undefined {
  const caller = pbx.channel(uniqueid);
  const data = activityData<JoiningData>(caller, JOINING);
  const peer = data === undefined ? undefined : pbx.channel(data.peer);
  return caller === undefined || data === undefined || peer === undefined ? undefined : { caller, peer, data };
}

/** Somebody hung up before the bridge was there: both part as after a talk. */
function parted(pbx: Pbx, channel: Channel): void {
  const data = activityData<JoiningData>(channel, JOINING);
  const other = data === undefined ? undefined : pbx.channel(data.peer);
  for (const one of [channel, other]) {
    if (one?.activity?.name !== JOINING) continue;
    one.activity = undefined;
    if (one.runs.length === 0) hangupSoon(pbx, one);
    else if (data !== undefined) pbx.continueAfter(0.05, data.then);
  }
}

export const joiningActivity: ActivityHandler = { name: JOINING, hungUp: parted };

export const bridgeCallTasks: readonly TaskHandler[] = [
  handle(makeBridge, (pbx, { caller }) => {
    const found = joining(pbx, caller);
    if (found === undefined) return;
    const bridge = createBridge(pbx, { staysPut: found.data.staysPut ?? false });
    pbx.after(LATENCY.enter, peerEnters, { caller, bridge: bridge.uniqueid });
  }),
  handle(peerEnters, (pbx, { caller, bridge: uniqueid }) => {
    const found = joining(pbx, caller);
    const bridge = pbx.bridge(uniqueid);
    if (bridge === undefined) return;
    if (found === undefined) return destroyBridge(pbx, bridge);
    enterBridge(pbx, bridge, found.peer, found.data.peerThen);
    pbx.after(LATENCY.enter, callerEnters, { caller, bridge: uniqueid });
  }),
  handle(callerEnters, (pbx, { caller, bridge: uniqueid }) => {
    const found = joining(pbx, caller);
    const bridge = pbx.bridge(uniqueid);
    if (bridge === undefined) return;
    // Who answered is in the bridge, and nobody else will come.
    if (found === undefined) dissolveBridge(pbx, bridge);
    else enterBridge(pbx, bridge, found.caller, found.data.then);
  }),
];
