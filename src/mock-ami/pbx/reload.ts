import type { PbxConfig } from '../config/pbx-config.ts';
import { extensionStatusHeaders } from './hints.ts';
import type { Pbx } from './pbx.ts';

/**
 * Puts a newly read configuration in force: all of it, or one module's. Sessions and calls go on.
 * `manager` tells nothing; the others tell Reload, and a full reload tells every hint again. Source: recording `fault-manager-reload`.
 */
export function reloadPbx(pbx: Pbx, config: PbxConfig, module?: string): void {
  if (module === 'manager') {
    pbx.config = { ...pbx.config, manager: config.manager };
    return;
  }
  pbx.state.reloadedMs = pbx.now;
  if (module === undefined) {
    pbx.config = config;
    pbx.dialplan = config.dialplan;
  }
  pbx.emit('Reload', [
    ['Module', module ?? 'All'],
    ['Status', '0'],
  ]);
  if (module === undefined)
    for (const hint of pbx.hints()) pbx.emit('ExtensionStatus', extensionStatusHeaders(pbx, hint));
}
