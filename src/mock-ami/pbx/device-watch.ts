import { LATENCY } from './latency.ts';
import type { Pbx } from './pbx.ts';
import { raced } from './races.ts';
import { task } from './task.ts';

export const lookAtDevice = task<{ device: string }>('device.look');
/** Tells the device's state whether or not it is another. */
export const tellDevice = task<{ device: string }>('device.tell');

/**
 * The device may have changed: it is looked at a moment later, and told only if its state is another by then.
 * So a call that is busy within a millisecond changes nothing. Source: main/devicestate.c; recording `call-busy`.
 */
export function deviceChanged(pbx: Pbx, device: string): void {
  if (pbx.state.dirtyDevices.includes(device)) return;
  pbx.state.dirtyDevices.push(device);
  pbx.after(raced(pbx, LATENCY.deviceState), lookAtDevice, { device });
}
