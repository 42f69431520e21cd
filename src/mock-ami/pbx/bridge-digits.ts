import { channelsIn } from './bridge.ts';
import { sendDigits } from './bridge-seat.ts';
import { applicationFeaturesOf, featuresOf } from './call-features.ts';
import type { FeatureHook } from './feature-hooks.ts';
import { runFeature } from './feature-hooks.ts';
import { otherHalf } from './local-pair.ts';
import type { Pbx } from './pbx.ts';
import { sendDigitBegin, sendDigitEnd } from './send-digit.ts';
import type { Channel } from './state.ts';
import { continuation, handle, type TaskHandler, task } from './task.ts';

/** Digits that could become a feature's, kept from the others so far. */
interface CollectedKeys {
  digits: string;
  timer: number;
}

const noMoreKeys = task<{ channel: string }>('bridge.noMoreKeys');

/** What a channel's keys do in the bridge where it is. */
function hooksOf(pbx: Pbx, channel: Channel): readonly FeatureHook[] {
  const own = channel.extra['hooks'] as readonly FeatureHook[] | undefined;
  if (own !== undefined) return own;
  const bridge = pbx.bridge(channel.bridge);
  if (bridge?.type !== 'basic' || bridge.extra['transfer'] !== undefined) return [];
  const { featureMap, applicationMap } = pbx.config.features;
  const builtIn = featuresOf(channel).map((feature): FeatureHook => ({ code: featureMap[feature], feature }));
  const applications = applicationFeaturesOf(channel).map(
    (name): FeatureHook => ({ code: applicationMap.get(name)?.digits ?? '', feature: `application:${name}` }),
  );
  return [...builtIn, ...applications].filter(({ code }) => code !== '');
}

function collected(channel: Channel): CollectedKeys | undefined {
  return channel.extra['keys'] as CollectedKeys | undefined;
}

function isKept(pbx: Pbx, channel: Channel, digit: string): boolean {
  return collected(channel) !== undefined || hooksOf(pbx, channel).some(({ code }) => code.startsWith(digit));
}

/** Who hears its keys. Not its other half, where a bridge has both halves of a Local channel: the keys would go round for ever. */
function others(pbx: Pbx, channel: Channel): Channel[] {
  const bridge = pbx.bridge(channel.bridge);
  if (bridge?.type !== 'basic') return [];
  const half = otherHalf(pbx, channel);
  return channelsIn(pbx, bridge).filter((other) => other !== channel && other !== half);
}

/** A digit goes on to the others, but for those that begin a feature. Source: `bridge_handle_dtmf`, main/bridge_channel.c. */
export function digitBeginsInBridge(pbx: Pbx, channel: Channel, digit: string): void {
  if (isKept(pbx, channel, digit)) return;
  for (const other of others(pbx, channel)) sendDigitBegin(pbx, other, digit);
}

export function digitEndsInBridge(pbx: Pbx, channel: Channel, digit: string, ms: number): void {
  if (isKept(pbx, channel, digit)) collect(pbx, channel, digit);
  else for (const other of others(pbx, channel)) sendDigitEnd(pbx, other, digit, ms);
}

/** Source: `bridge_channel_feature_digit`, main/bridge_channel.c. */
function collect(pbx: Pbx, channel: Channel, digit: string): void {
  const before = collected(channel);
  pbx.cancel(before?.timer);
  const digits = (before?.digits ?? '') + digit;
  const hooks = hooksOf(pbx, channel);
  const hook = hooks.find(({ code }) => code === digits);
  if (hook !== undefined) {
    delete channel.extra['keys'];
    pbx.continueNow(continuation(runFeature, { channel: channel.uniqueid, feature: hook.feature }));
  } else if (hooks.some(({ code }) => code.startsWith(digits))) {
    const timer = pbx.after(pbx.config.features.general.featureDigitTimeoutMs, noMoreKeys, {
      channel: channel.uniqueid,
    });
    channel.extra['keys'] = { digits, timer } satisfies CollectedKeys;
  } else passOn(pbx, channel, digits);
}

/** No feature after all: the others hear the digits. */
function passOn(pbx: Pbx, channel: Channel, digits: string): void {
  delete channel.extra['keys'];
  for (const other of others(pbx, channel)) sendDigits(pbx, other, digits);
}

export const bridgeDigitTasks: readonly TaskHandler[] = [
  handle(noMoreKeys, (pbx, { channel: uniqueid }) => {
    const channel = pbx.channel(uniqueid);
    const keys = channel === undefined ? undefined : collected(channel);
    if (channel !== undefined && keys !== undefined) passOn(pbx, channel, keys.digits);
  }),
];
