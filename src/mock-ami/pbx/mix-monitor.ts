import { emitShown } from './channel.ts';
import type { Pbx } from './pbx.ts';
import { attachSoundHook, detachSoundHook } from './sound-hooks.ts';
import type { Channel } from './state.ts';
import { setVariable } from './variables.ts';

const HOOK = 'MixMonitor';
const RECORDINGS = 'mixMonitors';

/** A recording of a channel's two directions into one file. */
export interface MixMonitor {
  readonly id: string;
  readonly file: string;
}

/** The recordings that run on the channel, oldest first. */
export function mixMonitorsOf(channel: Channel): readonly MixMonitor[] {
  return (channel.extra[RECORDINGS] as readonly MixMonitor[] | undefined) ?? [];
}

/**
 * Records the channel: MixMonitorStart. A file without a folder of its own goes to Asterisk's monitor folder.
 * Options: `i(NAME)` names a variable that gets the recording's id. Source: `mixmonitor_exec`, apps/app_mixmonitor.c; recordings `mixmonitor*`.
 * @returns id of the recording
 */
export function startMixMonitor(pbx: Pbx, channel: Channel, file: string, options: string): string {
  const path = file.startsWith('/') ? file : `/var/spool/asterisk/monitor/${file}`;
  const id = `0x7f${Math.floor(pbx.random() * 0xffffffff)
    .toString(16)
    .padStart(10, '0')}`;
  const idVariable = /i\(([^)]*)\)/.exec(options)?.[1];
  if (idVariable !== undefined && idVariable !== '') setVariable(pbx, channel, idVariable, id);
  channel.extra[RECORDINGS] = [...mixMonitorsOf(channel), { id, file: path }];
  setVariable(pbx, channel, 'MIXMONITOR_FILENAME', path);
  emitShown(pbx, channel, 'MixMonitorStart');
  attachSoundHook(pbx, channel, HOOK);
  return id;
}

/** Ends the recording of that id, or the newest without one; false where there is none. */
export function stopMixMonitor(pbx: Pbx, channel: Channel, id = ''): boolean {
  const all = mixMonitorsOf(channel);
  const found = id === '' ? all.at(-1) : all.find((one) => one.id === id);
  if (found === undefined) return false;
  const left = all.filter((one) => one !== found);
  channel.extra[RECORDINGS] = left;
  emitShown(pbx, channel, 'MixMonitorStop');
  if (left.length === 0) detachSoundHook(pbx, channel, HOOK);
  return true;
}

/** Leaves one or both directions out of the recordings. */
export function muteMixMonitor(pbx: Pbx, channel: Channel, direction: string, state: boolean): boolean {
  if (mixMonitorsOf(channel).length === 0) return false;
  emitShown(pbx, channel, 'MixMonitorMute', [
    ['Direction', direction],
    ['State', state ? '1' : '0'],
  ]);
  return true;
}
