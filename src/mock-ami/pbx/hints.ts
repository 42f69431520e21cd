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

/** By which the state knows a hint. */
export function hintKey({ exten, context }: Hint): string {
  return `${exten}@${context}`;
}

export interface HintStatus {
  readonly status: number;
  readonly text: string;
}

/** Number and text of the hint's state now. */
export function hintStatus(pbx: Pbx, hint: Hint): HintStatus {
  return withText(STATUS_OF_DEVICE[aggregate(hint.devices.map((device) => deviceState(pbx, device)))]);
}

/** The state that was told last, which is what lists show: a device may have changed and not be looked at yet. Source: `action_extensionstatelist`, main/pbx.c, which shows the hint's last state. */
export function toldHintStatus(pbx: Pbx, hint: Hint): HintStatus {
  const told = pbx.state.hints[hintKey(hint)]?.status;
  return told === undefined ? hintStatus(pbx, hint) : withText(told);
}

/** With the word that Asterisk has for it. */
export function withText(status: number): HintStatus {
  return { status, text: EXTENSION_STATUS_TEXTS[status] ?? 'Unknown' };
}

/** A device changed: tells ExtensionStatus for each hint that watches it and shows another state now, those of modules last. Source: recording `park-and-retrieve`. */
export function extensionsOf(pbx: Pbx, device: string): void {
  for (const hint of pbx.hints().toReversed()) {
    if (!hint.devices.some((watched) => watched.toLowerCase() === device.toLowerCase())) continue;
    const key = hintKey(hint);
    const now = hintStatus(pbx, hint);
    const known = pbx.state.hints[key];
    if (known?.status === now.status) continue;
    pbx.state.hints[key] = { status: now.status };
    pbx.emit('ExtensionStatus', extensionStatusHeaders(hint, now));
  }
}

export function extensionStatusHeaders(hint: Hint, { status, text }: HintStatus): Header[] {
  return [
    ['Exten', hint.exten],
    ['Context', hint.context],
    ['Hint', hint.text],
    ['Status', String(status)],
    ['StatusText', text],
  ];
}
