import type { Past } from '../../scenarios/types.ts';
import { countOptimizations } from './local-optimization.ts';
import { lotBridge } from './parking/parking-lot.ts';
import { findLot } from './parking/parking-state.ts';
import type { Pbx } from './pbx.ts';
import { knowQueueDevice } from './queue/start-queues.ts';

/** A PBX that nobody listens to yet is made one that has worked for a while; names that its configuration does not have are nothing. */
export function recallPast(pbx: Pbx, past: Past): void {
  pbx.state.callsProcessed = past.calls ?? 0;
  countOptimizations(pbx).next = past.optimizations ?? 0;
  for (const name of past.lots ?? []) {
    const lot = findLot(pbx, name);
    if (lot !== undefined) lotBridge(pbx, lot);
  }
  for (const [device, state] of Object.entries(past.devices ?? {})) {
    if (device.startsWith('Queue:')) knowQueueDevice(pbx, device, state);
    else pbx.state.devices[device] = state;
  }
}
