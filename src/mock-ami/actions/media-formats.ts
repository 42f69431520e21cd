import type { Pbx } from '../pbx/pbx.ts';
import type { Channel } from '../pbx/state.ts';

export interface MediaFormats {
  /** What the channel's own side sends. */
  readonly native: string;
  /** What the PBX reads from it. */
  readonly read: string;
  /** What the PBX writes to it. */
  readonly write: string;
}

/** Which formats of sound a channel carries now: music comes as signed linear, and a conference mixes that. Source: recording `core-show-channels-several`. */
export function mediaFormats(pbx: Pbx, channel: Channel): MediaFormats {
  if (channel.tech !== 'PJSIP') return { native: 'slin', read: 'slin', write: 'slin' };
  const native = pbx.config.pjsip.endpoints.get(channel.endpoint)?.allow[0] ?? 'ulaw';
  if (pbx.bridge(channel.bridge)?.technology === 'softmix') return { native, read: 'slin', write: 'slin' };
  return { native, read: native, write: channel.music === '' ? native : 'slin' };
}
