import { blindTransfer } from '../blind-transfer.ts';
import { leaveBridge } from '../bridge.ts';
import { type HookName, runFeature } from '../feature-hooks.ts';
import { startKeyTransfer, transferKey } from '../key-transfer/start-key-transfer.ts';
import { parkPeer } from '../parking/park-channel.ts';
import type { Pbx } from '../pbx.ts';
import type { Channel } from '../state.ts';
import { handle, type TaskHandler, task } from '../task.ts';
import { type AskedExtension, askExtension } from './ask-extension.ts';
import { holdOthers, resumeOthers } from './hold-by-feature.ts';
import { recordCall } from './record-call.ts';
import { runFeatureApplication } from './run-application.ts';

const APPLICATION = 'application:';
const blindAsked = task<AskedExtension>('features.blindAsked');

/** What each key sequence of features.conf does. Source: bridges/bridge_builtin_features.c, main/bridge_basic.c. */
const FEATURES: Partial<Readonly<Record<HookName, (pbx: Pbx, channel: Channel) => void>>> = {
  atxfer: startKeyTransfer,
  atxferabort: (pbx, channel) => transferKey(pbx, channel, 'abort'),
  atxfercomplete: (pbx, channel) => transferKey(pbx, channel, 'complete'),
  atxferthreeway: (pbx, channel) => transferKey(pbx, channel, 'threeway'),
  atxferswap: (pbx, channel) => transferKey(pbx, channel, 'swap'),
  blindxfer: (pbx, channel) => {
    holdOthers(pbx, channel);
    askExtension(pbx, channel, blindAsked);
  },
  disconnect: leaveBridge,
  automixmon: recordCall,
  parkcall: (pbx, channel) => void parkPeer(pbx, channel, '', false),
};

export const runFeatureTasks: readonly TaskHandler[] = [
  handle(runFeature, (pbx, { channel: uniqueid, feature }) => {
    const channel = pbx.channel(uniqueid);
    if (channel === undefined) return;
    if (feature.startsWith(APPLICATION)) runFeatureApplication(pbx, channel, feature.slice(APPLICATION.length));
    else FEATURES[feature]?.(pbx, channel);
  }),
  handle(blindAsked, (pbx, { channel: uniqueid, context, exten }) => {
    const channel = pbx.channel(uniqueid);
    if (channel === undefined) return;
    if (exten === '') resumeOthers(pbx, channel);
    else blindTransfer(pbx, channel, { context, exten, external: false });
  }),
];
