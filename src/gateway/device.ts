import type { Model } from './wire/model.ts';

/** The device of a channel: `PJSIP/1001` of `PJSIP/1001-0000002c`. */
export function deviceOfChannel(channel: string): string {
  const end = channel.lastIndexOf('-');
  return end < 0 ? channel : channel.slice(0, end);
}

/** The devices that a number rings: those of its hints, or the phone of that name where there is no hint. */
export function devicesOfExtension(model: Model, exten: string): readonly string[] {
  const hinted = [...model.extensions.values()].filter((extension) => extension.exten === exten);
  const devices = hinted.flatMap((extension) => devicesOfHint(extension.hint));
  if (devices.length > 0) return [...new Set(devices)];
  return [`PJSIP/${exten}`, `SIP/${exten}`].filter((device) => model.devices.has(device));
}

/** `PJSIP/1001&PJSIP/1002,CustomPresence:1001` names devices, then a presence; `Custom:lamp1` is no phone. */
export function devicesOfHint(hint: string): readonly string[] {
  const [devices = ''] = hint.split(',');
  return devices.split('&').filter((device) => /^[A-Za-z0-9_]+\/[^/]+$/.test(device));
}
