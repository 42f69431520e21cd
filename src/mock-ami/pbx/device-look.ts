import { type DeviceStateName, deviceState } from './device-state.ts';
import { announceDevice } from './device-tell.ts';
import { lookAtDevice, tellDevice } from './device-watch.ts';
import type { Pbx } from './pbx.ts';
import { membersOf } from './queue/member-status.ts';
import { handle, type TaskHandler } from './task.ts';

function tell(pbx: Pbx, device: string, state: DeviceStateName): void {
  announceDevice(pbx, device, state);
  membersOf(pbx, device, state);
}

/** Tells a device's new state, and what follows from it: hints and queue members. */
export const deviceTasks: readonly TaskHandler[] = [
  handle(lookAtDevice, (pbx, { device }) => {
    pbx.state.dirtyDevices = pbx.state.dirtyDevices.filter((other) => other !== device);
    const state = deviceState(pbx, device);
    if (pbx.state.devices[device] !== state) tell(pbx, device, state);
  }),
  handle(tellDevice, (pbx, { device }) => tell(pbx, device, deviceState(pbx, device))),
];
