import type { ActivityHandler } from '../activity.ts';
import type { Application } from '../application.ts';
import { createBridge, enterBridge, takeOut } from '../bridge.ts';
import { callFeatures, setFeatures } from '../call-features.ts';
import { channelByPrefix } from '../channel-by-prefix.ts';
import { readOptions } from '../dial-arguments.ts';
import { applicationDone, argumentsOf } from '../dialplan-run.ts';
import { endCallAfter } from '../duration-limit.ts';
import { addToBridge } from '../join-channels.ts';
import { startMusic, stopMusic } from '../music.ts';
import type { Pbx } from '../pbx.ts';
import type { Channel } from '../state.ts';
import { continuation, handle, type TaskHandler, task } from '../task.ts';
import { answerChannel } from '../technology.ts';
import { setVariable } from '../variables.ts';
import { leaveWaitingBridge, waitingBridge } from './waiting-bridge.ts';

const talked = task<{ channel: string }>('bridgeApp.talked');
const left = task<{ channel: string }>('bridgeAdd.left');
const waited = task<{ channel: string; bridge: string }>('bridgeWait.over');
const timeIsUp = task<{ channel: string; bridge: string }>('bridgeWait.timeIsUp');

const WAITING_IN_BRIDGE = 'BridgeWait';

/** `Bridge(PJSIP/1002,options)`: talks to the first channel whose name begins so, wherever that is. Source: `bridge_exec`, main/features.c. */
const bridgeApp: Application = (pbx, channel, args) => {
  const [name = '', letters = ''] = argumentsOf(args);
  if (name === '') return 'hangup';
  const other = channelByPrefix(pbx, name);
  if (other === undefined || other === channel) return 'next';
  const { x: kills, F: goesOnAt, ...options } = readOptions(letters);
  if (channel.state !== 'Up') answerChannel(pbx, channel);
  const features = callFeatures(options);
  setFeatures(channel, features.caller);
  setFeatures(other, features.callee);
  const bridge = createBridge(pbx);
  addToBridge(pbx, bridge, other, kills === undefined || goesOnAt !== undefined);
  enterBridge(pbx, bridge, channel, continuation(talked, { channel: channel.uniqueid }));
  const limitMs = Number.parseInt(options['L'] ?? '', 10);
  if (limitMs > 0) endCallAfter(pbx, channel, limitMs);
  return 'wait';
};

/** `BridgeAdd(PJSIP/1002)`: comes into the bridge where that channel is. Source: apps/app_bridgeaddchan.c. */
const bridgeAdd: Application = (pbx, channel, args) => {
  const [name = ''] = argumentsOf(args);
  const other = channelByPrefix(pbx, name);
  const bridge = name === '' || other === undefined ? undefined : pbx.bridge(other.bridge);
  if (bridge === undefined) return 'hangup';
  if (channel.state !== 'Up') answerChannel(pbx, channel);
  enterBridge(pbx, bridge, channel, continuation(left, { channel: channel.uniqueid }));
  return 'wait';
};

/** `BridgeWait(name,participant,m(class)S(seconds))`: waits in a holding bridge of that name. Source: `bridgewait_exec`, apps/app_bridgewait.c. */
const bridgeWait: Application = (pbx, channel, args) => {
  const [name = '', role = '', letters = ''] = argumentsOf(args);
  if (role !== '' && role !== 'participant' && role !== 'announcer') return 'hangup';
  const options = readOptions(letters);
  if (channel.state !== 'Up' && !('n' in options)) answerChannel(pbx, channel);
  const bridge = waitingBridge(pbx, name || 'default');
  const data = { channel: channel.uniqueid, bridge: bridge.uniqueid };
  enterBridge(pbx, bridge, channel, continuation(waited, data));
  channel.activity = { name: WAITING_IN_BRIDGE, data: {} };
  if (role !== 'announcer' && hearsMusic(options['e'])) startMusic(pbx, channel, options['m'] ?? '');
  const seconds = Number(options['S']);
  if (seconds > 0) pbx.after(seconds * 1000, timeIsUp, data);
  return 'wait';
};

/** `e(m)`, or nothing said. */
function hearsMusic(entertainment: string | undefined): boolean {
  return entertainment === undefined || entertainment === '' || entertainment.startsWith('m');
}

function leave(pbx: Pbx, channel: Channel): void {
  const bridge = pbx.bridge(channel.bridge);
  const then = channel.afterBridge;
  stopMusic(pbx, channel);
  takeOut(pbx, channel);
  channel.afterBridge = undefined;
  if (bridge !== undefined) leaveWaitingBridge(pbx, bridge);
  if (then !== undefined) pbx.continueAfter(0.05, then);
}

export const bridgeApplications: Readonly<Record<string, Application>> = {
  bridge: bridgeApp,
  bridgeadd: bridgeAdd,
  bridgewait: bridgeWait,
};

export const bridgeWaitActivity: ActivityHandler = { name: WAITING_IN_BRIDGE, hungUp: leave };

/** The channel is back from its bridge. */
function goOn(pbx: Pbx, channel: Channel): void {
  pbx.after(0.05, applicationDone, { channel: channel.uniqueid, result: channel.hangupRequested ? 'hangup' : 'next' });
}

export const bridgeAppTasks: readonly TaskHandler[] = [
  handle(talked, (pbx, { channel: uniqueid }) => {
    const channel = pbx.channel(uniqueid);
    if (channel === undefined) return;
    setVariable(pbx, channel, 'BRIDGERESULT', 'SUCCESS');
    goOn(pbx, channel);
  }),
  handle(left, (pbx, { channel: uniqueid }) => {
    const channel = pbx.channel(uniqueid);
    if (channel !== undefined) goOn(pbx, channel);
  }),
  handle(waited, (pbx, { channel: uniqueid, bridge: bridgeId }) => {
    const channel = pbx.channel(uniqueid);
    const bridge = pbx.bridge(bridgeId);
    if (bridge !== undefined) leaveWaitingBridge(pbx, bridge);
    if (channel !== undefined) goOn(pbx, channel);
  }),
  handle(timeIsUp, (pbx, { channel: uniqueid, bridge }) => {
    const channel = pbx.channel(uniqueid);
    if (channel?.bridge === bridge) leave(pbx, channel);
  }),
];
