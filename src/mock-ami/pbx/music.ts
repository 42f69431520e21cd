import { emitShown } from './channel.ts';
import type { Pbx } from './pbx.ts';
import type { Channel } from './state.ts';

/** Music on hold begins on a channel. Source: recording `hold-unhold`. */
export function startMusic(pbx: Pbx, channel: Channel, musicClass: string): void {
  if (channel.music !== '') return;
  channel.music = musicClass === '' ? 'default' : musicClass;
  emitShown(pbx, channel, 'MusicOnHoldStart', [['Class', channel.music]]);
}

export function stopMusic(pbx: Pbx, channel: Channel): void {
  if (channel.music === '') return;
  channel.music = '';
  emitShown(pbx, channel, 'MusicOnHoldStop');
}
