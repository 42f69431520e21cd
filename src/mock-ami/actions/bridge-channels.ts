import { channelByPrefix } from '../pbx/channel-by-prefix.ts';
import { joinChannels } from '../pbx/join-channels.ts';
import type { Pbx } from '../pbx/pbx.ts';
import type { Channel } from '../pbx/state.ts';
import { cutShort } from '../server/cut-short.ts';
import type { ActionRequest, Answered } from './action-request.ts';

/** Joins two channels, wherever they are. Source: `action_bridge`, main/features.c; recording `ami-bridge-action`. */
export function bridgeChannels(request: ActionRequest): Answered {
  const names = [request.header('Channel1'), request.header('Channel2')] as const;
  if (names.includes('')) return request.error('Missing channel parameter in request');
  const [one, other] = names.map((name) => byPrefix(request.pbx, name));
  if (one === undefined) return request.error(cutShort(`Channel1 does not exist: ${names[0]}`, 255));
  if (other === undefined) return request.error(cutShort(`Channel2 does not exist: ${names[1]}`, 255));
  const tone = toneOf(request.header('Tone').toLowerCase());
  joinChannels(request.pbx, [
    { channel: one, tone: tone.one },
    { channel: other, tone: tone.other },
  ]);
  return request.success('Channels have been bridged');
}

/** The first channel whose name begins so. Source: `ast_channel_get_by_name_prefix`. */
function byPrefix(pbx: Pbx, prefix: string): Channel | undefined {
  return channelByPrefix(pbx, prefix) ?? pbx.channel(prefix);
}

/** Who hears a beep. Source: `parse_playtone`, main/features.c. */
function toneOf(word: string): { one: boolean; other: boolean } {
  if (word === 'both') return { one: true, other: true };
  if (word === 'channel1') return { one: true, other: false };
  return { one: false, other: word === 'channel2' || /^(yes|true|y|t|1|on)$/.test(word) };
}
