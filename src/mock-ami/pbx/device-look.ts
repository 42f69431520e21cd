import { deviceState } from './device-state.ts';
import { lookAtDevice } from './device-watch.ts';
import { extensionsOf } from './hints.ts';
import { membersOf } from './queue-members.ts';
import { handle, type TaskHandler } from './task.ts';

/** Tells a device's new state, and what follows from it: hints and queue members. */
export const deviceTasks: readonly TaskHandler[] = [
  handle(lookAtDevice, (pbx, { device }) => {
    pbx.state.dirtyDevices = pbx.state.dirtyDevices.filter((other) => other !== device);
    const state = deviceState(pbx, device);
    if (pbx.state.devices[device] === state) return;
    pbx.state.devices[device] = state;
    pbx.emit('DeviceStateChange', [
      ['Device', device],
      ['State', state],
    ]);
    extensionsOf(pbx, device);
    membersOf(pbx, device, state);
  }),
];
