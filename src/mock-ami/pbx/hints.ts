import type { Header } from '../../ami/message.ts';
import type { Hint } from '../dialplan/hint.ts';
import { aggregate, type DeviceStateName, deviceState } from './device-state.ts';
import type { Pbx } from './pbx.ts';

export const EXTENSION_STATUS_TEXTS: Readonly<Record<number, string>> = {
  [-2]: 'Removed', [-1]: 'Unknown', 0: 'Idle', 1: 'InUse', 2: 'Busy', 4: 'Unavailable', 8: 'Ringing', 9: 'InUse&Ringing',
  16: 'Hold', 17: 'InUse&Hold',
}; // biome-ignore format: a table

/** Source: `ast_devstate_to_extenstate`, main/pbx.c. */
const STATUS_OF_DEVICE: Readonly<Record<DeviceStateName, number>> = {
  UNKNOWN: 0, NOT_INUSE: 0, INUSE: 1, BUSY: 2, INVALID: 4, UNAVAILABLE: 4, RINGING: 8, RINGINUSE: 9, ONHOLD: 16,
}; // biome-ignore format: a table

/** Number and text of the hint's state now. */
export function hintStatus(pbx: Pbx, hint: Hint): { status: number; text: string } {
  const status = STATUS_OF_DEVICE[aggregate(hint.devices.map((device) => deviceState(pbx, device)))];
  return { status, text: EXTENSION_STATUS_TEXTS[status] ?? 'Unknown' };
}

/** A device changed: tells ExtensionStatus for each hint that watches it and shows another state now, those of modules last. Source: recording `park-and-retrieve`. */
export function extensionsOf(pbx: Pbx, device: string): void {
  for (const hint of pbx.hints().toReversed()) {
    if (!hint.devices.some((watched) => watched.toLowerCase() === device.toLowerCase())) continue;
    const key = `${hint.exten}@${hint.context}`;
    const { status } = hintStatus(pbx, hint);
    const known = pbx.state.hints[key];
    if (known?.status === status) continue;
    pbx.state.hints[key] = { status };
    pbx.emit('ExtensionStatus', extensionStatusHeaders(pbx, hint));
  }
}

export function extensionStatusHeaders(pbx: Pbx, hint: Hint): Header[] {
  const { status, text } = hintStatus(pbx, hint);
  return [
    ['Exten', hint.exten],
    ['Context', hint.context],
    ['Hint', hint.text],
    ['Status', String(status)],
    ['StatusText', text],
  ];
}
