import type { ActionHandlers } from './action.ts';
import type { ActionRequest, Answered } from './action-request.ts';

export const deviceStateActions: ActionHandlers = { DeviceStateList: deviceStateList };

/** The last state told of each device. Source: `action_devicestatelist`, main/devicestate.c. */
function deviceStateList(request: ActionRequest): Answered {
  const devices = Object.entries(request.pbx.state.devices);
  return request.list({
    message: 'Device State Changes will follow',
    items: devices.map(([device, state]) => ({
      event: 'DeviceStateChange',
      headers: [
        ['Device', device],
        ['State', state],
      ],
    })),
    complete: 'DeviceStateListComplete',
    actionIdStands: 'second',
  });
}
