import type { FeatureMap } from '../config/features-conf.ts';
import type { DialOptions } from './dial-arguments.ts';
import type { Channel } from './state.ts';

/** What a party may do in a call by pressing keys. */
export type FeatureName = keyof FeatureMap;

/** Features of the two sides of a call. */
export interface CallFeatures {
  readonly caller: readonly FeatureName[];
  readonly callee: readonly FeatureName[];
}

/** Options of Dial and Queue: a capital for the caller, a small letter for who is called. Source: `add_features_datastores`, main/features.c. */
const LETTERS: Readonly<Record<string, readonly FeatureName[]>> = {
  t: ['blindxfer', 'atxfer'],
  k: ['parkcall'],
  h: ['disconnect'],
  w: ['automon'],
  x: ['automixmon'],
};

export function callFeatures(options: DialOptions): CallFeatures {
  const side = (write: (letter: string) => string): readonly FeatureName[] =>
    Object.entries(LETTERS).flatMap(([letter, names]) => (write(letter) in options ? names : []));
  return { caller: side((letter) => letter.toUpperCase()), callee: side((letter) => letter) };
}

/** Gives a channel its features for this call and all bridges that it comes to. */
export function setFeatures(channel: Channel, features: readonly FeatureName[]): void {
  if (features.length === 0) delete channel.extra['features'];
  else channel.extra['features'] = features;
}

export function featuresOf(channel: Channel): readonly FeatureName[] {
  return (channel.extra['features'] as readonly FeatureName[] | undefined) ?? [];
}

/** Names of the application map that the channel may use: of its variable DYNAMIC_FEATURES, joined by `#`. */
export function applicationFeaturesOf(channel: Channel): readonly string[] {
  return (channel.variables['DYNAMIC_FEATURES']?.value ?? '').split('#').filter((name) => name !== '');
}
