import type { FeatureName } from './call-features.ts';
import { task } from './task.ts';

/** What the keys of a call do; in an attended transfer by keys those of the transferer do something else. */
export type HookName =
  | FeatureName
  | 'atxferabort'
  | 'atxfercomplete'
  | 'atxferthreeway'
  | 'atxferswap'
  /** One of the application map, by its name there. */
  | `application:${string}`;

export interface FeatureHook {
  /** Digits to press: `*2`. */
  readonly code: string;
  readonly feature: HookName;
}

/** Does what a channel's keys say. */
export const runFeature = task<{ channel: string; feature: HookName }>('features.run');
