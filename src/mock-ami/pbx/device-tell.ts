import type { DeviceStateName } from './device-state.ts';
import { extensionsOf } from './hints.ts';
import type { Pbx } from './pbx.ts';
import { overtakes } from './races.ts';

/** Tells a device's state at once, with the hints that watch it; false where nothing is new. */
export function tellDeviceState(pbx: Pbx, device: string, state: DeviceStateName): boolean {
  if (pbx.state.devices[device] === state) return false;
  announceDevice(pbx, device, state);
  return true;
}

/** As {@link tellDeviceState}, even where nothing is new. */
export function announceDevice(pbx: Pbx, device: string, state: DeviceStateName): void {
  pbx.state.devices[device] = state;
  const extensionsFirst = overtakes(pbx);
  if (extensionsFirst) extensionsOf(pbx, device);
  pbx.emit('DeviceStateChange', [
    ['Device', device],
    ['State', state],
  ]);
  if (!extensionsFirst) extensionsOf(pbx, device);
}
