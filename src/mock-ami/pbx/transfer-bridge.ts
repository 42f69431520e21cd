import type { Pbx } from './pbx.ts';
import type { Bridge, Channel } from './state.ts';

/**
 * The bridge that a transfer by this channel is about; a conference counts as the application that its members run.
 * Source: `acquire_bridge`, main/bridge.c; recording `busy-hour-mix`.
 */
export function transferBridge(pbx: Pbx, channel: Channel): Bridge | undefined {
  const bridge = pbx.bridge(channel.bridge);
  return bridge?.type === 'base' ? undefined : bridge;
}
