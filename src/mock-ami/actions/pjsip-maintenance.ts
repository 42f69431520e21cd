import type { Header } from '../../ami/message.ts';
import { isInMaintenance, maintenance, setMaintenance } from '../pbx/pjsip-maintenance.ts';
import type { ActionHandlers } from './action.ts';
import type { ActionRequest, Answered, ListItem } from './action-request.ts';

/** Endpoints that make and take no new calls, and do not register: 503, before they are asked who they are. Source: res/res_pjsip_maintenance.c. */
export const pjsipMaintenanceActions: ActionHandlers = {
  PJSIPSetMaintenance: set,
  PJSIPShowMaintenance: (request) => {
    const { pbx } = request;
    const asked = request.header('Endpoint');
    return request.list({
      message: 'Maintenance status events follow',
      items: asked === '' ? maintenance(pbx).map((name) => row(name, true)) : [row(asked, isInMaintenance(pbx, asked))],
      complete: 'PJSIPMaintenanceStatusComplete',
      actionIdStands: 'second',
    });
  },
};

function set(request: ActionRequest): Answered {
  const { pbx } = request;
  const endpoint = request.header('Endpoint');
  const state = request.header('State').toLowerCase();
  if (endpoint === '') return request.error('Endpoint parameter missing');
  if (state === '') return request.error('State parameter missing');
  if (state !== 'on' && state !== 'off') return request.error("State must be 'on' or 'off'");
  const all = endpoint.toLowerCase() === 'all';
  const { endpoints } = pbx.config.pjsip;
  if (!all && !endpoints.has(endpoint)) return request.error(`Endpoint '${endpoint}' not found`);
  const changed = (all ? [...endpoints.keys()] : [endpoint]).filter((name) =>
    setMaintenance(pbx, name, state === 'on'),
  );
  if (changed.length > 0) pbx.emit('PJSIPMaintenanceStatus', headers(all ? 'all' : endpoint, state === 'on'));
  return request.success(
    `Maintenance mode ${state === 'on' ? 'enabled' : 'disabled'}${all ? ' for all endpoints' : ''}`,
  );
}

function row(endpoint: string, on: boolean): ListItem {
  return { event: 'PJSIPMaintenanceStatus', headers: headers(endpoint, on) };
}

function headers(endpoint: string, on: boolean): Header[] {
  return [
    ['Endpoint', endpoint],
    ['Status', on ? 'enabled' : 'disabled'],
  ];
}
