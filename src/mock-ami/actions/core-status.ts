import { calendarTime } from '../dialplan/calendar.ts';
import type { Pbx } from '../pbx/pbx.ts';
import type { ActionHandlers } from './action.ts';
import type { ActionRequest, Answered } from './action-request.ts';
import { listedChannels } from './channel-list.ts';

export const coreActions: ActionHandlers = { CoreStatus: coreStatus, CoreSettings: coreSettings };

/** What these two handlers have for the row of the ActionID, in bytes. */
const ID_BUFFER = 150;

/** Source: `action_corestatus`, main/manager.c; recording `core-status-settings`. */
function coreStatus(request: ActionRequest): Answered {
  const { pbx } = request;
  const started = dateAndTime(pbx.state.bootedMs);
  const reloaded = dateAndTime(pbx.state.reloadedMs);
  return request.respondFromBuffer(
    'Success',
    [
      ['CoreStartupDate', started.date],
      ['CoreStartupTime', started.time],
      ['CoreReloadDate', reloaded.date],
      ['CoreReloadTime', reloaded.time],
      ['CoreCurrentCalls', String(listedChannels(pbx).length + internalChannels(pbx))],
      ['CoreProcessedCalls', String(pbx.state.callsProcessed)],
    ],
    ID_BUFFER,
  );
}

function dateAndTime(epochMs: number): { date: string; time: string } {
  const { year, month, day, hour, minute, second } = calendarTime(epochMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  return { date: `${year}-${two(month)}-${two(day)}`, time: `${two(hour)}:${two(minute)}:${two(second)}` };
}

/** Source: `action_coresettings`, main/manager.c; recording `core-status-settings`. */
function coreSettings(request: ActionRequest): Answered {
  const { pbx, host } = request;
  const { asterisk, http, records } = pbx.config;
  return request.respondFromBuffer(
    'Success',
    [
      ['AMIversion', host.profile.amiVersion],
      ['AsteriskVersion', host.profile.version],
      ['SystemName', pbx.state.systemName],
      ['CoreMaxCalls', String(asterisk.maxCalls)],
      ['CoreMaxLoadAvg', asterisk.maxLoad.toFixed(6)],
      ['CoreRunUser', ''],
      ['CoreRunGroup', ''],
      ['CoreMaxFilehandles', '0'],
      ['CoreRealTimeEnabled', 'No'],
      ['CoreCDRenabled', yesNo(records.cdr.enabled)],
      ['CoreHTTPenabled', yesNo(http.enabled)],
      ['SoundsSearchCustomDir', 'No'],
    ],
    ID_BUFFER,
  );
}

function yesNo(value: boolean): string {
  return value ? 'Yes' : 'No';
}

/** Announcers and recorders of conferences are pairs of channels that no list shows. Source: recording `core-show-channels-several`. */
function internalChannels(pbx: Pbx): number {
  return Object.values(pbx.state.bridges).reduce((sum, { unseen }) => sum + 2 * unseen.length, 0);
}
