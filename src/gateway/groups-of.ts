import type { ChannelState } from './wire/model.ts';

/** Bridges or calls with those of their channels that are seen; one where none is does not show. */
export function groupsOf<Group extends { readonly channels: readonly string[] }>(
  channels: readonly ChannelState[],
  groups: readonly Group[],
): readonly Group[] {
  const seen = new Set(channels.map(({ uniqueid }) => uniqueid));
  return groups
    .map((group) => ({ ...group, channels: group.channels.filter((uniqueid) => seen.has(uniqueid)) }))
    .filter((group) => group.channels.length > 0);
}
