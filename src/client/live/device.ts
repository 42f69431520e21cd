import type { ExtensionState } from '../../gateway/wire/model.ts';
import type { ExtensionKind } from './extension-kind.ts';

/** The device that a channel belongs to: `PJSIP/1001-0000002c` is one of `PJSIP/1001`. */
export function deviceOf(channel: string): string {
  const end = channel.lastIndexOf('-');
  return end < 0 ? channel : channel.slice(0, end);
}

/** The devices that an extension's hint watches: `PJSIP/1001&PJSIP/1002,CustomPresence:1001` names two, then a presence. */
export function devicesOf({ hint }: ExtensionState): readonly string[] {
  const [devices = ''] = hint.split(',', 1);
  return devices.split('&').filter((device) => device !== '');
}

/** A hint that watches any phone is a phone's; others are told by their device's scheme, as `confbridge:500` or `park:701@lot`. */
export function kindOf(extension: ExtensionState): ExtensionKind {
  const devices = devicesOf(extension);
  if (devices.some((device) => device.includes('/'))) return 'phone';
  if (devices.some((device) => device.startsWith('confbridge:'))) return 'conference';
  return devices.some((device) => device.startsWith('park:')) ? 'parking' : 'custom';
}
