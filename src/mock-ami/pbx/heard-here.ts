import type { Channel } from './state.ts';

/** What listens to the channel's sound, or changes it, inside the PBX; as long as there is any, the media cannot go past it. */
export function soundHooksOf(channel: Channel): readonly string[] {
  return (channel.extra['soundHooks'] as readonly string[] | undefined) ?? [];
}
